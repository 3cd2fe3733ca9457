"""The page with the set as a picture."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from kirara_parikh.grammars.writing import letter_text, word_text
from kirara_parikh.images.plane import projected
from kirara_parikh.jobs import Analysis, Answer
from kirara_parikh.view.plane_canvas import Cell, PlaneCanvas
from kirara_parikh.view.words import refusal_text
from kirara_studio.api.widgets import Label
from kirara_studio.api.widgets.layouts import fill, row

translate = QCoreApplication.translate

_REST = 180  # ms that the pointer rests before a word is looked for


class PlanePage(QWidget):
    """A picture of two letters' counts, with a word for the point under the pointer.

    :attr:`looked_at` carries counts to find a word for, :attr:`asked` counts that the user chose.
    """

    looked_at = Signal(dict)
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.canvas = PlaneCanvas()
        self.across, self.up = QComboBox(), QComboBox()
        self.across_label, self.up_label = (Label(size=12, tone="text_soft") for _ in range(2))
        self.caption = Label(elide=True)
        self._analysis: Analysis | None = None
        self._words: dict[tuple[tuple[str, int], ...], str] = {}
        self._rest = QTimer(self, interval=_REST, singleShot=True)
        self._rest.timeout.connect(lambda: self.looked_at.emit(self.counts()))
        choice = row(self.across_label, self.across, self.up_label, self.up, None)
        fill(QVBoxLayout(self), choice, (self.canvas, 1), self.caption, spacing=8)
        self.canvas.pointed.connect(self._on_pointed)
        self.canvas.chosen.connect(self._on_chosen)
        for box in (self.across, self.up):
            box.activated.connect(self._show_set)

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters of the grammar."""
        return () if self._analysis is None else self._analysis.grammar.terminals

    def show_analysis(self, analysis: Analysis | None) -> None:
        """Show the set of a grammar."""
        same = self.letters == (() if analysis is None else analysis.grammar.terminals)
        self._analysis = analysis
        self._words.clear()
        if not same:
            names = [letter_text(letter) for letter in self.letters]
            for box, first in ((self.across, 0), (self.up, 1)):
                box.clear()
                box.addItems(names)
                box.setCurrentIndex(min(first, len(names) - 1))
        for widget in (self.across, self.up, self.across_label, self.up_label):
            widget.setVisible(len(self.letters) > 2)
        self._show_set()

    def _places(self) -> tuple[int, int | None]:
        across, up = self.across.currentIndex(), self.up.currentIndex()
        return across, up if up >= 0 and up != across else None

    def _show_set(self) -> None:
        analysis = self._analysis
        image = None if analysis is None else analysis.image
        self.canvas.message = ""
        if analysis is not None and analysis.refusal is not None:
            self.canvas.message = refusal_text(analysis.refusal)
        elif image is not None and not image.letters:
            self.canvas.message = translate("parikh", "There is no letter to count.")
        elif image is not None and not image.parts:
            self.canvas.message = translate("parikh", "The set is empty: the grammar has no word.")
        drawn = image is not None and not self.canvas.message
        self.canvas.show_set(projected(image, *self._places()) if image and drawn else None)
        self.canvas.update()
        self._show_caption()

    def counts(self) -> dict[str, int]:
        """The counts at the marked point."""
        cell = self.canvas.cell
        if cell is None or not self.letters:
            return {}
        across, up = self._places()
        counts = {self.letters[across]: cell[0]}
        if up is not None:
            counts[self.letters[up]] = cell[1]
        return counts

    def _counts_text(self) -> str:
        """The marked point as a vector that can be asked for."""
        return ", ".join(f"{letter_text(name)}={count}" for name, count in self.counts().items())

    def show_word(self, answer: Answer | None) -> None:
        """Show the word that was found for the marked point."""
        counts = self.counts()
        if answer is None or not counts:
            return
        found = dict(zip(answer.letters, answer.vector, strict=True))
        if answer.word is not None and all(found.get(name) == n for name, n in counts.items()):
            self._words[tuple(counts.items())] = word_text(answer.word, 60)
            self._show_caption()

    def _on_pointed(self, cell: Cell | None) -> None:
        self._rest.stop()
        self._show_caption()
        known = tuple(self.counts().items()) in self._words
        if cell is not None and not known and self.canvas.contains(cell):
            self._rest.start()

    def _on_chosen(self, cell: Cell) -> None:
        if len(self.letters) <= 2 and self.counts():
            self.asked.emit(self._counts_text())

    def _show_caption(self) -> None:
        cell, counts = self.canvas.cell, self.counts()
        if cell is None or not counts:
            hint = translate(
                "parikh", "Point at a dot for its word. The wheel zooms, a drag moves, 0 fits."
            )
            self.caption.setText("" if self.canvas.message or self._analysis is None else hint)
            return
        text = self._counts_text()
        if not self.canvas.contains(cell):
            text = translate("parikh", "{0}: not in the set").format(text)
        elif word := self._words.get(tuple(counts.items())):
            text = f"{text}: {word}"
        self.caption.setText(text)
        self.canvas.setAccessibleDescription(text)

    def retranslate(self) -> None:
        """Set the texts again."""
        self.canvas.setAccessibleName(translate("parikh", "Picture of the set"))
        self.across_label.setText(translate("parikh", "Across"))
        self.up_label.setText(translate("parikh", "Up"))
        self.across.setAccessibleName(translate("parikh", "Letter across"))
        self.up.setAccessibleName(translate("parikh", "Letter upwards"))
        self._show_set()
