"""Rows and columns of widgets."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

_Layout = TypeVar("_Layout", bound=QBoxLayout)
Margins = tuple[int, int, int, int]
_NONE: Margins = (0, 0, 0, 0)
Part = QWidget | QLayout | None | tuple[QWidget | QLayout, int]
"""A widget or layout, with its stretch or without; None is empty space that stretches."""


def row(*parts: Part, spacing: int = 8, margins: Margins = _NONE) -> QHBoxLayout:
    """Parts side by side."""
    return _filled(QHBoxLayout(), parts, spacing, margins)


def column(*parts: Part, spacing: int = 8, margins: Margins = _NONE) -> QVBoxLayout:
    """Parts below each other."""
    return _filled(QVBoxLayout(), parts, spacing, margins)


def _filled(layout: _Layout, parts: tuple[Part, ...], spacing: int, margins: Margins) -> _Layout:
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    for entry in parts:
        part, stretch = entry if isinstance(entry, tuple) else (entry, 0)
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, QWidget):
            layout.addWidget(part, stretch)
        else:
            layout.addLayout(part, stretch)
    return layout
