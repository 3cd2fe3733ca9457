"""Original anime-style characters, drawn from attributes: any seed, any size."""

from .attributes import CharacterAttributes
from .character import LARGEST_SIZE, draw_character, draw_sheet, paint_character
from .choices import CHOICES, RANGES

__all__ = [
    "CHOICES",
    "LARGEST_SIZE",
    "RANGES",
    "CharacterAttributes",
    "draw_character",
    "draw_sheet",
    "paint_character",
]
