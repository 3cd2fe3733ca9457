"""Scenes to learn from: drawn figures on all kinds of backgrounds, and the boxes of their faces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
import numpy.typing as npt

from kirara_characters.faces.drawings import SIDE, Drawings
from kirara_characters.faces.face import Face
from kirara_characters.faces.touches import developed, restyled

Pixels = npt.NDArray[np.uint8]
Points = npt.NDArray[np.float32]
Random = np.random.Generator

SMALLEST, LARGEST = 9.0, 84.0
"""Pixels: the widths of faces in scenes; smaller copies of a picture hold the larger ones."""
_UNSURE = 11.0  # pixels: faces below this are neither right nor wrong
_SEEN, _GUESSED = 0.65, 0.3  # of a face's box: above it counts, below it does not
_FIGURES = (0.14, 0.2, 0.24, 0.2, 0.13, 0.09)  # how often a scene has none, one, two …
_LINES = ("Kirara", "Start Load Options", "12:34", "Once upon a time", "File Edit View", "!?", "OK")


@dataclass
class Scene:
    """A picture (side, side, 3), RGB, with its ``faces`` and boxes that count as neither."""

    picture: Pixels
    faces: list[Face] = field(default_factory=list)
    unsure: list[Face] = field(default_factory=list)


class Scenes:
    """Makes scenes of ``drawings`` and ``photographs`` (RGB, of any size)."""

    def __init__(self, drawings: Drawings, photographs: Sequence[Pixels], side: int) -> None:
        self.drawings, self.photographs, self.side = drawings, photographs, side

    def scene(self, random: Random) -> Scene:
        """The scene of a stream of random numbers."""
        picture = self._background(random)
        if random.random() < 0.2:
            picture = self._panels(picture, random)
        # Which figure is in front: 0 is the background, and what has no face.
        owners = np.zeros((self.side, self.side), np.uint8)
        boxes: list[Face] = []
        for _ in range(int(random.choice(len(_FIGURES), p=_FIGURES))):
            self._add_figure(picture, owners, boxes, random)
        for _ in range(int(random.integers(3)) if random.random() < 0.35 else 0):
            self._cover(picture, owners, random)
        if random.random() < 0.15:
            _write(picture, random)
        scene = Scene(developed(picture, random))
        for number, box in enumerate(boxes, 1):
            self._label(scene, box, owners == number)
        return scene

    def faceless(self, random: Random) -> Scene:
        """A photograph alone, or a background if there are none: most false finds lie there."""
        whole = self._photograph if self.photographs else self._background
        return Scene(developed(whole(random), random))

    def _label(self, scene: Scene, box: Face, mine: npt.NDArray[np.bool_]) -> None:
        left, top = max(0.0, box.left), max(0.0, box.top)
        right, bottom = min(self.side, box.left + box.width), min(self.side, box.top + box.height)
        if right - left < 2 or bottom - top < 2:
            return
        cut = Face(left, top, right - left, bottom - top, 1.0, box.roll)
        part = mine[int(top) : int(np.ceil(bottom)), int(left) : int(np.ceil(right))]
        seen = float(part.mean()) * cut.width * cut.height / (box.width * box.height)
        if seen >= _SEEN and min(cut.width, cut.height) >= _UNSURE:
            scene.faces.append(cut)
        elif seen >= _GUESSED or min(cut.width, cut.height) < _UNSURE:
            scene.unsure.append(cut)

    def _add_figure(
        self, picture: Pixels, owners: Pixels, boxes: list[Face], random: Random
    ) -> None:
        place = int(random.integers(self.drawings.count))
        figure, outline = self.drawings.figures[place], self.drawings.outlines[place]
        wide = float(np.exp(random.uniform(np.log(SMALLEST), np.log(LARGEST))))
        scale = wide / (0.466 * SIDE)
        small = max(24, round(min(1.0, 1.15 * scale) * SIDE))
        figure = np.asarray(cv2.resize(figure, (small, small), interpolation=cv2.INTER_AREA))
        outline = outline * (small / SIDE)
        figure, outline = restyled(figure, outline, random)
        if random.random() < 0.06:  # clothes or hair alone
            cut = int(small * random.uniform(0.76, 0.85))
            figure, outline = figure.copy(), np.full_like(outline, np.nan)
            figure[:cut] = 0
        elif random.random() < 0.4:  # the rest of a body
            more = int(small * random.uniform(0.2, 1.5))
            figure = np.concatenate([figure, np.repeat(figure[-1:], more, axis=0)])
        has_face = not np.isnan(outline).any()
        spread = 45.0 if random.random() < 0.15 else 11.0
        angle = float(np.clip(random.normal(0.0, spread), -60.0, 60.0))
        matrix = self._placement(scale * SIDE / small, small, angle, random)
        size = (self.side, self.side)
        # Premultiplied, so that what is transparent does not bleed in at the edges.
        alpha = figure[..., 3:].astype(np.float32) / 255
        layers = np.concatenate([figure[..., :3] * alpha, alpha], axis=2)
        layers = cv2.warpAffine(layers, matrix, size, flags=cv2.INTER_LINEAR)
        alpha = layers[..., 3:]
        picture[:] = (picture * (1 - alpha) + layers[..., :3]).round().astype(np.uint8)
        if has_face:
            points = outline @ matrix[:, :2].T + matrix[:, 2]
            boxes.append(_box(points, _roll_of(outline, matrix)))
        owners[alpha[..., 0] > 0.5] = len(boxes) if has_face else 0

    def _placement(
        self, scale: float, small: int, angle: float, random: Random
    ) -> npt.NDArray[np.float64]:
        """Where a figure stands: a matrix (2, 3); its face lies mostly in the picture."""
        turn = np.radians(angle)
        stretch = np.exp(random.normal(0.0, 0.06, 2)) * scale
        if random.random() < 0.5:
            stretch[0] *= -1
        turned = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        matrix = turned * stretch
        middle = matrix @ np.array([0.5 * small, 0.56 * small])
        wanted = random.uniform(-0.03, 1.03, 2) * self.side
        return np.concatenate([matrix, (wanted - middle)[:, None]], axis=1)

    def _background(self, random: Random) -> Pixels:
        side = self.side
        kind = random.random()
        if kind < 0.5 and self.photographs:
            return self._photograph(random)
        if kind < 0.65:
            place = self.drawings.count + int(random.integers(self.drawings.backgrounds))
            drawn = self.drawings.figures[place][..., :3]
            return np.array(cv2.resize(drawn, (side, side), interpolation=cv2.INTER_LINEAR))
        if kind < 0.72:
            return _pattern(side, random)
        colours = random.integers(0, 256, (2, 2, 3)).astype(np.float32)
        if kind < 0.77:
            colours[:] = colours[0, 0]
        elif kind > 0.85:
            cells = int(random.integers(3, 60))
            colours = random.normal(colours[0, 0], 60.0, (cells, cells, 3)).astype(np.float32)
        elif kind > 0.82:
            colours[:] = random.choice((0.0, 255.0))
        smooth = cv2.resize(colours, (side, side), interpolation=cv2.INTER_CUBIC)
        return np.clip(smooth, 0, 255).astype(np.uint8)

    def _photograph(self, random: Random) -> Pixels:
        """A square of a photograph, near or far."""
        photograph = self.photographs[int(random.integers(len(self.photographs)))]
        height, width = photograph.shape[:2]
        longest = min(height, width)
        shortest = min(longest, 48)
        part = int(np.exp(random.uniform(np.log(shortest), np.log(longest + 1))))
        part = min(part, longest)
        top, left = random.integers(height - part + 1), random.integers(width - part + 1)
        square = photograph[top : top + part, left : left + part]
        if random.random() < 0.5:
            square = square[:, ::-1]
        how = cv2.INTER_AREA if part > self.side else cv2.INTER_LINEAR
        return np.array(
            cv2.resize(np.ascontiguousarray(square), (self.side,) * 2, interpolation=how)
        )

    def _panels(self, picture: Pixels, random: Random) -> Pixels:
        """Rectangles with frames and lines of text, as in screens and comics."""
        for _ in range(int(random.integers(1, 6))):
            (left, right), (top, bottom) = np.sort(random.integers(0, self.side, (2, 2)), axis=1)
            colour = tuple(int(one) for one in random.integers(0, 256, 3))
            frame = (0, 0, 0) if random.random() < 0.5 else (255, 255, 255)
            if random.random() < 0.3 and self.photographs:
                picture[top:bottom, left:right] = self._photograph(random)[top:bottom, left:right]
            else:
                cv2.rectangle(picture, (int(left), int(top)), (int(right), int(bottom)), colour, -1)
            cv2.rectangle(picture, (int(left), int(top)), (int(right), int(bottom)), frame,
                          int(random.integers(1, 4)))  # fmt: skip
        for _ in range(int(random.integers(4))):
            _write(picture, random)
        return picture

    def _cover(self, picture: Pixels, owners: Pixels, random: Random) -> None:
        """Something in front: a bar, a spot of colour or skin, or a part of a photograph."""
        mask = np.zeros((self.side, self.side), np.uint8)
        x, y = (int(one) for one in random.integers(0, self.side, 2))
        wide, high = (int(one) for one in random.integers(5, self.side // 3, 2))
        if random.random() < 0.5:
            cv2.ellipse(mask, (x, y), (wide, high), float(random.uniform(0, 180)), 0, 360, 1, -1)
        else:
            cv2.rectangle(mask, (x, y), (x + 2 * wide, y + high), 1, -1)
        skin = np.array((240, 205, 180)) * random.uniform(0.5, 1.05)
        what = self._photograph(random) if self.photographs and random.random() < 0.4 else None
        inside = mask.astype(bool)
        if what is not None:
            picture[inside] = what[inside]
        else:
            colour = skin if random.random() < 0.5 else random.integers(0, 256, 3)
            picture[inside] = np.clip(colour, 0, 255).astype(np.uint8)
            if random.random() < 0.6:
                contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
                cv2.drawContours(picture, contours, -1, (60, 30, 30), 1, cv2.LINE_AA)
        owners[inside] = 0


def _pattern(side: int, random: Random) -> Pixels:
    """Squares, stripes or dots of two colours, turned."""
    step = float(np.exp(random.uniform(np.log(3.0), np.log(side / 2))))
    turn = random.uniform(0, np.pi)
    lean = turn + np.pi / 2 + random.normal(0.0, 0.15)
    rows, columns = np.mgrid[:side, :side] / step + random.random((2, 1, 1))
    along = np.sin(np.pi * (columns * np.cos(turn) + rows * np.sin(turn)))
    across = np.sin(np.pi * (columns * np.cos(lean) + rows * np.sin(lean)))
    kind = random.random()
    heights = along * across if kind < 0.5 else along if kind < 0.7 else along + across - 0.7
    share = np.clip(0.5 + random.uniform(1.0, 8.0) * heights, 0, 1)[..., None]
    first, second = random.integers(0, 256, (2, 3))
    if random.random() < 0.4:
        first, second = np.full(3, random.integers(90)), np.full(3, random.integers(160, 256))
    return np.asarray(share * first + (1 - share) * second).astype(np.uint8)


def _write(picture: Pixels, random: Random) -> None:
    text = str(random.choice(_LINES))
    place = tuple(int(one) for one in random.integers(0, len(picture), 2))
    colour = (0, 0, 0) if random.random() < 0.5 else (255, 255, 255)
    size = float(random.uniform(0.3, 1.2))
    cv2.putText(picture, text, place, cv2.FONT_HERSHEY_SIMPLEX, size, colour, 1, cv2.LINE_AA)


def _box(points: npt.NDArray[np.floating], roll: float) -> Face:
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return Face(float(left), float(top), float(right - left), float(bottom - top), 1.0, roll)


def _roll_of(outline: Points, matrix: npt.NDArray[np.float64]) -> float:
    """The tilt, in degrees clockwise, of a face whose outline is moved by ``matrix``."""
    # From the middle of the cheeks' upper ends, which are first and last, to the chin.
    chin = outline[len(outline) // 2]
    down = matrix[:, :2] @ (chin - (outline[0] + outline[-1]) / 2)
    return float(np.degrees(np.arctan2(-down[0], down[1])))
