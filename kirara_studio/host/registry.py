"""What the plugins contribute, checked, and which of them are on."""

from __future__ import annotations

import contextlib
import functools
import importlib
import importlib.util
import logging
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pluggy

from kirara_studio.api.commands import Command
from kirara_studio.api.errors import UserError, one_line
from kirara_studio.api.hooks import PROJECT, Action, Studio, StudioHooks
from kirara_studio.api.notices import Notice, NoticeBackend
from kirara_studio.api.panel import ModelFormat, Panel
from kirara_studio.api.settings import SettingsPage
from kirara_studio.api.text import QT_TRANSLATE_NOOP
from kirara_studio.host import contributions
from kirara_studio.host.api_range import refusal
from kirara_studio.host.discovery import (
    BROKEN,
    DISABLED,
    ENABLED,
    LOADING,
    SLOWEST_IMPORT,
    PluginRecord,
    find_plugins,
)
from kirara_studio.host.figures import PluginFigures
from kirara_studio.host.folders import Folders
from kirara_studio.host.global_state import GlobalState, sentence
from kirara_studio.host.installation.generations import plugin_paths
from kirara_studio.host.loading import Loading
from kirara_studio.host.safe_mode import LoadingJournal, SessionJournal
from kirara_studio.host.switches import PluginSwitches
from kirara_studio.importing import import_object

log = logging.getLogger(__name__)
calls = logging.getLogger("kirara_studio.hooks")
"""What ``--trace-hooks`` logs."""

_KILLED_THE_START = QT_TRANSLATE_NOOP(
    "Plugins", "The last start ended while this plugin was loading, so it was switched off."
)
_PATIENCE = 3.0
"""Seconds for which the window waits for a plugin before it is shown without it."""
_PATIENCE_LATER = 0.5
CRASH_LOG = "crash.log"
_OFF_IN_SAFE_MODE = QT_TRANSLATE_NOOP("Plugins", "Off in safe mode.")

Contribution = TypeVar("Contribution")
FindPlugins = Callable[[Path | None], list[PluginRecord]]
"""Lists the plugins, given the user's own plugin folder."""

_ASKED: dict[str, type] = {
    "kirara_panels": Panel,
    "kirara_commands": Command,
    "kirara_actions": Action,
    "kirara_settings": SettingsPage,
    "kirara_notice_backends": NoticeBackend,
    "kirara_model_formats": ModelFormat,
    "kirara_translations": Path,
}
"""The hooks that are called when a plugin is loaded, and what their answers are lists of."""


class PluginError(Exception):
    """Something went wrong in a plugin; the message names it, ``__cause__`` is its own error."""

    def __init__(self, plugin: str, message: str) -> None:
        super().__init__(f"The plugin “{plugin}” {message}")
        self.plugin = plugin


