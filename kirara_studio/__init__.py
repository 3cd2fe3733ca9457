"""Kirara Studio: a desktop program that lends its rooms to plugins."""

__version__ = "0.1.0"
