"""Calendars on the internet: fetched and read. No Qt."""
