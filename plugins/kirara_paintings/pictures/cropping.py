"""Finds the painting in a picture: inside its frame, mat, border, or on its wall.

A wall or a page is a ground of one colour, or lit evenly from one side, around a rectangle with
sharp edges. A frame or a mat is a ring whose four sides are about equally wide, each the same along
its whole length. A painting with plain edges of its own has soft edges within, or sides of
differing width, and is left whole; in doubt nothing is cut. Imports no torch.
"""

from __future__ import annotations

import functools

import cv2
import numpy as np
import numpy.typing as npt

from kirara_paintings.answers import WHOLE, Box, Pixels
from kirara_studio.api.media.scaling import scaled, size_within

Floats = npt.NDArray[np.float32]
Edges = tuple[int, int, int, int]
"""left, top, right, bottom, in pixels; right and bottom lie outside."""

_LONGEST = 256
_LEAST = 24  # pixels of a side; smaller pictures are not cropped
_UNLIKE_GROUND = 16  # 8-bit levels
_RECTANGULAR = 0.93  # of its smallest rectangle, which may be askew, is filled by a painting
_ROUNDED = 3.5  # pixels by which corners of one side may differ
_STEP = 10  # levels between the two sides of an edge
_SHADOW_STEP = 26  # levels within three pixels that a soft shadow may change by
_EVEN = 22  # levels that a place along a frame's side may differ from the side's median
_EVEN_SHARE = 0.97
_EDGE_SHARE = 0.6
_LEAST_AREA = 0.12
_SAMPLES = 64  # places along a side
_TOGETHER = 8  # rows that are read together
_RINGS = 3  # a frame, a mat, and the bevel or the shadow between them


def painting_within(pixels: Pixels) -> Box:
    """The painting's box in ``pixels`` (height, width, 3); WHOLE if nothing surrounds it."""
    height, width = pixels.shape[:2]
    small = pixels
    if max(height, width) > _LONGEST:
        small = scaled(pixels, *size_within(width, height, _LONGEST))
    rows, columns = small.shape[:2]
    if min(rows, columns) < _LEAST:
        return WHOLE
    # Noise and the grain of wood are not edges.
    smooth = np.asarray(cv2.GaussianBlur(small, (3, 3), 0), np.uint8)
    corners = _off_ground(smooth)
    if corners is None:
        left, top, right, bottom = _within_rings(smooth)
    else:
        upright, back = _straightened(smooth, corners)
        left, top, right, bottom = _within_rings(upright)
        inner = _rectangle((left, top, right, bottom))
        seen = cv2.perspectiveTransform(inner[None], back)[0]
        left, top = np.clip(np.round(seen.min(0)), 0, (columns - 2, rows - 2)).astype(int).tolist()
        right, bottom = np.round(seen.max(0)).astype(int).tolist()
    if (left, top, right, bottom) == (0, 0, columns, rows):
        return WHOLE
    return Box(left / columns, top / rows, min(1.0, right / columns), min(1.0, bottom / rows))


def cropped(pixels: Pixels, box: Box) -> Pixels:
    """The part of a picture (height, width, 3) that a box names: a view of at least one pixel."""
    height, width = pixels.shape[:2]
    left, top = int(box.left * width + 0.5), int(box.top * height + 0.5)
    left, top = min(left, width - 1), min(top, height - 1)
    right = max(left + 1, int(box.right * width + 0.5))
    bottom = max(top + 1, int(box.bottom * height + 0.5))
    return pixels[top:bottom, left:right]


