"""The Parikh panel: its widgets, connected to the session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget

from kirara_parikh.images.expressions import set_text
from kirara_parikh.results import (
    analysis_json,
    analysis_text,
    answer_json,
    answer_text,
    as_json,
    verdict_json,
    verdict_text,
)
from kirara_parikh.session import Session
from kirara_parikh.view.sections import ComparisonSection, GrammarSection, QuestionSection
from kirara_parikh.view.welcome import Welcome
from kirara_parikh.view.workspace import DERIVATION, Workspace
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import EmptyState, PanelWidget, SaveButton, SaveItem

translate = QCoreApplication.translate


class ParikhPanel(PanelWidget):
    """A grammar, and which letter counts its words have."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self.session = Session(context, self.undo_stack, self)
        self.workspace = Workspace()
        self.welcome = Welcome()
        self.waiting = EmptyState("", "")
        self.grammar = GrammarSection(self.inspector)
        self.question = QuestionSection(self.inspector)
        self.comparison = ComparisonSection(self.inspector)
        self.save_button = SaveButton(context)
        self._stack = QStackedWidget()
        for page in (self.welcome, self.waiting, self.workspace):
            self._stack.addWidget(page)
        self.set_canvas(self._stack)
        self.add_action(self.save_button)
        self._connect_session()
        self._connect_widgets()
        self.retranslate()
        self.restore_state(context.state)

    # Construction

    def _connect_session(self) -> None:
        session = self.session
        for section in (self.grammar, self.question, self.comparison):
            session.document.shown.connect(section.show_setting)
        session.document.shown.connect(lambda _: self._show_page())
        session.read_again.connect(self._show_reading)
        session.analysed.connect(self._show_analysis)
        session.answered.connect(self._show_answer)
        session.compared.connect(lambda: self.comparison.show_verdict(session.verdict))
        session.spotted.connect(self.workspace.plane.show_word)
        session.busy_changed.connect(self._show_busy)
        session.saved.connect(self.save_button.report)

    def _connect_widgets(self) -> None:
        session = self.session
        self.grammar.edited.connect(lambda text: session.write(grammar=text))
        self.question.edited.connect(lambda text: session.write(vector=text))
        self.comparison.edited.connect(lambda text: session.write(second=text))
        for chooser in (self.grammar, self.welcome):
            chooser.example_chosen.connect(session.take_example)
        self.question.asked.connect(session.ask)
        self.question.shown.connect(lambda: self.workspace.show_page(DERIVATION))
        self.comparison.compared.connect(session.compare)
        self.workspace.plane.looked_at.connect(session.look_at)
        self.workspace.plane.asked.connect(session.ask_for)
        self.workspace.page_changed.connect(lambda page: self.context.state.update(page=page))
        self.dropped.connect(lambda paths: session.open(paths[0]))
        self.add_shortcut("Ctrl+S", lambda: self._ask_text(".txt", self.plain_text))
        self.add_shortcut("Ctrl+Shift+C", self.copy_set)
        self.add_shortcut("Ctrl+F", self.question.vector.setFocus)

    # What the session has

    def _show_reading(self) -> None:
        session = self.session
        self.grammar.show_reading(session.reading)
        self.question.show_letters(session.reading)
        self.comparison.show_reading(session.second_reading, session.reading)
        self.primary.setEnabled(session.ready or session.busy)
        self._show_page()

    def _show_analysis(self) -> None:
        analysis = self.session.analysis
        self.workspace.show_analysis(analysis)
        self._show_page()
        if analysis is not None:
            status = translate("parikh", "Nonterminals: {0} · {1} ms")
            count = len(analysis.grammar.nonterminals)
            self.context.set_status(status.format(count, f"{1000 * analysis.seconds:.0f}"))

    def _show_answer(self) -> None:
        session = self.session
        self.question.show_answer(session.answer, session.problem)
        self.workspace.derivation.show_answer(session.answer)

    def _show_busy(self) -> None:
        self.set_busy(self.session.busy)
        self.primary.setEnabled(self.session.ready or self.session.busy)
        self._show_page()

    def _show_page(self) -> None:
        """The results, or why there are none."""
        session = self.session
        page: Any = self.workspace
        if not session.setting.grammar.strip():
            page = self.welcome
        elif session.analysis is None:
            page = self.waiting
        self.waiting.set_content(*self._reason())
        self._stack.setCurrentWidget(page)
        self.save_button.setVisible(page is self.workspace)

    def _reason(self) -> tuple[str, str]:
        """Why there are no results."""
        if self.session.reading.errors:
            title = translate("parikh", "The grammar has a mistake")
            return title, translate("parikh", "It is underlined at the right.")
        if self.session.busy:
            return translate("parikh", "Analysing the grammar…"), ""
        return translate("parikh", "Not analysed yet"), ""

    # Copying and saving

    def copy_set(self) -> None:
        """Put the set on the clipboard."""
        analysis = self.session.analysis
        if analysis is not None and analysis.image is not None:
            QGuiApplication.clipboard().setText(set_text(analysis.image))
            self.context.show_message(translate("parikh", "The set was copied"))

    def plain_text(self) -> str:
        """All results as text."""
        session = self.session
        parts = [session.setting.grammar] if session.analysis is not None else []
        if session.analysis is not None:
            parts.append(analysis_text(session.analysis))
        if session.answer is not None:
            parts.append(answer_text(session.answer))
        if session.verdict is not None:
            parts += [session.verdict.rivals.second, verdict_text(session.verdict)]
        return "\n\n".join(parts) + "\n"

    def json_text(self) -> str:
        """All results as JSON."""
        session = self.session
        values: dict[str, Any] = {}
        if session.analysis is not None:
            values |= analysis_json(session.analysis)
        if session.answer is not None:
            values["question"] = answer_json(session.answer)
        if session.verdict is not None:
            values["second_grammar"] = session.verdict.rivals.second
            values["comparison"] = verdict_json(session.verdict)
        return as_json(values) + "\n"

    def _ask_text(self, suffix: str, content: Callable[[], str]) -> None:
        if self.session.analysis is not None:
            path = self.save_button.ask("parikh", suffix)
            if path is not None:
                self.session.save(path, content())

    def _ask_picture(self) -> None:
        path = self.save_button.ask("parikh", ".png", "PNG (*.png)")
        if path is not None:
            buffer = QBuffer()
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            self.workspace.picture().save(buffer, "PNG")  # type: ignore[call-overload]
            self.session.save(path, bytes(buffer.data().data()))

    # State and language

    def save_state(self) -> dict[str, Any]:
        setting = self.session.document.settled_value
        state = {"setting": setting.to_dict(), "page": self.workspace.page}
        return {**super().save_state(), **state}

    def restore_state(self, state: dict[str, Any]) -> None:
        super().restore_state(state)
        page = state.get("page")
        if isinstance(page, int) and 0 <= page <= DERIVATION:
            self.workspace.show_page(page)
        self.session.restore(state.get("setting"))

    def retranslate(self) -> None:
        super().retranslate()
        session = self.session
        self.set_primary(translate("parikh", "Analyse"), session.analyse, session.stop)
        self.set_drop_text(translate("parikh", "Drop a text file with a grammar to read it"))
        self.save_button.set_items([
            SaveItem(
                translate("parikh", "Results as text…"),
                lambda: self._ask_text(".txt", self.plain_text),
                shortcut="Ctrl+S",
            ),
            SaveItem(
                translate("parikh", "Results as JSON…"),
                lambda: self._ask_text(".json", self.json_text),
            ),
            SaveItem(translate("parikh", "This page as PNG…"), self._ask_picture),
        ])  # fmt: skip
        for part in (
            self.workspace, self.welcome, self.grammar, self.question, self.comparison
        ):  # fmt: skip
            part.retranslate()
        self._show_reading()
        self._show_answer()
        self.comparison.show_verdict(session.verdict)
