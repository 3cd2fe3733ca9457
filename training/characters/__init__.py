"""Characters, trained on what the drawing program draws meanwhile."""
