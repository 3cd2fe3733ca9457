"""What the panel works on: the collection, what of it is shown, and the tasks. No widgets."""

from __future__ import annotations

import itertools
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QUndoStack

from kirara_illustrations.collecting.collector import OwnSecrets
from kirara_illustrations.filter.classes import ILLUSTRATION_FILTER
from kirara_illustrations.filter.judging import (
    FilterRequest,
    Picture,
    Verdict,
    correct_job,
    filter_job,
)
from kirara_illustrations.jobs import (
    AddFilterRequest,
    Collected,
    CollectRequest,
    CopyRequest,
    Pixels,
    RejudgeRequest,
    SimilarRequest,
    TryRequest,
    add_filter_job,
    collect_job,
    copy_job,
    picture_job,
    rejudge_job,
    similar_job,
    try_job,
)
from kirara_illustrations.options import Options
from kirara_illustrations.sources import SOURCES
from kirara_illustrations.storage.library import Item, Library, Query, SourceRow
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_folder
from kirara_studio.api.learning.correcting import CorrectRequest, CorrectResult
from kirara_studio.api.model_library import ModelFile, available_models, each_once, find_model
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import Step, Task, offer_corrected

translate = QCoreApplication.translate

EVERYTHING, FAVOURITES, HIDDEN, SOURCE, SIMILAR = "all", "favourites", "hidden", "source", "similar"
"""What the gallery shows: all, what was marked, one source, or what looks like a picture."""
PASSING, REST, ANY = "passing", "rest", "any"
"""Which of them: those that pass the filter, the others, or both."""

_LOOK_MS = 1000  # between two looks whether somebody else changed the collection
_SEARCH_MS = 120  # after the last key
_SIMILAR = 200
_JUDGED = 256  # pictures of a job of the filter
_KNOWN = 2000  # pictures of which author, text and marks are in memory
_AHEAD = 60
_COMPARED = 200  # pictures whose answers are compared after learning


