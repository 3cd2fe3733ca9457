"""Calendar files: written, read and imported. No Qt."""
