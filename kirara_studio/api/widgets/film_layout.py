"""Where the parts of a filmstrip lie. Plain geometry: no widget, no painting."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

MARGIN = 24
GAP = 12
_NARROWEST, _WIDEST = 104, 300  # a segment between two pictures


@dataclass(frozen=True)
class FilmLayout:
    """Square pictures in a row, some with a segment after them, and an empty place at the end.

    ``segments[i]`` says whether a segment follows picture i. ``width`` and ``height`` are the
    viewport's, in its units; ``scrolled`` is how far it is scrolled to the right.
    """

    segments: tuple[bool, ...]
    width: float
    height: float
    scrolled: float = 0.0

    @property
    def side(self) -> float:
        """The side of a picture."""
        return max(48.0, self.height - 34.0)

    @property
    def segment_width(self) -> float:
        """How wide each segment is, so that the strip fills the viewport where it can."""
        count = sum(self.segments)
        if not count:
            return 0.0
        pictures = (len(self.segments) + 1) * (self.side + GAP)
        return min(max((self.width - 2 * MARGIN - pictures) / count - GAP, _NARROWEST), _WIDEST)

    @property
    def content_width(self) -> float:
        """How wide everything is, with the margins."""
        return self.picture_box(len(self.segments)).right() + self.scrolled + MARGIN

    def picture_box(self, index: int) -> QRectF:
        """Picture ``index``; one past the last is the empty place."""
        before = self.segments[:index]
        x = MARGIN + index * (self.side + GAP) + sum(before) * (self.segment_width + GAP)
        return QRectF(x - self.scrolled, 14, self.side, self.side)

    def segment_box(self, index: int) -> QRectF:
        """The segment after picture ``index``."""
        box = self.picture_box(index)
        return QRectF(box.right() + GAP, box.center().y() - 23, self.segment_width, 46)

    def note_box(self, index: int) -> QRectF:
        """The seconds and the note of a segment, as one button."""
        box = self.segment_box(index)
        return QRectF(box.left(), box.top(), box.width(), 24)

    def track_box(self, index: int) -> QRectF:
        """The slider of a segment."""
        box = self.segment_box(index)
        return QRectF(box.left(), box.top() + 24, box.width(), 22)

    def remove_box(self, index: int) -> QRectF:
        """The small cross that removes picture ``index``."""
        corner = self.picture_box(index).topLeft()
        return QRectF(corner.x() - 6, corner.y() - 6, 20, 20)

    def part_at(self, point: QPointF, crossed: int = -1) -> tuple[str, int]:
        """What lies at ``point``: ("remove" | "item" | "note" | "track" | "add" | "", index).

        ``crossed`` is the picture whose cross is shown.
        """
        if crossed >= 0 and self.remove_box(crossed).contains(point):
            return "remove", crossed
        for index, segment in enumerate(self.segments):
            if self.picture_box(index).contains(point):
                return "item", index
            if segment and self.note_box(index).contains(point):
                return "note", index
            if segment and self.track_box(index).contains(point):
                return "track", index
        if self.picture_box(len(self.segments)).contains(point):
            return "add", len(self.segments)
        return "", -1

    def place_at(self, x: float) -> int:
        """Before which picture something dropped at ``x`` belongs."""
        centres = [self.picture_box(i).center().x() for i in range(len(self.segments))]
        return sum(centre < x for centre in centres)
