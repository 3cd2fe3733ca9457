"""Plugins: found, guarded, switched."""
