"""The opened picture, and why it is of a style."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from kirara_paintings.collection import Collection
from kirara_paintings.jobs import Explained, ExplainRequest, explain_job
from kirara_paintings.view_state import ViewState
from kirara_studio.api.jobs import Jobs
from kirara_studio.api.widgets import Document, Task

_PAUSE = 60  # ms, so that stepping through pictures quickly does not explain each of them


class Detail(QObject):
    """Explains one picture at a time; the newest request wins.

    ``number`` is the picture's, ``style`` the class to explain, empty for the most probable one.
    ``explained`` is the last explanation of this picture. :attr:`opened` is emitted when another
    picture is opened, :attr:`arrived` with each explanation, :attr:`failed` with the error.
    """

    opened = Signal()
    arrived = Signal()
    failed = Signal(object)

    def __init__(
        self,
        jobs: Jobs,
        collection: Collection,
        document: Document[ViewState],
        models: Callable[[], list[Path]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._collection, self._document, self._models = collection, document, models
        self.number = -1
        self.style = ""
        self.explained: Explained | None = None
        self._task = Task(jobs, "explain", parent=self)
        self._task.failed.connect(self.failed)
        self._soon = QTimer(self, interval=_PAUSE, singleShot=True)
        self._soon.timeout.connect(self._submit)

    def open(self, number: int) -> None:
        """Show another picture."""
        self.number, self.style, self.explained = number, "", None
        self.opened.emit()
        self.explain()

    def ask(self, style: str) -> None:
        """Explain another class of the same picture."""
        self.style = style
        self.explain()

    def explain(self) -> None:
        """Compute the explanation again, in a moment."""
        self._soon.start()

    def _submit(self) -> None:
        if 0 <= self.number < len(self._collection):
            item = self._collection.item(self.number, self._document.value)
            request = ExplainRequest(item, tuple(self._models()), self.style)
            self._task.start(explain_job, request, self._take)

    def _take(self, explained: Explained) -> None:
        if explained.request.item.path == self._collection.paths[self.number]:
            self.explained = explained
            self.arrived.emit()
