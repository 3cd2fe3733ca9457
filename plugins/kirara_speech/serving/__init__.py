"""The studio's voices for other programs, over VOICEVOX's interface."""
