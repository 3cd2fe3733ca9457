"""Where posts with pictures come from."""
