"""The page with the set as text."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from kirara_parikh.images.expressions import meaning, part_text, regular_expression, set_text
from kirara_parikh.images.linear import SemilinearSet
from kirara_parikh.jobs import Analysis
from kirara_parikh.view.words import notes_of, refusal_text
from kirara_studio.api.widgets import Button, Label
from kirara_studio.api.widgets.layouts import column, fill, row

translate = QCoreApplication.translate

_LONGEST = 200_000  # characters of a set that are shown
_LONGEST_READING = 80
_FEW, _SHORT = 5, 400  # lines and characters that are shown large


class SetPage(QWidget):
    """The semilinear set, a regular expression with the same counts, and what is worth knowing."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = Label(size=12, tone="text_soft", wrap=True)
        self.set = _Text(22, 0.46)
        self.reading = Label(size=12, tone="text_soft", wrap=True)
        self.expression_title = Label(size=12, tone="text_soft")
        self.expression = _Text(17, 0.18)
        self.facts = Label(size=12, tone="text_soft", wrap=True)
        self.notes = Label(size=12, tone="attention_text", wrap=True)
        self.copy_set = Button(icon="copy", kind="quiet", small=True)
        self.copy_expression = Button(icon="copy", kind="quiet", small=True)
        self._analysis: Analysis | None = None
        fill(
            QVBoxLayout(self),
            row((self.heading, 1), self.copy_set),
            self.set,
            self.reading,
            row((self.expression_title, 1), self.copy_expression),
            self.expression,
            column(self.facts, self.notes, spacing=4),
            None,
            spacing=10,
        )
        clipboard = QGuiApplication.clipboard()
        self.copy_set.clicked.connect(lambda: clipboard.setText(self.set.toPlainText()))
        self.copy_expression.clicked.connect(
            lambda: clipboard.setText(self.expression.toPlainText())
        )

    def show_analysis(self, analysis: Analysis | None) -> None:
        """Show what is known of the grammar."""
        self._analysis = analysis
        image = analysis.image if analysis is not None else None
        there = image is not None
        for widget in (self.expression_title, self.expression, self.copy_expression, self.copy_set):
            widget.setVisible(there)
        if analysis is None:
            for text in (self.heading, self.reading, self.facts, self.notes):
                text.setText("")
            self.set.show_text("")
            return
        letters = ", ".join(analysis.grammar.terminals)
        self.heading.setText(
            translate("parikh", "Numbers of {0}, in this order").format(letters)
            if letters
            else translate("parikh", "There is no letter")
        )
        if image is not None:
            self.set.show_text(set_text(image)[:_LONGEST])
            self.expression.show_text(regular_expression(image)[:_LONGEST])
        elif analysis.refusal is not None:
            advice = translate("parikh", "Ask for a vector at the right: the answer needs no list.")
            self.set.show_text(f"{refusal_text(analysis.refusal)}\n\n{advice}")
        self.reading.setText(_how_to_read(image) if image is not None else "")
        self.reading.setVisible(bool(self.reading.text()))
        self.facts.setText(_facts(analysis))
        self.notes.setText(notes_of(analysis))
        self.notes.setVisible(bool(self.notes.text()))

    def retranslate(self) -> None:
        """Set the texts again."""
        self.set.setAccessibleName(translate("parikh", "Semilinear set"))
        self.expression.setAccessibleName(translate("parikh", "Regular expression"))
        self.expression_title.setText(
            translate("parikh", "A regular expression with the same letter counts")
        )
        self.copy_set.set_purpose(translate("parikh", "Copy the set"))
        self.copy_expression.set_purpose(translate("parikh", "Copy the expression"))
        self.show_analysis(self._analysis)


def _facts(analysis: Analysis) -> str:
    grammar, image = analysis.grammar, analysis.image
    facts = [
        translate("parikh", "Useful nonterminals: {0}").format(len(grammar.nonterminals)),
        translate("parikh", "rules: {0}").format(len(grammar.productions)),
    ]
    if image is not None:
        count = translate("parikh", "linear sets: {0}").format(len(image.parts))
        if analysis.parts_before > len(image.parts):
            count = translate("parikh", "linear sets: {0}, from {1}").format(
                len(image.parts), analysis.parts_before
            )
        facts.append(count)
    if analysis.irredundant and image is not None and len(image.parts) > 1:
        facts.append(translate("parikh", "none can be left out"))
    facts.append(translate("parikh", "{0} s").format(f"{analysis.seconds:.2f}"))
    return " · ".join(facts)


def _how_to_read(image: SemilinearSet) -> str:
    """The part with the most periods in words."""
    if not image.parts or not image.letters:
        return ""
    part = max(image.parts, key=lambda part: (min(len(part.periods), 3), -sum(part.base)))
    base, periods = meaning(part, image.letters)
    if not periods or sum(map(len, (base, *periods))) > _LONGEST_READING:
        return ""
    text = translate("parikh", "{0} means: the letters of {1}, and as often as you like {2}.")
    return text.format(part_text(part), base, ", ".join(periods))


class _Text(QPlainTextEdit):
    """Text to read and copy, as high as it is, up to a share of the page."""

    def __init__(self, size: int, share: float) -> None:
        super().__init__()
        self._size, self._share = size, share
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def show_text(self, text: str) -> None:
        if text != self.toPlainText():
            few = text.count("\n") < _FEW and len(text) < _SHORT
            self.setStyleSheet(f"QPlainTextEdit {{ font-size: {self._size if few else 14}px; }}")
            self.setPlainText(text)
            self._fit()

    def _fit(self) -> None:
        lines = min(self.document().size().height(), 200)
        height = lines * self.fontMetrics().lineSpacing() + 26
        page = self.parentWidget()
        most = self._share * (page.height() if page is not None else 0)
        self.setFixedHeight(round(max(min(height, most), 58)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
