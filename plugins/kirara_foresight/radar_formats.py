"""Files of weather services, read as reflectivities.

| format | what is read of it |
|---|---|
| PGM (gzipped or not), PNG | grey is 2 · dBZ + 64, 255 is out of range, as FMI's composites |
| ODIM HDF5 | images and composites; DBZH, TH, RATE (EUMETNET OPERA data information model) |
| KNMI HDF5 | images of reflectivity or accumulated rain, with their calibration formula |
| netCDF-4 | a variable in dBZ or mm/h, with CF's scale, offset, fill value and times |
| GeoTIFF | one band: dBZ, or bytes as in PGM; GDAL's scale, offset and no-data value |
"""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from kirara_studio.api.errors import UserError
from kirara_studio.api.reading import read_bytes, reading

if TYPE_CHECKING:
    import h5py

Dbz = npt.NDArray[np.float32]

GREYS = (".pgm", ".pgm.gz", ".png")
HDF5 = (".h5", ".hdf", ".hdf5", ".nc", ".nc4")
GEOTIFF = (".tif", ".tiff")
GRIB = (".grib2", ".grib2.gz", ".grb2", ".grib")

DRY = -32.0
"""dBZ where the radar looks and sees nothing."""
_LARGEST = 64_000_000  # pixels of a picture
_UNSEEN = 255
_SIXTEEN_BITS = np.float32(1 / 257)
"""What one step of a grey of 16 bits is in steps of eight."""
_SUPERBLOCK = 48  # bytes at least, of an HDF5 file
_NO_DATA, _GDAL_METADATA, _GEO_KEYS = 42113, 42112, 34735  # tags
_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@dataclass(frozen=True)
class RadarPicture:
    """dBZ (height, width), NaN where the radars cannot look, and the time by the file, if any."""

    dbz: Dbz
    time: datetime | None = None


def read_radar_file(path: Path) -> list[RadarPicture]:
    """Read one file. Raises UserError if that is not possible."""
    name = path.name.lower()
    if name.endswith(GRIB):
        raise UserError(
            "“{file}” is a GRIB file, which is not read.",
            advice="Convert it, for example with: gdal_translate -of GTiff.",
            file=path.name,
        )
    with reading(
        path,
        "“{file}” cannot be read as a radar picture: {reason}.",
        advice="Fetch the file again, or take it out of the folder.",
    ):
        if name.endswith(HDF5):
            pictures = _read_hdf5(path)
        elif name.endswith(GEOTIFF):
            pictures = [_read_geotiff(path)]
        else:
            pictures = [RadarPicture(_dbz_of_grey(path))]
        if not pictures:
            raise ValueError("it holds no reflectivity")
        return pictures


def says_radar(path: Path) -> bool:
    """True if the file's name or header says that it is from a weather radar."""
    name = path.name.lower()
    if name.endswith(HDF5):
        return True
    if name.endswith(GEOTIFF):
        return _has_geo_keys(path)
    if not name.endswith((".pgm", ".pgm.gz")):
        return False
    return bool(_RADAR.search(path.name)) or bool(_RADAR.search(_comments(path)))


_RADAR = re.compile(r"radar|dbz|reflectivity|obstime", re.IGNORECASE)


# Greys


def _dbz_of_grey(path: Path) -> Dbz:
    data = read_bytes(path, packed=path.suffix == ".gz")
    with Image.open(io.BytesIO(data), formats=("PPM", "PNG")) as image:
        _check_size(image)
        if image.format == "PNG":  # OpenCV reserves whatever a damaged one claims
            deep = image.mode.startswith("I")
            grey = np.asarray(image if deep else image.convert("L"), np.float32)
            return _of_grey(grey * (_SIXTEEN_BITS if deep else np.float32(1)))
    how = cv2.IMREAD_GRAYSCALE | cv2.IMREAD_ANYDEPTH
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), how)
    if picture is None:
        raise ValueError("it is not a picture, or is damaged")
    return _of_grey(picture.astype(np.float32) * (1 if picture.dtype == np.uint8 else _step(data)))


