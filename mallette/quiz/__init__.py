"""Question banks (``quiz.yml``): reading, checking and scoring them."""
