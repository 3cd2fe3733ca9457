"""Rules about panels, each tried in a real window."""

from __future__ import annotations

import gc
import json
import sys
import threading
import time
import weakref
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QThread, QTimer, QTranslator
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from kirara_studio.api.jobs import Cancelled
from kirara_studio.api.kept_files import parse_json
from kirara_studio.engine.job import Job
from kirara_studio.engine.tools import ExecutionContext, Tools
from kirara_studio.testing.driving import process_events
from kirara_studio.testing.jobs import JobsAtOnce
from kirara_studio.testing.rule import NotApplicable, rule
from kirara_studio.testing.rules.opening import opened
from kirara_studio.testing.subject import Subject

SLOWEST_OPENING = 3.0
SLOWEST_STOP = 8.0
SLOWEST_END = 5.0
"""CPU seconds to open a panel, and seconds until a stopped job, and the studio, have ended."""
SLOWEST_STARTUP = 0.3

Census = dict[str, set["_Thing"]]

_CONTROLS = {
    QAccessible.Role.Button, QAccessible.Role.ButtonMenu, QAccessible.Role.CheckBox,
    QAccessible.Role.ComboBox, QAccessible.Role.EditableText, QAccessible.Role.Link,
    QAccessible.Role.ListItem, QAccessible.Role.PageTab, QAccessible.Role.RadioButton,
    QAccessible.Role.Slider, QAccessible.Role.SpinBox, QAccessible.Role.Cell,
    QAccessible.Role.TreeItem,
}  # fmt: skip
_BOXES = {QAccessible.Role.Client, QAccessible.Role.Pane, QAccessible.Role.NoRole}


def _panels(plugin: Subject) -> list[str]:
    ids = [panel.id for panel in plugin.panels]
    if not ids:
        raise NotApplicable("It has no panel.")
    return ids


@rule("Do slow things in a job; show errors with context.show_error.")
def opens(plugin: Subject) -> Iterator[str]:
    """Its panels open quickly, as widgets, without an error."""
    for panel_id in _panels(plugin):
        start = time.process_time()
        plugin.studio.open_panel(panel_id)
        seconds = time.process_time() - start
        if seconds > SLOWEST_OPENING:
            yield f"“{panel_id}” takes {seconds:.1f} s; {SLOWEST_OPENING:g} s is the most."
        yield from plugin.new_problems()
    # What the studio notes in its list of plugins: that they change the locale, or the palette.
    for note in plugin.studio.studio.registry.figures(plugin.name).notes:
        yield note.message


@rule("A job's function stands at the top of a module; its request and result can be pickled.")
def jobs(plugin: Subject) -> Iterator[str]:
    """The jobs of a panel that was opened end well."""
    if plugin.record.builtin:
        raise NotApplicable("Those of the studio's own panels have tests of their own.")
    panels, studio = _panels(plugin), plugin.studio
    for panel_id in panels:
        opened(plugin, panel_id)
    studio.release_jobs()
    try:
        studio.settle(60)
    finally:
        studio.hold_jobs()
    yield from plugin.new_problems()


@rule("Set accessibleName, or use Button.set_purpose and the studio's own widgets.")
def names(plugin: Subject) -> Iterator[str]:
    """Every control has a name that a screen reader can say."""
    QAccessible.setActive(True)
    for panel_id in _panels(plugin):
        widget = opened(plugin, panel_id)
        interface = QAccessible.queryAccessibleInterface(widget)
        for description in sorted(set(_nameless(interface))):
            yield f"In “{panel_id}”: {description} has no name."


def _nameless(node: QAccessibleInterface | None, depth: int = 0) -> Iterator[str]:
    if node is None or depth > 40 or not node.isValid():
        return
    for number in range(node.childCount()):
        child = node.child(number)
        if child is None or not child.isValid():
            continue
        state, role = child.state(), child.role()
        if state.invisible:
            continue
        focusable = bool(state.focusable)
        if not child.text(QAccessible.Text.Name).strip() and (focusable or role in _CONTROLS):
            yield _described(child)
        elif focusable and role in _BOXES:
            yield f"{_described(child)} takes the keyboard, but has no role; it"
        yield from _nameless(child, depth + 1)


