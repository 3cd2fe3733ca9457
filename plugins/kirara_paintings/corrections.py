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
from kirara_studio.api.learning.correcting import CorrectRequest, CorrectResult
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import Task, offer_corrected

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
        offer_corrected(
            self._context, base, result, partial(self._accept, result, f"{base} + {own}")
        )

    def _accept(self, result: CorrectResult, name: str) -> None:
        request = SaveModelRequest(result.model, self._context.data_folder, name=name)
        self._context.jobs.submit(
            "save model", save_model_job, request, on_result=self.accepted.emit
        )