class Registry:
    """Loads the plugins once, asks each for what it adds, and validates every answer.

    ``journal`` names a plugin that killed the last start, ``session`` the panels that the last
    session died of, and ``folder`` is the user's own plugin folder. In ``safe_mode`` only the
    plugins that come with the studio are loaded. One that takes longer than ``patience`` seconds
    is waited for in the background (:meth:`finish_loading`). ``trace`` logs every call of a hook.
    """

    def __init__(
        self,
        switches: PluginSwitches,
        journal: LoadingJournal,
        *,
        session: SessionJournal | None = None,
        safe_mode: bool = False,
        folder: Path | None = None,
        patience: float = SLOWEST_IMPORT,
        trace: bool = False,
        find: FindPlugins = find_plugins,
    ) -> None:
        self.safe_mode = safe_mode
        self.suspect = journal.suspect
        """The plugin that the last start died of; it is switched off."""
        self.panels: list[Panel] = []
        self.commands: list[Command] = []
        self.actions: list[Action] = []
        self.settings_pages: list[SettingsPage] = []
        self.backends: list[NoticeBackend] = []
        self.model_formats: list[ModelFormat] = []
        self.translation_folders: list[Path] = []
        self.session = session or SessionJournal()
        self.loading: list[Loading] = []
        """Plugins that are still being loaded."""
        self._started: set[str] = set()
        self._figures: dict[str, PluginFigures] = {}
        self._trace = trace
        self._lock = threading.Lock()
        self._switches = switches
        self._journal = journal
        self._records: dict[str, PluginRecord] = {}
        self._owners: dict[tuple[type, str], str] = {}
        self._manager = pluggy.PluginManager(PROJECT)
        self._manager.add_hookspecs(StudioHooks)
        self._folder = folder
        self._find = functools.partial(find, folder)
        self._add_paths()
        disabled = switches.disabled()
        if self.suspect:
            disabled |= {self.suspect}
            try:
                switches.set_disabled(disabled)
            except UserError as error:
                log.warning("%s is off for this start only: %s", self.suspect, error)
        for found in self._find():
            self._load(found, disabled, patience)
        journal.clear()
        self._sort()
        self.session.find_culprits(self.packages())

    @property
    def plugins(self) -> Sequence[PluginRecord]:
        """All plugins found, the broken and switched-off ones included."""
        return list(self._records.values())

    def set_enabled(self, name: str, enabled: bool) -> None:
        """Switch a plugin on or off from the next start on. Raises KeyError for unknown names."""
        if name not in self._records:
            raise KeyError(name)
        self._switch(name, enabled)

    def _switch(self, name: str, enabled: bool) -> None:
        names = self._switches.disabled()
        if (name in names) == enabled:
            self._switches.set_disabled(names - {name} if enabled else names | {name})

    def is_enabled(self, name: str) -> bool:
        """True if the plugin will be loaded at the next start."""
        return name not in self._switches.disabled()

    def plugin_of(self, identity: str, kind: type = Panel) -> str:
        """Name of the plugin that a panel, Action or Command comes from. Raises KeyError."""
        return self._owners[kind, identity]

    def panels_of(self, plugin: str) -> list[Panel]:
        """The panels of a plugin, in their order; for any thread."""
        owners = self._owners
        return [one for one in list(self.panels) if owners.get((Panel, one.id)) == plugin]

    def panel_of_format(self, form: ModelFormat) -> str:
        """Id of the panel that imports a model format; empty if its plugin has none."""
        plugin = self.plugin_of(form.id, ModelFormat)
        own = [panel.id for panel in self.panels_of(plugin)]
        return form.panel if form.panel in own else next(iter(own), "")

    def package_folder(self, panel_id: str) -> Path:
        """Folder of the package that holds the panel's widget, for its icon."""
        panel = next(panel for panel in self.panels if panel.id == panel_id)
        package = panel.widget.partition(":")[0].partition(".")[0]
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            raise PluginError(self.plugin_of(panel_id), f"has no package “{package}”.")
        return Path(spec.origin).parent

    def packages(self) -> dict[str, str]:
        """Which plugin each top-level package belongs to: of its hooks, and of its panels."""
        # For any thread: panels may be added or removed meanwhile.
        owned = [(panel, self._owners.get((Panel, panel.id), "")) for panel in list(self.panels)]
        packages = {info.package: info.name for info in self.plugins if info.package}
        return packages | {
            panel.widget.partition(":")[0].partition(".")[0]: owner
            for panel, owner in owned
            if owner
        }

    def figures(self, plugin: str) -> PluginFigures:
        """What was measured of a plugin."""
        return self._figures.setdefault(plugin, PluginFigures())

    def note_changes(self, plugin: str, state: GlobalState) -> None:
        """Put back what code of ``plugin`` changed of the process since ``state``, and note it."""
        for key in state.restore():
            log.warning("The plugin %s changed the %s of the process; undone", plugin, key)
            self.figures(plugin).add_note(sentence(key, plugin))

    def load_panel_class(self, panel: Panel) -> type:
        """Import the class of a panel's widget; raises :class:`PluginError`."""
        loaded: type = self.load_object(self.plugin_of(panel.id), panel.widget)
        return loaded

    def load_object(self, plugin: str, path: str) -> Any:
        """Import ``"package.module:name"`` for ``plugin``; raises :class:`PluginError`."""
        try:
            return import_object(path)
        except BaseException as error:  # a SystemExit in a plugin must not end the studio
            if is_interrupt(error):
                raise
            raise PluginError(plugin, f"could not provide “{path}”: {one_line(error)}.") from error

    # Plugins that come later

    def finish_loading(self) -> list[str]:
        """Take in the plugins that were loaded since; returns the names of those that are on.

        One that takes longer than it may is listed as broken, and taken in if it comes after all.
        """
        arrived = []
        for loading in list(self.loading):
            name = loading.found.name
            if loading.wait(0):
                self.loading.remove(loading)
                self._take_in(loading)
                arrived.append(name)
            elif loading.age > SLOWEST_IMPORT and self._records[name].state != BROKEN:
                self._break(name, loading.too_slow(SLOWEST_IMPORT), "")
                self._journal.end(name)
        if arrived:
            self._sort()
        return [name for name in arrived if self._records[name].state == ENABLED]

    def load_again(self, name: str) -> PluginRecord:
        """Load a plugin that is off or broken, or new, now; switches it on. Raises UserError.

        What was imported of it is imported again, unless it is in use already
        (:meth:`needs_restart`). A slow one may arrive later (:meth:`finish_loading`).
        """
        if any(loading.found.name == name for loading in self.loading):
            return self._records[name]
        if self.needs_restart(name):
            self._change(name, state=ENABLED, reason="", details="")
            return self._records[name]
        self._add_paths()
        importlib.invalidate_caches()
        found = next((p for p in self._find() if p.name == name), None)
        if found is None:
            raise UserError(
                "The plugin “{plugin}” is not installed any more.",
                advice="Install it again.",
                plugin=name,
            )
        self._switch(name, True)
        self.forget(name)
        if name == self.suspect:
            self.suspect = ""
        self._load(found, set(), _PATIENCE_LATER)
        self._sort()
        return self._records[name]

    def reload(self, name: str) -> None:
        """Import a plugin again after its source changed, and take what it adds now.

        Raises :class:`PluginError` if it is broken now; then what it added before stays.
        """
        records, owners = dict(self._records), self._owners
        before = {kind: list(items) for kind, items in self._contributed().items()}
        earlier = self._manager.get_plugin(name)
        self.forget(name)
        found = replace(records[name], state=ENABLED, reason="", details="")
        self._load(found, set(), SLOWEST_IMPORT)
        self._sort()
        if (record := self._records[name]).state != BROKEN:
            return
        self.forget(name)
        self._records, self._owners = records, owners
        for kind, items in self._contributed().items():
            items[:] = before[kind]
        if earlier is not None:
            self._manager.register(earlier, name)
        raise PluginError(name, f"cannot be loaded: {record.reason}")

    def needs_restart(self, name: str) -> bool:
        """True if code of this plugin is in use, so that another version needs another start."""
        return name in self._started

    def forget(self, name: str) -> None:
        """Remove what a plugin contributed, and its modules."""
        record = self._records.pop(name, None)
        with self._lock:
            if self._manager.has_plugin(name):
                self._manager.unregister(name=name)
        mine = {key for key, owner in self._owners.items() if owner == name}
        for kind, items in self._contributed().items():
            items[:] = [i for i in items if (kind, contributions.identity(i)) not in mine]
        self._owners = {key: owner for key, owner in self._owners.items() if key not in mine}
        packages = {record.package} if record is not None else set()
        for module in [m for m in sys.modules if m.partition(".")[0] in packages - {""}]:
            del sys.modules[module]

    def startup(self, studio: Studio) -> None:
        """Call every plugin's start-up hook; one that raises is listed as broken."""
        for name in self._loaded():
            self.start_plugin(name, studio)

    def start_plugin(self, name: str, studio: Studio) -> None:
        """Call the start-up hook of one plugin, if it was loaded."""
        self._started.add(name)
        state = GlobalState.now(of_the_window=True)
        with self._journal.watching(name):
            self._notify(name, "kirara_startup", studio=studio)
        self.note_changes(name, state)

    def notice_activated(self, notice: Notice, action: str) -> None:
        """Notify the plugin of the notice's panel, if any, of a click on the notice."""
        owner = self._owners.get((Panel, notice.panel))
        if owner is not None:
            self._notify(owner, "kirara_notice_activated", notice=notice, action=action)

    def shutdown(self) -> None:
        """Call every plugin's shutdown hook; one that raises is logged."""
        self._journal.close()
        for name in self._loaded():
            self._notify(name, "kirara_shutdown")

    def _loaded(self) -> list[str]:
        names = [name for name, _ in self._manager.list_name_plugin()]
        return [name for name in names if self._records[name].state != LOADING]

    # Loading

    def _add_paths(self) -> None:
        for path in plugin_paths(self._folder) if self._folder is not None else ():
            if str(path) not in sys.path:
                sys.path.append(str(path))

    def _load(self, found: PluginRecord, disabled: set[str], patience: float) -> None:
        record = replace(found, title=found.name.replace("_", " ").capitalize())
        if found.name in self._records:
            first = self._records[found.name].distribution
            record = replace(record, name=f"{found.name} ({found.distribution})")
            self._records[record.name] = replace(
                record, state=BROKEN, reason=f"“{first}” already has a plugin “{found.name}”."
            )
            return
        self._records[found.name] = record
        if found.name in disabled:
            reason = _KILLED_THE_START if found.name == self.suspect else ""
            self._change(found.name, state=DISABLED, reason=reason)
            return
        if self.safe_mode and not found.builtin:
            self._change(found.name, state=DISABLED, reason=_OFF_IN_SAFE_MODE)
            return
        # The studio's own have no other studio, and each start would read their sources.
        if not found.builtin and (reason := refusal(found.entry_point.module, sys.path)):
            self._break(found.name, reason, "")
            return
        self._journal.begin(found.name)
        loading = Loading(
            found,
            functools.partial(self._register, found.name),
            functools.partial(self._journal.end, found.name),
        )
        if loading.wait(patience):
            self._take_in(loading)
        elif patience < SLOWEST_IMPORT:
            self.loading.append(loading)
            self._change(found.name, state=LOADING)
        else:
            self._break(found.name, loading.too_slow(SLOWEST_IMPORT), "")
            self._journal.end(found.name)

    def _register(
        self, name: str, plugin: object, note: Callable[[str], None]
    ) -> dict[str, list[Any]]:
        """Register a plugin and ask it what it adds; called in the thread that loads it."""
        with self._lock:
            self._manager.register(plugin, name)
            self._check_hook_names(name)
        answers = {}
        for hook in _ASKED:
            note(hook)
            answers[hook] = [_listed(hook, answer) for answer in self._call(name, hook)]
        return answers

    def _take_in(self, loading: Loading) -> None:
        """Check what a plugin answered, and add it."""
        name = loading.found.name
        figures = self.figures(name)
        figures.import_seconds, figures.import_memory = loading.seconds, loading.memory
        for note in loading.notes():
            figures.add_note(note)
        if loading.plugin is None:
            with self._lock:
                if self._manager.has_plugin(name):
                    self._manager.unregister(name=name)
            self._break(name, loading.reason, loading.details)
            return
        self._change(name, state=ENABLED, reason="", details="")
        contributed = self._contributed()
        for hook, kind in _ASKED.items():
            with self._guarded(name, hook):
                for answer in loading.answers[hook]:
                    for item in answer:
                        contributed[kind].append(self._accept(name, kind, item))
        title = next((p.title for p in self.panels if self._owners[Panel, p.id] == name), "")
        if title:
            self._change(name, title=title)

    def _contributed(self) -> dict[type, list[Any]]:
        return {
            Panel: self.panels,
            Command: self.commands,
            Action: self.actions,
            SettingsPage: self.settings_pages,
            NoticeBackend: self.backends,
            ModelFormat: self.model_formats,
            Path: self.translation_folders,
        }

    def _sort(self) -> None:
        self.panels.sort(key=lambda panel: (panel.order, panel.id))
        order = [panel.id for panel in self.panels]
        self.model_formats[:] = [f for f in self.model_formats if self.panel_of_format(f)]
        self.model_formats.sort(key=lambda form: order.index(self.panel_of_format(form)))

    def _check_hook_names(self, name: str) -> None:
        """Raise ValueError for a hook that is not specified, which pluggy would accept."""
        for caller in self._manager.get_hookcallers(self._manager.get_plugin(name)) or ():
            if not caller.has_spec():
                raise ValueError(f"“{caller.name}” is not a hook of this studio")

    # Asking

    def _accept(self, name: str, kind: type[Contribution], item: object) -> Contribution:
        if not isinstance(item, kind):
            raise TypeError(f"expected {kind.__name__}, got {type(item).__name__}")
        key = kind, contributions.check(name, item)
        owner = self._owners.get(key)
        if owner is not None:
            raise ValueError(f"“{key[1]}” is taken by the plugin “{owner}”")
        self._owners[key] = name
        return item

    def _call(self, name: str, hook: str, **arguments: Any) -> list[Any]:
        with self._lock:
            plugins = self._manager.list_name_plugin()
            others = [plugin for other, plugin in plugins if other != name]
            caller = self._manager.subset_hook_caller(hook, others)
        if not self._trace:
            return caller(**arguments)
        start = time.perf_counter()
        answer: Any = None
        try:
            answer = caller(**arguments)
            return list(answer)
        except BaseException as error:
            answer = error
            raise
        finally:
            seconds = time.perf_counter() - start
            calls.info("hook %s of %s: %.1f ms, %r", hook, name, 1000 * seconds, answer)

    def _notify(self, name: str, hook: str, **arguments: Any) -> None:
        with self._guarded(name, hook):
            self._call(name, hook, **arguments)

    @contextlib.contextmanager
    def _guarded(self, name: str, hook: str) -> Iterator[None]:
        try:
            yield
        except BaseException as error:  # a SystemExit in a plugin must not end the studio
            if is_interrupt(error):
                raise
            self._break(name, f"{hook}: {one_line(error)}", traceback.format_exc())

    def _break(self, name: str, reason: str, details: str) -> None:
        log.warning("The plugin %s is broken: %s", name, reason)
        self.figures(name).errors += 1
        self._change(name, state=BROKEN, reason=reason, details=details)

    def _change(self, name: str, **changes: Any) -> None:
        self._records[name] = replace(self._records[name], **changes)


