"""The contact sheet: what a training would use of the chosen pictures, and why not the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kirara_studio.api.media.training_pictures import (
    BLANK,
    DUPLICATE,
    NO_FACE,
    NOT_A_PICTURE,
    OUTSIDE,
    REASONS,
    SMALL,
    UNREADABLE,
    YOU,
    Crop,
    TrainingPictures,
)
from kirara_studio.api.widgets.button import Button
from kirara_studio.api.widgets.cells import CellPainter, Cells, Index
from kirara_studio.api.widgets.drop_zone import TakesFiles
from kirara_studio.api.widgets.icons import paint_icon
from kirara_studio.api.widgets.keyboard import KeyboardFocus
from kirara_studio.api.widgets.label import Label, plain_tip
from kirara_studio.api.widgets.mixins import Translated
from kirara_studio.api.widgets.segments import Segments
from kirara_studio.api.widgets.style import RADIUS, color, draw_focus_ring, font

if TYPE_CHECKING:
    from kirara_studio.api.widgets.picture_chooser import PictureChooser

translate = QCoreApplication.translate

ALL, USED, LEFT_OUT = range(3)
"""The tabs of a sheet."""

_SIDE, _CAPTION, _GAP = 108, 20, 8  # pixels


def reason_text(crop: Crop) -> str:
    """Why a crop is left out, in the language of the window; "" if it is used."""
    detail = Path(crop.detail).name if crop.why == DUPLICATE else crop.detail
    texts = {
        NOT_A_PICTURE: translate("widgets", "not a picture"),
        UNREADABLE: translate("widgets", "damaged or unreadable"),
        NO_FACE: translate("widgets", "no face found"),
        SMALL: translate("widgets", "smaller than {0} pixels"),
        BLANK: translate("widgets", "one colour only"),
        OUTSIDE: translate("widgets", "mostly outside the picture"),
        DUPLICATE: translate("widgets", "nearly the same as {0}"),
        YOU: translate("widgets", "left out by you"),
    }
    return texts[crop.why].format(detail) if crop.why else ""


def _caption(crop: Crop) -> str:
    """The same in a few words, for the line below a picture."""
    if crop.why == DUPLICATE:
        return translate("widgets", "like {0}").format(Path(crop.detail).name)
    if crop.why == SMALL:
        return translate("widgets", "under {0} pixels").format(crop.detail)
    if crop.why == UNREADABLE:
        return translate("widgets", "damaged")
    return reason_text(crop)


class _SheetCells(Cells):
    """``rows`` are the numbers of the crops, row by row."""

    def __init__(self, view: SheetGrid) -> None:
        self.rows: Sequence[int] = ()
        self.crops: Sequence[Crop] = ()
        super().__init__(view, self._words)

    def show(self, crops: Sequence[Crop], rows: Sequence[int]) -> None:
        self.crops, self.rows = crops, rows
        self.set_count(len(rows))

    def crop(self, row: int) -> Crop:
        return self.crops[self.rows[row]]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole:
            crop = self.crop(index.row())
            more = [crop.path, reason_text(crop)]
            if crop.why == UNREADABLE:
                more.append(crop.detail)
            elif crop.square is not None:
                left, top, side = crop.square
                size = translate("widgets", "{side}×{side} pixels from {left}, {top}")
                more.append(size.format(side=side, left=left, top=top))
            return plain_tip("\n".join(line for line in more if line))
        return super().data(index, role)

    def _words(self, row: int) -> str:
        crop = self.crop(row)
        name = Path(crop.path).name
        if crop.used:
            return translate("widgets", "{0}, used").format(name)
        return translate("widgets", "{0}, left out: {1}").format(name, reason_text(crop))


class SheetGrid(QListView):
    """Crops in rows; only those in sight ask for their small picture, ``thumbnail(crop)``.

    A click, Space or Enter emits :attr:`toggled` with the numbers of crops. Ctrl and Shift select
    several; Ctrl+A selects all.
    """

    toggled = Signal(list)

    def __init__(self, thumbnail: Callable[[Crop], QImage | None]) -> None:
        super().__init__()
        self._thumbnail = thumbnail
        self.captions = True
        self._pressed = QModelIndex()
        self._keyboard = KeyboardFocus(self)
        self.cells = _SheetCells(self)
        CellPainter(self, lambda _: self._cell_size(), self._paint_cell)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("QListView { background: transparent; border: none; }")

    @property
    def chosen(self) -> list[int]:
        """The numbers of the selected crops, or else of the current one."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        if not rows and self.currentIndex().isValid():
            rows = [self.currentIndex().row()]
        return [self.cells.rows[row] for row in rows]

    def show_crops(self, crops: Sequence[Crop], rows: Sequence[int], *, captions: bool) -> None:
        """Show the crops of these numbers; with ``captions`` each has a line for its reason."""
        if rows != self.cells.rows:
            self.clearSelection()
        if captions != self.captions:
            self.captions = captions
            self._arrange()
        self.cells.show(crops, rows)
        self.viewport().update()

    def _cell_size(self) -> QSize:
        side = self.gridSize().width()
        return QSize(side, side + (_CAPTION if self.captions else 0))

    def _arrange(self) -> None:
        """Fill the width with whole columns."""
        width = self.viewport().width() - 1
        columns = max(1, width // (_SIDE + _GAP))
        side = max(_SIDE, width // columns)
        self.setGridSize(QSize(side, side + (_CAPTION if self.captions else 0)))
        self.verticalScrollBar().setSingleStep(side // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)

    # Mouse and keyboard

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self.indexAt(event.position().toPoint())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().mousePressEvent(event)  # selects
        else:
            self.clearSelection()
            self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons():  # else Qt would select what the pointer passes
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        pressed, self._pressed = self._pressed, QModelIndex()
        plain = not event.modifiers() and event.button() == Qt.MouseButton.LeftButton
        if plain and index.isValid() and index == pressed:
            self.selectionModel().setCurrentIndex(
                index, self.selectionModel().SelectionFlag.NoUpdate
            )
            self.toggled.emit([self.cells.rows[index.row()]])

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(event.key() == Qt.Key.Key_Space and not event.modifiers())
            if event.isAccepted():
                return True  # the panel has a shortcut for that key
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() in keys and not event.modifiers():
            if self.chosen:
                self.toggled.emit(self.chosen)
        elif event.key() == Qt.Key.Key_Escape and self.selectedIndexes():
            self.clearSelection()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Tab):
            event.ignore()
        else:
            if event.key() != Qt.Key.Key_Control:
                self._keyboard.here = True
            super().keyPressEvent(event)
            self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._keyboard.here and not self.currentIndex().isValid() and self.cells.rows:
            flag = self.selectionModel().SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(self.cells.index(0), flag)

    # Painting

    def _paint_cell(self, painter: QPainter, row: int, whole: QRectF) -> None:
        crop, index = self.cells.crop(row), self.cells.index(row)
        side = self.gridSize().width() - _GAP
        box = QRectF(whole.left() + _GAP / 2, whole.top() + _GAP / 2, side, side)
        selected = self.selectionModel().isSelected(index)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("sunken"))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        self._paint_picture(painter, crop, box.adjusted(4, 4, -4, -4))
        if not crop.used:
            self._paint_left_out(painter, crop, box)
        if selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color("accent"), 2.5))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        if index == self.currentIndex() and self.hasFocus() and self._keyboard.here:
            draw_focus_ring(painter, box, RADIUS)

    def _paint_picture(self, painter: QPainter, crop: Crop, inner: QRectF) -> None:
        image = self._thumbnail(crop)
        if image is None:
            return
        if image.isNull():
            middle = QRectF(inner.center().x() - 14, inner.center().y() - 14, 28, 28)
            paint_icon(painter, "picture", middle, color("text_disabled"))
            return
        painter.setOpacity(1.0 if crop.used else 0.35)
        painter.drawImage(inner, image)
        painter.setOpacity(1.0)

    def _paint_left_out(self, painter: QPainter, crop: Crop, box: QRectF) -> None:
        badge = QRectF(box.right() - 26, box.top() + 6, 20, 20)
        painter.setPen(QPen(color("surface"), 1.5))
        painter.setBrush(color("text_soft"))
        painter.drawEllipse(badge)
        paint_icon(painter, "close", badge.adjusted(4, 4, -4, -4), color("surface"))
        if self.captions:
            painter.setFont(font(self, 12))
            painter.setPen(color("text_soft"))
            below = QRectF(box.left(), box.bottom(), box.width(), _CAPTION)
            text = painter.fontMetrics().elidedText(
                _caption(crop), Qt.TextElideMode.ElideRight, int(below.width())
            )
            painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, text)


