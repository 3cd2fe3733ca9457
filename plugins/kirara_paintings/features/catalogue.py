"""The named features: each is a number that describes one property of a picture.

The first four are those of the author's own tree for the contest, for pictures of one size:
variances in windows of 3×3 and 65×65 pixels and differences of neighbours. Brightness, contrast and
the contrast of saturation were features once. They depend on the print more than on the painting,
and misled. Imports no torch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from kirara_paintings.answers import Box, Pixels
from kirara_paintings.features.view import EDGE, Mask, View, deviation
from kirara_studio.api.text import QT_TRANSLATE_NOOP

_REGIONS = 6  # shown at most


@dataclass(frozen=True)
class Feature:
    """``name`` is used in files and in :class:`~kirara_paintings.answers.Reason`.

    ``title`` is for users, ``measure`` returns its value, ``place`` marks where it shows.
    """

    name: str
    title: str
    measure: Callable[[View], float]
    place: Callable[[View], Mask] | None = None


FEATURES: list[Feature] = []
"""In the order of the numbers of :func:`measured`."""


def _feature(
    title: str, place: Callable[[View], Mask] | None = None
) -> Callable[[Callable[[View], float]], Callable[[View], float]]:
    def add(measure: Callable[[View], float]) -> Callable[[View], float]:
        FEATURES.append(Feature(measure.__name__, title, measure, place))
        return measure

    return add


def _primaries(view: View) -> Mask:
    hue, strong, value = view.hsv
    red = ((hue < 9) | (hue > 168)) & (strong > 130) & (value > 90)
    yellow = (hue > 18) & (hue < 34) & (strong > 110) & (value > 140)
    blue = (hue > 98) & (hue < 130) & (strong > 90) & (value > 40)
    return (red | yellow | blue).astype(np.uint8)


@_feature(QT_TRANSLATE_NOOP("paintings", "Variation close up"))
def fine_variation(view: View) -> float:
    """Mean standard deviation of brightness in windows of 3×3, levels."""
    return float(view.fine.mean())


@_feature(QT_TRANSLATE_NOOP("paintings", "Variation at large"))
def broad_variation(view: View) -> float:
    """Mean standard deviation of brightness in windows of 65×65, levels."""
    return float(view.broad.mean())


@_feature(QT_TRANSLATE_NOOP("paintings", "Variation close up compared with at large"))
def fine_to_broad(view: View) -> float:
    """Variation in small windows as a share of that in large ones, 0…1."""
    return fine_variation(view) / (broad_variation(view) + 2.0)


@_feature(QT_TRANSLATE_NOOP("paintings", "Difference of neighbours"))
def neighbour_difference(view: View) -> float:
    """Mean difference of neighbouring pixels, in red, levels."""
    return _difference(view.pixels, 1)


@_feature(QT_TRANSLATE_NOOP("paintings", "Hardness of the hardest edges"))
def hard_edges(view: View) -> float:
    """How steep the steepest hundredth of all places is, levels."""
    return view.steepest[0]


@_feature(QT_TRANSLATE_NOOP("paintings", "Edges everywhere"))
def edge_density(view: View) -> float:
    """Share of places with an edge, 0…1."""
    return _share(view.steepness > EDGE)


@_feature(QT_TRANSLATE_NOOP("paintings", "Hard rather than soft edges"))
def edge_softness(view: View) -> float:
    """The share of the strongest change over 12 pixels within two: 0 soft edges, 1 hard ones."""
    wide = cv2.blur(view.grey, (7, 7)).astype(np.float32)
    far = np.maximum(
        np.abs(wide[:, 12:] - wide[:, :-12]).max(initial=0.0),
        np.abs(wide[12:] - wide[:-12]).max(initial=0.0),
    )
    return float(2 * view.steepest[1] / (far + 4.0))


@_feature(
    QT_TRANSLATE_NOOP("paintings", "Long edges straight up or across"),
    lambda view: view.straight_edges,
)
def straight_edges(view: View) -> float:
    """Share of all edges that run straight up or across for long, 0…1."""
    return _straight_share(view)


@_feature(QT_TRANSLATE_NOOP("paintings", "Long black lines"), lambda view: view.black_lines)
def black_lines(view: View) -> float:
    """Share of the picture that is covered by long dark bars, 0…1."""
    return float(view.black_lines.mean())


@_feature(QT_TRANSLATE_NOOP("paintings", "Long edges on the diagonals"))
def slanted_edges(view: View) -> float:
    """The same along the diagonals, as in a canvas that hangs on its corner, 0…1."""
    return _straight_share(view.turned)


@_feature(
    QT_TRANSLATE_NOOP("paintings", "Edges that are not long and straight"),
    lambda view: view.loose_edges,
)
def loose_edges(view: View) -> float:
    """Share of the picture with edges outside long straight ones, as strokes have, 0…1."""
    return min(float(view.loose_edges.mean()), float(view.turned.loose_edges.mean()))


@_feature(QT_TRANSLATE_NOOP("paintings", "Black lines and nothing small beside them"))
def black_lines_alone(view: View) -> float:
    """How much more is covered by long black lines than by edges that belong to no straight one."""
    return black_lines(view) - loose_edges(view)


@_feature(QT_TRANSLATE_NOOP("paintings", "Edges at right angles"))
def right_angles(view: View) -> float:
    """Share of what changes that does so in two directions at right angles, of any slant, 0…1."""
    turns = view.directions
    # Directions a quarter turn apart fall together.
    quarter = turns[:18] + turns[18:]
    doubled = np.concatenate([quarter, quarter[:1]])
    return float((doubled[:-1] + doubled[1:]).max() / (quarter.sum() + 1e-6))


@_feature(QT_TRANSLATE_NOOP("paintings", "Edges lined up in rows and columns"))
def lined_up_edges(view: View) -> float:
    """Share of all change in the fullest tenth of rows and columns, or of the diagonals, 0…1."""
    return max(view.lined_up, view.turned.lined_up)


@_feature(QT_TRANSLATE_NOOP("paintings", "Edges in all directions"))
def many_directions(view: View) -> float:
    """How evenly edges run in all directions: entropy, 0 (one direction) … 1 (all)."""
    turns = view.directions
    return _entropy(turns / (turns.sum() + 1e-6)) / float(np.log(len(turns)))


@_feature(QT_TRANSLATE_NOOP("paintings", "Flat colour"), lambda view: view.flat)
def flat_share(view: View) -> float:
    """Share of the picture that is flat colour, 0…1."""
    return float(view.flat.mean())


@_feature(QT_TRANSLATE_NOOP("paintings", "Size of the largest flat region"), lambda view: view.flat)
def largest_flat_region(view: View) -> float:
    """Share of the picture in its largest flat region, 0…1."""
    areas = view.flat_regions[:, cv2.CC_STAT_AREA]
    return float(areas.max(initial=0) / view.flat.size)


@_feature(
    QT_TRANSLATE_NOOP("paintings", "Flat regions that are rectangles"), lambda view: view.flat
)
def rectangular_regions(view: View) -> float:
    """Share of the flat area that lies in upright rectangles, 0…1."""
    parts = view.flat_regions
    if not len(parts):
        return 0.0
    areas = parts[:, cv2.CC_STAT_AREA].astype(np.float64)
    boxes = parts[:, cv2.CC_STAT_WIDTH] * parts[:, cv2.CC_STAT_HEIGHT]
    like = (areas > 0.9 * boxes) & (areas > 30) & (areas < 0.7 * view.flat.size)
    return float(areas[like].sum() / max(areas.sum(), 1.0))


@_feature(QT_TRANSLATE_NOOP("paintings", "Strokes that run together"))
def stroke_coherence(view: View) -> float:
    """How much neighbouring strokes, if any, run the same way, 0…1."""
    coherence, strength = view.strokes
    return float((coherence * strength).sum() / (strength.sum() + 1e-3))


@_feature(QT_TRANSLATE_NOOP("paintings", "Thin strands over each other"))
def tangle(view: View) -> float:
    """How much thin bright and dark strands lie over each other, levels."""
    kernel = np.ones((5, 5), np.uint8)
    bright = cv2.morphologyEx(view.grey, cv2.MORPH_TOPHAT, kernel)
    dark = cv2.morphologyEx(view.grey, cv2.MORPH_BLACKHAT, kernel)
    return float(np.sqrt(bright.mean() * dark.mean()))


@_feature(QT_TRANSLATE_NOOP("paintings", "Evenness all over"))
def all_over(view: View) -> float:
    """How alike the picture's sixteenths are in their fine variation, 0…1 (all alike)."""
    cells = cv2.resize(view.fine, (4, 4), interpolation=cv2.INTER_AREA)
    return float(1 / (1 + cells.std() / (cells.mean() + 0.5)))


