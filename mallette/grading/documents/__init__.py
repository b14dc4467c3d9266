"""The papers of a training body, and the report on graded work: printed, or for a word processor.

``sheet`` what a document is made of, its page · ``odt`` for a word processor · ``names`` who is behind a code ·
``law`` what texts say · ``person`` one paper a person · ``group`` papers of the group · ``writing`` all of it on disk.
"""
