"""Puts widgets and layouts into boxes."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget

Part = QWidget | QLayout
Box = TypeVar("Box", bound=QBoxLayout)


def fill(
    box: Box,
    *parts: Part | tuple[Part, int] | None,
    spacing: int | None = None,
    margins: tuple[int, int, int, int] = (0, 0, 0, 0),
) -> Box:
    """Add parts, with a stretch factor or without, to a layout; None is free space.

    ``spacing`` (by default the style's) and ``margins`` (left, top, right, bottom) are in pixels.
    """
    box.setContentsMargins(*margins)
    if spacing is not None:
        box.setSpacing(spacing)
    for entry in parts:
        part, stretch = entry if isinstance(entry, tuple) else (entry, 0)
        if part is None:
            box.addStretch(1)
        elif isinstance(part, QWidget):
            box.addWidget(part, stretch)
        else:
            box.addLayout(part, stretch)
    return box
