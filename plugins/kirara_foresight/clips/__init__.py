"""Moving pictures, read frame by frame from wherever they are."""
