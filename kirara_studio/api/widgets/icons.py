"""Icons: SVG files on a 24 × 24 grid whose ``currentColor`` becomes a colour of the theme."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from kirara_studio.api.files import is_file
from kirara_studio.api.resources import resource_folder
from kirara_studio.api.widgets.tokens import current_tokens

FALLBACK = "panel"
_LARGEST_FILE = 200_000
_WINDOW_ICON_SIZES = (16, 24, 32, 48, 64, 128)


def icon_path(name: str, package: Path | None = None) -> Path:
    """The file of an icon: a name in the studio's own folder, or a path inside ``package``.

    A missing file, a file that is not an SVG, or one outside the package gives a plain icon.
    """
    own = resource_folder() / "icons" / f"{name}.svg"
    if is_file(own) and "/" not in name:
        return own
    if package is not None and name.endswith(".svg"):
        path = (package / name).resolve()
        if path.is_relative_to(package.resolve()) and is_file(path):
            return path
    return resource_folder() / "icons" / f"{FALLBACK}.svg"


def paint_icon(painter: QPainter, name: str | Path, box: QRectF, color: QColor) -> None:
    """Paint an icon (a name in ``resources/icons``, or a file) into the middle of ``box``.

    Raises KeyError for an unknown name; a file that cannot be read paints nothing.
    """
    side = min(box.width(), box.height())
    square = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
    path = name if isinstance(name, Path) else _own_path(name)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(painter.opacity() * color.alphaF())
    _renderer(path, color.name()).render(painter, square)
    painter.restore()


def icon_pixmap(path: Path, color: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon in ``color`` (``#RRGGBB``), ``size`` device-independent pixels wide and high."""
    pixels = round(size * ratio)
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        paint_icon(painter, path, QRectF(pixmap.rect()), QColor(color))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def make_icon(name: str, color: str, size: int = 20) -> QIcon:
    """One of the studio's own icons for one of Qt's widgets, sharp at 100 % and at 200 %."""
    result = QIcon()
    for ratio in (1.0, 2.0):
        result.addPixmap(icon_pixmap(icon_path(name), color, size, ratio))
    return result


def app_icon() -> QIcon:
    """The studio's icon for windows and the tray, up to 128 pixels.

    The larger files are for packages. Every window would decode them and send them to the X server
    before its first paint, which took as long as the rest of ``show()``.
    """
    result = QIcon()
    for size in _WINDOW_ICON_SIZES:
        result.addFile(str(resource_folder() / "icons" / "app" / f"kirara-studio-{size}.png"))
    return result


def recoloured(path: Path, color: str) -> str:
    """The SVG text of an icon with ``currentColor`` replaced."""
    return path.read_text(encoding="utf-8").replace("currentColor", color)


def forget_icons() -> None:
    """Read icons again, after their files changed."""
    _renderer.cache_clear()


class Icon(QWidget):
    """An icon in a colour of the theme (``tone``, a token's name); not a control."""

    def __init__(self, name: str, tone: str = "text_soft", size: int = 20) -> None:
        super().__init__()
        self._name, self._tone = name, tone
        self.setFixedSize(size, size)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            color = QColor(getattr(current_tokens(), self._tone))
            paint_icon(painter, self._name, QRectF(self.rect()), color)


@lru_cache(maxsize=128)
def _own_path(name: str) -> Path:
    path = resource_folder() / "icons" / f"{name}.svg"
    if not is_file(path):
        raise KeyError(f"no icon is called {name!r}")
    return path


@lru_cache(maxsize=512)
def _renderer(path: Path, color: str) -> QSvgRenderer:
    try:
        text = recoloured(path, color) if path.stat().st_size <= _LARGEST_FILE else ""
    except (OSError, UnicodeDecodeError):
        text = ""
    return QSvgRenderer(QByteArray(text.encode()))
