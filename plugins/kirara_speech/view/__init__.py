"""What the panel is made of."""
