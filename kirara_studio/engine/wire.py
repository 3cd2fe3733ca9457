"""Messages between the UI process and its engine process, over a pair of pipes.

A message is a small header, a tuple whose first item names its kind, and optionally a payload.
Both are pickled: they pass between two processes of ours and are never stored. Arrays in the
payload go beside the pickle (protocol 5, PEP 574), so they are not copied under the
interpreter's lock, which the UI thread needs.

On the pipe: the number of parts, the length of each, then the parts: the pickled header, the
pickled payload, its arrays.
"""

from __future__ import annotations

import io
import mmap
import pickle
import struct
from collections.abc import Sequence
from typing import IO, Any

Header = tuple[Any, ...]
Part = bytes | bytearray | memoryview | mmap.mmap

_LARGE = 1 << 20
_COUNT = struct.Struct("<I")


class _Pickler(pickle.Pickler):
    """Refuses torch's objects: unpickling one would import torch in the UI process."""

    def reducer_override(self, value: Any) -> Any:
        kind = value if isinstance(value, type) else type(value)
        if (kind.__module__ or "").partition(".")[0] == "torch":
            raise pickle.PicklingError(
                f"it holds a {kind.__module__}.{kind.__qualname__}; pass NumPy arrays instead"
            )
        return NotImplemented


def pack(payload: object) -> list[Part]:
    """Pickle ``payload``. Whatever is raised says why it cannot be pickled."""
    buffers: list[pickle.PickleBuffer] = []
    stream = io.BytesIO()
    _Pickler(stream, protocol=5, buffer_callback=buffers.append).dump(payload)
    return [stream.getvalue(), *(buffer.raw() for buffer in buffers)]


def unpack(parts: Sequence[Part]) -> Any:
    """The payload of ``parts``. Arrays in it can be written to."""
    return pickle.loads(parts[0], buffers=parts[1:])


def write_message(file: IO[bytes], header: Header, parts: Sequence[Part] = ()) -> None:
    """Write one message. Raises OSError when the other process is gone."""
    everything: list[Part] = [pickle.dumps(header, protocol=5), *parts]
    lengths = [len(part) for part in everything]
    file.write(_COUNT.pack(len(lengths)) + struct.pack(f"<{len(lengths)}Q", *lengths))
    for part in everything:
        file.write(part)
    file.flush()


def read_message(file: IO[bytes]) -> tuple[Header, list[Part]]:
    """Wait for one message. Raises EOFError when the other process is gone."""
    (count,) = _COUNT.unpack(_read(file, _COUNT.size))
    lengths = struct.unpack(f"<{count}Q", _read(file, 8 * count))
    header, *parts = [_read(file, length) for length in lengths]
    return pickle.loads(header), list(parts)


def _read(file: IO[bytes], length: int) -> bytearray | mmap.mmap:
    # bytearray() clears its memory under the interpreter's lock, 40 ms for a minute of video;
    # the pages of an anonymous map come one by one while the lock is free.
    data = bytearray(length) if length < _LARGE else mmap.mmap(-1, length)
    view = memoryview(data)
    while view:
        count = file.readinto(view)  # type: ignore[attr-defined]
        if not count:
            raise EOFError
        view = view[count:]
    return data
