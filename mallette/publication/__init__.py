"""What an organiser publishes besides the book: ``mallette publier``, one module or folder a target."""