def _described(node: QAccessibleInterface) -> str:
    widget = node.object()
    kind = type(widget).__name__ if widget is not None else node.role().name
    return f"a {kind}"


@rule("Take colours from kirara_studio.api.widgets.style.color when you paint.")
def themes(plugin: Subject) -> Iterator[str]:
    """Its panels follow the theme, also while they are open."""
    for panel_id in _panels(plugin):
        widget = opened(plugin, panel_id)
        brightness = {}
        for theme in ("dark", "light"):
            plugin.studio.choose(theme=theme)
            brightness[theme] = _brightness(widget)
        yield from plugin.new_problems()
        if brightness["dark"] >= 0.5:
            yield f"“{panel_id}” is bright in the dark theme."
        if brightness["light"] <= 0.5:
            yield f"“{panel_id}” is dark in the light theme."


def _brightness(widget: QWidget) -> float:
    """The mean lightness of what a widget shows, from 0 to 1."""
    picture = widget.grab().toImage().scaled(32, 32)
    pixels = [picture.pixelColor(x, y).lightnessF() for x in range(32) for y in range(32)]
    return sum(pixels) / len(pixels)


@rule("Set every text in retranslate(), and call it from the constructor too.")
def languages(plugin: Subject) -> Iterator[str]:
    """Its panels follow the language, also while they are open."""
    for panel_id in _panels(plugin):
        widget = opened(plugin, panel_id)
        english = texts_of(widget)
        try:
            plugin.studio.choose(language="ja")
            japanese = texts_of(widget)
        finally:
            plugin.studio.choose(language="en")
        yield from plugin.new_problems()
        for text in sorted(english & japanese):
            if _has_translation(plugin, panel_id, text):
                yield f"“{text}” in “{panel_id}” stays English."
        for text in sorted(english - texts_of(widget)):
            yield f"“{text}” in “{panel_id}” does not come back in English."


def texts_of(widget: QWidget) -> set[str]:
    """Everything that is written in a widget, tool tips and accessible names included."""
    found: set[str] = set()
    for child in widget.findChildren(QWidget):
        found |= {child.toolTip(), child.accessibleName(), child.accessibleDescription()}
        if isinstance(child, QLabel | QAbstractButton):
            found.add(child.text())
        elif isinstance(child, QLineEdit):
            found.add(child.placeholderText())
    return {text for text in found if text.strip()}


def _has_translation(plugin: Subject, panel_id: str, text: str) -> bool:
    """True if the plugin's catalogue has another text for it, in any of its contexts."""
    contexts = {panel_id, plugin.name, plugin.record.package}
    for folder in plugin.studio.studio.registry.translation_folders:
        translator = QTranslator()
        if translator.load(str(Path(folder) / "ja.qm")):
            found = {translator.translate(context, text) for context in contexts}
            if any(one and one != text for one in found):
                return True
    return False


@rule("save_state returns plain JSON values; restore_state checks each value and never raises.")
def state(plugin: Subject) -> Iterator[str]:
    """What a panel remembers comes back, and a damaged memory does no harm."""
    for panel_id in _panels(plugin):
        widget = opened(plugin, panel_id)
        save = getattr(widget, "save_state", None)
        if save is None:
            raise NotApplicable("Its panel remembers nothing.")
        saved = save()
        try:
            text = json.dumps(saved)
        except (TypeError, ValueError) as error:
            yield f"What “{panel_id}” remembers is not JSON: {error}."
            continue
        again = plugin.studio.reopen_panel(panel_id).save_state()
        if parse_json(text) != parse_json(json.dumps(again)):
            yield f"“{panel_id}” remembers {text}, but is {json.dumps(again)} afterwards."
        section = plugin.studio.studio.state.section(f"panel.{panel_id}")
        damaged: list[Any] = [None, "?", -1, [], {"?": "?"}]
        for wrong in damaged:
            plugin.studio.close_panel(panel_id)
            section.update(dict.fromkeys(parse_json(text), wrong))
            try:
                plugin.studio.open_panel(panel_id)
            except AssertionError as error:
                line = str(error).splitlines()[0]
                yield f"“{panel_id}” cannot be opened with {wrong!r} as each value: {line}"
                plugin.studio.host(panel_id).unload()
        section.clear()
        plugin.studio.reopen_panel(panel_id)
        yield from plugin.new_problems()


