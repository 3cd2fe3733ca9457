"""The session of the panel, without widgets: a grammar, what is known of it, and questions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from kirara_parikh.examples import Example
from kirara_parikh.grammars.text import Reading, read
from kirara_parikh.jobs import (
    Analysis,
    Answer,
    Question,
    Rivals,
    Spot,
    Verdict,
    analyse_job,
    ask_job,
    compare_job,
    read_file_job,
    save_job,
    spot_job,
)
from kirara_parikh.setting import Setting
from kirara_studio.api.errors import UserError
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import Document, Task

if TYPE_CHECKING:
    from PySide6.QtGui import QUndoStack

translate = QCoreApplication.translate

_PAUSE = 250  # ms without a key after which the grammar is read and analysed
_PATIENCE = 400  # ms after which a job is worth a Stop button

_NOTHING = Reading(None, (), {})


class Session(QObject):
    """The document is a :class:`Setting`; a pause after an edit of the grammar starts its analysis.

    ``reading`` and ``second_reading`` are the grammars as they were read; :attr:`read_again` is
    emitted after both. ``analysis``, ``answer`` and ``verdict`` are None until they are known and
    after the grammar changed. ``problem`` is what is wrong with the question.
    """

    read_again = Signal()
    analysed = Signal()
    answered = Signal()
    compared = Signal()
    spotted = Signal(object)
    busy_changed = Signal()
    saved = Signal(Path)

    def __init__(
        self,
        context: PanelContext,
        undo_stack: QUndoStack | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.document = Document(Setting(grammar="", vector=""), undo_stack, self)
        self.reading = self.second_reading = _NOTHING
        self.analysis: Analysis | None = None
        self.answer: Answer | None = None
        self.verdict: Verdict | None = None
        self.problem: UserError | None = None
        self.busy = False
        self._shown = Setting(grammar="", vector="")

        self._analysing = Task(context.jobs, "analyse", parent=self)
        self._asking = Task(context.jobs, "ask", parent=self)
        self._comparing = Task(context.jobs, "compare", parent=self)
        self._spotting = Task(context.jobs, "spot", parent=self)
        self._saving = Task(context.jobs, "save", io=True, parent=self)
        self._tasks = (self._analysing, self._asking, self._comparing, self._saving)
        self._pause = self._timer(_PAUSE, self._read)
        self._patience = self._timer(_PATIENCE, lambda: self._set_busy(True))
        for task in self._tasks:
            task.changed.connect(self._watch)
        for task in (self._analysing, self._comparing, self._saving):
            task.failed.connect(context.show_error)
        self._asking.failed.connect(self._refuse)
        self._spotting.failed.connect(lambda _: self.spotted.emit(None))
        self.document.settled.connect(self._settle)

    def _timer(self, pause: int, function: Any) -> QTimer:
        timer = QTimer(self, interval=pause, singleShot=True)
        timer.timeout.connect(function)
        return timer

    @property
    def setting(self) -> Setting:
        """What is shown."""
        return self.document.value

    def restore(self, values: object) -> None:
        """Continue with the setting of an earlier session, or with the first example."""
        setting = Setting.from_dict(values) if isinstance(values, dict) else Setting()
        self.document.replace(setting)
        self._read()

    # Editing

    def write(self, **texts: str) -> None:
        """Change texts of the setting; quick typing in one field is one undo step."""
        kind = ",".join(texts)
        self.document.edit(replace(self.setting, **texts), translate("parikh", "Typing"), kind)

    def take_example(self, example: Example) -> None:
        """Use an example, with its question, as an undo step."""
        setting = replace(self.setting, grammar=example.grammar, vector=example.vector)
        self.document.edit(setting, translate("parikh", "Example"))
        self._read()

    def open(self, path: Path) -> None:
        """Use the grammar in a text file, as an undo step."""

        def done(text: str) -> None:
            setting = replace(self.setting, grammar=text)
            self.document.edit(setting, translate("parikh", "Open {0}").format(path.name))

        self._saving.start(read_file_job, path, done)

    def _settle(self, setting: Setting) -> None:
        self._context.state["setting"] = setting.to_dict()
        before, self._shown = self._shown, setting
        if setting.grammar != before.grammar:
            self._forget_analysis()
        if setting.vector != before.vector:
            self._forget_answer()
        if (setting.grammar, setting.second) != (before.grammar, before.second):
            self._forget_verdict()
            self._pause.start()

    def _forget_analysis(self) -> None:
        self._analysing.stop()
        self._spotting.stop()
        self._forget_answer()

    def _forget_answer(self) -> None:
        self._asking.stop()
        self.answer, self.problem = None, None
        self.answered.emit()

    def _forget_verdict(self) -> None:
        self._comparing.stop()
        self.verdict = None
        self.compared.emit()

    # Reading and analysing

    def _read(self) -> None:
        """Read both grammars, and analyse the first if it changed and nothing is wrong in it."""
        self._pause.stop()
        setting = self.setting
        self.reading, self.second_reading = self._read_text(setting.grammar), _NOTHING
        if setting.second.strip():
            self.second_reading = self._read_text(setting.second)
        self.read_again.emit()
        known = self.analysis is not None and self.analysis.text == setting.grammar
        if self.reading.grammar is None:
            self.analysis = None
            self.analysed.emit()
        elif not known:
            self.analyse()

    def _read_text(self, text: str) -> Reading:
        try:
            return read(text) if text.strip() else _NOTHING
        except UserError as error:
            self._context.show_error(error)
            return _NOTHING

    def analyse(self) -> None:
        """Compute the set and the automata of the grammar."""
        if self._pause.isActive():
            self._read()
        elif self.reading.grammar is not None:
            self._analysing.start(
                analyse_job,
                self.setting.grammar,
                self._show_analysis,
                title=translate("parikh", "Analysing the grammar"),
            )

    def _show_analysis(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.analysed.emit()

    # Questions

    @property
    def ready(self) -> bool:
        """True if there is a grammar without mistakes."""
        return self.reading.grammar is not None

    def ask(self) -> None:
        """Ask for a word with the counts of the setting."""
        if self._pause.isActive():
            self._read()
        if self.ready:
            self._asking.start(
                ask_job,
                Question(self.setting.grammar, self.setting.vector),
                self._show_answer,
                title=translate("parikh", "Looking for a word"),
            )

    def ask_for(self, vector: str) -> None:
        """Ask for a word with these counts."""
        self.write(vector=vector)
        self.ask()

    def _show_answer(self, answer: Answer) -> None:
        self.answer, self.problem = answer, None
        self.answered.emit()

    def _refuse(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            self._context.show_error(error)
            return
        self.answer, self.problem = None, error
        self.answered.emit()

    def look_at(self, counts: dict[str, int]) -> None:
        """Find a word for a point of the picture; :attr:`spotted` carries the answer, or None."""
        if self.ready and self.analysis is not None:
            spot = Spot(self.analysis.text, tuple(counts.items()))
            self._spotting.start(spot_job, spot, self.spotted.emit)

    def compare(self) -> None:
        """Compare both grammars."""
        if self._pause.isActive():
            self._read()
        if self.ready and self.second_reading.grammar is not None:
            self._comparing.start(
                compare_job,
                Rivals(self.setting.grammar, self.setting.second),
                self._show_verdict,
                title=translate("parikh", "Comparing the grammars"),
            )

    def _show_verdict(self, verdict: Verdict) -> None:
        self.verdict = verdict
        self.compared.emit()

    # Busy, Stop, saving

    def _watch(self) -> None:
        if not any(task.busy for task in self._tasks):
            self._patience.stop()
            self._set_busy(False)
        elif not self.busy and not self._patience.isActive():
            self._patience.start()

    def _set_busy(self, busy: bool) -> None:
        if busy != self.busy:
            self.busy = busy
            self.busy_changed.emit()

    def stop(self) -> None:
        """Stop what runs."""
        for task in self._tasks:
            task.stop()

    def save(self, path: Path, content: str | bytes) -> None:
        """Write a result to a file."""
        self._saving.start(save_job, (path, content), self.saved.emit)
