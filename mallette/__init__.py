"""Mallette: a training and seminar kit on Jupyter.

The package reads the content folders (``book/``, ``modules/``, ``data/``, ``slides/``, ``exercices/``); it never
holds content itself.
"""

import sys

__version__ = "0.1.0"

# jsonschema loads every format checker that happens to be installed. This one, brought by jupyter-events, compiles a
# grammar for three seconds in each server and each kernel, to check international addresses that nothing here holds.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
