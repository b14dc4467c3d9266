"""The papers of a training body, and what the report on graded work is made of: printed, or for a word processor.

``sheet`` what a document is made of, its page · ``odt`` for a word processor · ``names`` who is behind a code ·
``law`` what texts say · ``training`` what papers share · ``person`` one paper a person · ``group`` those of the group ·
``writing`` all of it, on disk.
"""
