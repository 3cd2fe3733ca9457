"""Parikh images as semilinear sets."""
