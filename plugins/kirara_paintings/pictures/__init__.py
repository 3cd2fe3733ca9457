"""Pictures read from disk and cropped to the painting."""
