"""The collection on the disk."""