def _check_size(image: Image.Image) -> None:
    if image.width * image.height > _LARGEST:
        raise ValueError(f"it has {image.width}×{image.height} pixels")


def _of_grey(grey: npt.NDArray[np.float32]) -> Dbz:
    dbz = (grey - np.float32(64)) / np.float32(2)
    dbz[grey >= _UNSEEN] = np.nan
    return dbz


def _step(data: bytes) -> np.float32:
    """What one step of a grey of more than eight bits is in steps of eight."""
    header = re.match(rb"P5\s+(?:#[^\n]*\s+)*\d+\s+(?:#[^\n]*\s+)*\d+\s+(?:#[^\n]*\s+)*(\d+)", data)
    return np.float32(255 / int(header[1])) if header else _SIXTEEN_BITS


def _comments(path: Path) -> str:
    """The comments in the header of a PGM file; "" if it cannot be read."""
    with suppress(UserError), reading(path):
        with (gzip.open if path.suffix == ".gz" else open)(path, "rb") as file:
            start = file.read(2000)
        return "\n".join(re.findall(r"#[^\n]*", start.decode("latin-1"))[:40])
    return ""


# HDF5: ODIM, KNMI, netCDF-4


def _read_hdf5(path: Path) -> list[RadarPicture]:
    with path.open("rb") as start, mmap(start.fileno(), 0, access=ACCESS_READ) as data:
        if data[:3] == b"CDF":
            raise ValueError("it is an old netCDF file; convert it with: nccopy -k nc4")
        _check_heaps(data)
    try:
        import h5py
    except ImportError as error:
        raise UserError(
            "“{file}” needs the package h5py.",
            advice="Install it: pip install kirara-studio[radar]",
            file=path.name,
        ) from error
    with h5py.File(path, "r") as file:
        if "image1" in file:
            return list(_knmi_pictures(file))
        if "dataset1" in file:
            return [_odim_picture(file)]
        return _netcdf_pictures(file)


