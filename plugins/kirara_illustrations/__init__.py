"""Illustrations: what favourite artists post, gathered and filtered."""
