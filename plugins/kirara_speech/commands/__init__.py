"""``kirara-studio speech …``."""
