"""The window: navigation, command palette, settings, theme."""