@_feature(QT_TRANSLATE_NOOP("paintings", "Contrast seen from afar"))
def seen_from_afar(view: View) -> float:
    """Share of the variation that is left in 6×6 patches, 0…1: small for flung paint."""
    whole = sum(float(cv2.meanStdDev(plane)[1].item()) ** 2 for plane in view.lab)
    patches = (cv2.resize(plane, (6, 6), interpolation=cv2.INTER_AREA) for plane in view.lab)
    far = sum(float(patch.var()) for patch in patches)
    return min(1.0, float(np.sqrt(far / (whole + 1.0))))


@_feature(QT_TRANSLATE_NOOP("paintings", "Strength of colour"))
def saturation(view: View) -> float:
    """Mean saturation, 0…1."""
    return float(view.hsv[1].mean() / 255)


@_feature(QT_TRANSLATE_NOOP("paintings", "Range of hues"))
def hue_spread(view: View) -> float:
    """Entropy of the hues, of strong colours above all, 0 (one hue) … 1 (all)."""
    hue, strong, _ = view.hsv
    hues = np.bincount(hue.ravel(), weights=strong.ravel(), minlength=180)
    hues = hues.reshape(18, 10).sum(1) + 1e-3
    return _entropy(hues / hues.sum()) / float(np.log(18))


