"""Sending pictures to the user's messengers, each once. No Qt."""
