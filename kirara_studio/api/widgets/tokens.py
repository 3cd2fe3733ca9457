"""The one set of design tokens: every colour, size, distance and duration of the studio.

Both themes are made from it, and widgets that paint themselves ask :func:`current_tokens` while
painting. When the theme changes, every widget gets ``QEvent.Type.PaletteChange`` (and
``StyleChange``); a widget that keeps nothing needs no more than the repaint that follows.

This module imports no Qt: a test or a tool can read the tokens alone.
"""

from __future__ import annotations

from typing import NamedTuple


class Tokens(NamedTuple):
    """Colours are ``#RRGGBB``, lengths are device-independent pixels, times are milliseconds.

    A colour that text is written in has a contrast of at least 4.5 : 1 (WCAG 2.2) to every
    background that the studio combines it with.
    """

    name: str
    dark: bool

    # Grounds, from the lowest to the highest
    ground: str
    """Behind everything, and around the canvas."""
    surface: str
    """Navigation, inspector, strip, cards."""
    raised: str
    """Menus, pop-ups, dialogs."""
    sunken: str
    """Text fields, tracks of sliders, empty places."""
    hover: str
    """A quiet thing under the pointer."""
    pressed: str
    """A quiet thing held down."""

    # Lines
    line: str
    """Between two areas."""
    line_strong: str
    """Around things that can be clicked or dropped on."""

    # Text
    text: str
    text_soft: str
    """Second in rank: subtitles, labels, units."""
    text_disabled: str

    # Pink: what is chosen, and the one thing to do
    accent: str
    """Strokes, slider knobs, borders of what is chosen. Not for text."""
    accent_fill: str
    """Background of the primary button; text on it is ``on_accent``."""
    accent_fill_hover: str
    accent_fill_pressed: str
    on_accent: str
    accent_soft: str
    """Background of what is chosen in a list."""
    accent_text: str
    """Pink text, on grounds, surfaces and ``accent_soft``."""

    # Mint, for success and playing
    success: str
    success_soft: str
    success_text: str

    # Amber, for what needs attention
    attention: str
    attention_soft: str
    attention_text: str

    # Red, for loss only
    loss: str
    loss_soft: str
    loss_text: str

    focus: str
    """The ring around what has the keyboard; at least 3 : 1 to the grounds."""
    shadow: str
    """``#AARRGGBB`` of the one shadow, under what is raised."""

    size_small: int = 12
    size_body: int = 14
    size_large: int = 17
    size_title: int = 22
    size_display: int = 30

    space_xs: int = 4
    space_s: int = 8
    space_m: int = 12
    space_l: int = 16
    space_xl: int = 24
    space_xxl: int = 32

    radius: int = 8
    shadow_blur: int = 24
    shadow_offset: int = 6

    motion_fast: int = 120
    """0 if motion is off."""
    motion_slow: int = 180
    """0 if motion is off."""


LIGHT = Tokens(
    name="light",
    dark=False,
    ground="#FBF8FA",
    surface="#FFFFFF",
    raised="#FFFFFF",
    sunken="#F5F0F4",
    hover="#F7F0F5",
    pressed="#EFE5EC",
    line="#ECE4EA",
    line_strong="#D9CDD6",
    text="#2B2430",
    text_soft="#6A6073",
    text_disabled="#ABA2B1",
    accent="#E5678F",
    accent_fill="#CC3D6E",
    accent_fill_hover="#BE3263",
    accent_fill_pressed="#A92856",
    on_accent="#FFFFFF",
    accent_soft="#FCE8EF",
    accent_text="#B62F61",
    success="#45B8AC",
    success_soft="#E3F5F2",
    success_text="#0F766C",
    attention="#E0A030",
    attention_soft="#FDF1D8",
    attention_text="#8A5A00",
    loss="#D64545",
    loss_soft="#FDE7E7",
    loss_text="#B3261E",
    focus="#CC3D6E",
    shadow="#2A3A1E30",
)

DARK = Tokens(
    name="dark",
    dark=True,
    ground="#1D1A21",
    surface="#27232C",
    raised="#2E2934",
    sunken="#1A171E",
    hover="#322D38",
    pressed="#3B3542",
    line="#37313E",
    line_strong="#4A4352",
    text="#F4EFF6",
    text_soft="#B3A9BC",
    text_disabled="#6E6577",
    accent="#F07BA0",
    accent_fill="#F48FB1",
    accent_fill_hover="#F8A3C0",
    accent_fill_pressed="#E67DA1",
    on_accent="#2A1019",
    accent_soft="#432A37",
    accent_text="#FFA6C2",
    success="#5FD0C3",
    success_soft="#1E3A38",
    success_text="#6BD8CB",
    attention="#E8B454",
    attention_soft="#40331D",
    attention_text="#F2C469",
    loss="#EF6B64",
    loss_soft="#472629",
    loss_text="#FF9A94",
    focus="#F48FB1",
    shadow="#80000000",
)


def contrast(first: str, second: str) -> float:
    """Contrast of two opaque colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def current_tokens() -> Tokens:
    """The tokens of the theme that is shown. Ask again for every painting."""
    return _current


def set_current_tokens(tokens: Tokens) -> None:
    """Make ``tokens`` the current ones. Only the studio's theme calls this."""
    global _current
    _current = tokens


_current = LIGHT


def _luminance(color: str) -> float:
    """Relative luminance of ``#RRGGBB``, 0 to 1."""
    channels = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
