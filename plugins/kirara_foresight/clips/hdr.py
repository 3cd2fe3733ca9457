"""High dynamic range as ordinary pictures.

Light is decoded (SMPTE ST 2084, or ARIB STD-B67 as BT.2100 says for a display of 1,000 cd/m²), and
brought from the primaries of BT.2020 to those of BT.709. It is then compressed by the brightest of
red, green and blue, which keeps hues: light up to 30 % of the reference white (203 cd/m², BT.2408)
is unchanged, brighter light approaches 1 along a Möbius curve, which the brightest light of the
video reaches. The result is encoded with gamma 2.4 (BT.1886).
"""

from __future__ import annotations

import struct
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from av.sidedata.sidedata import SideData

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

Light = npt.NDArray[np.float32]
"""1 is the reference white."""

PQ, HLG = 16, 18
"""Transfer characteristics (ITU-T H.273): SMPTE ST 2084, ARIB STD-B67."""
WHITE = 203.0
"""cd/m² of the reference white."""

_PQ_BRIGHTEST, _HLG_BRIGHTEST = 10_000.0, 1_000.0
_LINEAR = 0.3
_TO_709 = np.array(
    [[1.660491, -0.587641, -0.072850], [-0.124550, 1.132900, -0.008349],
     [-0.018151, -0.100579, 1.118730]], np.float32,
)  # fmt: skip
_LUMA_2020 = np.array([0.2627, 0.6780, 0.0593], np.float32)
_STEPS = 4096  # of the table that encodes


def brightest_of(frame: VideoFrame) -> float:
    """The brightest light of the video in cd/m², by its metadata, or else by its signal."""
    level = side_data(frame, "CONTENT_LIGHT_LEVEL")
    if level and (most := struct.unpack("I", level[:4])[0]):
        return float(most)
    display = side_data(frame, "MASTERING_DISPLAY_METADATA")
    if display:
        # Eight fractions for the primaries, the least and the greatest luminance, and two flags.
        values = struct.unpack("22i", display[:88])
        if values[21] and values[18] > 0 and values[19] > 0:
            return values[18] / values[19]
    return _PQ_BRIGHTEST if frame.color_trc == PQ else _HLG_BRIGHTEST


def side_data(frame: VideoFrame, name: str) -> bytes:
    """What a frame has beside its pixels (``AV_FRAME_DATA_…`` of FFmpeg), b"" for nothing."""
    found = frame.side_data.get(name)
    return bytes(found) if isinstance(found, SideData) else b""


def to_sdr(
    signal: npt.NDArray[np.uint16], transfer: int, brightest: float
) -> npt.NDArray[np.uint8]:
    """Map RGB of BT.2020 (height, width, 3), 0…65535, to RGB of BT.709, 0…255.

    ``transfer`` is :data:`PQ` or :data:`HLG`, ``brightest`` is in cd/m².
    """
    light = _light_table(transfer)[signal]
    if transfer == HLG:  # the light of the scene becomes that of a display of 1,000 cd/m²
        light *= (np.maximum(light @ _LUMA_2020, 1e-6) ** np.float32(0.2))[..., None]
        light *= np.float32(_HLG_BRIGHTEST / WHITE)
    light = np.maximum(light @ _TO_709.T, 0)
    most = light.max(-1, keepdims=True)
    light *= _compressed(most, max(brightest / WHITE, 1.0)) / np.maximum(most, 1e-6)
    table = _encoding_table()
    return table[(np.sqrt(light) * (_STEPS - 1)).clip(0, _STEPS - 1).astype(np.uint16)]


def _compressed(light: Light, peak: float) -> Light:
    """Möbius curve: the identity up to ``_LINEAR``, 1 at ``peak``, and smooth."""
    if peak <= 1:
        return light
    j = _LINEAR
    a = -(j**2) * (peak - 1) / (j**2 - 2 * j + peak)
    b = (j**2 - 2 * j * peak + peak) / (peak - 1)
    bent = (b**2 + 2 * b * j + j**2) / (b - a) * (light + a) / (light + b)
    return np.where(light <= j, light, bent).astype(np.float32)


@lru_cache(maxsize=2)
def _light_table(transfer: int) -> Light:
    """The light for each of 65,536 signals."""
    signal = np.arange(65536) / 65535
    if transfer == PQ:
        root = signal ** (32 / 2523)
        light = (np.maximum(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)) ** (16384 / 2610)
        return (light * _PQ_BRIGHTEST / WHITE).astype(np.float32)
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    high = (np.exp((signal - c) / a) + b) / 12
    return np.where(signal <= 0.5, signal**2 / 3, high).astype(np.float32)


@lru_cache(maxsize=1)
def _encoding_table() -> npt.NDArray[np.uint8]:
    """Over the square root of the light, since dark steps must be small."""
    root = np.arange(_STEPS) / (_STEPS - 1)
    return (root ** (2 / 2.4) * 255).round().astype(np.uint8)
