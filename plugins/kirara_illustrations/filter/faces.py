"""A second opinion: whether a cascade of drawn faces would let a picture pass. Imports no torch."""

from __future__ import annotations

from kirara_studio.api.media.cascade import Cascade
from kirara_studio.api.media.scaling import Pixels

LONE = 0.02
"""A share of the picture's area: a lone face of that size or less is not what it shows."""


def shows_faces(cascade: Cascade, pixels: Pixels) -> bool:
    """True if faces are found in a picture (height, width, 3), and not a small one alone."""
    faces = cascade.find(pixels)
    least = LONE * pixels.shape[0] * pixels.shape[1]
    return len(faces) > 1 or any(face.width * face.height > least for face in faces)
