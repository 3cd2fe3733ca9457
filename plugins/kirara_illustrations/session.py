"""What the panel works on: the collection, what of it is shown, and the tasks. No widgets."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QUndoStack

from kirara_illustrations.copying import Copying
from kirara_illustrations.filtering import Filtering
from kirara_illustrations.gathering import Gathering
from kirara_illustrations.jobs import (
    SendRequest,
    SimilarRequest,
    picture_job,
    send_job,
    similar_job,
)
from kirara_illustrations.options import Options
from kirara_illustrations.storage.library import Item, Library, Query
from kirara_studio.api.errors import UserError
from kirara_studio.api.messengers import MessengerSwitches
from kirara_studio.api.model_library import each_once
from kirara_studio.api.notices import Notice
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import ListedBackend, NotificationBackends, Step, Task

translate = QCoreApplication.translate

EVERYTHING, FAVOURITES, HIDDEN, SOURCE, SIMILAR = "all", "favourites", "hidden", "source", "similar"
"""What the gallery shows: all, what was marked, one source, or what looks like a picture."""
PASSING, REST, ANY = "passing", "rest", "any"
"""Which of them: those that pass the filter, the others, or both."""

_LOOK_MS = 1000  # between two looks whether somebody else changed the collection
_REST = 10  # times as long as reading it again took, it is left alone
_SEARCH_MS = 120  # after the last key
_SIMILAR = 200
_KNOWN = 2000  # pictures of which author, text and marks are in memory
_AHEAD = 60


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

    Emits :attr:`changed` when what is shown may have changed, :attr:`opened` when another picture
    is open or none, :attr:`arrived` with its pixels or why it cannot be read, and
    :attr:`busy_changed`.
    """

    changed = Signal()
    opened = Signal()
    arrived = Signal(object)
    busy_changed = Signal()

    def __init__(
        self,
        context: PanelContext,
        undo_stack: QUndoStack | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._undo_stack = undo_stack if undo_stack is not None else QUndoStack(self)
        self.library = Library(context.data_folder, context.show_error)
        self.gathering = Gathering(context, self.library, self._push, self)
        self.filtering = Filtering(context, self.library, self)
        self.copying = Copying(context, self)
        choice = MessengerSwitches(self.library, context.messengers)
        self.backends = NotificationBackends(context, choice, _test_notice, self, desktop=False)
        self.view = View()
        self.shapes: Sequence[tuple[int, int, int]] = ()
        """Number, width and height of each picture that is shown."""
        self.size = 0
        """Bytes of the files that the collection keeps."""
        self.current = 0
        """The picture that is open, 0 if none is."""
        self._row = 0  # where it is, or was before it was corrected
        self._similar: list[int] = []
        self._items: OrderedDict[int, Item] = OrderedDict()
        self._rows: dict[int, int] = {}
        self._version = -1
        self._report = each_once(context.show_error)

        jobs = context.jobs
        self._reading = Task(jobs, "picture", io=True, parent=self)
        self._comparing = Task(jobs, "similar", io=True, parent=self)
        self._sending = Task(jobs, "send", io=True, parent=self)
        own = (self._comparing, self._sending)
        self._stoppable = (
            *own, self.copying.task, self.gathering.task, self.filtering.judging,
            self.filtering.learning,
        )  # fmt: skip
        for task in own:
            task.failed.connect(context.show_error)
        for task in self._stoppable:
            task.changed.connect(self.busy_changed)
        self._reading.failed.connect(self.arrived)
        self.gathering.changed.connect(self.reload)
        self.gathering.progressed.connect(self.busy_changed)
        self.gathering.ended.connect(self.reload)
        self.gathering.ended.connect(self.filtering.judge)
        self.filtering.changed.connect(self.reload)
        self._watching = QTimer(self, interval=_LOOK_MS)
        self._watching.timeout.connect(self.look)
        self._searching = QTimer(self, singleShot=True, interval=_SEARCH_MS)
        self._searching.timeout.connect(self._find)
        self.destroyed.connect(self.library.close)

    # What is there

    def watch(self) -> None:
        """Follow what others change, the service or a command, from now on."""
        self.filtering.choose_model()
        self.reload()
        self._watching.start()

    def rest(self) -> None:
        """Stop what :meth:`watch` began."""
        self._watching.stop()

    def look(self) -> None:
        """Read the collection again if it has changed."""
        if self.library.version == self._version:
            return
        start = time.monotonic()
        self.reload()
        # While something collects, it changes all the time.
        took = int(1000 * (time.monotonic() - start))
        self._watching.setInterval(max(_LOOK_MS, _REST * took))

    def reload(self) -> None:
        """Read the collection again."""
        view = self.view
        try:
            self._version = self.library.version
            self.gathering.reload()
            known = {row.id for row in self.gathering.rows}
            if view.place == SOURCE and view.number not in known:
                self.view = replace(view, place=EVERYTHING, number=0)
            self.size = self.library.size
        except UserError as error:
            self._report(error)
            return
        self._items.clear()
        self._read_place()

    def _read_place(self) -> None:
        """Read what is to be seen at another place."""
        try:
            self.filtering.reload(replace(self._query(), words=""))
        except UserError as error:
            self._report(error)
            return
        self._find()

    def _find(self) -> None:
        """Look which pictures are to be shown."""
        self._searching.stop()
        try:
            self.shapes = self._found()
        except UserError as error:
            self._report(error)
            return
        self._rows = {shape[0]: row for row, shape in enumerate(self.shapes)}
        if self.current and self.item(self.current) is None:
            self.close()
        self.changed.emit()

    def _found(self) -> Sequence[tuple[int, int, int]]:
        if self.view.place != SIMILAR:
            return self.library.shapes(self._query())
        items = self.library.items(self._similar)
        return [(item.id, item.width, item.height) for item in items]

    def _query(self) -> Query:
        view = self.view
        filtered = self.filtering.model is not None and view.place not in (FAVOURITES, HIDDEN)
        return Query(
            view.words,
            passing={PASSING: True, REST: False}.get(view.show) if filtered else None,
            least=self.filtering.threshold,
            favourites=view.place == FAVOURITES,
            hidden=view.place == HIDDEN,
            source=view.number if view.place == SOURCE else 0,
        )

    @property
    def empty(self) -> bool:
        """Whether there are neither sources nor pictures."""
        return not self.gathering.rows and not self.gathering.counts

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
        self._read_place()

    def show_everything(self) -> None:
        """Show all pictures, whatever was searched and whatever passes."""
        self.close()
        self.view = View(show=ANY)
        self.reload()

    def set_show(self, show: str) -> None:
        """Show what passes, the rest, or both."""
        self.view = replace(self.view, show=show)
        self._find()

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
        self.current, self._row = number, self._rows.get(number, 0)
        self.opened.emit()
        if path := self.path(number):
            self._reading.start(picture_job, path, self.arrived.emit)
            self.filtering.ask_cascade(path)

    def close(self) -> None:
        """Go back to the gallery."""
        if self.current:
            self._reading.stop()
            self.current = 0
            self.opened.emit()

    def neighbour(self, step: int) -> int:
        """The picture before (−1) or after (1) the open one, 0 if there is none."""
        self._row = self._rows.get(self.current, self._row)
        # One that is not shown any more, since it was corrected, is between two others.
        row = self._row + (step if self.current in self._rows else min(step, 0))
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

    # Tasks

    @property
    def busy(self) -> bool:
        """True while there is something to stop."""
        return any(task.busy for task in self._stoppable)

    def stop(self) -> None:
        """Stop what runs; what is there stays."""
        for task in self._stoppable:
            task.stop()

    def send(self, numbers: Sequence[int]) -> None:
        """Send pictures to the messengers that are switched on, unless they were sent there."""
        self._sending.start(
            send_job,
            SendRequest(
                self._context.data_folder,
                self._context.messengers,
                Options.of(self._context.settings),
                tuple(numbers),
                lambda text: translate("illustrations", text),
            ),
            self._on_sent,
            title=translate("illustrations", "Sending pictures"),
        )

    def _on_sent(self, count: int) -> None:
        text = translate("illustrations", "{0} messages arrived. What did not is tried again.")
        self._context.show_message(text.format(count))


def _test_notice(backend: ListedBackend) -> Notice:
    return Notice(
        translate("illustrations", "This is a test"),
        translate("illustrations", "Pictures arrive through {0}").format(backend.title),
        panel="illustrations",
        id=f"illustrations.test.{backend.key}",
    )
