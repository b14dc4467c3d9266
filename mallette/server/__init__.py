"""The workshop server: portal, book, decks and dashboards from one process on the trainer's laptop."""