def _check_heaps(data: mmap) -> None:
    """Raise ValueError for a heap of texts (III.E of HDF5's format) that HDF5 would read for ever.

    Free space of no length follows itself there.
    """
    if len(data) < _SUPERBLOCK:
        raise ValueError("it is cut off")
    width = data[14] if data[8] < 2 else data[10]  # of lengths, in bytes
    heap = data.find(b"GCOL")
    while heap >= 0:
        at, end = heap + 16, heap + int.from_bytes(data[heap + 8 : heap + 8 + width], "little")
        while at + 16 <= min(end, len(data)):
            number = int.from_bytes(data[at : at + 2], "little")
            size = int.from_bytes(data[at + 8 : at + 8 + width], "little")
            if number == size == 0:
                raise ValueError("it is damaged: a heap of texts has no end")
            at += 16 + -(-size // 8) * 8 if number else size
        heap = data.find(b"GCOL", heap + 4)


def _odim_picture(file: h5py.File) -> RadarPicture:
    """The first quantity that is known, of an image or a composite."""
    kind = _text(_attributes(file, "what").get("object", "COMP"))
    if kind in ("PVOL", "SCAN", "RAY"):
        raise ValueError("it holds polar scans; composites and images are read")
    for dataset in sorted((name for name in file if name.startswith("dataset")), key=_number):
        group = file[dataset]
        for data in sorted((name for name in group if re.fullmatch(r"data\d+", name)), key=_number):
            what: dict[str, Any] = {
                **_attributes(file, "what"), **_attributes(group, "what"),
                **_attributes(group[data], "what"),
            }  # fmt: skip
            quantity = _text(what.get("quantity", ""))
            if quantity not in ("DBZH", "DBZV", "TH", "TV", "DBZ", "RATE"):
                continue
            raw = _array(group[data]["data"])
            values = raw * float(what.get("gain", 1)) + float(what.get("offset", 0))
            dbz = _dbz_of_rate(values) if quantity == "RATE" else values
            dbz[raw == float(what.get("undetect", np.nan))] = DRY
            dbz[raw == float(what.get("nodata", np.nan))] = np.nan
            day, time = (_text(what.get(f"start{n}") or what.get(n, "")) for n in ("date", "time"))
            return RadarPicture(dbz, _time(day + time[:4], "%Y%m%d%H%M"))
    raise ValueError("it holds neither reflectivity nor rates of rain")


def _knmi_pictures(file: h5py.File) -> Iterator[RadarPicture]:
    overview = _attributes(file, "overview")
    begin, end = (
        _knmi_time(_text(overview.get(f"product_datetime_{name}", ""))) for name in ("start", "end")
    )
    hours = (end - begin) / timedelta(hours=1) if begin and end else 0.0
    for name in sorted((name for name in file if re.fullmatch(r"image\d+", name)), key=_number):
        image = file[name]
        about = {key.lower(): value for key, value in image.attrs.items()}
        parameter = _text(about.get("image_geo_parameter", ""))
        accumulated = parameter.upper() == "ACCUMULATED_PRECIPITATION_[MM]"
        if not accumulated and "DBZ" not in parameter.upper():
            raise ValueError(f"it holds {parameter or 'something'} and not reflectivity in dBZ")
        if accumulated and hours <= 0:
            raise ValueError("it does not say during which time the rain fell")
        calibration = _attributes(image, "calibration")
        formula = re.fullmatch(
            r"GEO=([-+\d.eE]+)\*PV([-+][-+\d.eE]+)",
            _text(calibration.get("calibration_formulas", "")).replace(" ", "").replace("+-", "-"),
        )
        if formula is None:
            raise ValueError("its calibration formula is missing")
        raw = _array(image["image_data"])
        values = (raw * float(formula[1]) + float(formula[2])).astype(np.float32)
        dbz = _dbz_of_rate(values / hours) if accumulated else values
        for key in ("calibration_out_of_image", "calibration_missing_data"):
            value = np.asarray(calibration.get(key, np.nan)).ravel()[0]
            # Where both are 0, this is also where no rain is seen.
            if float(value) != 0:
                dbz[raw == float(value)] = np.nan
        yield RadarPicture(dbz, _knmi_time(_text(about.get("image_datetime_valid", ""))) or begin)


def _knmi_time(text: str) -> datetime | None:
    """Read “28-SEP-2016;14:45:00.000”, in any language of the system."""
    found = re.match(r"(\d+)-([A-Z]{3})-(\d{4});(\d\d):(\d\d)", text)
    if found is None or found[2] not in _MONTHS:
        return None
    month = _MONTHS.index(found[2]) + 1
    return _time(f"{found[3]}{month:02}{int(found[1]):02}{found[4]}{found[5]}", "%Y%m%d%H%M")


def _netcdf_pictures(file: h5py.File) -> list[RadarPicture]:
    """The first variable in dBZ or mm/h."""
    import h5py

    found: list[tuple[h5py.Dataset, str]] = []

    def look(_: str, one: object) -> None:
        if isinstance(one, h5py.Dataset) and one.ndim >= 2 and one.dtype.kind in "iuf":
            unit = _text(one.attrs.get("units", "")).lower().replace(" ", "")
            if unit in ("dbz", "mm/h", "mmh-1", "mm/hr", "mmhr-1", "mmh^-1"):
                found.append((one, unit))

    file.visititems(look)
    if not found:
        raise ValueError("it holds no variable in dBZ or mm/h")
    variable, unit = found[0]
    raw = _array(variable)
    about = variable.attrs
    values = raw * _one(about, "scale_factor", 1) + _one(about, "add_offset", 0)
    values = (values if unit == "dbz" else _dbz_of_rate(values)).astype(np.float32)
    for name in ("_FillValue", "missing_value"):
        if name in about:
            values[raw == _one(about, name, 0)] = np.nan
    pictures = values.reshape(-1, *values.shape[-2:])
    times = _netcdf_times(file, len(pictures))
    return [RadarPicture(dbz, time) for dbz, time in zip(pictures, times, strict=True)]


def _netcdf_times(file: h5py.File, count: int) -> list[datetime | None]:
    nothing: list[datetime | None] = [None] * count
    if "time" not in file:
        return nothing
    units = _text(file["time"].attrs.get("units", ""))
    found = re.match(r"([smhd])\w* since (\d{4})-(\d+)-(\d+)[T ]?(\d*):?(\d*)", units)
    values = np.asarray(file["time"][()], float).ravel()
    if found is None or len(values) != count:
        return nothing
    parts = [int(part or 0) for part in found.groups()[1:]]
    begin, unit = datetime(*parts[:3], *parts[3:]), _UNITS[found[1]]  # type: ignore[arg-type]
    return [begin + timedelta(seconds=float(value) * unit) for value in values]


def _attributes(group: h5py.Group, name: str) -> dict[str, Any]:
    return dict(group[name].attrs) if name in group else {}


def _array(data: h5py.Dataset) -> Dbz:
    """The values as they are. Raises ValueError if there are far too many."""
    if data.size == 0 or data.shape[-1] * data.shape[-2] > _LARGEST or data.size > 8 * _LARGEST:
        raise ValueError(f"it has the shape {data.shape}")
    return np.asarray(data[()], np.float32)


def _one(attributes: Any, name: str, otherwise: float) -> float:
    return float(np.asarray(attributes.get(name, otherwise)).ravel()[0])


def _text(value: object) -> str:
    if isinstance(value, np.ndarray):
        value = value.ravel()[0] if value.size else ""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _number(name: str) -> int:
    return int(re.sub(r"\D", "", name) or 0)


def _time(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form)
    except ValueError:
        return None


# GeoTIFF


def _has_geo_keys(path: Path) -> bool:
    with suppress(UserError), reading(path), Image.open(path, formats=("TIFF",)) as image:
        return _GEO_KEYS in image.tag_v2  # type: ignore[attr-defined]
    return False


def _read_geotiff(path: Path) -> RadarPicture:
    with Image.open(path, formats=("TIFF",)) as image:
        tags = image.tag_v2  # type: ignore[attr-defined]
        _check_size(image)
        if len(image.getbands()) > 1:
            raise ValueError("it has several bands")
        raw = np.asarray(image)
        scale, offset = _gdal_number(tags, "scale"), _gdal_number(tags, "offset")
        nothing = str(tags.get(_NO_DATA, "")).strip("\0 ")
    values = raw.astype(np.float32)
    if scale is None and offset is None and raw.dtype == np.uint8:
        dbz = _of_grey(values)
    else:
        factor = 1.0 if scale is None else scale
        dbz = values * np.float32(factor) + np.float32(offset or 0)
    if nothing:
        dbz[values == np.float32(nothing)] = np.nan
    return RadarPicture(dbz.astype(np.float32))


def _gdal_number(tags: Any, role: str) -> float | None:
    found = re.search(rf'role="{role}"[^>]*>([^<]+)<', str(tags.get(_GDAL_METADATA, "")))
    return float(found[1]) if found else None


# Rain


def _dbz_of_rate(rate: npt.NDArray[np.float32]) -> Dbz:
    """Millimetres an hour as dBZ: Z = 200 R^1.6 (Marshall and Palmer 1948)."""
    with np.errstate(invalid="ignore", divide="ignore"):
        dbz = 10 * np.log10(200 * np.power(rate, 1.6))
    return np.where(np.isnan(rate), np.nan, np.where(rate > 0.01, dbz, DRY)).astype(np.float32)
