"""The opened picture: which it is, its explanation, and the inspector's part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from kirara_paintings.classifiers import FEATURES, NETWORK
from kirara_paintings.jobs import Explained, ExplainRequest, explain_job
from kirara_paintings.view.bars import Bars
from kirara_paintings.view.picture_page import PicturePage, first_explained
from kirara_paintings.view.reasons import Reasons
from kirara_paintings.view.words import style_name
from kirara_studio.api.jobs import Cancelled
from kirara_studio.api.widgets import error_words

if TYPE_CHECKING:
    from kirara_paintings.panel import PaintingsPanel

translate = QCoreApplication.translate

_PAUSE = 60  # ms: who walks through pictures quickly does not wait for each


class Opened(QObject):
    """Opens pictures one after another; the newest wins."""

    def __init__(self, panel: PaintingsPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self.number = -1
        self.style = ""  # what is to be explained; empty for what the classifiers say
        self.explained: Explained | None = None
        self.page = PicturePage()
        self.answers_section = panel.inspector.add_section("")
        self.bars = Bars()
        self.answers_section.add(self.bars)
        self.answers_note = self.answers_section.add_text()
        self.reasons_section = panel.inspector.add_section("")
        self.reasons_note = self.reasons_section.add_text()
        self.reasons = Reasons()
        self.reasons_section.add(self.reasons)
        self.sections = (self.answers_section, self.reasons_section)
        self._soon = QTimer(self, interval=_PAUSE, singleShot=True)
        self._soon.timeout.connect(self._submit)
        self.page.left.connect(panel.show_gallery)
        self.page.stepped.connect(self.step)
        self.page.crop_changed.connect(lambda _: panel.turn_crop(self.number))
        self.bars.asked.connect(self.ask)
        self.reasons.looked_at.connect(self.page.show_regions)

    def open(self, number: int) -> None:
        """Show another picture."""
        self.number = number
        self.style = ""
        self._show_waiting()
        self.explain()

    def step(self, step: int) -> None:
        """Go to the next or previous picture of the gallery."""
        order = self._panel.gallery.order
        if self.number in order:
            place = order.index(self.number) + step
            if 0 <= place < len(order):
                self.open(order[place])

    def ask(self, style: str) -> None:
        """Explain another class of the same picture: why it would be that."""
        self.style = style
        if self.explained is not None:
            self.bars.show_answers(self.explained.answers, style, self._panel.styles)
        self.explain()

    def explain(self) -> None:
        """Ask for the picture and its reasons, in a moment."""
        self._soon.start()

    def show_number(self) -> None:
        """Show what the panel's setting and gallery say of the picture."""
        if not 0 <= self.number < len(self._panel.collection):
            return
        order = self._panel.gallery.order
        place = order.index(self.number) if self.number in order else -1
        self.page.previous.setEnabled(place > 0)
        self.page.next.setEnabled(0 <= place < len(order) - 1)
        self.page.crop.setChecked(self._panel.setting.crops(self.number))

    def retranslate(self) -> None:
        """Set the texts anew."""
        self.answers_section.set_title(translate("paintings", "Answers"))
        self.answers_note.setText(
            translate("paintings", "Click a class to see what speaks for it.")
        )
        self.reasons_section.set_title(translate("paintings", "Why"))
        self.page.retranslate()
        if self.explained is not None:
            self._show(self.explained)

    def _show_waiting(self) -> None:
        self.explained = None
        path = self._panel.collection.paths[self.number]
        self.page.show_waiting(path.name, crops=self._panel.setting.crops(self.number))
        self.bars.show_answers((), "")
        self.reasons.show_reasons((), {})
        self.reasons_note.setText("")
        self.show_number()

    def _submit(self) -> None:
        panel = self._panel
        if not 0 <= self.number < len(panel.collection):
            return
        item = panel.collection.item(self.number, panel.setting)
        request = ExplainRequest(item, tuple(panel.models.paths()), self.style)
        panel.context.jobs.submit(
            "explain", explain_job, request, on_result=self._show, on_error=self._fail
        )

    def _show(self, explained: Explained) -> None:
        self.explained = explained
        self.page.show_explained(explained)
        style = self.style or first_explained(explained)
        self.bars.show_answers(explained.answers, style, self._panel.styles)
        pairs = list(zip(explained.answers, explained.explanations, strict=True))
        named = next((one for answer, one in pairs if answer.method == FEATURES), None)
        if named is None:
            self.reasons_note.setText(
                translate("paintings", "The heat map shows where the network's answer came from.")
            )
        else:
            self.reasons_note.setText(
                translate("paintings", "The features say {0}, because:").format(
                    style_name(named.style)
                )
            )
        self.reasons.show_reasons(named.reasons if named is not None else (), explained.titles)
        heated = next((one for answer, one in pairs if answer.method == NETWORK), None)
        self.page.heat.setToolTip(
            translate("paintings", "Where the network sees {0} (H): pink speaks for it").format(
                style_name(heated.style) if heated is not None else ""
            )
        )

    def _fail(self, error: BaseException) -> None:
        if not isinstance(error, Cancelled):
            self.page.show_problem(str(error_words(error)))
