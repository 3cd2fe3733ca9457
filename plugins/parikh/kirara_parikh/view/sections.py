"""The sections of the inspector: the grammar, the question, the comparison."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from kirara_parikh.examples import EXAMPLES
from kirara_parikh.formulas.comparison import Inclusion
from kirara_parikh.grammars.text import Reading
from kirara_parikh.grammars.writing import letter_text, vector_text, word_text
from kirara_parikh.jobs import Answer, Verdict
from kirara_parikh.setting import Setting
from kirara_parikh.view.grammar_editor import GrammarEditor
from kirara_studio.api.errors import UserError
from kirara_studio.api.widgets import Button, Inspector, Label, error_words
from kirara_studio.api.widgets.layouts import row

translate = QCoreApplication.translate


class GrammarSection(QObject):
    """The grammar, what is wrong in it, and the examples."""

    edited = Signal(str)
    example_chosen = Signal(object)

    def __init__(self, inspector: Inspector) -> None:
        super().__init__(inspector)
        self.section = inspector.add_section("")
        self.editor = GrammarEditor()
        self.editor.setFixedHeight(126)
        self.problem = Label(size=12, tone="loss_text", wrap=True)
        self.examples = Button(icon="sparkle")
        self.menu = QMenu(self.examples)
        self.examples.set_menu(self.menu)
        self.syntax = Label(size=12, tone="text_soft", wrap=True)
        for widget in (self.editor, self.problem, self.syntax, self.examples):
            self.section.add(widget)
        self.editor.edited.connect(self.edited)

    def show_setting(self, setting: Setting) -> None:
        """Show the grammar of a setting."""
        self.editor.show_text(setting.grammar)

    def show_reading(self, reading: Reading) -> None:
        """Show what is wrong in the grammar."""
        _show_errors(reading, self.editor, self.problem)
        self.syntax.setVisible(not reading.errors)

    def retranslate(self) -> None:
        """Set the texts again."""
        self.section.set_title(translate("parikh", "Grammar"))
        self.editor.setAccessibleName(translate("parikh", "Grammar"))
        self.editor.setPlaceholderText("S -> a S b |")
        self.syntax.setText(
            translate("parikh", "One rule a line, | for alternatives, 'id' for a longer letter.")
        )
        self.examples.set_content(translate("parikh", "Examples"))
        self.menu.clear()
        for example in EXAMPLES:
            action = self.menu.addAction(translate("parikh", example.title))
            action.triggered.connect(lambda _=False, e=example: self.example_chosen.emit(e))


class QuestionSection(QObject):
    """Counts to ask for, and the answer."""

    edited = Signal(str)
    asked = Signal()
    shown = Signal()

    def __init__(self, inspector: Inspector) -> None:
        super().__init__(inspector)
        self.section = inspector.add_section("")
        self.vector = QLineEdit()
        self.vector.setMaxLength(10_000)
        self.ask = Button(icon="search")
        self.answer = Label(size=12, wrap=True, pill="quiet")
        self.show_tree = Button(icon="eye", kind="quiet", small=True)
        line = QWidget()
        line.setLayout(row((self.vector, 1), self.ask))
        for widget in (line, self.answer, self.show_tree):
            self.section.add(widget)
        self.vector.textEdited.connect(self.edited)
        self.vector.returnPressed.connect(self.asked)
        self.ask.clicked.connect(self.asked)
        self.show_tree.clicked.connect(self.shown)

    def show_setting(self, setting: Setting) -> None:
        """Show the counts of a setting."""
        if setting.vector != self.vector.text():
            self.vector.setText(setting.vector)

    def show_letters(self, reading: Reading) -> None:
        """Show the form of a question about this grammar."""
        letters = () if reading.grammar is None else reading.grammar.terminals
        self.vector.setPlaceholderText(", ".join(f"{letter_text(n)}=1" for n in letters[:6]))
        self.ask.setEnabled(reading.grammar is not None)

    def show_answer(self, answer: Answer | None, problem: UserError | None) -> None:
        """Show the answer, or what is wrong with the question."""
        text, pill = "", ""
        if problem is not None:
            text, pill = str(error_words(problem)), "attention"
        elif answer is not None and answer.foreign:
            text = translate("parikh", "The grammar has no letter {0}.").format(
                ", ".join(answer.foreign)
            )
            pill = "loss"
        elif answer is not None and not answer.reachable:
            text, pill = translate("parikh", "No word has these letter counts."), "loss"
        elif answer is not None:
            pill = "success"
            text = translate("parikh", "Yes, but the word is too long to show.")
            if answer.word is not None:
                text = translate("parikh", "Yes: {0}").format(word_text(answer.word, 60))
        self.answer.setText(text)
        if pill:
            self.answer.set_pill(pill)
        self.answer.setVisible(bool(text))
        self.show_tree.setVisible(answer is not None and answer.tree is not None)

    def retranslate(self) -> None:
        """Set the texts again."""
        self.section.set_title(translate("parikh", "Is there a word with …"))
        self.vector.setAccessibleName(translate("parikh", "Letter counts"))
        self.ask.set_content(translate("parikh", "Ask"))
        self.show_tree.set_content(translate("parikh", "Show its derivation"))


class ComparisonSection(QObject):
    """A second grammar, and how the two compare."""

    edited = Signal(str)
    compared = Signal()

    def __init__(self, inspector: Inspector) -> None:
        super().__init__(inspector)
        self.section = inspector.add_section("")
        self.editor = GrammarEditor()
        self.editor.setFixedHeight(76)
        self.problem = Label(size=12, tone="loss_text", wrap=True)
        self.compare = Button(icon="action")
        self.result = Label(size=12, wrap=True, pill="quiet")
        self.details = Label(size=12, tone="text_soft", wrap=True)
        for widget in (self.editor, self.problem, self.compare, self.result, self.details):
            self.section.add(widget)
        self.editor.edited.connect(self.edited)
        self.compare.clicked.connect(self.compared)

    def show_setting(self, setting: Setting) -> None:
        """Show the second grammar of a setting."""
        self.editor.show_text(setting.second)

    def show_reading(self, reading: Reading, first: Reading) -> None:
        """Show what is wrong in the second grammar."""
        _show_errors(reading, self.editor, self.problem)
        self.compare.setEnabled(reading.grammar is not None and first.grammar is not None)

    def show_verdict(self, verdict: Verdict | None) -> None:
        """Show how the grammars compare."""
        self.result.setVisible(verdict is not None)
        self.details.setVisible(verdict is not None and not verdict.comparison.equal)
        if verdict is None:
            return
        found = verdict.comparison
        if found.equal:
            pill, text = "success", translate("parikh", "The same letter counts")
        elif found.equal is None:
            pill, text = "attention", translate("parikh", "Not decided")
        else:
            pill, text = "loss", translate("parikh", "Different letter counts")
        self.result.setText(text)
        self.result.set_pill(pill)
        above, below = found.first_in_second, found.second_in_first
        self.details.setText(
            "\n".join((
                _direction(above, found.letters, verdict.only_first, first=True),
                _direction(below, found.letters, verdict.only_second, first=False),
            ))
        )  # fmt: skip

    def retranslate(self) -> None:
        """Set the texts again."""
        self.section.set_title(translate("parikh", "Compare with"))
        self.editor.setAccessibleName(translate("parikh", "Second grammar"))
        self.editor.setPlaceholderText("S -> a b S |")
        self.compare.set_content(translate("parikh", "Compare"))


def _show_errors(reading: Reading, editor: GrammarEditor, problem: Label) -> None:
    """Underline the mistakes of a grammar in its editor, and say below it what they are."""
    editor.show_errors(reading.errors, list(reading.places))
    problem.setText(problem_text(reading))
    problem.setVisible(bool(reading.errors))
    editor.setAccessibleDescription(problem.text())


def problem_text(reading: Reading) -> str:
    """The first mistake with its place, and how many more there are."""
    if not reading.errors:
        return ""
    error = reading.errors[0]
    place = translate("parikh", "Line {0}, column {1}").format(error.line, error.column)
    text = f"{place}: {error_words(error)}"
    if len(reading.errors) > 1:
        more = translate("parikh", "And {0} more.").format(len(reading.errors) - 1)
        text = f"{text} {more}"
    return text


def _direction(
    inclusion: Inclusion, letters: tuple[str, ...], word: tuple[str, ...] | None, *, first: bool
) -> str:
    if inclusion.holds:
        return (
            translate("parikh", "The second grammar has all counts of the first.")
            if first
            else translate("parikh", "The first grammar has all counts of the second.")
        )
    if inclusion.counterexample is None:
        return (
            translate("parikh", "Whether the second has all counts of the first is not decided.")
            if first
            else translate(
                "parikh", "Whether the first has all counts of the second is not decided."
            )
        )
    example = vector_text(inclusion.counterexample, letters)
    if word is not None:
        example = f"{example} ({word_text(word, 30)})"
    return (
        translate("parikh", "Only the first has {0}.").format(example)
        if first
        else translate("parikh", "Only the second has {0}.").format(example)
    )
