"""Work off the UI thread. Knows torch; knows no widget."""
