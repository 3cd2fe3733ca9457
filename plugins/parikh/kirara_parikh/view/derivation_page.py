"""The page with a word and its derivation tree."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from kirara_parikh.grammars.writing import EMPTY_WORD, vector_text, word_text
from kirara_parikh.jobs import MOST_DRAWN, Answer, DrawnTree
from kirara_parikh.view.zoom_canvas import ZoomCanvas
from kirara_studio.api.widgets import Label, set_role
from kirara_studio.api.widgets.layouts import fill
from kirara_studio.api.widgets.style import color, font

translate = QCoreApplication.translate

_READABLE = 14  # pixels of a unit below which names are left out
_DOWN = 1.15  # units between a parent and its children


class TreeCanvas(ZoomCanvas):
    """A derivation tree; terminals have a ground."""

    largest_scale = 56.0

    def __init__(self) -> None:
        super().__init__()
        self._tree: DrawnTree | None = None
        set_role(self, QAccessible.Role.Graphic)

    def show_tree(self, tree: DrawnTree | None) -> None:
        """Show a tree."""
        self._tree = tree
        self.fit()

    def extent(self) -> QRectF:
        if self._tree is None:
            return QRectF()
        places = self._tree.places.values()
        right = max(x for x, _ in places)
        bottom = max(y for _, y in places) * _DOWN
        return QRectF(-0.5, -0.4, right + 1.0, bottom + 0.8)

    def draw(self, painter: QPainter, size: QRectF) -> None:
        if self._tree is None:
            return
        places = {node: self.to_pixel(x, y * _DOWN) for node, (x, y) in self._tree.places.items()}
        painter.setPen(QPen(color("line_strong"), 1.5))
        for node, place in places.items():
            for child in self._tree.children[node]:
                if child in places:
                    painter.drawLine(place, places[child])
        for node, place in places.items():
            self._draw_node(painter, node, place)

    def _draw_node(self, painter: QPainter, node: int, place: QPointF) -> None:
        assert self._tree is not None
        label, terminal = self._tree.labels[node], self._tree.terminal[node]
        if not terminal and not self._tree.children[node]:
            label = f"{label} → {EMPTY_WORD}" if self.scale > 40 else f"{label}…"[:-1]
        cut = any(child not in self._tree.places for child in self._tree.children[node])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("success_soft" if terminal else "surface"))
        if self.scale < _READABLE:
            painter.setBrush(color("success" if terminal else "accent"))
            painter.drawEllipse(place, 3, 3)
            return
        painter.setFont(font(self, 14 if self.scale > 28 else 12, bold=not terminal))
        text = f"{label} …" if cut else label
        box = QFontMetricsF(painter.font()).boundingRect(text).adjusted(-6, -2, 6, 2)
        box.moveCenter(place)
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(color("success_text" if terminal else "accent_text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class DerivationPage(QWidget):
    """The answer to the question, the word to copy, and its tree."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = Label(size=12, tone="text_soft", wrap=True)
        self.word = QLineEdit()
        self.word.setReadOnly(True)
        self.canvas = TreeCanvas()
        self._answer: Answer | None = None
        layout = QVBoxLayout(self)
        fill(layout, self.heading, self.word, (self.canvas, 1), spacing=8)

    def show_answer(self, answer: Answer | None) -> None:
        """Show a word and its tree."""
        self._answer = answer
        self.canvas.message = ""
        self.word.setVisible(answer is not None and answer.word is not None)
        if answer is None:
            self.heading.setText("")
            self.canvas.message = translate(
                "parikh", "Ask for letter counts at the right to see a word and its derivation."
            )
        else:
            self.heading.setText(answer_sentence(answer))
            if answer.word is not None:
                self.word.setText(word_text(answer.word, 5000))
                self.word.setCursorPosition(0)
            if not answer.reachable:
                self.canvas.message = translate("parikh", "No word has these letter counts.")
            elif answer.tree is None:
                self.canvas.message = translate(
                    "parikh", "The derivation has {0} steps, too many to draw."
                ).format(answer.steps)
        tree = None if answer is None or self.canvas.message else answer.tree
        self.canvas.show_tree(tree)
        self.canvas.setAccessibleDescription(self.heading.text())

    def retranslate(self) -> None:
        """Set the texts again."""
        self.word.setAccessibleName(translate("parikh", "Word"))
        self.canvas.setAccessibleName(translate("parikh", "Derivation tree"))
        self.show_answer(self._answer)


def answer_sentence(answer: Answer) -> str:
    """The answer in one sentence."""
    counts = vector_text(answer.vector, answer.letters)
    if answer.foreign:
        return translate("parikh", "The grammar has no letter {0}.").format(
            ", ".join(answer.foreign)
        )
    if not answer.reachable:
        return translate("parikh", "No word has {0}.").format(counts)
    text = translate("parikh", "A word with {0}, derived in {1} steps.").format(
        counts, answer.steps
    )
    if answer.tree is not None and len(answer.tree.places) >= MOST_DRAWN:
        more = translate("parikh", "The {0} nodes nearest to the root are drawn.")
        text = f"{text} {more.format(MOST_DRAWN)}"
    return text
