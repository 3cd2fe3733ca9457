"""Videos, through FFmpeg (PyAV), found by the presentation times of their frames.

Numbers of frames in headers are not used, nor are mean rates: the packets are listed, and what the
first and the last of them decode to is compared with the list. If it differs, or packets have no
times, everything is decoded once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import av
import av.logging
from av.video.stream import VideoStream

from kirara_foresight.clips.clip import Clip, Pixels, checked_size, reading_clip
from kirara_foresight.clips.pictures_of_frames import FramePictures, upright_size
from kirara_studio.api.errors import UserError

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame

av.logging.set_level(None)  # what FFmpeg prints about damaged files is of no use to the user

# Formats are named one by one: others open further files, or show a text as a film. They must not
# be in PyAV's “options”, which crash where streams are found late, as in MPEG program streams.
_OPTIONS = {
    "format_whitelist": "mov,matroska,webm,avi,mpegts,mpeg,mpegvideo,h264,hevc,av1,obu,ivf,ogg,asf,"
    "flv,mxf,nut,yuv4mpegpipe,rm,wtv,m4v,mjpeg,dv,vc1",
    "protocol_whitelist": "none",
}
_EXAMINED = 60  # frames at the beginning that are compared with the list of packets
_USUAL_FPS = 25.0
_BUFFER = 1 << 18  # bytes read at a time


@dataclass(frozen=True)
class _Index:
    """The frames of a video that can be shown.

    ``times`` are presentation times in ticks of the stream, ascending; or, if the file has none,
    numbers, and then ``keys`` is empty. ``keys`` are the times at which decoding can begin.
    ``promised`` is the number of frames by the header. ``size`` is the one of the first frame.
    """

    times: tuple[int, ...]
    keys: tuple[int, ...]
    promised: int
    size: tuple[int, int]
    fps: float
    interlaced: bool


class Video(Clip):
    """A video file, decoded as its frames are needed; none are kept.

    Interlaced frames are deinterlaced, pixels made square, HDR mapped to SDR, frames turned as the
    file says, and transparent parts white. Frames that the decoder could not fill are never shown:
    inside a video the one before takes their place.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with reading_clip(path):
            try:
                index = _index(path, *_stamp(path))
                self._file = _Opened(path)
            except av.FFmpegError as error:
                raise ValueError("it is not a known kind of video, or is damaged") from error
        self._index = index
        self.count, self.promised, self.fps = len(index.times), index.promised, index.fps
        self.size = checked_size(path, *index.size)
        self._coming: Iterator[tuple[int, VideoFrame]] = iter(())
        self._at: int | None = None  # the time of the frame that was decoded last

    def frames(self, first: int, count: int) -> Iterator[Pixels]:
        wanted = self._index.times[first : first + count]
        if not wanted:
            return
        with suppress(UserError), reading_clip(self._path):  # the rest cannot be read
            try:
                yield from self._shown(wanted, first)
            except GeneratorExit:
                raise
            except BaseException:
                self._at = None
                raise

    def close(self) -> None:
        self._file.close()

    def _shown(self, wanted: tuple[int, ...], first: int) -> Iterator[Pixels]:
        """A picture for each time; where none can be decoded, the one before."""
        # The filter that deinterlaces needs the frame before and the one after.
        before = first - 1 if self._index.interlaced and first else first
        pictures = self._pictures(self._index.times[before], wanted[0])
        held: Pixels | None = None
        ahead = next(pictures, None)
        for time in wanted:
            while ahead is not None and ahead[0] <= time:
                held, ahead = ahead[1], next(pictures, None) if time != wanted[-1] else None
            if held is None and ahead is None:
                return
            picture = held if held is not None or ahead is None else ahead[1]
            assert picture is not None
            yield picture

    def _pictures(self, begin: int, since: int) -> Iterator[tuple[int, Pixels]]:
        """The pictures from time ``since`` on, decoding at least from ``begin`` on."""
        made = FramePictures(self.size, self._file.aspect, interlaced=self._index.interlaced)
        for time, frame in self._decoded_from(begin):
            if time >= begin:
                yield from (one for one in made.push(time, frame) if one[0] >= since)
        yield from (one for one in made.end() if one[0] >= since)

    def _decoded_from(self, begin: int) -> Iterator[tuple[int, VideoFrame]]:
        for time, frame in self._sought(begin):
            self._at = time
            yield time, frame
        self._at = None

    def _sought(self, begin: int) -> Iterator[tuple[int, VideoFrame]]:
        """Decoded frames from one at or before ``begin`` on, by the shortest way."""
        keys = self._index.keys
        place = bisect_right(keys, begin)
        reached = self._at is not None and self._at < begin
        if reached and (not place or keys[place - 1] <= (self._at or 0)):
            return self._coming
        for key in reversed(keys[max(0, place - 3) : place]):
            with suppress(av.FFmpegError):
                self._file.seek(key)
                coming = self._file.decoded()
                start = next(coming, None)
                if start is not None and start[0] <= begin:
                    self._coming = chain([start], coming)
                    return self._coming
        self._file.close()
        self._file = _Opened(self._path)
        self._coming = self._file.decoded(numbered=not keys)
        return self._coming


