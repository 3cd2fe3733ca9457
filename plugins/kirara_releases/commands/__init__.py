"""``kirara-studio releases …``."""
