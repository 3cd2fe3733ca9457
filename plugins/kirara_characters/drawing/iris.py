"""Iris, pupil and the lights in the eye."""

from __future__ import annotations

import math

from PySide6.QtGui import QColor

from .attributes import CharacterAttributes
from .canvas import (
    Canvas,
    Point,
    box,
    curve,
    faded,
    gradient,
    mix,
    oval,
    radial,
    star,
    symmetric,
)  # fmt: skip

_WHITE = QColor("#ffffff")
_NIGHT = QColor("#1a0e2c")


def _centre(attributes: CharacterAttributes, side: int) -> Point:
    x = 1.35 * attributes.gaze_x + 0.35 * attributes.yaw - 0.25 * side
    return x, -0.1 + 0.9 * attributes.gaze_y


def paint_iris(
    canvas: Canvas, attributes: CharacterAttributes, side: int, colour: QColor, rx: float, ry: float
) -> None:
    """The iris from its dark top to its bright foot, with the pattern and the pupil."""
    x, y = _centre(attributes, side)
    dark = mix(colour, _NIGHT, 0.62)
    own = mix(colour.lighter(122), QColor("#fff4d0"), 0.34)
    bright = QColor(attributes.eye_glow_colour) if attributes.eye_glow_colour else own
    fill = gradient((x, y - ry), (x, y + ry), (0, mix(dark, _NIGHT, 0.35)), (0.26, dark),
                    (0.52, colour), (0.82, bright), (1, mix(bright, _WHITE, 0.25)))  # fmt: skip
    shape = oval((x, y), rx, ry)
    canvas.fill(shape, fill)
    # The rim is dark above and lets the light out below.
    rim = radial((0, -0.12), 1.12, (0.0, faded(dark, 0.0)), (0.74, faded(dark, 0.0)),
                 (1.0, faded(dark, 0.85)))  # fmt: skip
    with canvas.moved(x, y):
        canvas.painter.scale(rx, ry)
        _PATTERNS[attributes.iris](canvas, dark, bright)
        canvas.ellipse((0, 0), 1.0, 1.0, rim)
    canvas.line(shape, mix(dark, _NIGHT, 0.35), 0.5)


def _pupil(canvas: Canvas, dark: QColor, rx: float = 0.4, ry: float = 0.42) -> None:
    canvas.ellipse((0, -0.06), rx, ry, mix(dark, _NIGHT, 0.7))


def _glow(canvas: Canvas, bright: QColor, strength: float = 0.8) -> None:
    centre = faded(mix(bright, _WHITE, 0.55), strength)
    glow = radial((0, 0.62), 0.72, (0.0, centre), (1.0, faded(bright, 0.0)))
    canvas.ellipse((0, 0.55), 0.78, 0.42, glow)


def _gradient(canvas: Canvas, dark: QColor, bright: QColor) -> None:
    _glow(canvas, bright)
    _pupil(canvas, dark)


def _ring(canvas: Canvas, dark: QColor, bright: QColor) -> None:
    canvas.line(oval((0, 0), 0.66, 0.68), faded(mix(bright, _WHITE, 0.3), 0.75), 0.15)
    _glow(canvas, bright, 0.45)
    _pupil(canvas, dark, 0.36, 0.38)


def _crescent(canvas: Canvas, dark: QColor, bright: QColor) -> None:
    """A hard-edged moon of light along the foot of the iris."""
    moon = curve([(-0.86, 0.2), (-0.5, 0.78), (0, 0.93), (0.5, 0.78), (0.86, 0.2)],
                 [(0.5, 0.46), (0, 0.58), (-0.5, 0.46), (-0.86, 0.2)])  # fmt: skip
    canvas.fill(moon, faded(mix(bright, _WHITE, 0.5), 0.95))
    _pupil(canvas, dark, 0.44, 0.46)


def _rays(canvas: Canvas, dark: QColor, bright: QColor) -> None:
    light = faded(mix(bright, _WHITE, 0.45), 0.75)
    for step in range(9):
        angle = math.pi * (0.04 + 0.115 * step)
        dx, dy = math.cos(angle), math.sin(angle)
        canvas.stroke([(dx * 0.42, dy * 0.42), (dx * 0.66, dy * 0.66), (dx * 0.9, dy * 0.9)],
                      light, 0.13, 0.2, 0.2)  # fmt: skip
    _pupil(canvas, dark)


def _slit(canvas: Canvas, dark: QColor, bright: QColor) -> None:
    _glow(canvas, bright, 0.9)
    slit = curve([(0, -0.72), (0.17, -0.1), (0, 0.62)], [(-0.17, -0.1), (0, -0.72)])
    canvas.fill(slit, mix(dark, _NIGHT, 0.75))


