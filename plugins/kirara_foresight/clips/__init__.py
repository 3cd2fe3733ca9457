"""Clips, read frame by frame."""