def _straightened(picture: Pixels, corners: Floats) -> tuple[Pixels, npt.NDArray[np.float64]]:
    """What lies between four corners as a rectangle, and the matrix that leads back."""
    wide, tall = np.ptp(corners, axis=0)
    columns, rows = max(2, round(float(wide))), max(2, round(float(tall)))
    back = cv2.getPerspectiveTransform(_rectangle((0, 0, columns, rows)), corners)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    straight = cv2.warpPerspective(
        picture, back, (columns, rows), flags=flags, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(straight, np.uint8), np.asarray(back, np.float64)


def _off_ground(picture: Pixels) -> Floats | None:
    """The corners (4, 2) of the one rectangle on a plain ground, clockwise from the left top."""
    rows, columns = picture.shape[:2]
    ground = _ground(picture)
    if ground is None:
        return None
    object_ = _object_on(picture, ground)
    contours, _ = cv2.findContours(object_, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    contours = [contour for contour in contours if len(contour) > 2]
    if not contours:
        return None
    hull = cv2.convexHull(max(contours, key=cv2.contourArea))
    rectangle = cv2.minAreaRect(hull)
    area = cv2.contourArea(hull)
    if area < _LEAST_AREA * rows * columns or area < _RECTANGULAR * np.prod(rectangle[1]):
        return None
    left, top, wide, tall = cv2.boundingRect(hull)
    if min(left, top, columns - left - wide, rows - top - tall) < 2:
        return None
    outside = cv2.countNonZero(object_) - cv2.countNonZero(
        object_[top : top + tall, left : left + wide]
    )
    if outside > 0.01 * rows * columns:  # something else is on that ground too
        return None
    corners = _corners(np.asarray(hull, np.int32))
    if corners is not None and _has_sharp_sides(picture, corners):
        return corners
    corners = _rectangle(_without_shadow(picture, (left, top, left + wide, top + tall)))
    return corners if _has_sharp_sides(picture, corners) else None


def _rectangle(edges: Edges) -> Floats:
    left, top, right, bottom = edges
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def _corners(hull: npt.NDArray[np.int32]) -> Floats | None:
    """The four corners of a hull that is nearly a rectangle, from the left top clockwise."""
    points = hull[:, 0].astype(np.float32)
    ends = [
        points[np.argmin(points @ np.array(outward, np.float32))]
        for outward in ((1, 1), (-1, 1), (-1, -1), (1, -1))
    ]
    corners = np.array(ends, np.float32)
    corners[1:3, 0] += 1  # pixels have a width
    corners[2:, 1] += 1
    # Corners are rounded by a pixel or two; what is straight to within that is straight.
    for one, other, axis in ((0, 3, 0), (1, 2, 0), (0, 1, 1), (2, 3, 1)):
        if abs(corners[one, axis] - corners[other, axis]) < _ROUNDED:
            outer = min if (one == 0) else max
            both = outer(corners[one, axis], corners[other, axis])
            corners[one, axis] = corners[other, axis] = both
    full = cv2.contourArea(corners) > 0.95 * cv2.contourArea(hull)
    return corners if full and (np.ptp(corners, axis=0) >= _LEAST).all() else None


def _ground(picture: Pixels) -> Pixels | None:
    """The plain ground that the outermost pixels show, (height, width, 3); None if uneven."""
    rows, columns = picture.shape[:2]
    ring = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    terms, inverse = _ring_terms(rows, columns)
    light = inverse @ (terms.T @ ring.astype(np.float32))
    if (np.abs(ring - terms @ light).max(1) < _UNLIKE_GROUND).mean() < _EVEN_SHARE:
        return None
    down, along = _at_edges(rows), _at_edges(columns)
    planes = [
        np.add.outer(light[0, channel] + down * light[2, channel], along * light[1, channel])
        for channel in range(3)
    ]
    return cv2.merge([np.clip(plane, 0, 255).astype(np.uint8) for plane in planes])


def _at_edges(count: int) -> Floats:
    return np.linspace(-1, 1, count, dtype=np.float32)


@functools.lru_cache(maxsize=16)
def _ring_terms(rows: int, columns: int) -> tuple[Floats, Floats]:
    """Even and slanted light at the outermost pixels (pixels, 3), and the inverse (3, 3)."""
    along, down = _at_edges(columns), _at_edges(rows)
    ones = np.ones(rows, np.float32)
    across = np.concatenate([along, along, -ones, ones])
    upright = np.concatenate([-np.ones_like(along), np.ones_like(along), down, down])
    terms = np.stack([np.ones_like(across), across, upright], 1)
    return terms, np.linalg.inv(terms.T @ terms)


def _object_on(picture: Pixels, ground: Pixels) -> npt.NDArray[np.uint8]:
    """Places not reachable from outside over ground, light and shadows: (height, width), 0 or 1."""
    kernel = np.ones((3, 3), np.uint8)
    change = _greatest(np.asarray(cv2.morphologyEx(picture, cv2.MORPH_GRADIENT, kernel), np.uint8))
    blocked = change > _STEP
    darker = np.asarray(cv2.subtract(ground, picture), np.uint8)
    least, most = cv2.min(cv2.min(*cv2.split(darker)[:2]), cv2.split(darker)[2]), _greatest(darker)
    shadow = (most - least < 24) & (least > 3) & (change < _SHADOW_STEP)
    free = np.where(blocked & ~shadow, 0, 1).astype(np.uint8)
    free[0], free[-1], free[:, 0], free[:, -1] = 1, 1, 1, 1
    cv2.floodFill(free, None, (0, 0), 2, flags=4)
    object_ = (free != 2).astype(np.uint8)
    return np.asarray(cv2.erode(object_, kernel), np.uint8)  # the gradient reaches too far


def _greatest(picture: Pixels) -> npt.NDArray[np.uint8]:
    """The greatest channel of each pixel."""
    red, green, blue = cv2.split(picture)
    return np.asarray(cv2.max(cv2.max(red, green), blue), np.uint8)


def _has_sharp_sides(picture: Pixels, corners: npt.NDArray[np.floating]) -> bool:
    """True if a rectangle (4 corners, in order) has sharp sides; paint on a field does not."""
    centre, sharp = corners.mean(0), 0
    for start, end in zip(corners, np.roll(corners, -1, 0), strict=True):
        long = float(np.hypot(*(end - start)))
        if long < 8:
            return False
        inward = centre - (start + end) / 2
        inward = inward / np.hypot(*inward)
        along = start + np.linspace(0.06, 0.94, 48)[:, None] * (end - start)
        far, near = (
            np.abs(_at(picture, along + reach * inward) - _at(picture, along - reach * inward)).max(
                1
            )
            for reach in (7.0, 2.0)
        )
        sharp += (near > _STEP).mean() >= _EDGE_SHARE and near.mean() >= 0.55 * far.mean()
    return sharp >= 3  # a white frame on a white wall may show on three


def _at(picture: Pixels, points: npt.NDArray[np.floating]) -> npt.NDArray[np.int16]:
    """The pixels nearest to points (count, 2) of x and y; the outermost ones where outside."""
    columns = np.clip(np.round(points[:, 0]), 0, picture.shape[1] - 1).astype(int)
    rows = np.clip(np.round(points[:, 1]), 0, picture.shape[0] - 1).astype(int)
    return picture[rows, columns].astype(np.int16)


def _without_shadow(picture: Pixels, edges: Edges) -> Edges:
    """Take the shadow off that a painting throws on its ground, below or beside it."""
    sides = [_steps(side, 0.1) for side in _sides(picture, edges)]
    return _moved(edges, [max(steps, default=0) for steps in sides])


def _within_rings(picture: Pixels) -> Edges:
    """What frames and mats hold, one within another."""
    edges = (0, 0, picture.shape[1], picture.shape[0])
    for _ in range(_RINGS):
        ring = _within_ring(picture, edges)
        if ring is None:
            break
        edges = ring
    return edges


def _within_ring(picture: Pixels, edges: Edges) -> Edges | None:
    """What a ring holds that has four sides of about one width, or None if there is no ring."""
    sides = [_steps(side, 0.3) for side in _sides(picture, edges)]
    if not all(sides):
        return None
    for widest in sorted({step for steps in sides for step in steps}, reverse=True):
        allowed = max(0.62 * widest, widest - 2.0)
        allowed = min(allowed, 0.62 * widest) if widest > 5 else allowed
        chosen = [[step for step in steps if allowed <= step <= widest] for steps in sides]
        if all(chosen):
            inner = _moved(edges, [max(steps) for steps in chosen])
            left, top, right, bottom = inner
            whole = picture.shape[0] * picture.shape[1]
            if (right - left) * (bottom - top) > _LEAST_AREA * whole:
                return inner
    return None


def _sides(picture: Pixels, edges: Edges) -> list[Pixels]:
    """The picture within edges, turned so that each side in turn is the first row."""
    left, top, right, bottom = edges
    within = picture[top:bottom, left:right]
    turned = within.transpose(1, 0, 2)
    return [turned, within, turned[::-1], within[::-1]]


def _steps(side: Pixels, deepest: float) -> list[int]:
    """At which depths, in pixels, a side has a straight edge with nothing but even rows outside."""
    rows, columns = side.shape[:2]
    deep = int(min(deepest * rows, deepest * columns))
    steps: list[int] = []
    if deep < 2 or columns < _LEAST:
        return steps
    # Corners belong to the neighbours: only the middle part counts.
    edge = columns // 10
    places = np.linspace(edge, columns - 1 - edge, _SAMPLES).astype(int)
    end = _even_rows(side[: deep + 3], places)
    if end == 0:
        return steps
    end = min(deep, end + 3)
    band = side[: end + 3, places].astype(np.int16)
    # An edge takes two or three rows: between the row before and the row after next.
    change = np.abs(band[2:] - band[:-2]).max(2)
    share = (change > _STEP).mean(1)
    strong = change.mean(1)
    for depth in range(1, end):
        around = strong[max(0, depth - 2) : depth + 1]
        if share[depth - 1] >= _EDGE_SHARE and strong[depth - 1] >= around.max() - 1e-6:
            steps.append(depth + 1)
    return steps


def _even_rows(side: Pixels, places: npt.NDArray[np.intp]) -> int:
    """The number of rows before three uneven ones; a slanted edge makes only two uneven."""
    found = np.zeros(0, bool)
    for start in range(0, len(side), _TOGETHER):
        band = side[start : start + _TOGETHER, places].astype(np.int16)
        middle = np.partition(band, _SAMPLES // 2, axis=1)[:, _SAMPLES // 2, None]
        even = (np.abs(band - middle).max(2) < _EVEN).mean(1) >= _EVEN_SHARE
        found = np.concatenate([found, even])
        uneven = np.flatnonzero(~found[:-2] & ~found[1:-1] & ~found[2:])
        if len(uneven):
            return int(uneven[0])
    return len(side)


def _moved(edges: Edges, by: list[int]) -> Edges:
    left, top, right, bottom = edges
    return left + by[0], top + by[1], right - by[2], bottom - by[3]
