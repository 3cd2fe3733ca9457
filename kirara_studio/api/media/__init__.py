"""Pictures and films, read and written. Imports neither torch nor Qt."""
