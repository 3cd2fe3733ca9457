"""The classifier that explains itself: named features and a small model over them."""
