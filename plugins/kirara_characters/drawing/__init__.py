"""Original anime-style characters, drawn from attributes: any seed, any size."""

from .attributes import CHOICES, RANGES, CharacterAttributes
from .character import LARGEST_SIZE, draw_character, draw_sheet, paint_character

__all__ = [
    "CHOICES",
    "LARGEST_SIZE",
    "RANGES",
    "CharacterAttributes",
    "draw_character",
    "draw_sheet",
    "paint_character",
]
