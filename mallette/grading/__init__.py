"""Graded exercises: a plain nbgrader course that people answer with literals, never with code."""
