"""Learning from corrections: adjusts the classifier in use, and asks before it is used."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from kirara_paintings.answers import NETWORK
from kirara_paintings.classifiers import Models, method_of
from kirara_paintings.collection import Collection
from kirara_paintings.learning.correcting import correct_job
from kirara_paintings.learning.fit_jobs import SaveModelRequest, save_model_job
from kirara_paintings.view_state import ViewState
from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.correcting import CorrectRequest, CorrectResult, Score
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import Task

translate = QCoreApplication.translate

_MOST_OTHERS = 200  # pictures whose answers are compared


class Corrections(QObject):
    """Adjusts the classifier by the styles that the user gave.

    :attr:`accepted` carries the file of an adjusted model that shall be used.
    """

    changed = Signal()
    accepted = Signal(Path)

    def __init__(
        self,
        context: PanelContext,
        collection: Collection,
        models: Models,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._collection, self._models = context, collection, models
        self._task = Task(context.jobs, "correct", parent=self)
        self._task.changed.connect(self.changed)
        self._task.failed.connect(context.show_error)

    @property
    def busy(self) -> bool:
        """True while a classifier is adjusted."""
        return self._task.busy

    def stop(self) -> None:
        """Stop adjusting."""
        self._task.stop()

    def learn(self, state: ViewState) -> None:
        """Adjust the network's classifier, then offer the result with its figures."""
        base = next((one for one in self._models.in_use() if method_of(one) == NETWORK), None)
        if base is None:
            self._context.show_error(
                UserError(
                    "This model cannot learn from corrections: it judges by named features.",
                    advice="Choose “The four styles” or a model of the network as the classes.",
                )
            )
            return
        collection, labels = self._collection, self._collection.labels(state)
        shown = collection.shown(state)
        others = [n for n in shown if n not in labels and n not in collection.pending]
        others = others[:: -(-len(others) // _MOST_OTHERS) or 1]
        request = CorrectRequest(
            base.path,
            tuple((collection.item(n, state), labels[n]) for n in shown if n in labels),
            tuple(collection.item(n, state) for n in others),
            self._context.data_folder / "learnt" / "corrected.safetensors",
        )
        title = translate("paintings", "Learning from corrections")
        self._task.start(correct_job, request, partial(self._offer, base.name), title=title)

    def _offer(self, base: str, result: CorrectResult) -> None:
        own = result.corrected.count + result.checked.count
        message = translate(
            "paintings", "“{0}” was adjusted by {1} pictures; it keeps all of its {2} classes."
        ).format(base, own, len(result.classes))
        choice = translate("paintings", "Use it"), partial(self._accept, result, f"{base} + {own}")
        self._context.offer(message, _figures(result), (choice,))

    def _accept(self, result: CorrectResult, name: str) -> None:
        request = SaveModelRequest(result.model, self._context.data_folder, name=name)
        self._context.jobs.submit(
            "save model", save_model_job, request, on_result=self.accepted.emit
        )


def _figures(result: CorrectResult) -> str:
    """Accuracy before and after, on corrected, checked and other pictures."""

    def score(text: str, of: Score) -> str:
        return text.format(of.count, of.before, of.after) if of.count else ""

    texts = [
        score(
            translate("paintings", "Corrected pictures ({0}): {1} right before, {2} after."),
            result.corrected,
        ),
        score(
            translate("paintings", "Checked pictures ({0}): {1} right before, {2} after."),
            result.checked,
        ),
        translate("paintings", "Of {0} other pictures, {1} get another answer.").format(
            result.others, result.changed
        )
        if result.others
        else "",
    ]
    if result.corrected.count + result.checked.count > 1:
        texts.append(
            translate("paintings", "Each is judged by a model adjusted without this picture.")
        )
    if result.unread:
        text = translate("paintings", "Could not be read: {0}")
        texts.append(text.format(", ".join(result.unread[:5])))
    return " ".join(filter(None, texts))
