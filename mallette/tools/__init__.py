"""Tools that a team fills in and keeps: what their files say (``outils/<nom>.yml``), what a value may be, paper."""
