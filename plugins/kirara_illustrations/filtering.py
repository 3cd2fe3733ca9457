"""The filter as the panel sees it: its model, the threshold, judging and learning. No widgets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from kirara_illustrations.filter.judging import (
    FacesRequest,
    FilterRequest,
    Picture,
    Verdict,
    correct_job,
    faces_job,
    filter_job,
)
from kirara_illustrations.jobs import (
    AddFilterRequest,
    RejudgeRequest,
    add_filter_job,
    rejudge_job,
)
from kirara_illustrations.options import Options
from kirara_illustrations.storage.library import Item, Library, Query
from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.correcting import CorrectRequest, CorrectResult
from kirara_studio.api.model_library import ModelFile, each_once
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import Task, offer_corrected

translate = QCoreApplication.translate

_JUDGED = 256  # pictures of a job of the filter
_COMPARED = 200  # pictures whose answers are compared after learning


class Filtering(QObject):
    """Judges the pictures of ``library``.

    Emits :attr:`changed` when verdicts may be others, and :attr:`second_opinion`: whether the
    cascade finds drawn faces in the picture that it was asked about.
    """

    changed = Signal()
    second_opinion = Signal(bool)

    def __init__(
        self, context: PanelContext, library: Library, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._library = context, library
        self._report = each_once(context.show_error)
        self.model: ModelFile | None = None
        self.confidences: Sequence[float] = ()
        """How certainly each picture of the place that is shown is an illustration, 0…1."""
        self.corrections = 0
        """How many pictures the user gave a class."""
        self.judging = Task(context.jobs, "judge", parent=self)
        self.learning = Task(context.jobs, "correct", parent=self)
        self._adding = Task(context.jobs, "add filter", io=True, parent=self)
        self._asking = Task(context.jobs, "faces", parent=self)
        self._asking.failed.connect(self._report)
        for task in (self.judging, self.learning, self._adding):
            task.failed.connect(context.show_error)

    @property
    def threshold(self) -> float:
        """The confidence from which a picture passes, 0…1."""
        return Options.of(self._context.settings).threshold

    def set_threshold(self, value: float) -> None:
        """Let pictures pass from another confidence on."""
        if value != self.threshold:
            self._context.settings["threshold"] = value
            self.changed.emit()

    def passes(self, item: Item) -> bool:
        """Whether a picture is shown as an illustration; without a filter every one is."""
        return self.model is None or item.confidence >= self.threshold

    def reload(self, query: Query) -> None:
        """Read what the filter said of the pictures of a query. Raises UserError if that fails."""
        self.corrections = self._library.count_corrected()
        self.confidences = self._library.confidences(query) if self.model is not None else ()

    # The model

    def choose_model(self) -> None:
        """Look which model is used: the one in the settings, or the first there is."""
        options, folder = Options.of(self._context.settings), self._context.data_folder
        self.model = None
        try:
            self.model = options.filter_model(folder, self._report)
        except UserError as error:
            self._report(error)

    def use(self, path: Path) -> None:
        """Judge all pictures by another model, from what the network saw of them."""
        self._context.settings["model"] = str(path)
        self.choose_model()
        if self.model is not None:
            self.judging.start(
                rejudge_job,
                RejudgeRequest(self._context.data_folder, self.model.path),
                lambda _: self._on_judged(),
                title=translate("illustrations", "Judging pictures"),
            )

    # Judging

    def ask_cascade(self, path: Path) -> None:
        """Ask the cascade in the settings, if there is one, for a second opinion on a picture."""
        cascade = Options.of(self._context.settings).cascade
        if cascade:
            request = FacesRequest(path, Path(cascade))
            self._asking.start(faces_job, request, self.second_opinion.emit)
        else:
            self._asking.stop()

    def judge(self) -> None:
        """Judge the pictures that nobody judged yet, some at a time."""
        if self.model is None or self.judging.busy:
            return
        pictures = self._library.unjudged(_JUDGED)
        if pictures:
            self.judging.start(
                filter_job,
                FilterRequest(tuple(pictures), self.model.path),
                lambda _: self._on_judged(),
                title=translate("illustrations", "Judging pictures"),
                on_part=partial(self._keep, pictures),
            )

    def _keep(self, pictures: Mapping[Path, Sequence[int]], verdicts: Sequence[Verdict]) -> None:
        rows = [one.row(picture) for one in verdicts for picture in pictures[one.path]]
        try:
            self._library.put_verdicts(rows)
        except UserError as error:  # a full disk
            self.judging.stop()
            self._context.show_error(error)

    def _on_judged(self) -> None:
        self.changed.emit()
        QTimer.singleShot(0, self, self.judge)

    # Learning

    def learn(self) -> None:
        """Adjust the filter by the user's corrections, then offer the result with its figures."""
        if self.model is None:
            return
        library, labelled = self._library, self._library.corrected()
        known = {number for number, _, _ in labelled}
        others = [one for one in library.find(Query(passing=None)) if one not in known]
        others = others[:: -(-len(others) // _COMPARED) or 1]
        request = CorrectRequest(
            self.model.path,
            tuple((Picture(library.path_of(file)), name) for _, file, name in labelled),
            tuple(Picture(library.path_of(item.file)) for item in library.items(others)),
            self._context.data_folder / "learnt" / "corrected.safetensors",
        )
        self.learning.start(
            correct_job,
            request,
            partial(self._offer, self.model.name),
            title=translate("illustrations", "Learning from corrections"),
        )

    def _offer(self, base: str, result: CorrectResult) -> None:
        own = result.corrected.count + result.checked.count
        request = AddFilterRequest(result.model, self._context.data_folder, f"{base} + {own}")
        offer_corrected(
            self._context,
            base,
            result,
            lambda: self._adding.start(add_filter_job, request, self.use),
        )
