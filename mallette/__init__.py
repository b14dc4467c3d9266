"""Mallette: a training and seminar kit on Jupyter.

The package reads the content folders (``book/``, ``modules/``, ``data/``, ``slides/``, ``exercices/``); it never
holds content itself.
"""

__version__ = "0.1.0"
