"""Rows and columns of widgets."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

Box = TypeVar("Box", bound=QBoxLayout)
Margins = tuple[int, int, int, int]
_NONE: Margins = (0, 0, 0, 0)
Part = QWidget | QLayout | None | tuple[QWidget | QLayout, int]
"""A widget or layout, with its stretch factor or without; None is free space."""


def row(*parts: Part, spacing: int = 8, margins: Margins = _NONE) -> QHBoxLayout:
    """Parts side by side; ``spacing`` and ``margins`` as in :func:`fill`."""
    return fill(QHBoxLayout(), *parts, spacing=spacing, margins=margins)


def column(*parts: Part, spacing: int = 8, margins: Margins = _NONE) -> QVBoxLayout:
    """Parts below each other; ``spacing`` and ``margins`` as in :func:`fill`."""
    return fill(QVBoxLayout(), *parts, spacing=spacing, margins=margins)


def fill(box: Box, *parts: Part, spacing: int | None = None, margins: Margins = _NONE) -> Box:
    """Add parts to a layout.

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
