"""Weather radar: folders of pictures whose greys are reflectivities.

The reflectivity factor Z in dBZ measures rain, snow and hail: 10 is drizzle, 30 moderate rain, 50 a
thunderstorm.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from kirara_foresight.radar_colours import STRONGEST
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import entries
from kirara_studio.api.reading import read_bytes, reading

Dbz = npt.NDArray[np.float32]

_UNSEEN = 255  # the grey outside the range of the radars
_RADAR_ONLY = (".pgm", ".pgm.gz")
_SUFFIXES = (*_RADAR_ONLY, ".png")
_TIME = re.compile(r"\d{12}")


@dataclass(frozen=True)
class Radar:
    """Radar pictures in the order of time.

    ``dbz`` (time, height, width) is NaN outside the range of the radars. ``names`` are the files',
    ``minutes`` the time between two pictures if the names have it.
    """

    dbz: Dbz
    names: tuple[str, ...]
    minutes: float | None


def is_radar_folder(folder: Path) -> bool:
    """True if a folder holds PGM pictures, the format of radar composites."""
    return any(path.name.endswith(_RADAR_ONLY) for path in entries(folder))


def read_radar_folder(folder: Path) -> Radar:
    """Read a folder of PGM (gzipped or not) or PNG pictures, by name, all of one size.

    dBZ are (grey − 64) / 2, and 255 is out of range, as in the composites of the Finnish
    Meteorological Institute (pySTEPS, ``import_fmi_pgm``). Raises UserError if there are no
    pictures, or if one cannot be read or has another size.
    """
    with reading(
        folder,
        "The folder “{path}” cannot be read: {reason}.",
        advice="Choose a folder with radar pictures.",
    ):
        paths = sorted(path for path in folder.iterdir() if path.name.endswith(_SUFFIXES))
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
    dbz[stacked == _UNSEEN] = np.nan
    return Radar(dbz, tuple(path.name for path in paths), _minutes_between(paths))


def as_brightness(dbz: Dbz) -> npt.NDArray[np.uint8]:
    """Turn dBZ of any shape into brightness, 0…255; what is out of range is black."""
    share = np.nan_to_num(dbz / STRONGEST, nan=0.0).clip(0, 1)
    return (share * 255).round().astype(np.uint8)


def _grey_of(path: Path) -> npt.NDArray[np.uint8]:
    with reading(
        path,
        "“{file}” cannot be read as a radar picture: {reason}.",
        advice="Fetch the file again, or take it out of the folder.",
    ):
        array = np.frombuffer(read_bytes(path, packed=path.suffix == ".gz"), np.uint8)
        picture = cv2.imdecode(array, cv2.IMREAD_GRAYSCALE) if array.size else None
        if picture is None:
            raise ValueError("it is not a picture, or is damaged")
        return np.asarray(picture, np.uint8)


def _minutes_between(paths: list[Path]) -> float | None:
    """By the times in the names (year to minute, twelve digits), if all steps are the same."""
    times = [_TIME.search(path.name) for path in paths]
    try:
        stamps = [datetime.strptime(time[0], "%Y%m%d%H%M") for time in times if time is not None]
    except ValueError:  # the digits are not a time
        return None
    if len(stamps) < len(paths):
        return None
    steps = {(after - before).total_seconds() / 60 for before, after in pairwise(stamps)}
    return steps.pop() if len(steps) == 1 and min(steps) > 0 else None
