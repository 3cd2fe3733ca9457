"""The styles of the contest task. Imports no torch.

International Olympiad in Informatics 2013, "Art Class": neo-plasticism, impressionist landscapes,
expressionist action painting, colour-field painting, numbered 1 to 4 there.
"""

from __future__ import annotations

from kirara_studio.api.text import QT_TRANSLATE_NOOP

NONE = "none"
"""The answer for pictures that are of no known style."""

NEO_PLASTICISM = "neo-plasticism"
IMPRESSIONISM = "impressionism"
ACTION_PAINTING = "action-painting"
COLOUR_FIELD = "colour-field"

STYLES = (NEO_PLASTICISM, IMPRESSIONISM, ACTION_PAINTING, COLOUR_FIELD)
"""In the contest's order: style 1 is the first."""

TITLES = {
    NEO_PLASTICISM: QT_TRANSLATE_NOOP("paintings", "Neo-plasticism"),
    IMPRESSIONISM: QT_TRANSLATE_NOOP("paintings", "Impressionism"),
    ACTION_PAINTING: QT_TRANSLATE_NOOP("paintings", "Action painting"),
    COLOUR_FIELD: QT_TRANSLATE_NOOP("paintings", "Colour field"),
    NONE: QT_TRANSLATE_NOOP("paintings", "None of these"),
}
