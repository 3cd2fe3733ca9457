"""The phrases of a line as one picture, edited by mouse and keyboard."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QKeyCombination,
    QModelIndex,
    QObject,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QListView, QMenu, QSizePolicy, QToolTip

from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.view.menus import new_menu
from kirara_speech.view.phrase_edits import LENGTH_STEP, PAUSE_STEP, PITCH_STEP, PhraseEdits
from kirara_speech.view.phrase_layout import LOWEST, Hit, PhraseLayout, Place
from kirara_speech.view.phrase_painting import Marks, PhrasePainter
from kirara_speech.view.phrase_words import mora_text, tip_text
from kirara_speech.view.reading_field import ReadingField
from kirara_studio.api.widgets.cells import Cells, Index
from kirara_studio.api.widgets.style import color, font

translate = QCoreApplication.translate

_CURSORS = {
    "pitch": Qt.CursorShape.SizeVerCursor,
    "edge": Qt.CursorShape.SizeHorCursor,
    "kana": Qt.CursorShape.ArrowCursor,
}
_PAUSE_PER_PIXEL = 0.02
_ARROWS = {"Up": "↑", "Down": "↓", "Left": "←", "Right": "→"}
_ARROW = re.compile("|".join(_ARROWS))
_BAR = 14  # pixels for a scroll bar below


@dataclass(frozen=True)
class _Drag:
    """The dragged part, the start of the drag, the value there, and its change per pixel."""

    hit: Hit
    start: QPointF
    value: float
    scale: float


class PhraseView(QListView):
    """Shows and edits the phrases of :attr:`edits`.

    Each mora is a row of the model, for screen readers; the picture is painted as a whole.
    """

    def __init__(self) -> None:
        super().__init__()
        self.edits = PhraseEdits(self)
        self._unmodified: Mapping[Place, float] = {}
        self._measured: Mapping[Place, float] = {}
        self._layout = PhraseLayout((), 0, 0, self._unmodified)
        self._hint = ""
        self._capabilities: Mapping[str, str] = {}
        self._hovered: Hit | None = None
        self._drag: _Drag | None = None
        self.heard: float | None = None  # the mark of the sound, in pixels from the left
        self._editor: ReadingField | None = None
        self._cells = Cells(self, self._name_of, self._note_of)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QListView { background: transparent; border: none; }")
        self.setUniformItemSizes(True)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(int(LOWEST) + _BAR)
        self.viewport().setMouseTracking(True)
        self.viewport().installEventFilter(self)
        self.edits.moved.connect(self._on_moved)
        self.edits.reading_wanted.connect(self.type_reading)
        self._describe()

    # What is shown

    def show_phrases(
        self,
        phrases: tuple[AccentPhrase, ...],
        unmodified: Mapping[Place, float] | None = None,
        measured: Mapping[Place, float] | None = None,
        hint: str = "",
        capabilities: Mapping[str, str] | None = None,
    ) -> None:
        """Show phrases, or ``hint`` without any.

        ``unmodified`` and ``measured``, in semitones around the mean, are the pitch of the voice
        without the user's edits and the spoken one; ``capabilities`` are the voice's.
        """
        self._unmodified, self._measured, self._hint = unmodified or {}, measured or {}, hint
        self._capabilities = capabilities or {}
        if phrases != self.edits.phrases:
            self._close_editor()
            self._hovered = None
        if [len(p.morae) for p in phrases] != [len(p.morae) for p in self.edits.phrases]:
            self._drag = None  # what was dragged may be gone
        self.edits.show(phrases)
        self._cells.set_count(len(self.edits.places))
        self._on_moved()
        self.updateGeometries()

    def set_cursor(self, place: Place | None, share: float = 0.0) -> None:
        """Mark the sound that is played: a ``share`` (0 to 1) of a mora; mora -1 is a pause."""
        self.heard = None
        if place is not None and place[0] < len(self.edits.phrases):
            card = self.layout_now.cards[place[0]]
            if place[1] < 0:
                self.heard = card.right + share * (card.gap - card.right)
            elif place[1] < len(card.columns):
                column = card.columns[place[1]]
                self.heard = column.left + share * (column.right - column.left)
        if self.heard is not None:
            self._scroll_to(self.heard - 40, self.heard + 160)
        self.viewport().update()

    @property
    def layout_now(self) -> PhraseLayout:
        """The current layout; the same object until something changes."""
        phrases, kept = self.edits.phrases, self._layout
        room, height = self.viewport().width(), self.viewport().height()
        same = kept.phrases is phrases and kept.unmodified is self._unmodified
        if not same or (kept.room, kept.height) != (room, height):
            self._layout = PhraseLayout(phrases, room, height, self._unmodified)
        return self._layout

    def sizeHint(self) -> QSize:
        return QSize(400, int(LOWEST) + _BAR + 40)

    # The cells

    def _name_of(self, row: int) -> str:
        return mora_text(self.edits.phrases, self.edits.places[row])

    def _note_of(self, row: int) -> str:
        phrase = self.edits.phrases[self.edits.places[row][0]]
        pause = translate("speech", "Pause after the phrase")
        return f"{phrase.kana}, {pause}" if phrase.pause else phrase.kana

    def _describe(self) -> None:
        self.setAccessibleName(translate("speech", "Accents and pitch"))
        there = bool(self.edits.phrases)
        self.setAccessibleDescription(
            mora_text(self.edits.phrases, self.edits.place) if there else self._hint
        )

    def _on_moved(self) -> None:
        if self.edits.places:
            self.setCurrentIndex(self._cells.index(self.edits.places.index(self.edits.place)))
        self._describe()
        self.viewport().update()

    def visualRect(self, index: Index) -> QRect:
        if index.row() not in range(len(self.edits.places)):
            return QRect()
        column = self.layout_now.column(self.edits.places[index.row()])
        left = int(column.left) - self.horizontalScrollBar().value()
        return QRect(left, 0, int(column.right - column.left), self.viewport().height())

    def indexAt(self, point: QPoint) -> QModelIndex:
        hit = self._hit(QPointF(point))
        if hit is None or (hit.phrase, hit.mora) not in self.edits.places:
            return QModelIndex()
        return self._cells.index(self.edits.places.index((hit.phrase, hit.mora)))

    # Scrolling

    def updateGeometries(self) -> None:
        bar, room = self.horizontalScrollBar(), self.viewport().width()
        bar.setPageStep(room)
        bar.setRange(0, max(int(self.layout_now.width) - room, 0))

    def scrollTo(
        self, index: Index, hint: QListView.ScrollHint = QListView.ScrollHint.EnsureVisible
    ) -> None:
        if index.isValid():
            column = self.layout_now.column(self.edits.places[index.row()])
            self._scroll_to(column.left - 20, column.right + 20)

    def _scroll_to(self, left: float, right: float) -> None:
        bar, room = self.horizontalScrollBar(), self.viewport().width()
        if right > bar.value() + room:
            bar.setValue(int(right - room))
        if left < bar.value():
            bar.setValue(int(left))

    def _at(self, point: QPointF) -> QPointF:
        return point + QPointF(self.horizontalScrollBar().value(), 0)

    def _hit(self, point: QPointF) -> Hit | None:
        return self.layout_now.hit(self._at(point).x(), point.y())

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        hit = self._hit(event.position())
        if hit is None or event.button() != Qt.MouseButton.LeftButton:
            return
        edits = self.edits
        if hit.kind in ("pitch", "edge", "kana", "vowel"):
            edits.go(hit.phrase, hit.mora)
        if hit.kind == "accent":
            edits.go(hit.phrase, max(hit.mora - 1, 0))
            edits.set_accent(hit.phrase, hit.mora)
        elif hit.kind == "vowel":
            edits.toggle_devoiced((hit.phrase, hit.mora))
        elif hit.kind == "split":
            edits.split(hit.phrase, hit.mora)
        elif hit.kind == "join":
            edits.join(hit.phrase)
        elif hit.kind == "question":
            edits.go(hit.phrase, 10_000)
            edits.toggle_question()
        elif hit.kind in ("pitch", "edge", "pause"):
            self._drag = self._begin(hit, self._at(event.position()))

    def _begin(self, hit: Hit, start: QPointF) -> _Drag:
        layout, phrase = self.layout_now, self.edits.phrases[hit.phrase]
        if hit.kind == "pause":
            return _Drag(hit, start, phrase.pause_length, _PAUSE_PER_PIXEL)
        mora = phrase.morae[hit.mora]
        if hit.kind == "pitch":
            return _Drag(hit, start, mora.pitch, layout.semitones_per_pixel)
        return _Drag(hit, start, mora.length, 1 / layout.column_width)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None:
            self._pull(self._at(event.position()), settled=False)
            return
        hit = self._hit(event.position())
        if hit != self._hovered:
            self._hovered = hit
            shape = Qt.CursorShape.PointingHandCursor
            self.viewport().setCursor(
                Qt.CursorShape.ArrowCursor if hit is None else _CURSORS.get(hit.kind, shape)
            )
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag = self._drag
        if drag is None or event.button() != Qt.MouseButton.LeftButton:
            return
        point = self._at(event.position())
        if (point - drag.start).manhattanLength() >= 3:
            self._pull(point, settled=True)
        elif drag.hit.kind == "pause":
            self.edits.toggle_pause(drag.hit.phrase)
        self._drag = None
        self.viewport().update()

    def _pull(self, point: QPointF, *, settled: bool) -> None:
        drag = self._drag
        if drag is None:
            return
        place = (drag.hit.phrase, drag.hit.mora)
        away = point - drag.start
        right, up = away.x() * drag.scale, -away.y() * drag.scale
        if drag.hit.kind == "pitch":
            self.edits.set_pitch(place, drag.value + up, settled=settled)
        elif drag.hit.kind == "edge":
            self.edits.set_length(place, drag.value + right, settled=settled)
        elif self.edits.phrases[drag.hit.phrase].pause:
            self.edits.set_pause_length(drag.hit.phrase, drag.value + right + up, settled=settled)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        hit = self._hit(event.position())
        if hit is None:
            return
        if hit.kind == "kana":
            self.type_reading(hit.phrase)
        elif hit.kind == "pitch":
            self.edits.set_pitch((hit.phrase, hit.mora), 0)
        elif hit.kind == "edge":
            self.edits.set_length((hit.phrase, hit.mora), 1)
        else:
            self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change lengths and pauses, pitches with Shift; anywhere else scroll sideways."""
        hit = self._hit(event.position()) or Hit("", 0)
        turned = event.angleDelta().y() or event.angleDelta().x()
        sign = 1 if turned > 0 else -1
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if hit.kind == "pause" and self.edits.phrases[hit.phrase].pause:
            self.edits.lengthen_pause(hit.phrase, sign * PAUSE_STEP)
        elif hit.kind == "edge":
            self.edits.go(hit.phrase, hit.mora)
            self.edits.lengthen(sign * LENGTH_STEP)
        elif hit.kind == "pitch" and shift:
            self.edits.go(hit.phrase, hit.mora)
            self.edits.raise_pitch(sign * PITCH_STEP)
        else:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - turned)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.viewport().update()

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        keys = QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key())))
        command = self.edits.command(keys.toString())
        if command is None:
            event.ignore()  # a list would search for the typed text
        else:
            command()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.edits.phrases:
            return
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        hit = None if keyboard else self._hit(QPointF(event.pos()))
        if hit is not None:
            mora = hit.mora - 1 if hit.kind == "accent" else hit.mora
            last = hit.kind in ("question", "pause", "join")
            self.edits.go(hit.phrase, 10_000 if last else mora)
        place = event.globalPos()
        if keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.menu().popup(place)

    def menu(self) -> QMenu:
        entries = [
            entry and replace(entry, keys=_ARROW.sub(lambda m: _ARROWS[m[0]], entry.keys))
            for entry in self.edits.entries()
        ]
        return new_menu(self, entries)

    # Typing a reading

    def type_reading(self, phrase: int) -> None:
        self._close_editor()
        layout = self.layout_now
        card, (top, bottom) = layout.cards[phrase], layout.kana_band
        editor = ReadingField(self.edits.phrases[phrase].kana, self.viewport())
        editor.setAccessibleName(translate("speech", "Reading"))
        width = max(int(card.right - card.left), 120)
        left = int(card.left) - self.horizontalScrollBar().value()
        editor.setGeometry(left, int(top) - 4, width, int(bottom - top) + 10)
        editor.selectAll()
        editor.cancelled.connect(self._cancel_editor)
        editor.editingFinished.connect(lambda: self._read(phrase))
        self._editor = editor
        editor.show()
        editor.setFocus()

    def _read(self, phrase: int) -> None:
        editor = self._editor
        if editor is None:
            return
        kana, back = editor.text(), editor.hasFocus()
        changed = kana != self.edits.phrases[phrase].kana
        problem = self.edits.problem_of(phrase, kana) if changed else ""
        if problem:
            editor.show_problem(problem)
            return
        self._close_editor()
        if back:
            self.setFocus()
        if changed:
            self.edits.read_as(phrase, kana)

    def _cancel_editor(self) -> None:
        self._close_editor()
        self.setFocus()

    def _close_editor(self) -> None:
        editor, self._editor = self._editor, None
        if editor is not None:
            editor.hide()
            editor.deleteLater()

    # Tooltips and painting

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tooltips. A filter, since an exception below ``event`` ends the process (PySide 6.11)."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            hit = self._hit(QPointF(event.pos()))
            text = "" if hit is None else tip_text(self.edits.phrases, hit, self._capabilities)
            # Below the cards, not over them.
            place = QPoint(event.globalPos().x(), self.mapToGlobal(QPoint(0, self.height())).y())
            QToolTip.showText(place, text, self)
            return True
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            if not self.edits.phrases:
                painter.setPen(color("text_soft"))
                painter.setFont(font(self, 14))
                flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                room = self.viewport().rect().adjusted(24, 8, -24, -8)
                painter.drawText(room, int(flags), self._hint)
                return
            dragged = None if self._drag is None else self._drag.hit
            place, focused = self.edits.place, self.hasFocus()
            marks = Marks(place, focused, self._hovered, self.heard, self._measured, dragged)
            left = self.horizontalScrollBar().value()
            painter.translate(-left, 0)
            seen = (event.rect().left() + left, event.rect().right() + left)
            PhrasePainter(painter, self.layout_now, marks, self.font()).paint(*seen)