def _star_pupil(canvas: Canvas, dark: QColor, bright: QColor) -> None:
    canvas.ellipse((0, 0.02), 0.66, 0.66, faded(dark, 0.45))
    canvas.fill(star(0, 0.04, 0.56, 5, 0.46), mix(bright, QColor("#fff6c0"), 0.6))


def _heart_pupil(canvas: Canvas, dark: QColor, bright: QColor) -> None:
    canvas.ellipse((0, 0.02), 0.66, 0.66, faded(dark, 0.4))
    heart = symmetric([(0, -0.18), (0.2, -0.42), (0.48, -0.34), (0.5, 0.0), (0, 0.5)])
    canvas.fill(heart, mix(QColor("#ff6f9c"), bright, 0.25))


_PATTERNS = {
    "gradient": _gradient, "ring": _ring, "crescent": _crescent, "rays": _rays, "slit": _slit,
    "star": _star_pupil, "heart": _heart_pupil,
}  # fmt: skip


def paint_lights(
    canvas: Canvas, attributes: CharacterAttributes, side: int, rx: float, ry: float
) -> None:
    """White reflections, on the side that the light comes from in both eyes."""
    with canvas.moved(*_centre(attributes, side)):
        _LIGHTS[attributes.eye_light](canvas, attributes.light, rx, ry)


def _oval(canvas: Canvas, light: float, rx: float, ry: float) -> None:
    with canvas.moved(0.42 * rx * light, -0.44 * ry, 22 * light):
        canvas.ellipse((0, 0), 0.33 * rx, 0.34 * ry, _WHITE)
    canvas.ellipse((-0.42 * rx * light, 0.46 * ry), 0.18 * rx, 0.16 * ry, faded(_WHITE, 0.95))
    canvas.ellipse((-0.46 * rx * light, -0.2 * ry), 0.1 * rx, 0.09 * ry, faded(_WHITE, 0.6))


def _twin(canvas: Canvas, light: float, rx: float, ry: float) -> None:
    canvas.ellipse((0.36 * rx * light, -0.4 * ry), 0.27 * rx, 0.21 * ry, _WHITE)
    canvas.ellipse((-0.34 * rx * light, 0.36 * ry), 0.27 * rx, 0.21 * ry, faded(_WHITE, 0.92))


def _arc(canvas: Canvas, light: float, rx: float, ry: float) -> None:
    """A broad light along the upper edge."""
    shape = curve([(-0.56, -0.44), (-0.3, -0.74), (0, -0.8), (0.3, -0.74), (0.56, -0.44)],
                  [(0.24, -0.46), (-0.24, -0.46), (-0.56, -0.44)])  # fmt: skip
    with canvas.moved(0, 0, 20 * light):
        canvas.painter.scale(rx, ry)
        canvas.fill(shape, faded(_WHITE, 0.95))
    canvas.ellipse((-0.4 * rx * light, 0.52 * ry), 0.14 * rx, 0.11 * ry, faded(_WHITE, 0.9))


def _window(canvas: Canvas, light: float, rx: float, ry: float) -> None:
    """The panes of a window, mirrored in the eye."""
    with canvas.moved(0.34 * rx * light, -0.4 * ry, 14 * light):
        for dx, dy in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
            pane = box(dx * 0.18 * rx - 0.15 * rx, dy * 0.17 * ry - 0.14 * ry, 0.3 * rx, 0.28 * ry,
                       0.12)  # fmt: skip
            canvas.fill(pane, faded(_WHITE, 0.97))
    canvas.ellipse((-0.4 * rx * light, 0.5 * ry), 0.22 * rx, 0.1 * ry, faded(_WHITE, 0.7))


def _sparkle(canvas: Canvas, light: float, rx: float, ry: float) -> None:
    canvas.fill(star(0.36 * rx * light, -0.36 * ry, 0.56 * rx, 4, 0.36), _WHITE)
    canvas.ellipse((0.36 * rx * light, -0.36 * ry), 0.22 * rx, 0.22 * rx, _WHITE)
    canvas.fill(star(-0.38 * rx * light, 0.42 * ry, 0.32 * rx, 4, 0.36), faded(_WHITE, 0.95))
    canvas.ellipse((0.0, 0.66 * ry), 0.09 * rx, 0.09 * rx, faded(_WHITE, 0.8))


_LIGHTS = {
    "oval": _oval, "twin": _twin, "arc": _arc, "window": _window, "sparkle": _sparkle
}  # fmt: skip


def paint_lid_shadow(canvas: Canvas, upper: list[Point]) -> None:
    """The shadow of the upper lid over white and iris alike."""
    shade = [(x, y + 1.9) for x, y in upper]
    canvas.fill(curve(upper, shade[::-1]), faded(QColor("#4a3a78"), 0.42))
