"""Decoded frames of videos as pictures: deinterlaced, with square pixels, upright, RGB, SDR."""

from __future__ import annotations

import struct
from collections import deque
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np
from av.filter import Graph
from PIL import Image

from kirara_foresight.clips.clip import Pixels
from kirara_foresight.clips.hdr import HLG, PQ, brightest_of, side_data, to_sdr
from kirara_studio.api.media.pictures import opaque_of

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

_FLAGS = "bicubic+accurate_rnd+full_chroma_int"
_STRANGEST = 20.0  # times as wide as high: pixels of another shape are a damaged header


class FramePictures:
    """Turns frames into pictures of one ``size`` (height, width).

    ``aspect`` is the width of a pixel by its height. With ``interlaced``, a picture comes only
    when the frame after it is there, and so from the first interlaced frame on.
    """

    def __init__(self, size: tuple[int, int], aspect: float, *, interlaced: bool) -> None:
        self._size, self._aspect, self._interlaced = size, aspect, interlaced
        self._graph: Graph | None = None
        self._made_for: tuple[object, ...] = ()
        self._inside: deque[tuple[int, VideoFrame]] = deque()

    def push(self, time: int, frame: VideoFrame) -> Iterator[tuple[int, Pixels]]:
        """Yield the pictures that are ready now, with their times."""
        self._interlaced |= frame.interlaced_frame
        kind = (
            frame.width, frame.height, frame.format.name, frame.colorspace, frame.color_range,
            self._interlaced,
        )  # fmt: skip
        if kind != self._made_for:
            yield from self.end()
            self._graph, self._made_for = self._new_graph(frame), kind
        assert self._graph is not None
        self._inside.append((time, frame))
        self._graph.vpush(frame)
        yield from self._ready()

    def end(self) -> Iterator[tuple[int, Pixels]]:
        """Yield the pictures that are left."""
        if self._graph is not None:
            self._graph.vpush(None)
            yield from self._ready()
            self._graph = None
            self._made_for = ()
            self._inside.clear()

    def _ready(self) -> Iterator[tuple[int, Pixels]]:
        assert self._graph is not None
        while self._inside:
            try:
                made = self._graph.vpull()
            except (av.BlockingIOError, av.EOFError):
                return
            time, frame = self._inside.popleft()
            yield time, _turned(_as_rgb(made, frame), frame)

    def _new_graph(self, frame: VideoFrame) -> Graph:
        graph = Graph()
        height, width = self._size
        if _matrix(frame)[0]:
            height, width = width, height
        source = {
            "video_size": f"{frame.width}x{frame.height}", "pix_fmt": frame.format.name,
            "time_base": str(frame.time_base or Fraction(1, 1000)),
            "colorspace": str(int(frame.colorspace)), "range": str(int(frame.color_range)),
        }  # fmt: skip
        parts = [graph.add("buffer", **source)]
        if self._interlaced:
            parts.append(graph.add("bwdif", mode="send_frame", deint="interlaced"))
        parts.append(graph.add("scale", w=str(width), h=str(height), flags=_FLAGS))
        parts.append(graph.add("format", pix_fmts=_wanted_format(frame)))
        parts.append(graph.add("buffersink"))
        graph.link_nodes(*parts).configure()
        return graph


def upright_size(frame: VideoFrame, aspect: float) -> tuple[int, int]:
    """Height and width of a frame as it is shown: with square pixels, turned; nothing is lost."""
    height, width = frame.height, frame.width
    if aspect > 1:
        width = round(width * min(aspect, _STRANGEST))
    elif 0 < aspect < 1:
        height = round(height / max(aspect, 1 / _STRANGEST))
    return (width, height) if _matrix(frame)[0] else (height, width)


def _wanted_format(frame: VideoFrame) -> str:
    if frame.color_trc in (PQ, HLG):
        return "rgb48le"
    return "rgba" if any(one.is_alpha for one in frame.format.components) else "rgb24"


def _as_rgb(made: VideoFrame, frame: VideoFrame) -> Pixels:
    pixels = made.to_ndarray()
    if pixels.dtype == np.uint16:
        return to_sdr(np.asarray(pixels, np.uint16), frame.color_trc, brightest_of(frame))
    if pixels.shape[2] == 4:
        return np.asarray(opaque_of(Image.fromarray(pixels)), np.uint8)
    return np.asarray(pixels, np.uint8)


def _turned(picture: Pixels, frame: VideoFrame) -> Pixels:
    swapped, left, up = _matrix(frame)
    if swapped:
        picture = picture.transpose(1, 0, 2)
    return np.ascontiguousarray(picture[:: -1 if up else 1, :: -1 if left else 1])


def _matrix(frame: VideoFrame) -> tuple[bool, bool, bool]:
    """How a frame is turned: rows and columns swapped, then mirrored to the left, and upwards."""
    data = side_data(frame, "DISPLAYMATRIX")
    if not data:
        return False, False, False
    a, b, _, c, d, *_ = struct.unpack("9i", data[:36])
    if abs(b) + abs(c) > abs(a) + abs(d):  # x is c·y, y is b·x
        return True, c < 0, b < 0
    return False, a < 0, d < 0
