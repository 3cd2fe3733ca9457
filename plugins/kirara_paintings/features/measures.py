"""The named features: each is a number that describes one property of a picture.

The first four are those of the author's own tree for the contest, grown to a fixed size of picture:
variances in windows of 3×3 and 65×65 pixels and differences of neighbours. All take a
:class:`~kirara_paintings.features.view.View`. Imports no torch.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from kirara_paintings.features.view import EDGE, Mask, View, deviation


def fine_variation(view: View) -> float:
    """Mean standard deviation of brightness in windows of 3×3, levels."""
    return float(view.fine.mean())


def broad_variation(view: View) -> float:
    """Mean standard deviation of brightness in windows of 65×65, levels."""
    return float(view.broad.mean())


def fine_to_broad(view: View) -> float:
    """Variation in small windows as a share of that in large ones, 0…1."""
    return fine_variation(view) / (broad_variation(view) + 2.0)


def neighbour_difference(view: View) -> float:
    """Mean difference of neighbouring pixels, in red, levels."""
    return _difference(view.pixels, 1)


def hard_edges(view: View) -> float:
    """How steep the steepest hundredth of all places is, levels."""
    return view.steepest[0]


def edge_density(view: View) -> float:
    """Share of places with an edge, 0…1."""
    return _share(view.steepness > EDGE)


def edge_softness(view: View) -> float:
    """How much of the strongest change over 12 pixels happens within two: 0 for a soft edge, 1 for
    a hard one."""
    wide = cv2.blur(view.grey, (7, 7)).astype(np.float32)
    far = np.maximum(
        np.abs(wide[:, 12:] - wide[:, :-12]).max(initial=0.0),
        np.abs(wide[12:] - wide[:-12]).max(initial=0.0),
    )
    return float(2 * view.steepest[1] / (far + 4.0))


def straight_edges(view: View) -> float:
    """Share of all edges that run straight up or across for long, 0…1."""
    return _straight_share(view)


def slanted_edges(view: View) -> float:
    """The same along the diagonals, as in a canvas that hangs on its corner, 0…1."""
    return _straight_share(view.turned)


def loose_edges(view: View) -> float:
    """Share of the picture with edges that belong to no long straight one, as letters, strokes and
    leaves have them, 0…1; along the diagonals, where straight edges run along those."""
    return min(float(view.loose_edges.mean()), float(view.turned.loose_edges.mean()))


def black_lines_alone(view: View) -> float:
    """How much more is covered by long black lines than by edges that belong to no straight one."""
    return black_lines(view) - loose_edges(view)


def black_lines(view: View) -> float:
    """Share of the picture that is covered by long dark bars, 0…1."""
    return float(view.black_lines.mean())


def right_angles(view: View) -> float:
    """Share of what changes that does so in two directions at right angles, of any slant, 0…1."""
    turns = view.directions
    # Directions a quarter turn apart fall together.
    quarter = turns[:18] + turns[18:]
    doubled = np.concatenate([quarter, quarter[:1]])
    return float((doubled[:-1] + doubled[1:]).max() / (quarter.sum() + 1e-6))


def lined_up_edges(view: View) -> float:
    """How far all that changes lies in few rows and few columns, as lines and borders of planes
    do, even where they are faint or broken: share of it in the fullest tenth, 0…1; along the
    diagonals, where they run along those."""
    return max(view.lined_up, view.turned.lined_up)


def many_directions(view: View) -> float:
    """How evenly edges run in all directions: entropy, 0 (one direction) … 1 (all)."""
    turns = view.directions
    return _entropy(turns / (turns.sum() + 1e-6)) / float(np.log(len(turns)))


def flat_share(view: View) -> float:
    """Share of the picture that is flat colour, 0…1."""
    return float(view.flat.mean())


def largest_flat_region(view: View) -> float:
    """Share of the picture in its largest flat region, 0…1."""
    areas = view.flat_regions[:, cv2.CC_STAT_AREA]
    return float(areas.max(initial=0) / view.flat.size)


def rectangular_regions(view: View) -> float:
    """Share of the flat area that lies in upright rectangles, 0…1."""
    parts = view.flat_regions
    if not len(parts):
        return 0.0
    areas = parts[:, cv2.CC_STAT_AREA].astype(np.float64)
    boxes = parts[:, cv2.CC_STAT_WIDTH] * parts[:, cv2.CC_STAT_HEIGHT]
    like = (areas > 0.9 * boxes) & (areas > 30) & (areas < 0.7 * view.flat.size)
    return float(areas[like].sum() / max(areas.sum(), 1.0))


def stroke_coherence(view: View) -> float:
    """How much neighbouring strokes, if any, run the same way, 0…1."""
    coherence, strength = view.strokes
    return float((coherence * strength).sum() / (strength.sum() + 1e-3))


def tangle(view: View) -> float:
    """How much thin bright and dark strands lie over each other, levels."""
    kernel = np.ones((5, 5), np.uint8)
    bright = cv2.morphologyEx(view.grey, cv2.MORPH_TOPHAT, kernel)
    dark = cv2.morphologyEx(view.grey, cv2.MORPH_BLACKHAT, kernel)
    return float(np.sqrt(bright.mean() * dark.mean()))


def all_over(view: View) -> float:
    """How alike the picture's sixteenths are in their fine variation: 1 all alike, towards 0 where
    something happens in few of them."""
    cells = cv2.resize(view.fine, (4, 4), interpolation=cv2.INTER_AREA)
    return float(1 / (1 + cells.std() / (cells.mean() + 0.5)))


def seen_from_afar(view: View) -> float:
    """How much of all that varies in brightness and colour is still there where the picture is seen
    as 6×6 patches, 0…1: little where paint is flung all over, most where fields are wide."""
    whole = sum(float(cv2.meanStdDev(plane)[1].item()) ** 2 for plane in view.lab)
    patches = (cv2.resize(plane, (6, 6), interpolation=cv2.INTER_AREA) for plane in view.lab)
    far = sum(float(patch.var()) for patch in patches)
    return min(1.0, float(np.sqrt(far / (whole + 1.0))))


def saturation(view: View) -> float:
    """Mean saturation, 0…1."""
    return float(view.hsv[1].mean() / 255)


def hue_spread(view: View) -> float:
    """Entropy of the hues, of strong colours above all, 0 (one hue) … 1 (all)."""
    hue, strong, _ = view.hsv
    hues = np.bincount(hue.ravel(), weights=strong.ravel(), minlength=180)
    hues = hues.reshape(18, 10).sum(1) + 1e-3
    return _entropy(hues / hues.sum()) / float(np.log(18))


def colour_variety(view: View) -> float:
    """Entropy of the colours in 512 boxes, 0 (one colour) … 1 (all)."""
    boxes = view.colour_boxes
    return _entropy(boxes / boxes.sum()) / float(np.log(512))


def few_colours(view: View) -> float:
    """Share of the picture in its five commonest of 512 colours, 0…1."""
    boxes = np.sort(view.colour_boxes)[-5:]
    return float(boxes.sum() / view.grey.size)


def primaries(view: View) -> float:
    """Share of pure red, yellow and blue, 0…1."""
    return float(_primaries(view).mean())


def white(view: View) -> float:
    """Share of white and near white, 0…1."""
    _, strong, value = view.hsv
    return _share((strong < 45) & (value > 195))


def black(view: View) -> float:
    """Share of black and near black, 0…1."""
    return _share(view.hsv[2] < 55)


def grey(view: View) -> float:
    """Share of greys between black and white, 0…1."""
    _, strong, value = view.hsv
    return _share((strong < 40) & (value >= 55) & (value <= 195))


def greens_and_earths(view: View) -> float:
    """Share of leaf green, olive, ochre and brown, neither pale nor pure, 0…1."""
    hue, strong, _ = view.hsv
    return _share((hue > 8) & (hue < 75) & (strong > 40) & (strong < 200))


def sky_above(view: View) -> float:
    """By how much the upper third is brighter than the lower, levels."""
    third = max(1, view.grey.shape[0] // 3)
    return float(view.grey[:third].mean() - view.grey[-third:].mean())


def bands(view: View) -> float:
    """How far colour depends on the row alone, or on the column alone, 0…1."""
    return max(view.by_row_and_column)


def two_ways(view: View) -> float:
    """How far colour follows from row and column together, as in a grid of lines, 0…1."""
    return min(view.by_row_and_column)


def fine_scale(view: View) -> float:
    """How much finer than three pixels the change is: log2 of the energy of details of one pixel
    over those of two."""
    return _octave(view, 0)


def middle_scale(view: View) -> float:
    """Log2 of the energy of details of two pixels over those of four."""
    return _octave(view, 1)


def coarse_scale(view: View) -> float:
    """Log2 of the energy of details of four pixels over those of eight."""
    return _octave(view, 2)


def colour_grain(view: View) -> float:
    """How much hue and strength of colour vary within small places, apart from brightness, as where
    strokes of many paints lie side by side, levels."""
    _, *colours = view.lab
    green_red, blue_yellow = (deviation(one, 5) for one in colours)
    return float((green_red.mean() + blue_yellow.mean()) / 2)


def colour_edges(view: View) -> float:
    """How much of what changes does so in colour and not in brightness, as where paints of like
    value meet; edges in photographs are of light and shadow, 0…1 (Cutzu, Hammoud and Leykin,
    "Distinguishing Paintings from Photographs", 2005)."""
    light, *colours = view.lab
    change = [_difference(plane, 2) for plane in (light, *colours)]
    return (change[1] + change[2]) / (sum(change) + 0.5)


def rare_change(view: View) -> float:
    """How rare the places are at which most changes: log2 of the mean square of the steepness
    over its squared mean; least where strokes are everywhere, as in much that is painted."""
    mean = float(view.steepness.mean())
    square = float(np.vdot(view.steepness, view.steepness)) / view.steepness.size
    return float(np.log2((square + 0.5) / (mean * mean + 0.5)))


def calmest_places(view: View) -> float:
    """Variation close up in the calmest tenth of the places, levels: skies and walls of photographs
    are smooth, painted ones have strokes."""
    return float(np.quantile(view.cells, 0.1))


def busiest_places(view: View) -> float:
    """Log2 of the variation close up in the busiest tenth of the places over that in the middle
    ones."""
    middle, high = np.quantile(view.cells, (0.5, 0.9))
    return float(np.log2((high + 0.5) / (middle + 0.5)))


def weathered_planes(view: View) -> float:
    """How uneven the flat parts are within, as paint on canvas is and a screen is not, levels."""
    calm = view.fine[view.flat > 0]
    return float(calm.mean()) if calm.size > 50 else -1.0


def primaries_mask(view: View) -> Mask:
    """Where the primaries are."""
    return _primaries(view)


def _straight_share(view: View) -> float:
    edges = max(float((view.steepness > EDGE / 2).sum()), 0.002 * view.grey.size)
    return min(1.0, float(view.straight_edges.sum()) / edges)


def _entropy(shares: npt.NDArray[np.float64]) -> float:
    there = shares[shares > 0]
    return float(-(there * np.log(there)).sum())


def _primaries(view: View) -> Mask:
    hue, strong, value = view.hsv
    red = ((hue < 9) | (hue > 168)) & (strong > 130) & (value > 90)
    yellow = (hue > 18) & (hue < 34) & (strong > 110) & (value > 140)
    blue = (hue > 98) & (hue < 130) & (strong > 90) & (value > 40)
    return (red | yellow | blue).astype(np.uint8)


def _octave(view: View, level: int) -> float:
    return float(np.log2(view.octaves[level] / view.octaves[level + 1]))


def _share(there: npt.NDArray[np.bool_]) -> float:
    """The share of places where something holds, 0…1."""
    return np.count_nonzero(there) / there.size


def _difference(plane: npt.NDArray[np.uint8], apart: int) -> float:
    """Mean difference of pixels ``apart`` from each other, of the first channel, levels."""
    sideways = cv2.mean(cv2.absdiff(plane[:, apart:], plane[:, :-apart]))[0]
    return (sideways + cv2.mean(cv2.absdiff(plane[apart:], plane[:-apart]))[0]) / 2