@dataclass(frozen=True)
class View:
    """What the gallery shows. ``number`` is that of the source, or of the picture."""

    place: str = EVERYTHING
    number: int = 0
    show: str = PASSING
    words: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Plain values, without what is only for now."""
        return {"place": self.place, "number": self.number, "show": self.show}

    @classmethod
    def from_dict(cls, values: object) -> View:
        """What ``to_dict`` gave; what is damaged counts as missing."""
        known = values if isinstance(values, dict) else {}
        place, number, show = (known.get(name) for name in ("place", "number", "show"))
        return cls(
            place if place in (EVERYTHING, FAVOURITES, HIDDEN, SOURCE) else EVERYTHING,
            number if type(number) is int else 0,
            show if show in (PASSING, REST, ANY) else PASSING,
        )


class Session(QObject):
    """The collection as the panel shows it.

    Emits :attr:`changed` when what is listed may have changed, :attr:`marked` when only marks did,
    :attr:`opened` when another picture is open or none, :attr:`arrived` with its pixels,
    :attr:`busy_changed`, :attr:`tried` with what a source has or its error, and :attr:`saved`.
    """

    changed = Signal()
    marked = Signal()
    opened = Signal()
    arrived = Signal(object)
    busy_changed = Signal()
    tried = Signal(object)
    copied = Signal(list)

    def __init__(
        self,
        context: PanelContext,
        undo_stack: QUndoStack | None = None,
        parent: QObject | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(parent)
        self._context, self._clock = context, clock
        self._undo_stack = undo_stack if undo_stack is not None else QUndoStack(self)
        self.library = Library(context.data_folder, context.show_error)
        self.view = View()
        self.shapes: Sequence[tuple[int, int, int]] = ()
        self.sources: list[SourceRow] = []
        self.counts: Mapping[int, int] = {}
        self.confidences: Sequence[float] = ()
        self.corrections = 0
        """How many pictures the user gave a class."""
        self.progress: Collected | None = None
        self.current = 0
        """The picture that is open, 0 if none is."""
        self._similar: list[int] = []
        self._items: OrderedDict[int, Item] = OrderedDict()
        self._rows: dict[int, int] = {}
        self._version = -1
        self._report = each_once(context.show_error)
        self.model: ModelFile | None = None

        jobs = context.jobs
        self._collecting = Task(jobs, "collect", io=True, parent=self)
        self._judging = Task(jobs, "judge", parent=self)
        self._reading = Task(jobs, "picture", io=True, parent=self)
        self._comparing = Task(jobs, "similar", io=True, parent=self)
        self._trying = Task(jobs, "try", io=True, parent=self)
        self._copying = Task(jobs, "copy", io=True, parent=self)
        self._adding = Task(jobs, "add filter", io=True, parent=self)
        self._learning = Task(jobs, "correct", parent=self)
        self._stoppable = (
            self._collecting, self._judging, self._comparing, self._copying, self._learning,
        )  # fmt: skip
        self._adding.failed.connect(context.show_error)
        for task in self._stoppable:
            task.failed.connect(context.show_error)
            task.changed.connect(self.busy_changed)
        self._reading.failed.connect(self.arrived)
        self._trying.failed.connect(self.tried)
        for signal in (self._collecting.failed, self._collecting.stopped):
            signal.connect(self._on_collecting_ended)
        self._watching = QTimer(self, interval=_LOOK_MS)
        self._watching.timeout.connect(self.look)
        self._searching = QTimer(self, singleShot=True, interval=_SEARCH_MS)
        self._searching.timeout.connect(self.reload)
        self.destroyed.connect(self.library.close)

    # What is there

    def watch(self) -> None:
        """Follow what others change, the service or a command, from now on."""
        self.choose_model()
        self.reload()
        self._watching.start()

    def rest(self) -> None:
        """Stop what :meth:`watch` began."""
        self._watching.stop()

    def look(self) -> None:
        """Read the collection again if somebody else changed it."""
        if self.library.version != self._version:
            self.reload()

    def reload(self) -> None:
        """Read the collection again."""
        self._searching.stop()
        try:
            self._version = self.library.version
            self.sources = self.library.sources()
            self.counts = self.library.counts()
            self.corrections = len(self.library.corrected())
            if self.view.place == SOURCE and self.view.number not in {s.id for s in self.sources}:
                self.view = replace(self.view, place=EVERYTHING, number=0)
            self.shapes = self._found()
            self.confidences = self.library.confidences(self._query()) if self.filtered else ()
        except UserError as error:
            self._report(error)
            return
        self._rows = {shape[0]: row for row, shape in enumerate(self.shapes)}
        self._items.clear()
        if self.current and self.current not in self._rows:
            self.close()
        self.changed.emit()

    def _found(self) -> Sequence[tuple[int, int, int]]:
        if self.view.place != SIMILAR:
            return self.library.shapes(self._query())
        items = self.library.items(self._similar)
        return [(item.id, item.width, item.height) for item in items]

    def _query(self) -> Query:
        view = self.view
        passing = {PASSING: True, REST: False}.get(view.show) if self.filtered else None
        return Query(
            view.words,
            passing=None if view.place in (FAVOURITES, HIDDEN) else passing,
            least=self.threshold,
            favourites=view.place == FAVOURITES,
            hidden=view.place == HIDDEN,
            source=view.number if view.place == SOURCE else 0,
        )

    @property
    def empty(self) -> bool:
        """Whether there are neither sources nor pictures."""
        return not self.sources and not self.counts

    @property
    def order(self) -> list[int]:
        """The numbers of the pictures that are shown."""
        return [number for number, _, _ in self.shapes]

    def item(self, number: int) -> Item | None:
        """What is known of a picture; its neighbours are read with it."""
        if number not in self._items:
            row = self._rows.get(number, -1)
            near = [number]
            if row >= 0:
                near = [one for one, _, _ in self.shapes[max(0, row - _AHEAD) : row + _AHEAD]]
            for item in self.library.items(near):
                self._items[item.id] = item
            while len(self._items) > _KNOWN:
                self._items.popitem(last=False)
        return self._items.get(number)

    def path(self, number: int) -> Path | None:
        """The file of a picture."""
        item = self.item(number)
        return None if item is None else self.library.path_of(item.file)

    # What is shown

    def go(self, place: str, number: int = 0) -> None:
        """Show another part of the collection."""
        self.close()
        self.view = replace(self.view, place=place, number=number)
        self.reload()

    def set_show(self, show: str) -> None:
        """Show what passes, the rest, or both."""
        self.view = replace(self.view, show=show)
        self.reload()

    def search(self, words: str) -> None:
        """Show the pictures whose author, text or tags have all of these words, in a moment."""
        place = EVERYTHING if self.view.place == SIMILAR else self.view.place
        self.view = replace(self.view, words=words, place=place)
        self._searching.start()

    def more_like(self, number: int) -> None:
        """Show the pictures that look most like one."""
        self._comparing.start(
            similar_job,
            SimilarRequest(self._context.data_folder, number, _SIMILAR),
            partial(self._show_similar, number),
            title=translate("illustrations", "Finding similar pictures"),
        )

    def _show_similar(self, number: int, found: list[int]) -> None:
        self._similar = found
        self.view = replace(self.view, words="")
        self.go(SIMILAR, number)

    def restore(self, values: object) -> None:
        """Show what was shown when the panel was closed."""
        self.view = View.from_dict(values)

    # One picture

    def open(self, number: int) -> None:
        """Open a picture."""
        self.current = number
        self.opened.emit()
        if path := self.path(number):
            self._reading.start(picture_job, path, self._on_read)

    def _on_read(self, pixels: Pixels) -> None:
        self.arrived.emit(pixels)

    def close(self) -> None:
        """Go back to the gallery."""
        if self.current:
            self._reading.stop()
            self.current = 0
            self.opened.emit()

    def neighbour(self, step: int) -> int:
        """The picture before (−1) or after (1) the open one, 0 if there is none."""
        row = self._rows.get(self.current, -2) + step
        return self.shapes[row][0] if 0 <= row < len(self.shapes) else 0

    def step(self, step: int) -> None:
        """Open the picture before (−1) or after (1)."""
        if number := self.neighbour(step):
            self.open(number)

    def open_post(self, number: int) -> None:
        """Open the page of the post, or of a file of the user's its folder."""
        item = self.item(number)
        if item is None:
            return
        folder = QUrl.fromLocalFile(str(self.library.path_of(item.file).parent))
        page = QUrl(item.address) if item.address else folder
        if not QDesktopServices.openUrl(page):
            self._context.show_error(
                UserError(
                    "“{page}” could not be opened.",
                    advice="Open it in your browser.",
                    page=page.toString(),
                )
            )

    # Marks

    def set_favourite(self, numbers: Sequence[int], on: bool) -> None:
        """Mark pictures as favourites, or no longer."""
        text = translate("illustrations", "Favourite")
        self._mark(text, numbers, on, lambda item: bool(item.favourite), "favourite")

    def set_hidden(self, numbers: Sequence[int], on: bool) -> None:
        """Hide pictures, or show them again."""
        text = translate("illustrations", "Hide") if on else translate("illustrations", "Show")
        self._mark(text, numbers, on, lambda item: bool(item.hidden), "hidden")

    def _mark(
        self,
        text: str,
        numbers: Sequence[int],
        on: bool,
        now: Callable[[Item], bool],
        name: str,
    ) -> None:
        others = [item.id for item in self.library.items(numbers) if now(item) != on]

        def write(_old: bool, new: bool) -> None:
            self.library.mark(others, **{name: new})

        if others:
            self._push(text, write, not on, on)

    def correct(self, numbers: Sequence[int], class_name: str) -> None:
        """Say what pictures are; an empty class takes the filter's word again."""
        before = {item.id: item.corrected for item in self.library.items(numbers)}
        after = dict.fromkeys(before, class_name)

        def write(_old: Mapping[int, str], new: Mapping[int, str]) -> None:
            for name in set(new.values()):
                self.library.correct([one for one in new if new[one] == name], name)

        if before != after:
            self._push(translate("illustrations", "Correct"), write, before, after)

    def remove(self, numbers: Sequence[int]) -> None:
        """Delete pictures; undo brings them back until the studio starts again."""
        following = self.neighbour(1) or self.neighbour(-1)

        def write(_old: bool, there: bool) -> None:
            (self.library.restore if there else self.library.trash)(numbers)

        was_open = self.current in numbers
        self._push(translate("illustrations", "Delete"), write, True, False)
        if was_open and following:
            self.open(following)
        text = translate("illustrations", "Deleted: {0}. Ctrl+Z brings back.")
        self._context.show_message(text.format(len(numbers)))

    def _push(self, text: str, write: Callable[[Any, Any], None], old: Any, new: Any) -> None:
        self._undo_stack.push(Step(text, write, old, new, self._on_step))

    def _on_step(self, problem: UserError | None) -> None:
        if problem is not None:
            self._context.show_error(problem)
        self.reload()

    # Sources

    def try_source(self, kind: str, settings: Mapping[str, Any], secret: str) -> None:
        """Look what a source has; :attr:`tried` follows."""
        secrets = {SOURCES[kind].secret: secret}
        self._trying.start(try_job, TryRequest(kind, settings, secrets), self.tried.emit)

    def stop_trying(self) -> None:
        """Wait for a source no longer."""
        self._trying.stop()

    def secret_of(self, row: SourceRow) -> str:
        """The token or password of a source."""
        return self._secrets(row.name).get(SOURCES[row.kind].secret)

    def _secrets(self, name: str) -> OwnSecrets:
        return OwnSecrets(self._context.secrets, name)

    def put_source(
        self,
        before: SourceRow | None,
        name: str,
        kind: str,
        settings: Mapping[str, Any],
        secret: str,
    ) -> None:
        """Add a source, or change one, and collect from it. Raises UserError if that fails."""
        name = name.strip()
        if before is None:
            number = self.library.add_source(name, kind, settings)
        else:
            number = before.id
            self.library.change_source(number, name, settings)
            if name != before.name:
                self._secrets(before.name).set(SOURCES[kind].secret, "")
        if SOURCES[kind].secret:
            self._secrets(name).set(SOURCES[kind].secret, secret)
        self.reload()
        self.collect([number])

    def add_folders(self, paths: Sequence[Path]) -> None:
        """Add folders as sources; of a file it is the folder that it lies in."""
        folders = dict.fromkeys(path if is_folder(path) else path.parent for path in paths)
        known = {row.settings.get("path") for row in self.sources}
        numbers = []
        for folder in folders:
            if str(folder) not in known:
                names = {row.name for row in self.library.sources()}
                name = base = folder.name or str(folder)
                for count in itertools.count(2):
                    if name not in names:
                        break
                    name = f"{base} {count}"
                numbers.append(self.library.add_source(name, "folder", {"path": str(folder)}))
        self.reload()
        if numbers:
            self.collect(numbers)

    def set_enabled(self, row: SourceRow, on: bool) -> None:
        """Collect from a source in the background, or do not."""
        self.library.set_enabled(row.id, on)
        self.reload()

    def remove_source(self, row: SourceRow) -> None:
        """Forget a source; what it brought stays."""
        secret, name = self.secret_of(row), SOURCES[row.kind].secret

        def write(_old: bool, there: bool) -> None:
            if there:
                self.library.restore_source(row)
            else:
                self.library.remove_source(row.id)
            if name:
                self._secrets(row.name).set(name, secret if there else "")

        self._push(translate("illustrations", "Remove the source"), write, True, False)
        text = translate("illustrations", "Removed: {0}. Its pictures stay. Ctrl+Z brings it back.")
        self._context.show_message(text.format(row.name))

    # Collecting

    @property
    def busy(self) -> bool:
        """True while there is something to stop."""
        return any(task.busy for task in self._stoppable)

    @property
    def collecting(self) -> bool:
        """True while the panel collects."""
        return self._collecting.busy

    def stop(self) -> None:
        """Stop collecting and judging; what is there stays."""
        for task in self._stoppable:
            task.stop()

    def collect(self, sources: Iterable[int] = ()) -> None:
        """Collect from these sources now, or from all that are switched on."""
        chosen = tuple(sources) or tuple(row.id for row in self.sources if row.enabled)
        self.progress = Collected()
        self._collecting.start(
            collect_job,
            CollectRequest(self._context.data_folder, self._context.secrets, chosen),
            self._on_collected,
            title=translate("illustrations", "Collecting"),
            on_part=self._on_progress,
        )

    def _on_progress(self, progress: Collected) -> None:
        self.progress = progress
        self.busy_changed.emit()

    def _on_collected(self, result: Collected) -> None:
        self._on_collecting_ended()
        text = translate("illustrations", "{0} new pictures from {1} new posts.")
        text = text.format(result.files, result.posts)
        if result.failed:  # why stands beside the sources
            more = translate("illustrations", "{0} sources could not be asked.")
            text += " " + more.format(result.failed)
        self._context.show_message(text)

    def _on_collecting_ended(self) -> None:
        self.progress = None
        self.reload()
        self.judge()

    # The filter

    @property
    def options(self) -> Options:
        """The settings."""
        return Options.of(self._context.settings)

    @property
    def threshold(self) -> float:
        """The confidence from which a picture passes, 0…1."""
        return float(self._context.settings["threshold"])

    def set_threshold(self, value: float) -> None:
        """Let pictures pass from another confidence on."""
        if value != self.threshold:
            self._context.settings["threshold"] = value
            self.reload()

    @property
    def filtered(self) -> bool:
        """Whether there is a filter; without one every picture passes."""
        return self.model is not None

    def passes(self, item: Item) -> bool:
        """Whether a picture is an illustration, as far as the threshold and the user say."""
        return item.confidence >= self.threshold

    def choose_model(self) -> None:
        """Look which model the filter uses: the one in the settings, or the first there is."""
        name, self.model = self.options.model, None
        try:
            if name:
                self.model = find_model(ILLUSTRATION_FILTER, name)
            else:
                folder = self._context.data_folder
                models = available_models(ILLUSTRATION_FILTER, folder, report=self._report)
                self.model = models[0] if models else None
        except UserError as error:
            self._report(error)

    def judge(self) -> None:
        """Judge the pictures that nobody judged yet, some at a time."""
        if self.model is None or self._judging.busy:
            return
        rows = self.library.unjudged(_JUDGED)
        if not rows:
            return
        numbers: dict[Path, list[int]] = {}  # copies share a file
        for number, file in rows:
            numbers.setdefault(self.library.path_of(file), []).append(number)
        self._judging.start(
            filter_job,
            FilterRequest(tuple(numbers), self.model.path),
            lambda _: self._on_judged(),
            title=translate("illustrations", "Judging pictures"),
            on_part=partial(self._keep, numbers),
        )

    def _keep(self, numbers: Mapping[Path, Sequence[int]], verdicts: Sequence[Verdict]) -> None:
        self.library.put_verdicts(
            [one.row(number) for one in verdicts for number in numbers[one.path]]
        )

    def _on_judged(self) -> None:
        self.reload()
        QTimer.singleShot(0, self, self.judge)

    def learn(self) -> None:
        """Adjust the filter by the user's corrections, then offer the result with its figures."""
        if self.model is None:
            return
        labelled = self.library.corrected()
        known = {number for number, _, _ in labelled}
        others = [one for one in self.library.find(Query(passing=None)) if one not in known]
        others = others[:: -(-len(others) // _COMPARED) or 1]
        request = CorrectRequest(
            self.model.path,
            tuple((Picture(self.library.path_of(file)), name) for _, file, name in labelled),
            tuple(Picture(self.library.path_of(item.file)) for item in self.library.items(others)),
            self._context.data_folder / "learnt" / "corrected.safetensors",
        )
        self._learning.start(
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
            lambda: self._adding.start(add_filter_job, request, self.use_filter),
        )

    def use_filter(self, path: Path) -> None:
        """Judge all pictures by another filter, from what the network saw of them."""
        self._context.settings["model"] = str(path)
        self.choose_model()
        if self.model is not None:
            self._judging.start(
                rejudge_job,
                RejudgeRequest(self._context.data_folder, self.model.path),
                lambda _: self._on_judged(),
                title=translate("illustrations", "Judging pictures"),
            )

    # Files

    def copy_to(self, numbers: Sequence[int], folder: Path) -> None:
        """Copy pictures into a folder; :attr:`copied` carries where they are."""
        files = [self.library.path_of(item.file) for item in self.library.items(numbers)]
        self._copying.start(
            copy_job,
            CopyRequest(tuple(files), folder),
            self.copied.emit,
            title=translate("illustrations", "Copying pictures"),
        )
