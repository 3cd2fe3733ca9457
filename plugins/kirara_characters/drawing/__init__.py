"""Original anime-style characters, drawn from attributes: any seed, any size.

``attributes`` says what there is and imports no Qt; ``character`` draws it.
"""
