"""What the networks learn from, and how."""
