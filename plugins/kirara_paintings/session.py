"""What the panel works on, without widgets: pictures, their styles, and own classes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from kirara_paintings.answers import Pixels
from kirara_paintings.classification import Classification
from kirara_paintings.classifiers import Models, method_of
from kirara_paintings.collection import UNREAD, WAITING, Collection, Group, answers_as_csv
from kirara_paintings.corrections import Corrections
from kirara_paintings.detail import Detail
from kirara_paintings.jobs import SaveRequest, save_job
from kirara_paintings.label_store import LabelStore
from kirara_paintings.learning.fit_jobs import SaveModelRequest, save_model_job
from kirara_paintings.own_classes import OwnClasses
from kirara_paintings.pictures.finding import samples_folder
from kirara_paintings.sort_into_folders import SortResult
from kirara_paintings.sorting import Sorting
from kirara_paintings.view_state import ViewState
from kirara_paintings.words import style_name
from kirara_studio.api.errors import UserError
from kirara_studio.api.model_library import each_once
from kirara_studio.api.models import fingerprint
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import Document

if TYPE_CHECKING:
    from PySide6.QtGui import QUndoStack

translate = QCoreApplication.translate

MODEL_SUFFIX = ".safetensors"
WELCOME, GALLERY, DETAIL, CLASSES = "welcome", "gallery", "detail", "classes"
"""The pages of the panel."""


class Session(QObject):
    """The document is a :class:`ViewState`; pictures whose answers it changes are classified again.

    ``groups`` are the pictures as the gallery shows them. :attr:`changed` is emitted when the
    state, the groups, :attr:`page` or :attr:`busy` may have changed, :attr:`saved` for each file,
    :attr:`noted` with a note (a UserError) on files that were left out.
    """

    changed = Signal()
    models_changed = Signal()
    saved = Signal(Path)
    noted = Signal(object)

    def __init__(
        self,
        context: PanelContext,
        undo_stack: QUndoStack | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.document = Document(ViewState(), undo_stack, self)
        self.label_store = LabelStore(context.data_folder / "remembered.json", context.show_error)
        self.collection = Collection(self.label_store.label)
        self.models = Models(context.data_folder, each_once(context.show_error))
        self.groups: list[Group] = []
        self.order: list[int] = []
        self._settled = self.state
        self._on_classes = self._in_detail = False

        jobs, models = context.jobs, self.models.paths
        self.classification = Classification(
            jobs, self.collection, lambda: self.state, models, self
        )
        self.detail = Detail(jobs, self.collection, self.document, models, self)
        self.own_classes = OwnClasses(context, self.document, self)
        self.corrections = Corrections(context, self.collection, self.models, self)
        self.sorting = Sorting(context, self.document.undo_stack, self)

        self.classification.changed.connect(self.refresh)
        self.classification.failed.connect(context.show_error)
        self.classification.noted.connect(self.noted)
        self.own_classes.changed.connect(self.changed)
        self.own_classes.saved.connect(self._use_own_model)
        self.corrections.changed.connect(self.changed)
        self.corrections.accepted.connect(self._use_corrected_model)
        self.sorting.changed.connect(self.changed)
        self.sorting.ended.connect(self._files_moved)
        self.document.settled.connect(self._settle)

    @property
    def state(self) -> ViewState:
        """The current state."""
        return self.document.value

    @property
    def styles(self) -> list[str]:
        """The classes that are in use, in their order."""
        return list(self.models.styles())

    @property
    def count(self) -> int:
        """The number of pictures, with those that the filter hides."""
        return len(self.collection) - len(self.state.removed)

    def restore(self, values: object) -> None:
        """Continue with the state of an earlier session; invalid values become the default."""
        self.models.refresh()
        state = ViewState.from_dict(values) if isinstance(values, dict) else ViewState()
        if state.model not in (str(model.path) for model in self.models.own):
            state = replace(state, model="")
        self.document.replace(replace(state, classes=self.label_store.classes))
        self.models_changed.emit()
        self.sorting.offer_interrupted()

    def edit(self, text: str, **changes: Any) -> None:
        """Change fields of the state, as a step called ``text`` that can be undone."""
        if "crop" in changes or "model" in changes:
            changes["turned"] = frozenset()
        if "model" in changes:
            changes["labels"] = self.collection.stored_labels(changes["model"])
        self.document.edit(replace(self.state, **changes), text)

    def label(self, numbers: list[int], style: str) -> None:
        """Give pictures a style."""
        text = translate("paintings", "This is {0}").format(style_name(style))
        self.edit(text, labels={**self.state.labels, **dict.fromkeys(numbers, style)})

    def unlabel(self, numbers: list[int]) -> None:
        """Use the classifiers' answers again."""
        text = translate("paintings", "Use the classifiers' answer")
        self.edit(text, labels={**self.state.labels, **dict.fromkeys(numbers, "")})

    def remove(self, numbers: list[int]) -> None:
        """Take pictures out of the gallery; their files stay."""
        text = translate("paintings", "Take out of the gallery")
        self.edit(text, removed=self.state.removed | frozenset(numbers))

    def clear(self) -> None:
        """Take all pictures out of the gallery."""
        self.classification.stop()
        self.remove(self.collection.shown(self.state))

    def turn_crop(self, number: int) -> None:
        """Crop a picture, or use all of it."""
        text = (
            translate("paintings", "Undo crop")
            if self.state.crops(number)
            else translate("paintings", "Crop")
        )
        self.edit(text, turned=self.state.turned ^ {number})

    def _settle(self, state: ViewState) -> None:
        old, self._settled = self._settled, state
        self._context.state["setting"] = state.to_dict()
        other_model = state.model != old.model
        self.models.choose(state.model)
        if other_model:
            self.models_changed.emit()
        again = [
            number
            for number in self.collection.shown(state)
            if other_model or state.crops(number) != old.crops(number)
        ]
        self.classification.reclassify(again)
        self.classification.classify(
            number
            for number in old.removed - state.removed
            if self.collection.outcomes[number] is None and number not in again
        )
        if state.labels != old.labels or state.classes != old.classes:
            self._keep()
        self.refresh()
        if self._in_detail and (self.detail.number in again or other_model):
            self.detail.explain()

    def _keep(self) -> None:
        """Keep labels and own classes for the next session, by the paths of the pictures."""
        paths, state = self.collection.paths, self.state
        labels = {paths[n]: style for n, style in self.collection.labels(state).items()}
        try:
            self.label_store.keep(state.model, labels, paths, state.classes)
        except UserError as error:
            self._context.show_error(error)

    def take(self, paths: list[Path]) -> None:
        """Import models, add pictures to the gallery, or folders to the own classes."""
        others = [path for path in paths if path.suffix.lower() != MODEL_SUFFIX]
        for path in paths:
            if path not in others:
                self.import_model(path)
        if others and self._on_classes:
            self.own_classes.add(others)
        elif others:
            self.add(others)

    def add(self, paths: list[Path]) -> None:
        """Classify pictures, and those in folders."""
        if not self.models.paths():
            self._context.show_error(
                UserError(
                    "No such model comes with this copy of the studio.",
                    advice="Drop a model file here, or learn classes of your own.",
                )
            )
        known = {self.collection.number_of(path) for path in paths}
        if back := self.state.removed & known:
            text = translate("paintings", "Add pictures")
            self.edit(text, removed=self.state.removed - back)
        self.classification.add(paths)
        self.show_gallery()

    def add_samples(self) -> None:
        """Classify the pictures that come with the studio."""
        folder = samples_folder()
        if folder is not None:
            self.add([folder])

    def refresh(self) -> None:
        """Group the pictures again."""
        if self._is_empty:
            self._in_detail = False
        self.groups = self.collection.groups(self.state, self.styles)
        self.order = [number for group in self.groups for number in group.numbers]
        self.changed.emit()

    @property
    def page(self) -> str:
        """The page that is shown."""
        if self._on_classes:
            return CLASSES
        if self._is_empty:
            return WELCOME
        return DETAIL if self._in_detail else GALLERY

    @property
    def _is_empty(self) -> bool:
        return not self.count and not self.classification.busy

    def show_classes(self, on: bool = True) -> None:
        """Go to the page of own classes, or back to the page before."""
        self._on_classes = on
        self.changed.emit()

    def show_gallery(self) -> None:
        """Go to the gallery."""
        self._on_classes = self._in_detail = False
        self.refresh()

    def open(self, number: int) -> None:
        """Show a picture and the reasons for its style."""
        self._on_classes, self._in_detail = False, True
        self.detail.open(number)
        self.changed.emit()

    def open_file(self, path: Path) -> None:
        """Show a picture, and add it to the gallery if it is new."""
        number = self.collection.number_of(path)
        if number is None:
            (number,) = self.collection.add([path])
            self.classification.classify([number])
        self.open(number)

    def step(self, by: int) -> None:
        """Open the next or previous picture of the gallery."""
        if self.has_neighbour(by):
            self.open(self.order[self.order.index(self.detail.number) + by])

    def has_neighbour(self, by: int) -> bool:
        """True if :meth:`step` finds a picture."""
        number, order = self.detail.number, self.order
        return number in order and 0 <= order.index(number) + by < len(order)

    @property
    def busy(self) -> bool:
        """True while a job runs that belongs to this page."""
        if self._on_classes:
            return self.own_classes.busy
        return self.classification.busy or self.sorting.busy or self.corrections.busy

    @property
    def can_start(self) -> bool:
        """True if this page has classes to learn, or pictures to classify."""
        if self._on_classes:
            return len(self.state.classes) > 1
        return bool(self.collection.pending - self.state.removed)

    def start(self) -> None:
        """Learn, or classify the pictures that have not been classified."""
        if self._on_classes:
            self.own_classes.fit()
        else:
            self.classification.resume()

    def stop(self) -> None:
        """Stop the jobs of this page."""
        if self._on_classes:
            self.own_classes.stop()
        else:
            self.classification.stop()
            self.sorting.stop()
            self.corrections.stop()
        self.changed.emit()

    def import_model(self, path: Path) -> None:
        """Copy a model file to the user's models, and use it."""
        self._context.jobs.submit(
            "import model",
            save_model_job,
            SaveModelRequest(path, self._context.data_folder),
            title=translate("paintings", "Importing {0}").format(path.name),
            on_result=self.use_model,
        )

    def refresh_models(self) -> None:
        """Look for models again, after one was renamed or deleted."""
        self.models.refresh()
        self.models.choose(self.state.model)
        self.models_changed.emit()

    def leave_model(self) -> None:
        """Use the studio's classifiers, before the chosen model is deleted."""
        self.edit(translate("paintings", "Classes"), model="")

    def use_model(self, path: Path) -> None:
        """Use a model that is new among the user's."""
        self.models.refresh()
        self.edit(translate("paintings", "Classes"), model=str(path))

    def _use_own_model(self, path: Path) -> None:
        self.use_model(path)
        self.show_gallery()
        self.saved.emit(path)

    def _use_corrected_model(self, path: Path) -> None:
        """Use it, with the styles that it learnt from: they are of the same classes."""
        self.models.refresh()
        labels = self.collection.labels(self.state)
        state = replace(self.state, model=str(path), turned=frozenset(), labels=labels)
        self.document.edit(state, translate("paintings", "Learn from corrections"))
        self.saved.emit(path)

    def learn_from_corrections(self) -> None:
        """Adjust the classifier in use by the pictures that the user gave a style."""
        self.corrections.learn(self.state)

    def sort_into_folders(self, folder: Path, *, move: bool) -> None:
        """Copy or move all pictures that the gallery shows into folders named like their styles."""
        files = tuple(
            (self.collection.paths[number], style_name(group.name))
            for group in self.groups
            if group.name not in (WAITING, UNREAD)
            for number in group.numbers
        )
        self.sorting.sort(files, folder, move=move)

    def _files_moved(self, sorted_files: SortResult | None) -> None:
        if sorted_files is not None:
            for filed in sorted_files.done:
                number = self.collection.number_of(filed.source)
                if number is not None:
                    self.collection.moved(number, filed.target)
            self._keep()
        self.refresh()

    def save_csv(self, path: Path) -> None:
        """Save the answers for all pictures."""
        models = {
            one["method"]: f"{one['model']} {one['model_fingerprint']}"
            for one in self._models_in_use()
        }
        self._save(SaveRequest(path, answers_as_csv(self.collection, self.state, models)))

    def save_picture(self, path: Path, pixels: Pixels) -> None:
        """Save the opened picture as it is shown, ``pixels``, with the answers."""
        explained = self.detail.explained
        if explained is None:
            return
        box = explained.box
        settings: dict[str, Any] = {
            "kind": "painting",
            "picture": explained.request.item.path.name,
            "box": [box.left, box.top, box.right, box.bottom],
            "answers": [
                {"method": answer.method, "probabilities": dict(answer.probabilities)}
                for answer in explained.answers
            ],
            "models": self._models_in_use(),
        }
        self._save(SaveRequest(path, pixels, settings))

    def _save(self, request: SaveRequest) -> None:
        self._context.jobs.submit_io(
            f"write {request.output}", save_job, request, on_result=self.saved.emit
        )

    def _models_in_use(self) -> list[dict[str, str]]:
        return [
            {
                "method": method_of(model),
                "model": model.name,
                "model_fingerprint": fingerprint(model.path),
            }
            for model in self.models.in_use()
        ]
