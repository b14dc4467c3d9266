"""A séance's room, for the files that say which ``course`` it is about."""

from tests.salle import code, room  # noqa: F401 (fixtures)