class ContactSheet(TakesFiles, Translated, QWidget):
    """Shows a :class:`PictureChooser`: counts, tabs, and the crops.

    A click or Space uses a crop or leaves it out; “Put back” and “Leave out” do it to all that are
    selected. Files and folders may be dropped on it: connect :attr:`dropped`.
    :attr:`folder_requested` and :attr:`files_requested` ask for more.
    """

    dropped = Signal(list)
    folder_requested = Signal()
    files_requested = Signal()

    def __init__(self, chooser: PictureChooser, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chooser = chooser
        self._shown: tuple[int, tuple[str, ...], int, bool] | None = None
        self.tabs = Segments(["", "", ""])
        self.summary = Label(size=12, tone="text_soft", elide=True)
        self.put_back_button = Button(icon="undo", small=True)
        self.leave_out_button = Button(icon="close", small=True)
        self.sources_button = Button(icon="folder", small=True)
        self.retry_button = Button(icon="retry", small=True)
        self.sources_menu = QMenu(self)
        self.sources_button.set_menu(self.sources_menu)
        self.grid = SheetGrid(chooser.thumbnail)
        self.setAcceptDrops(True)
        self._assemble()
        self._connect()
        self._retranslate()

    def _assemble(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.tabs)
        top.addStretch(1)
        for button in (self.leave_out_button, self.put_back_button, self.sources_button):
            top.addWidget(button)
        below = QHBoxLayout()
        below.addWidget(self.summary, 1)
        below.addWidget(self.retry_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(below)
        column.addWidget(self.grid, 1)

    def _connect(self) -> None:
        chooser = self._chooser
        chooser.changed.connect(self._show)
        chooser.thumbnails_arrived.connect(self.grid.viewport().update)
        self.tabs.chosen.connect(self._show)
        self.tabs.chosen.connect(self.grid.scrollToTop)
        self.grid.toggled.connect(self._toggle)
        self.grid.selectionModel().selectionChanged.connect(self._enable)
        self.grid.selectionModel().currentChanged.connect(self._enable)
        self.put_back_button.clicked.connect(lambda: self._set_used(True))
        self.leave_out_button.clicked.connect(lambda: self._set_used(False))
        self.retry_button.clicked.connect(chooser.check_again)
        self.sources_menu.aboutToShow.connect(self._fill_menu)

    def sizeHint(self) -> QSize:
        return QSize(800, 480)

    def _show_drag(self, here: bool) -> None:
        self.grid.viewport().update()

    # What is shown

    def _show(self) -> None:
        pictures, tab = self._chooser.pictures, self.tabs.current
        # What is used or left out stays where it is until another tab is chosen: a wall that closes
        # its gaps under the pointer would let the next click hit another picture.
        shown = tab, pictures.sources, len(pictures.crops), self._chooser.busy
        rows = self.grid.cells.rows
        if shown != self._shown:
            self._shown, rows = shown, _rows_of(pictures, tab)
        self.grid.show_crops(pictures.crops, rows, captions=tab != USED)
        self._show_words(pictures)
        self._enable()

    def _show_words(self, pictures: TrainingPictures) -> None:
        used, left_out = len(pictures.used), pictures.left_out
        texts = (
            translate("widgets", "All {0}").format(f"{used + left_out:,}"),
            translate("widgets", "Used {0}").format(f"{used:,}"),
            translate("widgets", "Left out {0}").format(f"{left_out:,}"),
        )
        self.tabs.set_texts(texts)
        self.summary.setText(self._summary(used, left_out))
        count = len(pictures.sources)
        text = translate("widgets", "Sources: {0}").format(f"{count:,}")
        self.sources_button.set_content(text)

    def _summary(self, used: int, left_out: int) -> str:
        chooser = self._chooser
        counts = translate("widgets", "{0} used, {1} left out").format(f"{used:,}", f"{left_out:,}")
        if chooser.busy and chooser.progress.text:
            text = translate("widgets", "Looking at {0} of {1}: {2}")
            done, total = (f"{int(n):,}" for n in (chooser.progress.done, chooser.progress.total))
            return f"{counts}  ·  {text.format(done, total, chooser.progress.text)}"
        if chooser.unfinished:
            stopped = translate("widgets", "Stopped: some files were not looked at")
            return f"{counts}  ·  {stopped}"
        if not used + left_out:
            return translate("widgets", "There are no pictures in what was chosen")
        hint = translate("widgets", "Click a picture to leave it out, or to put it back")
        return f"{counts}  ·  {hint}"

    def _enable(self) -> None:
        crops = self._chooser.pictures.crops
        chosen = [crops[number] for number in self.grid.chosen if number < len(crops)]
        free = not self._chooser.busy
        put = any(not crop.used and crop.square is not None for crop in chosen)
        self.put_back_button.setEnabled(free and put)
        self.leave_out_button.setEnabled(free and any(crop.used for crop in chosen))
        self.retry_button.setVisible(self._chooser.unfinished)

    def _fill_menu(self) -> None:
        menu, chooser = self.sources_menu, self._chooser
        menu.clear()
        menu.addAction(translate("widgets", "Add a folder…"), self.folder_requested.emit)
        menu.addAction(translate("widgets", "Add pictures…"), self.files_requested.emit)
        menu.addSeparator()
        for source in chooser.sources:
            text = translate("widgets", "Remove {0}").format(source.name).replace("&", "&&")
            action = menu.addAction(text, partial(chooser.remove, source))
            action.setToolTip(plain_tip(str(source)))
        menu.addSeparator()
        menu.addAction(translate("widgets", "Remove all"), chooser.clear)
        menu.addSeparator()
        if chooser.can_find_faces:
            action = menu.addAction(translate("widgets", "Crop to faces"))
            action.setCheckable(True)
            action.setChecked(chooser.faces)
            action.toggled.connect(chooser.set_faces)
        menu.addAction(translate("widgets", "Check again"), chooser.check_again)

    # What the user does

    def _toggle(self, numbers: list[int]) -> None:
        """Use what is left out if there is any among them, else leave all out."""
        crops = self._chooser.pictures.crops
        there = [number for number in numbers if crops[number].square is not None]
        self._chooser.set_used(there, any(not crops[number].used for number in there))

    def _set_used(self, used: bool) -> None:
        self._chooser.set_used(self.grid.chosen, used)

    def _retranslate(self) -> None:
        self.grid.setAccessibleName(translate("widgets", "Pictures of the training"))
        self.tabs.set_name(translate("widgets", "Pictures shown"))
        self.put_back_button.set_content(translate("widgets", "Put back"))
        self.leave_out_button.set_content(translate("widgets", "Leave out"))
        self.retry_button.set_content(translate("widgets", "Go on"))
        self._show()


def _rows_of(pictures: TrainingPictures, tab: int) -> list[int]:
    """The numbers of the crops in a tab; those left out by their reason."""
    numbers = range(len(pictures.crops))
    if tab == ALL:
        return list(numbers)
    if tab == USED:
        return [number for number in numbers if pictures.crops[number].used]
    order = {reason: place for place, reason in enumerate(REASONS)}
    left_out = [number for number in numbers if not pictures.crops[number].used]
    return sorted(left_out, key=lambda number: order[pictures.crops[number].why])
