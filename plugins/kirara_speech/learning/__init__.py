"""Training: recordings and their checks, tasks, runs, and the voices made of them."""
