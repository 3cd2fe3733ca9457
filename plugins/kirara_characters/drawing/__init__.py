"""Original anime-style characters, drawn from attributes: any seed, any size.

``attributes`` describes a character and imports no Qt; ``character`` draws it.
"""
