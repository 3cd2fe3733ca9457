"""For those who write plugins: new ones, and their translations."""