def is_interrupt(error: BaseException) -> bool:
    """True for Ctrl+C; a KeyboardInterrupt that a plugin raised is a mistake like any other.

    The window hears of Ctrl+C in another way (``desktop/end_signals.py``): there none is real.
    """
    handler = signal.getsignal(signal.SIGINT)
    return isinstance(error, KeyboardInterrupt) and handler is signal.default_int_handler


def _listed(hook: str, answer: object) -> list[Any]:
    if isinstance(answer, str | bytes) or not isinstance(answer, Iterable):
        raise TypeError(f"{hook} must return a list, not {type(answer).__name__}")
    return list(answer)


def load_registry(
    folders: Folders,
    *,
    safe_mode: bool = False,
    in_window: bool = False,
    trace: bool = False,
    report: Callable[[UserError], None] | None = None,
    find: FindPlugins = find_plugins,
) -> Registry:
    """Find and load the plugins of this user that are on.

    Only the studio with its window (``in_window``) guards its session, and does not wait for slow
    plugins.
    """
    crash_log = folders.logs / CRASH_LOG
    return Registry(
        PluginSwitches(folders.config / "plugins.toml", report),
        LoadingJournal(folders.data / "loading.json"),
        session=SessionJournal(folders.data / "session.json", crash_log) if in_window else None,
        safe_mode=safe_mode,
        patience=_PATIENCE if in_window else SLOWEST_IMPORT,
        trace=trace,
        folder=folders.plugins,
        find=find,
    )
