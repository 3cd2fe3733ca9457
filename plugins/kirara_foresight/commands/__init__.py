"""``kirara-studio foresight …``."""
