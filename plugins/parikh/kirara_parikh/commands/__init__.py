"""``kirara-studio parikh``."""
