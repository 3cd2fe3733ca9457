"""Kirara Studio: a desktop program whose panels are plugins."""

__version__ = "0.2.0"