@rule("Call task.stop() for Stop, and tools.progress(…) often in the function of a job.")
def stops(plugin: Subject) -> Iterator[str]:
    """Stop ends a job, and the panel can be used again."""
    tried = False
    for panel_id in _panels(plugin):
        plugin.studio.close_panel(panel_id)
        widget = opened(plugin, panel_id)
        press = getattr(widget, "press_primary", None)
        if press is None:
            continue
        others = [] if widget.busy else _running(plugin, panel_id)
        if not widget.busy:
            press()
        begun = [job for job in _running(plugin, panel_id) if job not in others]
        if not begun or not _gets_busy(widget):
            continue
        tried = True
        press()
        process_events()
        if widget.busy:
            yield f"“{panel_id}” is still busy after Stop."
        for job in begun:
            if job.running and job.info.title:
                yield f"“{job.info.title}” goes on after Stop."
        yield from plugin.new_problems()
        yield from _ignores_stop(begun[0])
    if not tried:
        raise NotApplicable("The primary button of its panel starts no job.")


def _gets_busy(widget: Any) -> bool:
    """True if the panel shows Stop, perhaps a little later: quick jobs need not flicker."""
    deadline = time.monotonic() + 0.5
    while not widget.busy and time.monotonic() < deadline:
        QTest.qWait(20)
    return bool(widget.busy)


def _running(plugin: Subject, panel_id: str) -> list[Job]:
    queue = plugin.studio.jobs
    assert isinstance(queue, JobsAtOnce)
    return queue.of_panel(panel_id)


def _ignores_stop(job: Job) -> Iterator[str]:
    """Run the function of a job that was stopped already: its first report must end it."""

    def run() -> None:
        tools = Tools(ExecutionContext(Path()), cancelled=lambda: True)
        try:
            job.function(job.request, tools)
        except BaseException as error:
            ended.append(error)

    ended: list[BaseException] = []
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(SLOWEST_STOP)
    name = getattr(job.function, "__name__", "the job's function")
    if thread.is_alive():
        yield f"“{name}” goes on for more than {SLOWEST_STOP:g} s after Stop."
    elif any(not isinstance(error, Cancelled) for error in ended):
        yield f"“{name}” raises {ended[0]!r} after Stop, not Cancelled."


@rule("Give timers, threads and widgets a parent, close files, and keep no panel in a module.")
def closes(plugin: Subject) -> Iterator[str]:
    """A panel that is closed leaves nothing behind."""
    for panel_id in _panels(plugin):
        opened(plugin, panel_id)
        plugin.studio.close_panel(panel_id)  # the first time fills caches
        before = _census()
        references = []
        for _ in range(2):
            widget = plugin.studio.open_panel(panel_id)
            references.append(weakref.ref(widget))
            del widget
            plugin.studio.close_panel(panel_id)
        for what, things in _left(before).items():
            kinds = ", ".join(sorted({str(thing) for thing in things}))
            yield f"“{panel_id}” leaves {len(things)} {what} after two openings: {kinds}."
        if any(reference() is not None for reference in references):
            yield f"“{panel_id}” is still referred to, by {_holder(references[0]())}."
        yield from plugin.new_problems()


