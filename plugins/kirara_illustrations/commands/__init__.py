"""The command ``illustrations``."""
