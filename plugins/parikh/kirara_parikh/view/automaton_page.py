"""The page with the automata."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from kirara_parikh.jobs import Analysis, Drawing
from kirara_parikh.view.automaton_canvas import AutomatonCanvas, transitions_text
from kirara_parikh.view.words import refusal_text
from kirara_studio.api.widgets import Label, Segments
from kirara_studio.api.widgets.layouts import fill, row

translate = QCoreApplication.translate

CONSTRUCTED, MINIMISED = range(2)


class AutomatonPage(QWidget):
    """The automaton as it is constructed, and the minimised one; a word can be walked in both."""

    def __init__(self) -> None:
        super().__init__()
        self.kind = Segments(["", ""])
        self.heading = Label(size=12, tone="text_soft", elide=True)
        self.canvas = AutomatonCanvas()
        self.word_label = Label(size=12, tone="text_soft")
        self.word = QLineEdit()
        self.word.setMaxLength(10_000)
        self.outcome = Label(size=12, pill="quiet")
        self.caption = Label(size=12, tone="text_soft", elide=True)
        self._analysis: Analysis | None = None
        fill(
            QVBoxLayout(self),
            row(self.kind, (self.heading, 1), spacing=12),
            (self.canvas, 1),
            self.caption,
            row(self.word_label, (self.word, 1), self.outcome),
            spacing=8,
        )
        self.kind.chosen.connect(lambda _: self._show_drawing())
        self.word.textChanged.connect(self._walk)
        self.canvas.state_changed.connect(lambda _: self._show_caption())

    @property
    def drawing(self) -> Drawing | None:
        """The automaton that is shown."""
        if self._analysis is None:
            return None
        minimised = self.kind.current == MINIMISED
        return self._analysis.smallest if minimised else self._analysis.automaton

    def show_analysis(self, analysis: Analysis | None) -> None:
        """Show the automata of a grammar."""
        self._analysis = analysis
        self._show_drawing()

    def show_kind(self, kind: int) -> None:
        """Show one of the two automata."""
        self.kind.set_current(kind)
        self._show_drawing()

    def _show_drawing(self) -> None:
        drawing = self.drawing
        self.canvas.message = self._reason()
        self.canvas.show_drawing(drawing if drawing is not None and drawing.places else None)
        self.canvas.update()
        self.heading.setText(self._heading())
        self._walk()
        self._show_caption()

    def _reason(self) -> str:
        """Why nothing is drawn."""
        analysis, drawing = self._analysis, self.drawing
        if analysis is None:
            return ""
        if analysis.drawing_refusal is not None:
            return refusal_text(analysis.drawing_refusal)
        if drawing is not None and not drawing.places:
            return translate("parikh", "With {0} states, a drawing would be unreadable.").format(
                len(drawing.automaton.names)
            )
        return ""

    def _heading(self) -> str:
        analysis, drawing = self._analysis, self.drawing
        if analysis is None or drawing is None:
            return ""
        grammar, automaton = analysis.grammar, drawing.automaton
        counts = translate("parikh", "{0} states, {1} transitions").format(
            len(automaton.names), len(automaton.transitions)
        )
        if self.kind.current == MINIMISED:
            return counts
        bound = translate("parikh", "k = n·m + 1 = {0}·{1} + 1 = {2}").format(
            len(grammar.nonterminals), grammar.degree, analysis.bound
        )
        return f"{counts} · {bound}"

    # Walking

    def letters_of(self, text: str) -> list[int] | None:
        """The numbers of the letters of a word as it was typed; None if it is no word of them."""
        assert self._analysis is not None
        names = {name: n for n, name in enumerate(self._analysis.grammar.terminals)}
        lengths = sorted({len(name) for name in names}, reverse=True)
        found, at = [], 0
        while at < len(text):
            length = next((n for n in lengths if text[at : at + n] in names), 0)
            if length:
                found.append(names[text[at : at + length]])
            elif not text[at].isspace():
                return None
            at += length or 1
        return found

    def _walk(self) -> None:
        drawing, text = self.drawing, self.word.text()
        self.outcome.setVisible(bool(text) and drawing is not None)
        if drawing is None or not text:
            self.canvas.show_walk(())
            return
        letters = self.letters_of(text)
        places = set() if letters is None else drawing.automaton.walk(letters)
        self.canvas.show_walk({state for state, rest in places if not rest})
        if letters is None:
            pill, words = "attention", translate("parikh", "Other letters")
        elif drawing.automaton.accepts(places):
            pill, words = "success", translate("parikh", "Accepted")
        elif places:
            pill, words = "quiet", translate("parikh", "May go on")
        else:
            pill, words = "loss", translate("parikh", "Rejected")
        self.outcome.setText(words)
        self.outcome.set_pill(pill)

    def _show_caption(self) -> None:
        drawing, state = self.drawing, self.canvas.state
        text = ""
        if drawing is not None and state is not None and state < len(drawing.automaton.names):
            name = drawing.automaton.names[state]
            leaving = transitions_text(drawing, state)
            if self.kind.current == CONSTRUCTED and state in drawing.automaton.final:
                text = translate("parikh", "Nothing is left to derive: the end.")
            elif self.kind.current == CONSTRUCTED:
                text = translate("parikh", "Still to derive: {0}.  {1}").format(name, leaving)
            else:
                text = translate("parikh", "State {0}.  {1}").format(name, leaving)
        elif self.canvas.message == "" and drawing is not None:
            text = translate(
                "parikh", "Point at a state, or use ← and →. The wheel zooms, a drag moves, 0 fits."
            )
        self.caption.setText(text)
        self.canvas.setAccessibleDescription(text)

    def retranslate(self) -> None:
        """Set the texts again."""
        self.kind.set_texts([
            translate("parikh", "As constructed"), translate("parikh", "Minimised")
        ])  # fmt: skip
        self.kind.set_name(translate("parikh", "Automaton"))
        self.canvas.setAccessibleName(translate("parikh", "Drawing of the automaton"))
        self.word_label.setText(translate("parikh", "Walk a word"))
        self.word.setAccessibleName(translate("parikh", "Word to walk"))
        self._show_drawing()