@_feature(QT_TRANSLATE_NOOP("paintings", "Variety of colours"))
def colour_variety(view: View) -> float:
    """Entropy of the colours in 512 boxes, 0 (one colour) … 1 (all)."""
    boxes = view.colour_boxes
    return _entropy(boxes / boxes.sum()) / float(np.log(512))


@_feature(QT_TRANSLATE_NOOP("paintings", "Few colours cover most"))
def few_colours(view: View) -> float:
    """Share of the picture in its five commonest of 512 colours, 0…1."""
    boxes = np.sort(view.colour_boxes)[-5:]
    return float(boxes.sum() / view.grey.size)


@_feature(QT_TRANSLATE_NOOP("paintings", "Red, yellow and blue"), _primaries)
def primaries(view: View) -> float:
    """Share of pure red, yellow and blue, 0…1."""
    return float(_primaries(view).mean())


@_feature(QT_TRANSLATE_NOOP("paintings", "White"))
def white(view: View) -> float:
    """Share of white and near white, 0…1."""
    _, strong, value = view.hsv
    return _share((strong < 45) & (value > 195))


@_feature(QT_TRANSLATE_NOOP("paintings", "Black"))
def black(view: View) -> float:
    """Share of black and near black, 0…1."""
    return _share(view.hsv[2] < 55)


@_feature(QT_TRANSLATE_NOOP("paintings", "Grey"))
def grey(view: View) -> float:
    """Share of greys between black and white, 0…1."""
    _, strong, value = view.hsv
    return _share((strong < 40) & (value >= 55) & (value <= 195))


@_feature(QT_TRANSLATE_NOOP("paintings", "Greens and earth colours"))
def greens_and_earths(view: View) -> float:
    """Share of leaf green, olive, ochre and brown, neither pale nor pure, 0…1."""
    hue, strong, _ = view.hsv
    return _share((hue > 8) & (hue < 75) & (strong > 40) & (strong < 200))


