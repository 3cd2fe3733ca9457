"""Which features there are, what users call them, and where in a picture they show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from kirara_paintings.answers import Box, Pixels
from kirara_paintings.features import measures
from kirara_paintings.features.view import Mask, View
from kirara_studio.api.text import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class Feature:
    """``measure`` gives its value; ``title`` is for people; ``place`` marks where it shows."""

    measure: Callable[[View], float]
    title: str
    place: Callable[[View], Mask] | None = None

    @property
    def name(self) -> str:
        """As it stands in files and in :class:`~kirara_paintings.answers.Reason`."""
        return self.measure.__name__


FEATURES = (
    Feature(measures.fine_variation, QT_TRANSLATE_NOOP("paintings", "Variation close up")),
    Feature(measures.broad_variation, QT_TRANSLATE_NOOP("paintings", "Variation at large")),
    Feature(
        measures.fine_to_broad,
        QT_TRANSLATE_NOOP("paintings", "Variation close up compared with at large"),
    ),
    Feature(
        measures.neighbour_difference, QT_TRANSLATE_NOOP("paintings", "Difference of neighbours")
    ),
    Feature(measures.hard_edges, QT_TRANSLATE_NOOP("paintings", "Hardness of the hardest edges")),
    Feature(measures.edge_density, QT_TRANSLATE_NOOP("paintings", "Edges everywhere")),
    Feature(measures.edge_softness, QT_TRANSLATE_NOOP("paintings", "Hard rather than soft edges")),
    Feature(
        measures.straight_edges,
        QT_TRANSLATE_NOOP("paintings", "Long edges straight up or across"),
        lambda view: view.straight_edges,
    ),
    Feature(
        measures.black_lines,
        QT_TRANSLATE_NOOP("paintings", "Long black lines"),
        lambda view: view.black_lines,
    ),
    Feature(measures.slanted_edges, QT_TRANSLATE_NOOP("paintings", "Long edges on the diagonals")),
    Feature(
        measures.loose_edges,
        QT_TRANSLATE_NOOP("paintings", "Edges that are not long and straight"),
        lambda view: view.loose_edges,
    ),
    Feature(
        measures.black_lines_alone,
        QT_TRANSLATE_NOOP("paintings", "Black lines and nothing small beside them"),
    ),
    Feature(measures.right_angles, QT_TRANSLATE_NOOP("paintings", "Edges at right angles")),
    Feature(
        measures.lined_up_edges,
        QT_TRANSLATE_NOOP("paintings", "Edges lined up in rows and columns"),
    ),
    Feature(measures.many_directions, QT_TRANSLATE_NOOP("paintings", "Edges in all directions")),
    Feature(
        measures.flat_share, QT_TRANSLATE_NOOP("paintings", "Flat colour"), lambda view: view.flat
    ),
    Feature(
        measures.largest_flat_region,
        QT_TRANSLATE_NOOP("paintings", "Size of the largest flat region"),
        lambda view: view.flat,
    ),
    Feature(
        measures.rectangular_regions,
        QT_TRANSLATE_NOOP("paintings", "Flat regions that are rectangles"),
        lambda view: view.flat,
    ),
    Feature(measures.stroke_coherence, QT_TRANSLATE_NOOP("paintings", "Strokes that run together")),
    Feature(measures.tangle, QT_TRANSLATE_NOOP("paintings", "Thin strands over each other")),
    Feature(measures.all_over, QT_TRANSLATE_NOOP("paintings", "Evenness all over")),
    Feature(measures.seen_from_afar, QT_TRANSLATE_NOOP("paintings", "Contrast seen from afar")),
    Feature(measures.saturation, QT_TRANSLATE_NOOP("paintings", "Strength of colour")),
    Feature(measures.hue_spread, QT_TRANSLATE_NOOP("paintings", "Range of hues")),
    Feature(measures.colour_variety, QT_TRANSLATE_NOOP("paintings", "Variety of colours")),
    Feature(measures.few_colours, QT_TRANSLATE_NOOP("paintings", "Few colours cover most")),
    Feature(
        measures.primaries,
        QT_TRANSLATE_NOOP("paintings", "Red, yellow and blue"),
        measures.primaries_mask,
    ),
    Feature(measures.white, QT_TRANSLATE_NOOP("paintings", "White")),
    Feature(measures.black, QT_TRANSLATE_NOOP("paintings", "Black")),
    Feature(measures.grey, QT_TRANSLATE_NOOP("paintings", "Grey")),
    Feature(measures.greens_and_earths, QT_TRANSLATE_NOOP("paintings", "Greens and earth colours")),
    Feature(measures.sky_above, QT_TRANSLATE_NOOP("paintings", "Brighter above than below")),
    Feature(measures.bands, QT_TRANSLATE_NOOP("paintings", "Bands of colour")),
    Feature(measures.two_ways, QT_TRANSLATE_NOOP("paintings", "Bands that cross")),
    Feature(measures.fine_scale, QT_TRANSLATE_NOOP("paintings", "Finest details")),
    Feature(measures.middle_scale, QT_TRANSLATE_NOOP("paintings", "Details of middle size")),
    Feature(measures.coarse_scale, QT_TRANSLATE_NOOP("paintings", "Coarse details")),
    Feature(measures.colour_grain, QT_TRANSLATE_NOOP("paintings", "Many paints side by side")),
    Feature(measures.colour_edges, QT_TRANSLATE_NOOP("paintings", "Edges of colour alone")),
    Feature(measures.rare_change, QT_TRANSLATE_NOOP("paintings", "Change in few places")),
    Feature(
        measures.calmest_places, QT_TRANSLATE_NOOP("paintings", "Variation in the calmest places")
    ),
    Feature(
        measures.busiest_places, QT_TRANSLATE_NOOP("paintings", "Variation in the busiest places")
    ),
    Feature(measures.weathered_planes, QT_TRANSLATE_NOOP("paintings", "Unevenness of flat parts")),
)
"""In the order of the numbers of :func:`measured`.

Brightness, contrast and the contrast of saturation were features once. They depend on the print
more than on the painting, and misled.
"""

BY_NAME = {feature.name: feature for feature in FEATURES}

_REGIONS = 6
"""At most so many are shown."""


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
