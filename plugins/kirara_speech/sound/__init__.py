"""Sound itself: spectrograms, vocoders, WORLD, files, and playing."""
