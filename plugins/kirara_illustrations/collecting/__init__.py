"""Gathering what the sources post."""
