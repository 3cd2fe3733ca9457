"""Render the app icon, ``resources/icons/app/kirara-studio.svg``, in the sizes systems ask for.

Run it after the drawing changed; a test compares what it makes with what is stored.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "icons" / "app"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)


def render(drawing: Path, size: int) -> QImage:
    """The drawing as a picture of ``size`` × ``size`` pixels, with transparency."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    with QPainter(image) as painter:
        QSvgRenderer(str(drawing)).render(painter)
    return image.convertToFormat(QImage.Format.Format_ARGB32)


def main() -> None:
    """Write ``kirara-studio-SIZE.png`` for every size."""
    drawing = FOLDER / "kirara-studio.svg"
    for size in SIZES:
        render(drawing, size).save(str(FOLDER / f"kirara-studio-{size}.png"))


if __name__ == "__main__":
    main()
