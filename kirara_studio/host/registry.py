"""What the plugins contribute, checked, and which of them are on."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import logging
import sys
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
from kirara_studio.host.discovery import (
    BROKEN,
    DISABLED,
    PluginRecord,
    find_plugins,
    load_plugin,
)
from kirara_studio.host.folders import Folders
from kirara_studio.host.installation.generations import plugin_paths
from kirara_studio.host.safe_mode import LoadingJournal
from kirara_studio.host.switches import PluginSwitches

log = logging.getLogger(__name__)

_KILLED_THE_START = QT_TRANSLATE_NOOP(
    "Plugins", "The last start ended while this plugin was loading, so it was switched off."
)
_OFF_IN_SAFE_MODE = QT_TRANSLATE_NOOP("Plugins", "Off in safe mode.")

Contribution = TypeVar("Contribution")


class PluginError(Exception):
    """Something went wrong in a plugin; the message names it, ``__cause__`` is its own error."""

    def __init__(self, plugin: str, message: str) -> None:
        super().__init__(f"The plugin “{plugin}” {message}")
        self.plugin = plugin


class Registry:
    """Loads the plugins once, asks each for what it adds, and validates every answer.

    ``journal`` names a plugin that killed the last start, and ``folder`` is the user's own plugin
    folder. In ``safe_mode`` only the plugins that come with the studio are loaded.
    """

    def __init__(
        self,
        switches: PluginSwitches,
        journal: LoadingJournal,
        *,
        safe_mode: bool = False,
        folder: Path | None = None,
        find: Callable[[Path | None], list[PluginRecord]] = find_plugins,
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
        self._switches = switches
        self._journal = journal
        self._records: dict[str, PluginRecord] = {}
        self._owners: dict[tuple[type, str], str] = {}
        self._manager = pluggy.PluginManager(PROJECT)
        self._manager.add_hookspecs(StudioHooks)
        for path in plugin_paths(folder) if folder is not None else ():
            if str(path) not in sys.path:
                sys.path.append(str(path))
        disabled = switches.disabled()
        if self.suspect:
            disabled |= {self.suspect}
            try:
                switches.set_disabled(disabled)
            except UserError as error:
                log.warning("%s is off for this start only: %s", self.suspect, error)
        for found in find(folder):
            self._load(found, disabled)
        journal.clear()
        self.panels.sort(key=lambda panel: (panel.order, panel.id))
        order = [panel.id for panel in self.panels]
        self.model_formats = [f for f in self.model_formats if self.panel_of_format(f)]
        self.model_formats.sort(key=lambda form: order.index(self.panel_of_format(form)))

    @property
    def plugins(self) -> Sequence[PluginRecord]:
        """All plugins found, the broken and switched-off ones included."""
        return list(self._records.values())

    def set_enabled(self, name: str, enabled: bool) -> None:
        """Switch a plugin on or off from the next start on. Raises KeyError for unknown names."""
        if name not in self._records:
            raise KeyError(name)
        names = self._switches.disabled()
        self._switches.set_disabled(names - {name} if enabled else names | {name})

    def is_enabled(self, name: str) -> bool:
        """True if the plugin will be loaded at the next start."""
        return name not in self._switches.disabled()

    def plugin_of(self, identity: str, kind: type = Panel) -> str:
        """Name of the plugin that a panel, Action or Command comes from. Raises KeyError."""
        return self._owners[kind, identity]

    def panel_of_format(self, form: ModelFormat) -> str:
        """Id of the panel that imports a model format; empty if its plugin has none."""
        plugin = self.plugin_of(form.id, ModelFormat)
        own = [panel.id for panel in self.panels if self.plugin_of(panel.id) == plugin]
        return form.panel if form.panel in own else next(iter(own), "")

    def package_folder(self, panel_id: str) -> Path:
        """Folder of the package that holds the panel's widget, for its icon."""
        panel = next(panel for panel in self.panels if panel.id == panel_id)
        package = panel.widget.partition(":")[0].partition(".")[0]
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            raise PluginError(self.plugin_of(panel_id), f"has no package “{package}”.")
        return Path(spec.origin).parent

    def load_panel_class(self, panel: Panel) -> type:
        """Import the class of a panel's widget; raises :class:`PluginError`."""
        plugin = self.plugin_of(panel.id)
        with self._journal.watching(plugin):
            return self.load_object(plugin, panel.widget)

    def load_object(self, plugin: str, path: str) -> Any:
        """Import ``"package.module:name"`` for ``plugin``; raises :class:`PluginError`."""
        module, _, name = path.partition(":")
        try:
            return getattr(importlib.import_module(module), name)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a SystemExit in a plugin must not end the studio
            raise PluginError(plugin, f"could not provide “{path}”: {one_line(error)}.") from error

    def watching(self, plugin: str) -> contextlib.AbstractContextManager[None]:
        """Guard the construction of a widget: if the process dies, the plugin is suspect."""
        return self._journal.watching(plugin)

    def startup(self, studio: Studio) -> None:
        """Call every plugin's start-up hook; one that raises is listed as broken."""
        for name, _ in self._manager.list_name_plugin():
            with self._journal.watching(name):
                self._notify(name, "kirara_startup", studio=studio)

    def notice_activated(self, notice: Notice, action: str) -> None:
        """Notify the plugin of the notice's panel, if any, of a click on the notice."""
        owner = self._owners.get((Panel, notice.panel))
        if owner is not None:
            self._notify(owner, "kirara_notice_activated", notice=notice, action=action)

    def shutdown(self) -> None:
        """Call every plugin's shutdown hook; one that raises is logged."""
        for name, _ in self._manager.list_name_plugin():
            self._notify(name, "kirara_shutdown")

    # Loading

    def _load(self, found: PluginRecord, disabled: set[str]) -> None:
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
        with self._journal.watching(found.name):
            plugin, reason, details = load_plugin(found)
            if plugin is None:
                self._break(found.name, reason, details)
            else:
                self._register(found.name, plugin)

    def _register(self, name: str, plugin: object) -> None:
        try:
            self._manager.register(plugin, name)
            self._check_hook_names(name)
        except Exception as error:
            if self._manager.has_plugin(name):
                self._manager.unregister(name=name)
            self._break(name, one_line(error), traceback.format_exc())
            return
        self.panels += self._ask(name, "kirara_panels", Panel)
        self.commands += self._ask(name, "kirara_commands", Command)
        self.actions += self._ask(name, "kirara_actions", Action)
        self.settings_pages += self._ask(name, "kirara_settings", SettingsPage)
        self.backends += self._ask(name, "kirara_notice_backends", NoticeBackend)
        self.model_formats += self._ask(name, "kirara_model_formats", ModelFormat)
        self.translation_folders += self._ask(name, "kirara_translations", Path)
        title = next((p.title for p in self.panels if self._owners[Panel, p.id] == name), "")
        if title:
            self._change(name, title=title)

    def _check_hook_names(self, name: str) -> None:
        """Raise ValueError for a hook that is not specified, which pluggy would accept."""
        for caller in self._manager.get_hookcallers(self._manager.get_plugin(name)) or ():
            if not caller.has_spec():
                raise ValueError(f"“{caller.name}” is not a hook of this studio")

    # Asking

    def _ask(self, name: str, hook: str, kind: type[Contribution]) -> list[Contribution]:
        """Ask one plugin, and take the valid items of its answer."""
        accepted: list[Contribution] = []
        with self._guarded(name, hook):
            for answer in self._call(name, hook):
                if isinstance(answer, str | bytes) or not isinstance(answer, Iterable):
                    raise TypeError(f"{hook} must return a list, not {type(answer).__name__}")
                for item in answer:
                    accepted.append(self._accept(name, kind, item))
        return accepted

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
        others = [plugin for other, plugin in self._manager.list_name_plugin() if other != name]
        return self._manager.subset_hook_caller(hook, others)(**arguments)

    def _notify(self, name: str, hook: str, **arguments: Any) -> None:
        with self._guarded(name, hook):
            self._call(name, hook, **arguments)

    @contextlib.contextmanager
    def _guarded(self, name: str, hook: str) -> Iterator[None]:
        try:
            yield
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a SystemExit in a plugin must not end the studio
            self._break(name, f"{hook}: {one_line(error)}", traceback.format_exc())

    def _break(self, name: str, reason: str, details: str) -> None:
        log.warning("The plugin %s is broken: %s", name, reason)
        self._change(name, state=BROKEN, reason=reason, details=details)

    def _change(self, name: str, **changes: Any) -> None:
        self._records[name] = replace(self._records[name], **changes)


def load_registry(
    folders: Folders,
    *,
    safe_mode: bool = False,
    report: Callable[[UserError], None] | None = None,
) -> Registry:
    """Find and load the plugins of this user that are on."""
    return Registry(
        PluginSwitches(folders.config / "plugins.toml", report),
        LoadingJournal(folders.data / "loading.json"),
        safe_mode=safe_mode,
        folder=folders.plugins,
    )
