"""Line icons from SVG files, in any colour."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from kirara_studio.api.resources import resource_folder

FALLBACK = "panel"
_LARGEST_FILE = 200_000


def icon_path(name: str, package: Path | None = None) -> Path:
    """The file of an icon: a name in the studio's own folder, or a path inside ``package``.

    What does not exist, or is no SVG file, or lies outside the package, becomes a plain icon.
    """
    own = resource_folder() / "icons" / f"{name}.svg"
    if own.is_file() and "/" not in name:
        return own
    if package is not None and name.endswith(".svg"):
        path = (package / name).resolve()
        if path.is_relative_to(package.resolve()) and path.is_file():
            return path
    return resource_folder() / "icons" / f"{FALLBACK}.svg"


def icon_pixmap(path: Path, color: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon in ``color`` (``#RRGGBB``), ``size`` device-independent pixels wide and high."""
    return _rendered(path, color, size, ratio)


def icon(name: str, color: str, size: int = 20) -> QIcon:
    """One of the studio's own icons for a button, sharp at ordinary and at high resolution."""
    result = QIcon()
    for ratio in (1.0, 2.0):
        result.addPixmap(icon_pixmap(icon_path(name), color, size, ratio))
    return result


def app_icon() -> QIcon:
    """The studio's icon for windows and the tray."""
    result = QIcon()
    for path in sorted((resource_folder() / "icons" / "app").glob("kirara-studio-*.png")):
        result.addFile(str(path))
    return result


def recoloured(path: Path, color: str) -> str:
    """The SVG text of an icon with ``currentColor`` replaced."""
    return path.read_text(encoding="utf-8").replace("currentColor", color)


@lru_cache(maxsize=512)
def _rendered(path: Path, color: str, size: int, ratio: float) -> QPixmap:
    pixels = round(size * ratio)
    image = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    try:
        small_enough = path.stat().st_size <= _LARGEST_FILE
        text = recoloured(path, color) if small_enough else ""
    except (OSError, UnicodeDecodeError):
        text = ""
    renderer = QSvgRenderer(QByteArray(text.encode()))
    if renderer.isValid():
        with QPainter(image) as painter:
            renderer.render(painter, QRectF(0, 0, pixels, pixels))
    pixmap = QPixmap.fromImage(image)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
