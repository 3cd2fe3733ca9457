"""Weather radar: folders of pictures whose greys are reflectivities.

The reflectivity factor Z in dBZ says how much rain, snow or hail a radar sees: 10 is drizzle, 30
moderate rain, 50 a thunderstorm.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from kirara_foresight.radar_colours import STRONGEST
from kirara_studio.api.errors import UserError

Dbz = npt.NDArray[np.float32]

UNSEEN = 255
"""The grey where no radar sees anything."""
_RADAR_ONLY = (".pgm", ".pgm.gz")
_SUFFIXES = (*_RADAR_ONLY, ".png")
_TIME = re.compile(r"(\d{12})")


@dataclass(frozen=True)
class Radar:
    """Radar pictures in the order of time: ``dbz`` (time, height, width), NaN where no radar sees
    anything; the names of their files; and minutes from one to the next, if the names have them."""

    dbz: Dbz
    names: tuple[str, ...]
    minutes: float | None


def is_radar_folder(folder: Path) -> bool:
    """True where a folder holds PGM pictures, which is how radars' composites come."""
    return any(path.name.endswith(_RADAR_ONLY) for path in Path(folder).iterdir())


def read_radar_folder(folder: Path) -> Radar:
    """Read a folder of PGM (gzipped or not) or PNG pictures, by name, all of one size.

    Greys become dBZ as (grey − 64) / 2, and 255 is unseen: so the Finnish Meteorological Institute
    codes its composites (pySTEPS, ``import_fmi_pgm``). Raises :class:`UserError` where there are
    no pictures, or where one cannot be read or has another size.
    """
    try:
        paths = sorted(path for path in Path(folder).iterdir() if path.name.endswith(_SUFFIXES))
    except OSError as error:
        raise UserError(
            "The folder “{folder}” cannot be read: {reason}.",
            advice="Choose a folder with radar pictures.",
            folder=folder,
            reason=error.strerror or error,
        ) from error
    if not paths:
        raise UserError(
            "“{folder}” holds no radar pictures.",
            advice="Choose a folder with pictures in PGM or PNG.",
            folder=folder,
        )
    greys = [_grey_of(path) for path in paths]
    for path, grey in zip(paths, greys, strict=True):
        if grey.shape != greys[0].shape:
            raise UserError(
                "“{file}” has another size than “{first}”.",
                advice="Keep only pictures of one radar in the folder.",
                file=path.name,
                first=paths[0].name,
            )
    stacked = np.stack(greys)
    dbz = (stacked.astype(np.float32) - np.float32(64)) / np.float32(2)
    dbz[stacked == UNSEEN] = np.nan
    return Radar(dbz, tuple(path.name for path in paths), _minutes_between(paths))


def as_brightness(dbz: Dbz) -> npt.NDArray[np.uint8]:
    """dBZ of any shape as brightness, 0…255; what is unseen is black."""
    share = np.nan_to_num(dbz / STRONGEST, nan=0.0).clip(0, 1)
    return (share * 255).round().astype(np.uint8)


def _grey_of(path: Path) -> npt.NDArray[np.uint8]:
    try:
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = gzip.decompress(data)
    except (OSError, EOFError, gzip.BadGzipFile) as error:
        raise _unreadable(path, str(error)) from error
    picture = None
    if data:
        picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    if picture is None:
        raise _unreadable(path, "it is no picture, or is damaged")
    return np.asarray(picture, np.uint8)


def _minutes_between(paths: list[Path]) -> float | None:
    """From the times in the names (year to minute, twelve digits), where all have the same step."""
    times = [_TIME.search(path.name) for path in paths]
    stamps = [np.datetime64(_iso(time[1]), "m") for time in times if time is not None]
    if len(stamps) < 2 or len(stamps) < len(paths):
        return None
    steps = np.diff(np.array(stamps)).astype(float)
    return float(steps[0]) if (steps == steps[0]).all() and steps[0] > 0 else None


def _iso(digits: str) -> str:
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}T{digits[8:10]}:{digits[10:]}"


def _unreadable(path: Path, reason: str) -> UserError:
    return UserError(
        "“{file}” cannot be read as a radar picture: {reason}.",
        advice="Fetch the file again, or take it out of the folder.",
        file=path.name,
        reason=reason,
    )
