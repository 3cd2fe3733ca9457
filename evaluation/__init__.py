"""How good the models are, on data that nobody trained on: ``python -m evaluation NAME``."""
