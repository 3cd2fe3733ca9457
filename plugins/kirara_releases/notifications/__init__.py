"""Reminders: planned, put into words, delivered. No Qt."""
