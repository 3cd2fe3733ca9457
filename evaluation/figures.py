"""Figures in README and docs that come from models' cards.

In Markdown a figure is followed by a comment that names its card and its measure::

    MSE 78.2<!-- foresight-digits: MSE -->

``python -m evaluation NAME --write-cards`` replaces the number, with as many decimals as it had.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_FIGURE = re.compile(
    r"(?P<number>-?\d[\d,]*(?:\.\d+)?)"
    r"(?P<comment> ?%?<!-- (?P<card>[\w.-]+): (?P<measure>.+?) -->)"
)
_CARDS = ("models", "voices/*")


def documents(root: Path) -> list[Path]:
    """README and the pages of docs, the Japanese ones included."""
    return [root / "README.md", *sorted((root / "docs").rglob("*.md"))]


def measures(root: Path) -> dict[str, Mapping[str, float]]:
    """By the file name of each bundled model that was judged: the measures of its card."""
    found = {}
    for folder in _CARDS:
        for path in sorted((root / "resources").glob(f"{folder}/*.toml")):
            card: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
            if "evaluation" in card:
                found[path.stem] = card["evaluation"]["measures"]
    return found


def updated(text: str, cards: Mapping[str, Mapping[str, float]]) -> str:
    """``text`` with the cards' figures. Raises KeyError for a figure that no card has."""

    def figure(match: re.Match[str]) -> str:
        value = cards[match["card"]][match["measure"]]
        decimals = len(match["number"].partition(".")[2])
        return f"{value:,.{decimals}f}{match['comment']}"

    return _FIGURE.sub(figure, text)


def update_documents(root: Path) -> None:
    """Bring the figures in README and docs up to date."""
    cards = measures(root)
    for path in documents(root):
        text = path.read_text(encoding="utf-8")
        if (new := updated(text, cards)) != text:
            path.write_text(new, encoding="utf-8")
