"""Damage to files: of bytes, of values, and of what is packed inside."""

from __future__ import annotations

import gzip
import io
import json
import struct
import tomllib
import zipfile
import zlib
from collections.abc import Callable
from random import Random
from typing import Any

import tomlkit

Layer = Callable[[bytes, Random], bytes]
"""``layer(content, random)`` is the content, damaged in one way."""

_DEEP = 20_000  # levels; Python's own limit is 1,000
_HUGE = (0x7FFF_FFFF, 0xFFFF_FFFF, 0xFFFF, 0x7FFF, 70_000, 0, 1, 2**31, 2**63 - 1, 2**64 - 1)


def raw(content: bytes, random: Random) -> bytes:
    """Flip bits, cut, repeat, insert, or write a huge number, once to four times."""
    data = bytearray(content)
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        random.choice((_flip, _flip, _cut, _drop, _repeat, _insert, _number, _swap))(data, random)
    return bytes(data)


def _flip(data: bytearray, random: Random) -> None:
    for _ in range(random.choice((1, 1, 2, 8, 64))):
        if data:
            data[_place(data, random)] ^= 1 << random.randrange(8)


def _cut(data: bytearray, random: Random) -> None:
    del data[_place(data, random) :]


def _drop(data: bytearray, random: Random) -> None:
    start = _place(data, random)
    del data[start : start + random.choice((1, 2, 4, 16, 256))]


def _repeat(data: bytearray, random: Random) -> None:
    start = _place(data, random)
    part = data[start : start + random.choice((1, 4, 16, 256, 4096))]
    data[start:start] = part * random.choice((1, 1, 2, 50))


def _insert(data: bytearray, random: Random) -> None:
    start = _place(data, random)
    data[start:start] = random.choice(
        (random.randbytes(random.choice((1, 4, 64))), bytes(64), b"\xff" * 16, b"\0", b"\n", b'"')
    )


def _number(data: bytearray, random: Random) -> None:
    number, size = random.choice(_HUGE), random.choice((1, 2, 4, 8))
    written = (number & (256**size - 1)).to_bytes(size, random.choice(("little", "big")))
    start = _place(data, random)
    data[start : start + size] = written


def _swap(data: bytearray, random: Random) -> None:
    middle = _place(data, random)
    data[:] = data[middle:] + data[:middle]


def _place(data: bytearray, random: Random) -> int:
    """A place in the data; every other time among the first bytes, where headers are."""
    return random.randrange(max(1, min(len(data), 200) if random.random() < 0.5 else len(data)))


def mutated(value: Any, random: Random) -> Any:
    """A value of JSON or TOML with one part of it changed."""
    if isinstance(value, dict) and value and random.random() < 0.85:
        key = random.choice(list(value))
        if random.random() < 0.15:
            return {name: part for name, part in value.items() if name != key}
        return {**value, key: mutated(value[key], random)}
    if isinstance(value, list) and value and random.random() < 0.85:
        index = random.randrange(len(value))
        if random.random() < 0.15:
            return value[:index] + value[index:] * random.choice((2, 3))
        return [*value[:index], mutated(value[index], random), *value[index + 1 :]]
    return random.choice(_ODD)


_ODD: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 0.5, 10**400, 2**63, -(2**63), 1e308, float("inf"), float("nan"),
    "", "x", "0", "10,293", "\ud800", "a\0b", "é" * 5000, "../../etc/passwd", "9999-12-31",
    [], {}, [[]], [{}], {"a": 1}, ["x"], [1, "x", None], [0] * 1000,
)  # fmt: skip


def json_values(content: bytes, random: Random) -> bytes:
    """Change a value, or nest it deeply."""
    if random.random() < 0.05:
        opening = random.choice((b"[", b'{"a":', b'{"lines":['))
        return opening * random.choice((500, _DEEP))
    return json.dumps(mutated(json.loads(content), random)).encode()


def json_lines(content: bytes, random: Random) -> bytes:
    """Change a value in one of the lines."""
    lines = content.splitlines()
    index = random.randrange(len(lines))
    lines[index] = json_values(lines[index], random)
    return b"\n".join(lines) + b"\n"


def toml_values(content: bytes, random: Random) -> bytes:
    """Change a value, or nest an array deeply."""
    if random.random() < 0.05:
        return content + b"\nx = " + b"[" * random.choice((500, _DEEP))
    values = mutated(tomllib.loads(content.decode()), random)
    try:
        return tomlkit.dumps(values).encode()
    except Exception:  # TOML has no such value
        return raw(content, random)


def text_lines(content: bytes, random: Random) -> bytes:
    """Drop, repeat, swap or join lines, or make one very long."""
    lines = content.split(b"\n")
    index = random.randrange(len(lines))
    change = random.randrange(5)
    if change == 0:
        del lines[index]
    elif change == 1:
        lines[index:index] = lines[index : index + 3] * random.choice((1, 2, 300))
    elif change == 2:
        random.shuffle(lines)
    elif change == 3:
        lines[index] = lines[index] * random.choice((2, 2000))
    else:
        lines[index] = raw(lines[index], random)
    return b"\n".join(lines)


def gzipped(inner: Layer = raw) -> Layer:
    """Damage what is inside, and pack it again."""
    return lambda content, random: gzip.compress(inner(gzip.decompress(content), random), 1)


def zipped(inner: Layer = raw) -> Layer:
    """Damage, drop or rename one of the files inside, and pack them again."""

    def layer(content: bytes, random: Random) -> bytes:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        name = random.choice(list(files))
        if random.random() < 0.1:
            files[f"{name}\n"] = files.pop(name)
        else:
            files[name] = inner(files[name], random)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", random.choice((0, 8))) as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        return packed.getvalue()

    return layer


def png_chunks(content: bytes, random: Random) -> bytes:
    """Damage a chunk whose checksum is right again; pixels are damaged before they are packed."""
    chunks, place = [], 8
    while place + 12 <= len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        chunks.append((content[place + 4 : place + 8], content[place + 8 : place + 8 + length]))
        place += 12 + length
    index = random.randrange(len(chunks))
    kind, data = chunks[index]
    if kind == b"IDAT" and random.random() < 0.5:
        data = zlib.compress(raw(zlib.decompress(data), random))
    else:
        data = raw(data, random)
    chunks[index] = kind, data
    if random.random() < 0.1:
        random.shuffle(chunks)
    packed = (struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d))
              for k, d in chunks)  # fmt: skip
    return content[:8] + b"".join(packed)


def tensors_header(key: str = "") -> Layer:
    """Change a value in the header of a safetensors file, or in the JSON under ``key`` in it."""

    def layer(content: bytes, random: Random) -> bytes:
        (length,) = struct.unpack("<Q", content[:8])
        header = json.loads(content[8 : 8 + length])
        if key and random.random() < 0.6:
            inside = header["__metadata__"][key].encode()
            header["__metadata__"][key] = json_values(inside, random).decode()
        else:
            header = mutated(header, random)
        packed = json.dumps(header).encode()
        return struct.pack("<Q", len(packed)) + packed + content[8 + length :]

    return layer