@dataclass(frozen=True)
class _Thing:
    """Something that a panel may leave behind: what it alone has, and what it is called."""

    key: object
    name: str = field(compare=False)
    counts: bool = field(default=True, compare=False)

    def __str__(self) -> str:
        return self.name


def _left(before: Census) -> Census:
    """What is new since ``before``, once what is about to end had the time to."""
    deadline = time.monotonic() + 2
    while True:
        now = _census()
        new = {what: {t for t in now[what] - before[what] if t.counts} for what in now}
        new = {what: things for what, things in new.items() if things}
        if not new or time.monotonic() > deadline:
            return new
        QTest.qWait(50)


def _census() -> Census:
    process_events()
    gc.collect()
    timers = [o for o in gc.get_objects() if isinstance(o, QTimer) and shiboken6.isValid(o)]
    files = filter(None, map(_opened_file, Path("/proc/self/fd").glob("*")))
    return {
        "threads": {_Thing(thread, thread.name) for thread in threading.enumerate()},
        "widgets": {_thing(w) for w in QApplication.allWidgets() if not _is_of_qt(w)},
        "running timers": {
            _thing(timer, counts=timer.isActive() and not timer.isSingleShot()) for timer in timers
        },
        "open files": set(files),
    }


def _thing(thing: QObject, *, counts: bool = True) -> _Thing:
    owner = thing.parent()
    name = type(thing).__name__ + (f" of a {type(owner).__name__}" if owner is not None else "")
    return _Thing(shiboken6.getCppPointer(thing), name, counts)


def _is_of_qt(widget: QWidget) -> bool:
    """True for the parts of Qt's own widgets, which it makes when it needs them."""
    return widget.objectName().startswith("qt_")


def _opened_file(entry: Path) -> _Thing | None:
    try:
        path = str(entry.readlink())
    except OSError:  # that of the listing itself
        return None
    return _Thing((entry.name, path), path)


def _holder(widget: Any) -> str:
    """What kind of object keeps a closed panel alive."""
    if widget is None:
        return "nothing any more"
    kinds = []
    for holder in gc.get_referrers(widget):
        if holder is not sys._getframe() and not type(holder).__name__.startswith("frame"):
            names = [n for n, m in sys.modules.items() if getattr(m, "__dict__", None) is holder]
            kinds.append(f"module {names[0]}" if names else type(holder).__name__)
    return ", ".join(sorted(set(kinds))[:3]) or "an unknown object"


@rule("Use what the message names; it goes with the next major version of the interface.")
def deprecated(plugin: Subject) -> Iterator[str]:
    """It uses nothing of the plugin interface that a later version removes."""
    yield from dict.fromkeys(plugin.deprecations)


@rule("Return from kirara_startup at once, and end threads and processes in kirara_shutdown.")
def ends(plugin: Subject) -> Iterator[str]:
    """It starts at once, and ends with the studio."""
    studio = plugin.studio
    start = time.process_time()
    studio.start_plugins()
    seconds = time.process_time() - start
    if seconds > SLOWEST_STARTUP:
        yield f"kirara_startup takes {seconds:.1f} s; {SLOWEST_STARTUP:g} s is the most."
    for panel in plugin.panels:
        opened(plugin, panel.id)
    yield from plugin.new_problems()
    begun = time.monotonic()
    studio.studio.shutdown()
    QCoreApplication.processEvents()
    seconds = time.monotonic() - begun
    if seconds > SLOWEST_END:
        yield f"Ending takes {seconds:.1f} s; {SLOWEST_END:g} s is the most."
    if reason := plugin.reason(studio.studio.registry):
        yield reason
    threads = [t.name for t in threading.enumerate() if not t.daemon]
    for name in threads:
        if name != threading.main_thread().name:
            yield f"The thread “{name}” keeps the program from ending."
    here = QThread.currentThread()
    for thing in gc.get_objects():
        if thing is here:
            continue
        if isinstance(thing, QThread) and shiboken6.isValid(thing) and thing.isRunning():
            yield "A QThread still runs."
