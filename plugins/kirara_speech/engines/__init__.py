"""Voices of other programs: VOICEVOX and engines that speak its interface."""
