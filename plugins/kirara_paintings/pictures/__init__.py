"""Pictures as they come from disk: read, and cropped to the painting."""
