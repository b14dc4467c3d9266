"""What a document of graded work is made of (``sheet``), its page, and the same for a word processor (``odt``)."""
