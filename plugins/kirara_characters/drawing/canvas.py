"""Paths, tapering strokes, tones and the turned head: what every part is drawn with.

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
from PySide6.QtGui import QBrush, QColor, QGradient, QLinearGradient, QPainter, QPainterPath, QPen

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
    roll: float = 0.0
    volume: float = 0.0
    spacing: float = 0.0

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


def smooth_to(path: QPainterPath, points: Sequence[Point]) -> None:
    """Continue the path from its end, points[0], through all points (Catmull-Rom)."""
    last = len(points) - 1
    for index in range(last):
        x0, y0 = points[max(index - 1, 0)]
        x1, y1 = points[index]
        x2, y2 = points[index + 1]
        x3, y3 = points[min(index + 2, last)]
        path.cubicTo(
            x1 + (x2 - x0) / 6, y1 + (y2 - y0) / 6, x2 - (x3 - x1) / 6, y2 - (y3 - y1) / 6, x2, y2
        )


def curve(*runs: Sequence[Point], closed: bool = True) -> QPainterPath:
    """Smooth runs of points joined at corners: each run begins where the one before ended."""
    path = QPainterPath(QPointF(*runs[0][0]))
    smooth_to(path, runs[0])
    for before, run in pairwise(runs):
        smooth_to(path, [before[-1], *run])
    if closed:
        path.closeSubpath()
    return path


def both(points: Sequence[Point]) -> list[Point]:
    """Half an outline, from the middle outwards, mirrored into a whole one, right to left."""
    return [*reversed(points), *[(-x, y) for x, y in points if x != 0.0]]


def _normals(spine: Sequence[Point]) -> list[Point]:
    found = []
    for index in range(len(spine)):
        ax, ay = spine[max(index - 1, 0)]
        bx, by = spine[min(index + 1, len(spine) - 1)]
        length = math.hypot(bx - ax, by - ay) or 1.0
        found.append(((by - ay) / length, (ax - bx) / length))
    return found


def beside(spine: Sequence[Point], widths: Sequence[float], share: float) -> list[Point]:
    """The line that runs along the spine at `share` (-1..1) of its half width."""
    return [
        (x + nx * width * share, y + ny * width * share)
        for (x, y), (nx, ny), width in zip(spine, _normals(spine), widths, strict=True)
    ]


def swath(spine: Sequence[Point], widths: Sequence[float]) -> QPainterPath:
    """A closed shape around the spine with a half width for each of its points."""
    left = beside(spine, widths, -1.0)
    right = beside(spine, widths, 1.0)
    right.reverse()
    return curve(left, right)


def _brush_line(points: Sequence[Point], width: float, start: float, end: float) -> QPainterPath:
    last = len(points) - 1
    widths = []
    for index in range(last + 1):
        at = index / last
        edge = start if at < 0.5 else end
        widths.append(0.5 * width * (edge + (1.0 - edge) * math.sin(math.pi * at)))
    return swath(points, widths)


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
    """A painter in picture units with the few ways of painting that the parts need."""

    def __init__(
        self, painter: QPainter, pose: Pose, light: float = -0.6, shade: float = 0.6
    ) -> None:
        self.painter = painter
        self.pose = pose
        self.light = light
        self.shade = shade

    def fill(
        self,
        path: QPainterPath,
        brush: Brush,
        line: QColor | None = None,
        width: float = 0.55,
    ) -> None:
        """Fill a path and, with a line colour, draw its outline."""
        pen = QPen(Qt.PenStyle.NoPen)
        if line is not None:
            pen = QPen(line, width)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self.painter.setPen(pen)
        self.painter.setBrush(QBrush(brush))
        self.painter.drawPath(path)

    def line(self, path: QPainterPath, colour: QColor, width: float = 0.5) -> None:
        """Draw a path as a line of one width."""
        pen = QPen(colour, width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self.painter.strokePath(path, pen)

    def stroke(
        self,
        points: Sequence[Point],
        colour: QColor,
        width: float,
        start: float = 0.05,
        end: float = 0.05,
    ) -> None:
        """Draw a line like a brush does: `width` in the middle, shares of it at both ends."""
        self.fill(_brush_line(points, width, start, end), colour)

    def strokes(
        self,
        runs: Iterable[Sequence[Point]],
        colour: QColor,
        width: float,
        start: float = 0.05,
        end: float = 0.05,
    ) -> None:
        """Draw several lines of one colour at once, which is faster than one by one."""
        whole = QPainterPath()
        whole.setFillRule(Qt.FillRule.WindingFill)
        for points in runs:
            whole.addPath(_brush_line(points, width, start, end))
        self.fill(whole, colour)

    def ellipse(
        self,
        centre: Point,
        rx: float,
        ry: float,
        brush: Brush,
        line: QColor | None = None,
        width: float = 0.5,
    ) -> None:
        """Fill an ellipse with the half axes rx and ry."""
        path = QPainterPath()
        path.addEllipse(QPointF(*centre), rx, ry)
        self.fill(path, brush, line, width)

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
    for at, colour in stops:
        result.setColorAt(at, colour)
    return result
