"""Paths, tapering strokes, tones and the turned head: the tools of every part.

Lengths are hundredths of the picture's width. Parts of the head have their origin in the middle
between the eyes; x grows to the right and y downwards.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QGradient,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QRadialGradient,
)  # fmt: skip

from .attributes import CharacterAttributes

Point = tuple[float, float]
Brush = QColor | QGradient


def mix(first: QColor, second: QColor, share: float) -> QColor:
    """The colour that lies `share` (0..1) of the way from the first to the second."""
    keep = 1.0 - share
    return QColor(
        round(first.red() * keep + second.red() * share),
        round(first.green() * keep + second.green() * share),
        round(first.blue() * keep + second.blue() * share),
    )


def faded(colour: QColor, alpha: float) -> QColor:
    """The colour with an opacity of `alpha` (0..1)."""
    result = QColor(colour)
    result.setAlphaF(alpha)
    return result


@dataclass(frozen=True)
class Tones:
    """A fill colour with its shadow, light and line: cool in the shade, warm in the light."""

    base: QColor
    shadow: QColor
    light: QColor
    line: QColor

    @classmethod
    def of(cls, colour: str | QColor) -> Tones:
        base = QColor(colour)
        luminance = (0.3 * base.red() + 0.59 * base.green() + 0.11 * base.blue()) / 255
        dark = QColor.fromHsvF(
            base.hsvHueF() if base.hsvHueF() >= 0 else 0.75,
            min(1.0, base.hsvSaturationF() * 1.15 + 0.14),
            base.valueF() * 0.56,
        )
        shadow = mix(base, mix(dark, QColor("#5a3fa6"), 0.36), 0.44)
        light = mix(base, QColor("#fffaf0"), 0.28 + 0.25 * luminance)
        # The line keeps the hue of what it surrounds.
        line = mix(dark, QColor("#3a1840"), 0.2 + 0.3 * (1 - luminance))
        return cls(base, shadow, light, line)


@dataclass(frozen=True)
class Pose:
    """Where points of the head land when it turns; a cylinder seen from the front."""

    yaw: float
    pitch: float
    roll: float
    volume: float
    spacing: float

    @classmethod
    def of(cls, attributes: CharacterAttributes) -> Pose:
        """The pose of a character."""
        return cls(
            attributes.yaw, attributes.pitch, attributes.roll, attributes.hair_volume,
            attributes.eye_spacing,
        )  # fmt: skip

    def _turn(self, x: float, y: float, radius: float, share: float) -> Point:
        angle = self.yaw * 0.35 * share
        inside = min(max(x / radius, -1.0), 1.0)
        turned = radius * math.sin(math.asin(inside) + angle) + (x - inside * radius)
        # Beyond the edge of the cylinder sine comes back; the silhouette must not.
        turned = x + (turned - x) * (1.0 - abs(inside) ** 3)
        front = math.sqrt(max(0.0, 1.0 - inside * inside))
        return turned - 4.4 * self.yaw, y - 2.0 * self.pitch * share * (0.4 + 0.6 * front)

    def face(self, x: float, y: float) -> Point:
        """Eyes, brows, mouth: on the front of the head."""
        return self._turn(x * (1.0 + 0.055 * self.spacing), y, 28.0, 1.0)

    def hair(self, x: float, y: float) -> Point:
        """Fringe and crown: the crown moves less than the tips."""
        share = min(max((y + 38.0) / 26.0, 0.0), 1.05)
        grown = 1.0 + 0.04 * self.volume
        return self._turn(x * grown, y * grown if y < 0.0 else y, 30.0, share)

    def outline(self, x: float, y: float) -> Point:
        """The contour of the face: the chin leads, the temples follow."""
        lead = min(max((y + 12.0) / 36.0, 0.0), 1.0)
        turn = x * self.yaw / 21.8
        # The far cheek is foreshortened, the near one comes round.
        squeeze = 1.0 - (0.12 * turn if turn > 0.0 else -0.02 * turn) * lead
        lift = 1.2 * self.pitch * lead
        if turn < 0.0:
            # The near jaw shows its full round.
            squeeze += 0.11 * abs(self.yaw) * max(0.0, 1.0 - ((y - 16.0) / 9.0) ** 2)
        return x * squeeze + self.yaw * (7.6 * lead - 3.4), y - lift

    def back(self, x: float, y: float) -> Point:
        """The back of the head and what hangs from it: it goes the other way."""
        grown = 1.0 + 0.05 * self.volume
        return x * grown - 4.4 * self.yaw, y + 0.5 * self.pitch

    def hanging(self, x: float, y: float, root: float = 0.0) -> Point:
        """What hangs from the back of the head at the height `root`: it falls straight down."""
        x, y = self.back(x, y)
        return x + self.fall(y - root), y

    def fall(self, length: float) -> float:
        """How far sideways, seen from the tilted head, hair of a length hangs."""
        below = max(0.0, length)
        # The first part of it is still held by the head.
        return below * below / (below + 8.0) * math.sin(math.radians(self.roll))


def _smooth_to(path: QPainterPath, points: Sequence[Point]) -> None:
    """Continue the path from its end, points[0], through all points (Catmull-Rom)."""
    padded = [points[0], *points, points[-1]]
    for (x0, y0), (x1, y1), (x2, y2), (x3, y3) in zip(
        padded, padded[1:], padded[2:], padded[3:], strict=False
    ):
        path.cubicTo(
            x1 + (x2 - x0) / 6, y1 + (y2 - y0) / 6, x2 - (x3 - x1) / 6, y2 - (y3 - y1) / 6, x2, y2
        )


def curve(*runs: Sequence[Point], closed: bool = True) -> QPainterPath:
    """Smooth runs of points joined at corners: each run begins where the one before ended."""
    path = QPainterPath(QPointF(*runs[0][0]))
    _smooth_to(path, runs[0])
    for before, run in pairwise(runs):
        _smooth_to(path, [before[-1], *run])
    if closed:
        path.closeSubpath()
    return path


def both(points: Sequence[Point]) -> list[Point]:
    """Half an outline, from the middle outwards, mirrored into a whole one, right to left."""
    return [*reversed(points), *[(-x, y) for x, y in points if x != 0.0]]


def symmetric(half: Sequence[Point]) -> QPainterPath:
    """A closed shape: its right half from the top to the foot, and the same mirrored."""
    return curve(half, flipped(-1, *half[-2::-1]))


def _normals(spine: Sequence[Point]) -> Iterator[Point]:
    padded = [spine[0], *spine, spine[-1]]
    for (ax, ay), (bx, by) in zip(padded, padded[2:], strict=False):
        length = math.hypot(bx - ax, by - ay) or 1.0
        yield (by - ay) / length, (ax - bx) / length


def beside(spine: Sequence[Point], widths: Sequence[float], share: float) -> list[Point]:
    """The line that runs along the spine at `share` (-1..1) of its half width."""
    return [
        (x + nx * width * share, y + ny * width * share)
        for (x, y), (nx, ny), width in zip(spine, _normals(spine), widths, strict=True)
    ]


def swath(spine: Sequence[Point], widths: Sequence[float]) -> QPainterPath:
    """A closed shape around the spine with a half width for each of its points."""
    return curve(beside(spine, widths, -1.0), beside(spine, widths, 1.0)[::-1])


def _brush_line(points: Sequence[Point], width: float, start: float, end: float) -> QPainterPath:
    widths = []
    for index in range(len(points)):
        at = index / (len(points) - 1)
        edge = start if at < 0.5 else end
        widths.append(0.5 * width * (edge + (1.0 - edge) * math.sin(math.pi * at)))
    return swath(points, widths)


def flipped(side: int, *points: Point) -> list[Point]:
    """The points of something on the right, or with side -1 on the left."""
    return [(side * x, y) for x, y in points]


def oval(centre: Point, rx: float, ry: float) -> QPainterPath:
    """An ellipse with the half axes rx and ry."""
    path = QPainterPath()
    path.addEllipse(QPointF(*centre), rx, ry)
    return path


def box(x: float, y: float, width: float, height: float, radius: float = 0.0) -> QPainterPath:
    """A rectangle, perhaps with round corners."""
    path = QPainterPath()
    path.addRoundedRect(x, y, width, height, radius, radius)
    return path


def joined(*paths: QPainterPath) -> QPainterPath:
    """Return one path that is filled wherever one of them is: faster than one by one."""
    whole = QPainterPath()
    whole.setFillRule(Qt.FillRule.WindingFill)
    for path in paths:
        whole.addPath(path)
    return whole


def star(x: float, y: float, size: float, corners: int = 5, waist: float = 0.45) -> QPainterPath:
    """A star with a corner at its top; `waist` is the inner radius as a share of `size`."""
    path = QPainterPath()
    for step in range(2 * corners):
        radius = size * (1.0 if step % 2 == 0 else waist)
        angle = math.pi * (step / corners - 0.5)
        point = QPointF(x + radius * math.cos(angle), y + radius * math.sin(angle))
        if step:
            path.lineTo(point)
        else:
            path.moveTo(point)
    path.closeSubpath()
    return path


class Canvas:
    """A painter in picture units. All widths of lines are multiplied by ``weight``."""

    def __init__(
        self, painter: QPainter, attributes: CharacterAttributes, weight: float = 1.0
    ) -> None:
        self.painter, self.weight = painter, weight
        self.pose = Pose.of(attributes)
        self.light, self.shade, self.side = attributes.light, attributes.shade, attributes.side

    def hair(self, *points: Point, side: int = 1) -> list[Point]:
        """Where points of the fringe and the crown land, mirrored for side -1."""
        return [self.pose.hair(side * x, y) for x, y in points]

    def fill(
        self, path: QPainterPath, brush: Brush, line: QColor | None = None, width: float = 0.55
    ) -> None:
        """Fill a path and, with a line colour, draw its outline."""
        pen = QPen(Qt.PenStyle.NoPen)
        if line is not None:
            pen = QPen(line, width * self.weight)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self.painter.setPen(pen)
        self.painter.setBrush(QBrush(brush))
        self.painter.drawPath(path)

    def line(self, path: QPainterPath, colour: QColor, width: float = 0.5) -> None:
        """Draw a path as a line of one width."""
        pen = QPen(colour, width * self.weight)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self.painter.strokePath(path, pen)

    def stroke(
        self, points: Sequence[Point], colour: QColor, width: float, start: float = 0.05,
        end: float = 0.05,
    ) -> None:  # fmt: skip
        """Draw a line like a brush does: `width` in the middle, shares of it at both ends."""
        self.fill(_brush_line(points, width * self.weight, start, end), colour)

    def strokes(
        self, runs: Iterable[Sequence[Point]], colour: QColor, width: float, start: float = 0.05,
        end: float = 0.05,
    ) -> None:  # fmt: skip
        """Draw several lines of one colour at once."""
        width *= self.weight
        self.fill(joined(*(_brush_line(points, width, start, end) for points in runs)), colour)

    def ellipse(
        self, centre: Point, rx: float, ry: float, brush: Brush, line: QColor | None = None,
        width: float = 0.5,
    ) -> None:  # fmt: skip
        """Fill an ellipse with the half axes rx and ry."""
        self.fill(oval(centre, rx, ry), brush, line, width)

    def away(self, path: QPainterPath, dx: float, dy: float, colour: QColor) -> None:
        """Shade the side of a path that turns away from the light, softly, in two steps.

        `dx` and `dy` are the width of the shade at the side and at the foot. The caller clips to
        the path.
        """
        strength = (0.35 + 0.65 * self.shade) * colour.alphaF()
        box = path.boundingRect().adjusted(-2.0, -2.0, 2.0, 2.0)
        for step, share in ((0.62, 0.45), (1.0, 0.55)):
            rest = QPainterPath()
            rest.addRect(box)
            rest.addPath(path.translated(dx * step * self.light, -dy * step))
            self.fill(rest, faded(colour, strength * share))

    @contextmanager
    def clipped(self, path: QPainterPath) -> Iterator[None]:
        """Paint only inside the path."""
        self.painter.save()
        self.painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        try:
            yield
        finally:
            self.painter.restore()

    @contextmanager
    def moved(self, x: float, y: float, angle: float = 0.0, scale: float = 1.0) -> Iterator[None]:
        """Paint around another origin, turned by `angle` degrees."""
        self.painter.save()
        self.painter.translate(x, y)
        self.painter.rotate(angle)
        self.painter.scale(scale, scale)
        try:
            yield
        finally:
            self.painter.restore()


def gradient(top: Point, bottom: Point, *stops: tuple[float, QColor]) -> QLinearGradient:
    """A linear gradient between two points with (position, colour) stops."""
    result = QLinearGradient(QPointF(*top), QPointF(*bottom))
    result.setStops(stops)
    return result


def radial(centre: Point, radius: float, *stops: tuple[float, QColor]) -> QRadialGradient:
    """A gradient from a point outwards with (position, colour) stops."""
    result = QRadialGradient(QPointF(*centre), radius)
    result.setStops(stops)
    return result
