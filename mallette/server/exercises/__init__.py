"""Assignments over HTTP: what is open, and the form that people fill in, under ``/devoirs``."""

from mallette.server.exercises.pages import routes

__all__ = ["routes"]
