"""Question banks (``quiz.yml``): reading and checking them, panels, paper, blind strategies."""
