"""Voices, and a line of text spoken by one, in chunks."""
