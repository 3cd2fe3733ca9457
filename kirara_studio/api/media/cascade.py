"""Finds drawn faces with a cascade file of the user's, such as nagadomi's ``lbpcascade_animeface``.

The studio ships none. OpenCV reads beyond its arrays for a damaged file, so the file is checked
before OpenCV gets it. Imports no torch.
"""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from kirara_studio.api.media.scaling import Pixels
from kirara_studio.api.reading import read_bytes, reading

NEIGHBOURS = 5
"""Places at which a face must be found."""
_FACTOR = 1.1
_LARGEST = 1_500_000  # pixels: a larger picture is shrunk to this before it is searched
_LARGEST_FILE = 8_000_000  # bytes; nagadomi's has 250,000
_WINDOWS = range(8, 129)  # pixels
_SUBSETS = 8  # numbers of 32 bits for 256 patterns
_NODE = 3 + _SUBSETS
_MOST = 50_000  # features, and nodes of all trees


@dataclass(frozen=True)
class FoundSquare:
    """A square in which a cascade found a face, in pixels of the picture.

    ``count`` is the number of places where it was found, at least :data:`NEIGHBOURS`. The picture
    may have been shrunk by a little more in one direction, so the sides may differ by that.
    """

    left: float
    top: float
    width: float
    height: float
    count: int


class Cascade:
    """Finds faces by a cascade of local binary patterns in ``path``, OpenCV's XML.

    Raises :class:`UserError` if ``path`` holds none.
    """

    def __init__(self, path: Path) -> None:
        with reading(
            path,
            "“{file}” is not a cascade that can be used ({reason}).",
            advice="Choose a cascade of local binary patterns, such as lbpcascade_animeface.xml.",
        ):
            text = read_bytes(path, _LARGEST_FILE)
            _check(ET.fromstring(text))
            flags = cv2.FILE_STORAGE_READ | cv2.FILE_STORAGE_MEMORY
            storage = cv2.FileStorage(text.decode("utf-8"), flags)
            self._cascade = cv2.CascadeClassifier()
            if not self._cascade.read(storage.getNode("cascade")):
                raise ValueError("OpenCV does not know its format")

    def find(self, pixels: Pixels) -> list[FoundSquare]:
        """The faces in a picture (height, width, 3), RGB. Each square shows the hair, too."""
        height, width = pixels.shape[:2]
        scale = min(1.0, math.sqrt(_LARGEST / (height * width)))
        size = max(1, round(width * scale)), max(1, round(height * scale))
        if size != (width, height):
            pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
        grey = cv2.equalizeHist(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))
        boxes, counts = self._cascade.detectMultiScale2(
            grey, scaleFactor=_FACTOR, minNeighbors=NEIGHBOURS
        )
        across, down = width / size[0], height / size[1]
        return [
            FoundSquare(across * x, down * y, across * wide, down * high, int(count))
            for (x, y, wide, high), count in zip(boxes, counts, strict=True)
        ]


def _check(root: ET.Element) -> None:
    """Raise ValueError for anything but a cascade whose numbers all lie where they must."""
    cascade = root if root.tag == "cascade" else root.find("cascade")
    if root.tag != "opencv_storage" or cascade is None:
        raise ValueError("it is not a cascade of OpenCV")
    if _text(cascade, "featureType") != "LBP" or _text(cascade, "stageType") != "BOOST":
        raise ValueError("it is not one of local binary patterns")
    width, height = (int(_text(cascade, name)) for name in ("width", "height"))
    if width not in _WINDOWS or height not in _WINDOWS:
        raise ValueError("its window is too small or too large")
    if int(_text(cascade, "featureParams/maxCatCount")) != 32 * _SUBSETS:
        raise ValueError("it does not have 256 patterns")
    features = cascade.findall("features/_")
    if not 1 <= len(features) <= _MOST:
        raise ValueError("it has no features, or too many")
    for feature in features:
        x, y, wide, high = (int(one) for one in _text(feature, "rect").split())
        # A feature is three by three such rectangles.
        if min(x, y) < 0 or min(wide, high) < 1 or x + 3 * wide > width or y + 3 * high > height:
            raise ValueError("a feature lies outside the window")
    stages = cascade.findall("stages/_")
    if not stages or int(_text(cascade, "stageNum")) != len(stages):
        raise ValueError("stages are missing")
    for stage in stages:
        float(_text(stage, "stageThreshold"))
        trees = stage.findall("weakClassifiers/_")
        if not 1 <= len(trees) <= _MOST:
            raise ValueError("a stage is empty")
        for tree in trees:
            _check_tree(tree, len(features))


def _check_tree(tree: ET.Element, features: int) -> None:
    numbers = [int(one) for one in _text(tree, "internalNodes").split()]
    leaves = [float(one) for one in _text(tree, "leafValues").split()]
    nodes, rest = divmod(len(numbers), _NODE)
    if rest or not 1 <= nodes <= _MOST or len(leaves) != nodes + 1:
        raise ValueError("a tree is incomplete")
    for node in range(nodes):
        left, right, feature = numbers[_NODE * node : _NODE * node + 3]
        if not 0 <= feature < features:
            raise ValueError("a feature is missing")
        for child in (left, right):
            # Later nodes are named by their number, leaves by its negative: no walk is endless.
            if child > 0 and not node < child < nodes:
                raise ValueError("a node is missing")
            if child <= 0 and -child > nodes:
                raise ValueError("a leaf is missing")


def _text(element: ET.Element, path: str) -> str:
    found = element.find(path)
    if found is None or not found.text:
        raise ValueError(f"“{path}” is missing")
    return found.text.strip()
