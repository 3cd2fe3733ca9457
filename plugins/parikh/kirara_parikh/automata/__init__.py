"""Automata with the same letter counts as a grammar."""
