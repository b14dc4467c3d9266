"""Widgets of the kit: each written once, alive in the book, in Voilà and in JupyterLab."""
