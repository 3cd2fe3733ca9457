"""Weather radar: folders of pictures whose greys are reflectivities.

The reflectivity factor Z in dBZ measures rain, snow and hail: 10 is drizzle, 30 moderate rain, 50 a
thunderstorm.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kirara_foresight.radar_colours import STRONGEST
from kirara_foresight.radar_formats import (
    GEOTIFF,
    GREYS,
    GRIB,
    HDF5,
    Dbz,
    RadarPicture,
    read_radar_file,
    says_radar,
)
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import entries, is_folder
from kirara_studio.api.media.pictures import PICTURE_NAME
from kirara_studio.api.reading import reading

_SUFFIXES = (*GREYS, *HDF5, *GEOTIFF, *GRIB)
_TIME = re.compile(r"(\d{8})[T_-]?(\d{4})")
_MOST_MISSING = 1_000
_LARGEST = 1 << 31  # bytes of all pictures together


@dataclass(frozen=True)
class Radar:
    """Radar pictures in the order of time.

    ``dbz`` (time, height, width) is NaN outside the range of the radars. ``names`` are the files'.
    ``minutes`` is the time between two pictures, if it is known and even but for gaps; the times
    of the pictures that are ``missing`` in those are listed.
    """

    dbz: Dbz
    names: tuple[str, ...]
    minutes: float | None
    missing: tuple[datetime, ...] = ()


def is_radar_file(path: Path) -> bool:
    """True if a file that is no folder can only be from a weather radar."""
    return path.name.lower().endswith((*HDF5, *GRIB))


def is_radar_folder(folder: Path) -> bool:
    """True if most pictures of a folder are from a radar, by their names or headers."""
    names = entries(folder)
    kinds = (*GREYS, *HDF5, *GEOTIFF)
    pictures = [
        path
        for path in names
        if path.name.lower().endswith(kinds) or PICTURE_NAME.fullmatch(path.name)
    ]
    return 2 * sum(says_radar(path) for path in pictures) > len(pictures)


def read_radar(path: Path) -> Radar:
    """Read a file, or a folder of files of one size (:mod:`.radar_formats`), by time or name.

    Raises UserError if there are no pictures, or if one cannot be read or has another size.
    """
    paths = [path]
    if is_folder(path) or not is_radar_file(path):
        paths = [one for one in _files_in(path) if one.name.lower().endswith(_SUFFIXES)]
    if not paths:
        raise UserError(
            "“{folder}” holds no radar pictures.",
            advice="Choose a folder with pictures in PGM, PNG, HDF5, netCDF or GeoTIFF.",
            folder=path,
        )
    found: list[tuple[datetime | None, Path, RadarPicture]] = []
    for one in paths:
        for picture in read_radar_file(one):
            found.append((picture.time or _time_in(one.name), one, picture))
            _check_size(found, path)
    times = [time for time, _, _ in found if time is not None]
    if len(times) == len(found):
        found.sort(key=lambda one: (one[0] or datetime.min, one[1]))
    minutes, missing = _steps(sorted(times)) if len(times) == len(found) else (None, ())
    dbz = np.stack([picture.dbz for _, _, picture in found])
    return Radar(dbz, tuple(one.name for _, one, _ in found), minutes, missing)


def _check_size(found: list[tuple[datetime | None, Path, RadarPicture]], path: Path) -> None:
    """Compare the newest picture with the first."""
    (_, first, picture), (_, newest, other) = found[0], found[-1]
    if picture.dbz.shape != other.dbz.shape:
        raise UserError(
            "“{file}” has another size than “{first}”.",
            advice="Keep only pictures of one radar in the folder.",
            file=newest.name,
            first=first.name,
        )
    if len(found) * picture.dbz.nbytes > _LARGEST:
        raise UserError(
            "“{folder}” holds too many radar pictures for the memory.",
            advice="Keep only the hours of interest in the folder.",
            folder=path.name,
        )


def _files_in(folder: Path) -> list[Path]:
    with reading(
        folder,
        "The folder “{path}” cannot be read: {reason}.",
        advice="Choose a folder with radar pictures.",
    ):
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def as_brightness(dbz: Dbz) -> npt.NDArray[np.uint8]:
    """Turn dBZ of any shape into brightness, 0…255; what is out of range is black."""
    share = np.nan_to_num(dbz / STRONGEST, nan=0.0).clip(0, 1)
    return (share * 255).round().astype(np.uint8)


def _time_in(name: str) -> datetime | None:
    """The time in a name, year to minute, such as 201609281445 or 20160928_1445."""
    for found in _TIME.finditer(name):
        try:
            return datetime.strptime("".join(found.groups()), "%Y%m%d%H%M")
        except ValueError:  # the digits are not a time
            continue
    return None


def _steps(times: list[datetime]) -> tuple[float | None, tuple[datetime, ...]]:
    """Minutes between pictures, and the times at which one is missing."""
    steps = [after - before for before, after in pairwise(times)]
    if not steps or min(steps) <= timedelta(0):
        return None, ()
    usual, _ = max(Counter(steps).items(), key=lambda one: (one[1], -one[0]))
    if any(step % usual for step in steps):
        return None, ()
    missing: list[datetime] = []
    for before, step in zip(times, steps, strict=False):
        gaps = min(step // usual - 1, _MOST_MISSING - len(missing))
        missing += [before + number * usual for number in range(1, gaps + 1)]
    return usual.total_seconds() / 60, tuple(missing)
