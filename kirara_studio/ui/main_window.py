"""The main window: navigation at the left, a panel or page, the job bar below."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QPointF, Qt, QTimer, Signal
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QWidget

from kirara_studio.api.errors import one_line
from kirara_studio.api.hooks import Action
from kirara_studio.api.panel import Panel
from kirara_studio.api.widgets import EmptyState
from kirara_studio.api.widgets.icons import icon_path
from kirara_studio.api.widgets.layouts import column, row
from kirara_studio.api.widgets.mixins import Translated
from kirara_studio.host.discovery import ENABLED
from kirara_studio.host.registry import is_interrupt
from kirara_studio.ui.appearance import Appearance
from kirara_studio.ui.banner import BannerArea, NoticeBanners
from kirara_studio.ui.commands import EVERYWHERE, WindowCommand, shown, shown_keys
from kirara_studio.ui.drops import CopyOnly
from kirara_studio.ui.faults import describe_fault, is_fatal
from kirara_studio.ui.job_bar import JobBar
from kirara_studio.ui.model_files import ModelFiles
from kirara_studio.ui.navigation import NavigationRail
from kirara_studio.ui.panel_host import PanelHost
from kirara_studio.ui.panel_windows import (
    PanelWindow,
    PanelWindows,
    raise_window,
    resize_on_screen,
    restore_geometry,
    saved_geometry,
)
from kirara_studio.ui.plugin_files import PluginFiles
from kirara_studio.ui.plugin_notices import PluginNotices
from kirara_studio.ui.services import WindowServices
from kirara_studio.ui.studio_pages import HELP, PAGES, PLUGINS, SETTINGS, make_page

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QResizeEvent, QShortcut, QShowEvent

    from kirara_studio.ui.command_palette import CommandPalette, Entry
    from kirara_studio.ui.fault_views import Choice, CrashDialog

log = logging.getLogger(__name__)

_NARROW_BELOW = 1000
"""A window narrower than this shows the navigation as icons, unless the user chose otherwise."""


class MainWindow(Translated, QMainWindow):
    """The window of the studio.

    Panels and the studio's own pages are made when they are first opened. Commands, their keys and
    what the palette lists come from outside (:mod:`kirara_studio.ui.window_commands`).
    """

    changed = Signal()
    """Plugins came or went: keys and lists that name panels and actions must follow."""

    def __init__(self, services: WindowServices, appearance: Appearance) -> None:
        super().__init__()
        appearance.apply_style()
        self.services = services
        self.appearance = appearance
        self._state = services.state.section("window")
        self._hosts: dict[str, PanelHost] = {}
        self._current = ""
        self._restored_windows = False
        self.commands: list[WindowCommand] = []
        self.shortcuts: list[QShortcut] = []
        self.palette_entries: Callable[[], list[Entry]] = list
        self.command_palette: CommandPalette | None = None
        self.crash_dialog: CrashDialog | None = None
        self._pages: dict[str, Any] = {}
        self._make_widgets()
        self._arrange()
        self._connect()
        self._restore()
        self.show_panels()
        self._open_first()
        self._notices.show_new()

    def _make_widgets(self) -> None:
        self.rail = NavigationRail()
        self.banners = BannerArea()
        self.notice_banners = NoticeBanners(self.banners)
        self.stack = QStackedWidget()
        self.job_bar = JobBar(self.services.jobs)
        self._empty = EmptyState("", "")
        self._empty.button.icon_name = "plugins"
        self._windows = PanelWindows(self.stack, self.job_bar, self.services, self.host)
        self._notices = PluginNotices(
            self.banners,
            self.services,
            show_plugins=self.open_plugins,
            try_again=self.try_again,
            try_panel=self.try_panel_again,
        )

    def _arrange(self) -> None:
        right = column(self.banners, (self.stack, 1), self.job_bar, spacing=0)
        centre = QWidget()
        centre.setLayout(row(self.rail, (right, 1), spacing=0))
        self.setCentralWidget(centre)
        self.stack.addWidget(self._empty)
        for key, (_, icon, _) in PAGES.items():
            self.rail.add_page(key, icon_path(icon))
        self.setMinimumSize(760, 520)
        resize_on_screen(self, 1280, 800)

    def _connect(self) -> None:
        self._copy_only = CopyOnly(self)
        self._plugin_files = PluginFiles(self.install_plugins, self)
        self.model_files = ModelFiles(self.services, self._opened_panel, self.show_error, self)
        self.rail.chosen.connect(self._open)
        self.rail.menu_wanted.connect(self._open_menu)
        self.rail.width_wanted.connect(self._set_rail)
        self._empty.clicked.connect(self.open_plugins)
        self._windows.changed.connect(self._on_moved)

    # Panels and pages

    @property
    def current_panel(self) -> str:
        """Id of the panel in front, or an empty text while a page of the studio is."""
        return "" if self._current.startswith("page:") else self._current

    def page(self, key: str) -> Any:
        """One of the studio's own pages, made if need be."""
        if key not in self._pages:
            language = self.appearance.language
            page = make_page(
                key,
                self.services,
                language,
                self._shortcut_list,
                self.open_logs,
                self.load_plugin,
            )
            if key == PLUGINS:
                page.problem.connect(self.show_error)
            self._pages[key] = page
            self.stack.addWidget(page)
        return self._pages[key]

    def host(self, panel_id: str) -> PanelHost:
        """The place of a panel, made if need be. Raises KeyError for an unknown id."""
        if panel_id not in self._hosts:
            panel = next((p for p in self.services.registry.panels if p.id == panel_id), None)
            if panel is None:
                raise KeyError(panel_id)
            host = PanelHost(panel, self.services)
            host.switch_off_wanted.connect(self.switch_off)
            host.message.connect(self.job_bar.show_message)
            host.loaded.connect(self._notices.show_new)
            host.status_changed.connect(lambda _: self._show_status())
            host.files_given.connect(self.give_files)
            self._hosts[panel_id] = host
            self.stack.addWidget(host)
        return self._hosts[panel_id]

    def icon_of(self, panel: Panel) -> Path:
        """The file of a panel's icon; a plain one if it cannot be found."""
        try:
            package = self.services.registry.package_folder(panel.id)
        except Exception:
            # A panel whose package cannot be found shows a plain icon; opening it shows why.
            log.info("no package folder for the panel %s", panel.id, exc_info=True)
            return icon_path(panel.icon)
        return icon_path(panel.icon, package)

    def open_panel(self, panel_id: str) -> None:
        """Show a panel, in its own window if it has one. An unknown id is logged."""
        if panel_id not in {panel.id for panel in self.services.registry.panels}:
            log.warning("There is no panel %r", panel_id)
            return
        self._open(panel_id)
        if panel_id in self._windows:
            self._windows.detach(panel_id)

    def give_files(self, panel_id: str, paths: list[Path], purpose: str = "") -> None:
        """Show a panel, and give it files. Raises KeyError for an unknown id."""
        if self.isVisible() and panel_id not in self._windows:
            raise_window(self)  # they may come from a panel in a window of its own
        self._opened_panel(panel_id).open_files(paths, purpose)

    def _opened_panel(self, panel_id: str) -> PanelHost:
        self.open_panel(panel_id)
        return self.host(panel_id)

    def open_settings(self, page_id: str = "") -> None:
        """Show the settings, at one page of them."""
        self._open(SETTINGS)
        if page_id:
            self.page(SETTINGS).show_page(page_id)

    def open_plugins(self) -> None:
        """Show the list of plugins."""
        self._open(PLUGINS)

    def open_help(self) -> None:
        """Show the keys and what the program is."""
        self._open(HELP)

    def open_palette(self) -> None:
        """Show the command palette."""
        from kirara_studio.ui.command_palette import CommandPalette

        if self.command_palette is None:
            self.command_palette = CommandPalette(self, self.palette_entries)
        self.command_palette.open()

    def open_logs(self) -> None:
        """Show the log folder in the system's file manager."""
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        folder = self.services.logs_folder
        folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    # Windows of their own

    def detach_current(self) -> None:
        """Open the panel in front in a window of its own."""
        if self.current_panel:
            self.detach(self.current_panel)

    def detach(self, panel_id: str) -> None:
        """Open a panel in a window of its own, or raise that window."""
        self._windows.detach(panel_id)

    def attach(self, panel_id: str) -> None:
        """Bring a panel back into this window."""
        self._windows.attach(panel_id)

    def panel_window(self, panel_id: str) -> PanelWindow | None:
        """The panel's own window, or None."""
        return self._windows.window(panel_id)

    # Errors

    def show_error(self, error: BaseException, panel_id: str = "") -> None:
        """Show an error as a banner: in its panel, or above whatever is in front."""
        if panel_id in self._hosts:
            self._hosts[panel_id].show_error(error)
        else:
            self.banners.show_fault(describe_fault(error, self.services.registry))

    def report_fault(self, error: BaseException) -> None:
        """Show an error that nobody handled: in the panel whose code raised it, or in a dialog.

        For ``sys.excepthook``; call it in the UI thread.
        """
        if is_fatal(error):
            return
        fault = describe_fault(error, self.services.registry)
        host = self._hosts.get(fault.panel_id)
        if host is not None and host.widget is not None:
            host.show_error(error)
            return
        log.error("%s", one_line(error), exc_info=error)
        if fault.plugin:
            self.services.registry.figures(fault.plugin).errors += 1
        if self.crash_dialog is not None:
            self.crash_dialog.count_again()
            return
        from kirara_studio.ui.fault_views import CrashDialog

        self.crash_dialog = CrashDialog(fault, self.open_logs, self)
        self.crash_dialog.chosen.connect(lambda choice: self._after_crash(choice, fault.plugin))
        self.crash_dialog.show()

    def show_plugin_notices(self) -> None:
        """Show which plugins broke since the window was made, as in their start-up hooks."""
        self._notices.show_new()

    def switch_off(self, plugin: str) -> None:
        """Switch a plugin off and show where it can be switched on again."""
        self.open_plugins()
        self.page(PLUGINS).switch(plugin, False)

    def try_again(self, plugin: str) -> None:
        """Load a plugin that is off or broken now, and show its first panel."""
        self.load_plugin(plugin)
        if mine := self.services.registry.panels_of(plugin):
            self.open_panel(mine[0].id)

    def load_plugin(self, plugin: str) -> None:
        """Load a plugin that is new, off or broken now, without a restart.

        With an empty name, only show what the registry has.
        """
        arrived = []
        if plugin:
            record = self.services.registry.load_again(plugin)
            arrived = [plugin] if record.state == ENABLED else []
        self.plugins_arrived(arrived)

    def install_plugins(self, paths: Sequence[Path]) -> None:
        """Install wheels and folders; the user is asked first."""
        self.open_plugins()
        self.page(PLUGINS).install_files(paths)

    def try_panel_again(self, panel_id: str) -> None:
        """Open a panel that was left closed."""
        self.open_panel(panel_id)
        self.host(panel_id).try_again()

    def plugins_arrived(self, names: Sequence[str]) -> None:
        """Take in what plugins that were loaded now add; those that broke are named."""
        registry = self.services.registry
        self.appearance.language.add_folders(registry.translation_folders)
        for name in names:
            registry.start_plugin(name, self.services.studio)
        self.show_panels()
        if not self._current:
            self._open_first()
        if PLUGINS in self._pages:
            self._pages[PLUGINS].refresh()
        self.changed.emit()
        self._notices.show_new()

    def show_panels(self) -> None:
        """Show the registry's panels in the navigation, in their order."""
        panels = self.services.registry.panels
        for number, panel in enumerate(panels):
            if panel.id in self._hosts:
                self._hosts[panel.id].panel = panel
            self.rail.insert_panel(number, panel.id, self.icon_of(panel))
        self.rail.keep_panels([panel.id for panel in panels])
        self._retranslate()

    # The window itself

    def toggle_rail(self) -> None:
        """Show the navigation as icons, or with names."""
        self._set_rail(not self.rail.narrow)

    def focus_next_area(self) -> None:
        """Move the keyboard from navigation to panel to job bar and around."""
        front = self.stack.currentWidget() or self._empty
        content = front.focus_content if isinstance(front, PanelHost) else partial(_focus, front)
        areas: dict[QWidget, Callable[[], object]] = {
            self.rail: self.rail.focus_chosen,
            front: content,
        }
        if _first_focusable(self.job_bar) is not None:
            areas[self.job_bar] = partial(_focus, self.job_bar)
        focused = self.focusWidget()
        inside = [focused is not None and area.isAncestorOf(focused) for area in areas]
        place = inside.index(True) if True in inside else -1
        list(areas.values())[(place + 1) % len(areas)]()

    def save_layout(self) -> None:
        """Remember size, place, panel, which panels have their own windows, and their state."""
        self._state["geometry"] = saved_geometry(self)
        self._state["panel"] = self._current
        self._state["apart"] = list(self._windows)
        self._windows.save_layout()
        for host in self._hosts.values():
            host.save_state()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.save_layout()
        if self.services.hide_instead_of_closing():
            event.ignore()
            self.hide()
            return
        self._windows.close_all()
        super().closeEvent(event)
        self.services.quit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._restored_windows:
            self._restored_windows = True
            self.model_files.watch(self)
            self._plugin_files.watch(self)
            self._copy_only.watch(self.windowHandle())
            QTimer.singleShot(0, self, self._restore_windows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rail()
        if self.command_palette is not None:
            self.command_palette.arrange()

    # Inside

    def _open_first(self) -> None:
        """Open what was in front when the window was closed, or the first panel."""
        known = [panel.id for panel in self.services.registry.panels]
        wanted = self._state.get("panel", "")
        if isinstance(wanted, str) and wanted in (*known, *PAGES):
            self._open(wanted)
        elif known:
            self._open(known[0])

    def _open(self, key: str) -> None:
        widget: QWidget
        if key in PAGES:
            widget = self.page(key)
        else:
            host = self.host(key)
            widget = self._windows.page(key) or host
        before = self._hosts.get(self._current)
        if before is not None and key != self._current:
            before.save_state()
        self._current = key
        self._state["panel"] = key
        self.stack.setCurrentWidget(widget)
        self.rail.choose(key)
        self.job_bar.set_current_panel(self.current_panel)
        self._show_status()
        self._show_title()

    def _shortcut_list(self) -> list[tuple[str, str]]:
        commands = [(c.keys, c.title) for c in self.commands if c.keys]
        return [(shown_keys(keys), shown(title)) for keys, title in (*commands, *EVERYWHERE)]

    def _on_moved(self, panel_id: str) -> None:
        self._state["apart"] = list(self._windows)
        self.rail.button(panel_id).set_apart(panel_id in self._windows)
        if (window := self.panel_window(panel_id)) is not None:
            self.model_files.watch(window)
            self._plugin_files.watch(window)
        if self._current == panel_id:
            self.stack.setCurrentWidget(self._windows.page(panel_id) or self.host(panel_id))
            self._show_status()

    def _open_menu(self, key: str, where: QPointF) -> None:
        if key in PAGES:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if key in self._windows:
            menu.addAction(self.tr("Bring it back here"), lambda: self.attach(key))
        else:
            menu.addAction(self.tr("Open in a window of its own"), lambda: self.detach(key))
        menu.popup(where.toPoint())

    def run_action(self, action: Action) -> None:
        """Run a plugin's action, guarded."""
        registry = self.services.registry
        try:
            plugin = registry.plugin_of(action.id, Action)
            registry.load_object(plugin, action.run)(self.services.studio)
        except BaseException as error:  # a SystemExit in a plugin must not end the studio
            if is_interrupt(error):
                raise
            log.error("The action %s failed", action.id, exc_info=error)
            self.banners.show_fault(describe_fault(error, registry))

    def _after_crash(self, choice: Choice, plugin: str) -> None:
        self.crash_dialog = None
        if choice is choice.SAFE_MODE:
            self.save_layout()
            self.services.restart(True)
        elif choice is choice.SWITCH_OFF:
            self.switch_off(plugin)

    def _show_status(self) -> None:
        host = self._hosts.get(self.current_panel)
        self.job_bar.set_status(host.status if host and host.panel.id not in self._windows else "")

    def _show_title(self) -> None:
        host = self._hosts.get(self._current)
        title = host.title if host else _page_title(self._current)
        self.setWindowTitle(f"{title} — Kirara Studio" if title else "Kirara Studio")

    def _set_rail(self, narrow: bool) -> None:
        self._state["rail"] = "narrow" if narrow else "wide"
        self._fit_rail()

    def _fit_rail(self) -> None:
        chosen = self._state.get("rail", "auto")
        narrow = chosen == "narrow" or (chosen != "wide" and self.width() < _NARROW_BELOW)
        if narrow != self.rail.narrow:
            self.rail.set_narrow(narrow)

    def _restore(self) -> None:
        restore_geometry(self, self._state.get("geometry"))
        self._fit_rail()

    def _restore_windows(self) -> None:
        known = {panel.id for panel in self.services.registry.panels}
        apart = self._state.get("apart")
        for panel_id in list(apart) if isinstance(apart, list) else []:
            if panel_id in known:
                self.detach(panel_id)

    def _retranslate(self) -> None:
        panels = self.services.registry.panels
        for number, panel in enumerate(panels, start=1):
            keys = shown_keys(f"Ctrl+{number}") if number < 10 else ""
            title = QCoreApplication.translate(panel.id, panel.title)
            self.rail.button(panel.id).set_name(title, keys)
        for key, (_, _, keys) in PAGES.items():
            self.rail.button(key).set_name(_page_title(key), shown_keys(keys))
        self._empty.set_content(
            self.tr("No panel is switched on"), "", self.tr("Manage the plugins")
        )
        self._show_title()


def _page_title(key: str) -> str:
    """A page's title in the language shown; empty for what is not a page."""
    return QCoreApplication.translate("StudioPages", PAGES[key][0]) if key in PAGES else ""


def _first_focusable(area: QWidget) -> QWidget | None:
    """The first widget in ``area`` that Tab would reach."""
    for child in area.findChildren(QWidget):
        reached = child.focusPolicy() & Qt.FocusPolicy.TabFocus
        if reached and child.isVisible() and child.isEnabled():
            return child
    return None


def _focus(area: QWidget) -> None:
    if (target := _first_focusable(area)) is not None:
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
