"""Questions that z3 answers."""
