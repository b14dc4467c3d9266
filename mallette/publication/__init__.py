"""What an organiser publishes besides the book: ``mallette publier``, one module or folder a target.

What comes from the pages of the book is made of ``assemble.Whole``: they are read once, and nothing is executed again.
"""
