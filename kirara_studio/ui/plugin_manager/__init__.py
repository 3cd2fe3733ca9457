"""The plugin manager: the parts of the plugins page."""
