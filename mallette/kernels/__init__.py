"""Kernels forked from a process that has imported all: to run a notebook once, or a copy of it for each visitor.

The door is :class:`~mallette.kernels.runner.Runner`. Nothing here knows what the notebooks are about, or imports
anything but what is beside it: it could leave as a package of its own.
"""
