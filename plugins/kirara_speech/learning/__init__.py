"""Training: recordings and their checks, tasks, runs, and voices made of them."""
