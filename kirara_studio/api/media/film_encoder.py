"""Films as MP4, through FFmpeg (PyAV): H.264, yuv420p, with the index at the beginning."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from kirara_studio.api.errors import UserError

if TYPE_CHECKING:
    from av.container import OutputContainer

Pixels = npt.NDArray[np.uint8]

# The encoder of the system, or OpenH264 (BSD). libx264 is left out on purpose: it is GPL. Where
# there is no H.264, VP9 is what browsers and most players know, and MPEG-4 the last resort.
ENCODERS: tuple[tuple[str, dict[str, str]], ...] = (
    ("h264_videotoolbox", {"q:v": "65"}),
    ("libopenh264", {"rc_mode": "quality"}),
    ("h264_mf", {"rate_control": "quality", "quality": "80"}),
    ("libvpx-vp9", {"crf": "24", "b": "0", "deadline": "realtime", "cpu-used": "5", "row-mt": "1"}),
    ("mpeg4", {"q:v": "3"}),
)
"""In the order in which they are tried, with their options."""

_BITS_A_PIXEL = 0.6  # OpenH264 has no constant quality
_LEAST_BITS = 2_000_000
_SLOWEST = Fraction(1, 1000)


def write_film(path: Path, frames: Iterable[Pixels], fps: float) -> str:
    """Write ``frames``, each (height, width, 3), RGB, and return the name of the encoder.

    There is at least one frame; sides that are odd get one more pixel. Raises UserError if no
    encoder works, and OSError if the file cannot be written.
    """
    encoder: _Encoder | None = None
    try:
        for frame in frames:
            even = np.pad(frame, ((0, frame.shape[0] % 2), (0, frame.shape[1] % 2), (0, 0)), "edge")
            if encoder is None:
                encoder = _first_that_works(path, fps, even)
            encoder.write(even)
        if encoder is None:
            raise ValueError("a film needs at least one frame")
        encoder.finish()
        return encoder.name
    except av.FFmpegError as error:
        raise OSError(error.errno or 0, error.strerror or str(error)) from error
    finally:
        if encoder is not None:
            encoder.close()


class _Encoder:
    """An open file and its encoder. Raises FFmpegError if the encoder cannot be had."""

    def __init__(
        self, path: Path, name: str, options: dict[str, str], fps: float, shape: tuple[int, ...]
    ) -> None:
        self.name = name
        rate = max(Fraction(fps).limit_denominator(60_000), _SLOWEST)
        # The muxer opens the file once more, by its name, to move the index.
        self._file: OutputContainer = av.open(
            str(path.absolute()), "w", format="mp4", options={"movflags": "+faststart"}
        )
        try:
            stream: Any = self._file.add_stream(name, rate=rate, options=options)
            assert isinstance(stream, VideoStream)
            stream.height, stream.width = shape[:2]
            stream.pix_fmt = "yuv420p"
            stream.codec_context.time_base = 1 / rate
            if "h264" in name:
                bits = _BITS_A_PIXEL * shape[0] * shape[1] * float(rate)
                stream.bit_rate = max(_LEAST_BITS, round(bits))
            # Said in the file, since players guess by the size of the picture.
            stream.colorspace, stream.color_range = 6, 1  # BT.601, limited
            stream.color_primaries, stream.color_trc = 6, 6
            stream.codec_context.open()
        except BaseException:
            self.close()
            raise
        self._stream = stream
        self._count = 0

    def write(self, pixels: Pixels) -> None:
        frame = VideoFrame.from_ndarray(np.ascontiguousarray(pixels), "rgb24")
        frame = frame.reformat(format="yuv420p", dst_colorspace=5, dst_color_range=1)
        frame.pts, frame.time_base = self._count, self._stream.codec_context.time_base
        self._count += 1
        self._file.mux(self._stream.encode(frame))

    def finish(self) -> None:
        self._file.mux(self._stream.encode(None))
        self._file.close()

    def close(self) -> None:
        self._file.close()


def _first_that_works(path: Path, fps: float, frame: Pixels) -> _Encoder:
    """Encoders of the system may be there and fail, so each is opened."""
    for name, options in ENCODERS:
        if name not in av.codecs_available:
            continue
        try:
            return _Encoder(path, name, options, fps, frame.shape)
        except (av.FFmpegError, ValueError):
            continue
    raise UserError(
        "MP4 files cannot be written on this machine.", advice="Save as WebP or GIF instead."
    )
