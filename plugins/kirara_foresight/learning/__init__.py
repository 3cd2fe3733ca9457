"""Training data and training."""