class _Opened:
    """An open file. Raises FFmpegError if it is not a video, ValueError if it holds none."""

    def __init__(self, path: Path) -> None:
        # A file and not a name, which FFmpeg might take for an address.
        self._file = path.open("rb")
        try:
            self.container: InputContainer = av.open(
                self._file, "r", container_options=_OPTIONS, buffer_size=_BUFFER
            )
        except BaseException:
            self._file.close()
            raise
        try:
            stream = self.container.streams.best("video")
            if not isinstance(stream, VideoStream):
                raise ValueError("it holds no pictures")
            if stream.codec_context is None:  # PyAV would crash where it decodes
                raise ValueError("its pictures are of an unknown kind")
        except BaseException:
            self.close()
            raise
        self.stream = stream
        # FFmpeg 8.0 spoils the heap where a VP9 video changes its size among threads for slices.
        self.stream.thread_type = "FRAME"
        shape = self.stream.sample_aspect_ratio
        self.aspect = float(shape) if shape else 1.0

    def seek(self, time: int) -> None:
        self.container.seek(time, stream=self.stream)

    def decoded(self, *, numbered: bool = False) -> Iterator[tuple[int, VideoFrame]]:
        """The frames that can be decoded from here on, with their times or numbers."""
        number = 0
        last: int | None = None
        for packet in _until_damage(self.container.demux(self.stream)):
            frames: list[VideoFrame] = []
            with suppress(av.FFmpegError):
                frames = packet.decode()
            for frame in frames:
                time = number if numbered else frame.pts
                # What the decoder could not fill is memory of whatever was there before.
                if time is None or frame.is_corrupt or (last is not None and time <= last):
                    continue
                yield time, frame
                number, last = number + 1, time

    def close(self) -> None:
        with suppress(av.FFmpegError):
            self.container.close()
        self._file.close()


def _until_damage(packets: Iterator[av.Packet[VideoStream]]) -> Iterator[av.Packet[VideoStream]]:
    """The packets before the place where the file cannot be read any further."""
    with suppress(av.FFmpegError):
        yield from packets


# The index


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=8)
def _index(path: Path, _changed: int, _size: int) -> _Index:
    """List the frames; kept, since each forecast opens its clip again."""
    with closing(_Opened(path)) as file:
        packets = [
            (packet.pts, packet.is_keyframe, packet.is_discard)
            for packet in _until_damage(file.container.demux(file.stream))
            if packet.size
        ]
        promised = file.stream.frames
    shown = [(time, key) for time, key, discard in packets if not discard]
    times = [time for time, _ in shown if time is not None]
    if len(times) == len(shown) == len(set(times)):
        keys = sorted(time for time, key in shown if key and time is not None)
        index = _checked(path, sorted(times), keys, promised - (len(packets) - len(shown)))
        if index is not None:
            return index
    return _decoded_index(path, [time for time, key in shown if key and time is not None], promised)


def _checked(path: Path, times: list[int], keys: list[int], promised: int) -> _Index | None:
    """The index by the packets, if its beginning and its end decode to what they promise."""
    if not times or not keys:
        return None
    with closing(_Opened(path)) as file:
        begin = list(islice(file.decoded(), _EXAMINED))
        if not begin:
            return None
        end: list[tuple[int, VideoFrame]] = []
        with suppress(av.FFmpegError):
            file.seek(keys[-1])
            end = [(time, frame) for time, frame in file.decoded()]
        if not end:
            return None
        first, last = begin[0][0], end[-1][0]
        there = [time for time in times if first <= time <= last]
        at_end = there[bisect_left(there, end[0][0]) :]
        head, tail = [time for time, _ in begin], [time for time, _ in end]
        if head != there[: len(head)] or tail != at_end:
            return None
        interlaced = any(frame.interlaced_frame for _, frame in [*begin, *end])
        keys = [key for key in keys if first <= key <= last]
        return _index_of(file, there, keys, promised, begin[0][1], interlaced)


def _decoded_index(path: Path, keys: list[int], promised: int) -> _Index:
    """The index by decoding everything."""
    with closing(_Opened(path)) as file:
        timed = bool(keys) and all(frame.pts is not None for _, frame in islice(file.decoded(), 9))
    with closing(_Opened(path)) as file:
        first: VideoFrame | None = None
        times, interlaced = [], False
        for time, frame in file.decoded(numbered=not timed):
            first = first or frame
            interlaced |= frame.interlaced_frame
            times.append(time)
        if first is None:
            raise ValueError("no frame of it can be decoded")
        return _index_of(file, times, sorted(keys) if timed else [], promised, first, interlaced)


def _index_of(
    file: _Opened,
    times: list[int],
    keys: list[int],
    promised: int,
    frame: VideoFrame,
    interlaced: bool,
) -> _Index:
    return _Index(
        tuple(times),
        tuple(keys),
        max(promised, len(times)),
        upright_size(frame, file.aspect),
        _fps(file, times, timed=bool(keys)),
        interlaced,
    )


def _fps(file: _Opened, times: list[int], *, timed: bool) -> float:
    """Frames a second, on average."""
    fps = float(file.stream.average_rate or file.stream.guessed_rate or _USUAL_FPS)
    if timed and len(times) > 1 and file.stream.time_base:
        fps = float((len(times) - 1) / ((times[-1] - times[0]) * file.stream.time_base))
    return fps if 0.01 <= fps <= 1000 else _USUAL_FPS