@_feature(QT_TRANSLATE_NOOP("paintings", "Brighter above than below"))
def sky_above(view: View) -> float:
    """By how much the upper third is brighter than the lower, levels."""
    third = max(1, view.grey.shape[0] // 3)
    return float(view.grey[:third].mean() - view.grey[-third:].mean())


@_feature(QT_TRANSLATE_NOOP("paintings", "Bands of colour"))
def bands(view: View) -> float:
    """How far colour depends on the row alone, or on the column alone, 0…1."""
    return max(view.by_row_and_column)


@_feature(QT_TRANSLATE_NOOP("paintings", "Bands that cross"))
def two_ways(view: View) -> float:
    """How far colour follows from row and column together, as in a grid of lines, 0…1."""
    return min(view.by_row_and_column)


@_feature(QT_TRANSLATE_NOOP("paintings", "Finest details"))
def fine_scale(view: View) -> float:
    """Log2 of the energy of details of one pixel over those of two."""
    return _octave(view, 0)


@_feature(QT_TRANSLATE_NOOP("paintings", "Details of middle size"))
def middle_scale(view: View) -> float:
    """Log2 of the energy of details of two pixels over those of four."""
    return _octave(view, 1)


@_feature(QT_TRANSLATE_NOOP("paintings", "Coarse details"))
def coarse_scale(view: View) -> float:
    """Log2 of the energy of details of four pixels over those of eight."""
    return _octave(view, 2)


@_feature(QT_TRANSLATE_NOOP("paintings", "Many paints side by side"))
def colour_grain(view: View) -> float:
    """Variation of hue and saturation within small places, without brightness, levels."""
    _, *colours = view.lab
    green_red, blue_yellow = (deviation(one, 5) for one in colours)
    return float((green_red.mean() + blue_yellow.mean()) / 2)


@_feature(QT_TRANSLATE_NOOP("paintings", "Edges of colour alone"))
def colour_edges(view: View) -> float:
    """Share of the change that is in colour, not brightness, 0…1; photographs have little.

    Cutzu, Hammoud and Leykin, "Distinguishing Paintings from Photographs", 2005.
    """
    light, *colours = view.lab
    change = [_difference(plane, 2) for plane in (light, *colours)]
    return (change[1] + change[2]) / (sum(change) + 0.5)


@_feature(QT_TRANSLATE_NOOP("paintings", "Change in few places"))
def rare_change(view: View) -> float:
    """Log2 of the mean square of the steepness over its squared mean; small for strokes."""
    mean = float(view.steepness.mean())
    square = float(np.vdot(view.steepness, view.steepness)) / view.steepness.size
    return float(np.log2((square + 0.5) / (mean * mean + 0.5)))


@_feature(QT_TRANSLATE_NOOP("paintings", "Variation in the calmest places"))
def calmest_places(view: View) -> float:
    """Variation close up in the calmest tenth, levels; skies of photographs are smooth."""
    return float(np.quantile(view.cells, 0.1))


@_feature(QT_TRANSLATE_NOOP("paintings", "Variation in the busiest places"))
def busiest_places(view: View) -> float:
    """Log2 of the variation close up in the busiest tenth over the median."""
    middle, high = np.quantile(view.cells, (0.5, 0.9))
    return float(np.log2((high + 0.5) / (middle + 0.5)))


@_feature(QT_TRANSLATE_NOOP("paintings", "Unevenness of flat parts"))
def weathered_planes(view: View) -> float:
    """How uneven the flat parts are within, as paint on canvas is and a screen is not, levels."""
    calm = view.fine[view.flat > 0]
    return float(calm.mean()) if calm.size > 50 else -1.0


def _straight_share(view: View) -> float:
    edges = max(float((view.steepness > EDGE / 2).sum()), 0.002 * view.grey.size)
    return min(1.0, float(view.straight_edges.sum()) / edges)


def _entropy(shares: npt.NDArray[np.float64]) -> float:
    there = shares[shares > 0]
    return float(-(there * np.log(there)).sum())


def _octave(view: View, level: int) -> float:
    return float(np.log2(view.octaves[level] / view.octaves[level + 1]))


def _share(there: npt.NDArray[np.bool_]) -> float:
    """The share of places where something holds, 0…1."""
    return np.count_nonzero(there) / there.size


def _difference(plane: npt.NDArray[np.uint8], apart: int) -> float:
    """Mean difference of pixels ``apart`` from each other, of the first channel, levels."""
    sideways = cv2.mean(cv2.absdiff(plane[:, apart:], plane[:, :-apart]))[0]
    return (sideways + cv2.mean(cv2.absdiff(plane[apart:], plane[:-apart]))[0]) / 2


BY_NAME = {feature.name: feature for feature in FEATURES}


def measured(picture: Pixels) -> np.ndarray:
    """All features of a picture (height, width, 3): (features,), float64."""
    view = View.of(picture)
    return np.array([feature.measure(view) for feature in FEATURES])


def regions(feature: Feature, view: View) -> Sequence[Box]:
    """The largest places where a feature shows, if it has places."""
    if feature.place is None:
        return ()
    mask = feature.place(view)
    count, _, statistics, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    height, width = mask.shape
    largest = sorted(range(1, count), key=lambda number: -int(statistics[number, cv2.CC_STAT_AREA]))
    boxes = []
    for number in largest[:_REGIONS]:
        left, top, wide, tall, size = statistics[number].tolist()
        if size >= 0.001 * mask.size:
            edges = left / width, top / height, (left + wide) / width, (top + tall) / height
            boxes.append(Box(*edges))
    return boxes
