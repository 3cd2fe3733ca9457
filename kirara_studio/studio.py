"""The composition root: builds the parts and ties them together.

The window is painted first; the engine, the tray and plugins' start-up hooks follow. In the
background there is no window until somebody asks for it.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import TRASH, remove_leftovers
from kirara_studio.api.notices import Notice
from kirara_studio.api.panel import Panel
from kirara_studio.api.settings import Settings, SettingsPage
from kirara_studio.api.widgets.icons import app_icon
from kirara_studio.desktop.inbox import INBOX, Inbox
from kirara_studio.desktop.notifications import Notifier
from kirara_studio.desktop.scheduler import ResumeWatcher, WallClockScheduler
from kirara_studio.desktop.single_instance import StartRequest
from kirara_studio.desktop.tray import Tray
from kirara_studio.engine.device import WANTED_DEVICE
from kirara_studio.engine.queue import JobQueue, PanelJobs
from kirara_studio.engine.training import Run, TrainingService
from kirara_studio.host.discovery import find_plugins
from kirara_studio.host.folders import Folders
from kirara_studio.host.installation.generations import note_start
from kirara_studio.host.messengers import shared_messengers
from kirara_studio.host.registry import FindPlugins, is_interrupt, load_registry
from kirara_studio.host.secrets import PluginSecrets, Secrets
from kirara_studio.host.settings import SettingsStore
from kirara_studio.host.state import StateStore
from kirara_studio.ui.appearance import Appearance
from kirara_studio.ui.faults import describe_fault
from kirara_studio.ui.garbage import WindowGarbage
from kirara_studio.ui.plugin_code import guard_exit
from kirara_studio.ui.studio_settings import STUDIO_PAGE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from kirara_studio.desktop.end_signals import EndSignals
    from kirara_studio.ui.main_window import MainWindow
    from kirara_studio.ui.watchdog import Watchdog

log = logging.getLogger(__name__)

_SAVE_AFTER_MS = 2_000
_LATEST_PAINT_MS = 2_000
"""The rest starts by then, though the window was not painted: it may be minimised."""
_OFFER_AGAIN_SECONDS = 120
_LOOK_AGAIN_MS = 250
_REST_AFTER_HIDDEN_MS = 60_000
"""How long the window must be hidden before the engine's memory is given back."""


class Studio(QObject):
    """All the parts, put together. Also what plugins are lent (:class:`api.hooks.Studio`).

    In ``safe_mode`` only the plugins that come with the studio are loaded. ``on_tour`` no start-up
    hook of a plugin is called, such as for reminders. ``started`` is sent when the event loop runs
    and the window was painted, unless the start is in the background. ``find`` lists the plugins,
    and ``make_queue`` makes the queue of jobs: tests have others.
    """

    started = Signal()
    _problem_found = Signal(object)

    def __init__(
        self,
        application: QApplication,
        folders: Folders,
        *,
        safe_mode: bool = False,
        on_tour: bool = False,
        trace_hooks: bool = False,
        end_signals: EndSignals | None = None,
        find: FindPlugins = find_plugins,
        make_queue: Callable[[Path, QObject], JobQueue] = JobQueue,
    ) -> None:
        super().__init__()
        self._on_tour = on_tour
        self._end_signals = end_signals
        self.folders = folders
        self.restart_arguments: list[str] | None = None
        self._application = application
        self._window: MainWindow | None = None
        self._unshown: list[BaseException] = []
        self._in_background = False
        self._running = False
        self._closing = False
        self._garbage = WindowGarbage(self)

        # What is remembered
        self._secrets = Secrets(folders.config / "secrets.json", self._problem_found.emit)
        self.messengers = shared_messengers(folders, self._secrets, self._problem_found.emit)
        self._settings = SettingsStore(folders.config / "settings.toml", self._secrets)
        self.preferences = self._settings.page(STUDIO_PAGE)
        self.state = StateStore(
            folders.data / "state.json",
            lambda save: QTimer.singleShot(_SAVE_AFTER_MS, self, save),
            self.show_error,
        )

        # Plugins and work
        self.registry = load_registry(
            folders,
            safe_mode=safe_mode,
            in_window=not on_tour,
            trace=trace_hooks,
            report=self._problem_found.emit,
            find=find,
        )
        self._unguard_exit = guard_exit(self.registry.packages)
        self.watchdog: Watchdog | None = None
        self._chooses_device = not os.environ.get(WANTED_DEVICE)
        if self._chooses_device:
            self._set_device(self.preferences["device"])
            self.preferences.watch("device", self._set_device)
        self.queue = make_queue(folders.cache, self)
        self.training = TrainingService(self, folders.plugins_data)
        self._interrupted: list[Run] = []  # trainings that the user does not know of
        self.scheduler = WallClockScheduler(self)
        self.every = self.scheduler.every

        # The desktop, after the language in which its parts are named
        self.appearance = Appearance(application, self._settings)
        self.appearance.language.add_folders(self.registry.translation_folders)
        self.inbox = Inbox(folders.data / "inbox.json", self, self.show_error)
        self.notifier = Notifier([self.inbox.backend(), *self.registry.backends], self)
        self.notify, self.deliver = self.notifier.notify, self.notifier.deliver
        self.withdraw, self.backends = self.notifier.withdraw, self.notifier.backends
        self.tray = Tray(app_icon(), self)
        self.wake: ResumeWatcher | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST_AFTER_HIDDEN_MS)
        self._connect()

    def _connect(self) -> None:
        self._rest.timeout.connect(self._rest_if_hidden)
        self.tray.set_panels(self.registry.panels)
        self.tray.show_requested.connect(self.show_window)
        self.tray.toggle_requested.connect(self._toggle_window)
        self.tray.panel_requested.connect(self.open_panel)
        self.tray.quit_requested.connect(self.quit)
        self.tray.availability_changed.connect(self._on_tray_change)
        self.tray.absent.connect(self._on_no_tray)
        self.tray.balloon_clicked.connect(self._on_notice_activated)
        # Sent by the bus's thread, so the receiver must be a method of an object of this one.
        self.notifier.activated.connect(self._on_notice_activated)
        self.notifier.delivered.connect(self._on_delivered)
        self.scheduler.failed.connect(self._on_failure_behind)
        self.training.callback_failed.connect(lambda _, error: self._report_fault(error))
        # Secrets are kept by threads, too.
        self._problem_found.connect(self.show_error)
        self._application.aboutToQuit.connect(self.shutdown)
        self._application.applicationStateChanged.connect(lambda _: self._settings.refresh())
        self._application.commitDataRequest.connect(lambda _: self._save())

    # Starting and ending

    def start(self, request: StartRequest) -> None:
        """Show the window (or, in the background, only the tray), then start the rest."""
        sys.excepthook = self._on_exception
        self._in_background = request.background
        self.answer(request)
        if self._window is None:
            QTimer.singleShot(0, self, self._start_the_rest)
        else:
            self._window.installEventFilter(self)
            QTimer.singleShot(_LATEST_PAINT_MS, self, self._start_the_rest)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._start_the_rest)
        return False

    def _start_the_rest(self) -> None:
        """Start what the first paint does not need."""
        if self._running or self._closing:
            return
        self.started.emit()
        from kirara_studio.desktop.autostart import autostart
        from kirara_studio.desktop.desktop_backends import desktop_backends

        # The desktop's own settings may have changed it since.
        self.preferences["start_at_login"] = autostart().is_enabled()
        self.preferences.watch("start_at_login", self._set_autostart)
        self._settings.watch_problems(self.show_error)
        self.tray.start()
        self.wake = ResumeWatcher(self)
        self.wake.woke.connect(self.scheduler.look)
        self.wake.start()
        self.notifier.add(self.tray.balloon_backend())
        translate = QCoreApplication.translate
        for backend in desktop_backends(self.notifier.activated.emit, translate=translate):
            self.notifier.add(backend)
        if not self._on_tour:
            if self._window is not None:
                self._start_watchdog()
            self.registry.startup(self)
            self._await_plugins()
        self.scheduler.every(_OFFER_AGAIN_SECONDS, self._offer_unread)
        self._interrupted = self.training.find_runs()
        threading.Thread(target=self._remove_leftovers, name="leftovers", daemon=True).start()
        self._running = True
        if self._window is not None:
            self._start_deferred()

    def _start_watchdog(self) -> None:
        """Watch whether the window answers; in the tray there is none."""
        if self.watchdog is not None or self._on_tour:
            return
        from kirara_studio.ui.watchdog import Watchdog

        self.watchdog = Watchdog(
            self.registry,
            dump=self.folders.data / "stacks.txt",
            save=self.state.save,
            look=lambda: {key: str(self.preferences[key]) for key in ("theme", "language")},
            parent=self,
        )
        signals = self._end_signals
        self.watchdog.start(signals.socket if signals is not None else None)
        if signals is not None:
            signals.noticed = self.watchdog.hurry

    def _await_plugins(self) -> None:
        """Take in the plugins that took too long for the window to wait for them."""
        arrived = self.registry.finish_loading()
        if arrived and self._window is None:
            for name in arrived:
                self.registry.start_plugin(name, self)
        elif self._window is not None:
            self._window.plugins_arrived(arrived)
        if self.registry.loading and not self._closing:
            QTimer.singleShot(_LOOK_AGAIN_MS, self, self._await_plugins)

    def _on_plugins_changed(self) -> None:
        self.tray.set_panels(self.registry.panels)
        if self.watchdog is not None:
            self.watchdog.name_plugins()

    def _remove_leftovers(self) -> None:
        for trash in self.folders.plugins_data.glob(f"*/*/{TRASH}"):  # first: it is soon used again
            shutil.rmtree(trash, ignore_errors=True)
        for folder in (self.folders.config, self.folders.data, self.folders.results):
            remove_leftovers(folder)
        note_start(self.folders.plugins)

    def end_unexpectedly(self) -> None:
        """The process ends past the event loop: save, but leave the session's note."""
        self.shutdown(expected=False)

    def shutdown(self, *, expected: bool = True) -> None:
        """Save everything and end the engine. Trainings go on.

        Unless it is ``expected``, the panels that were opened just now are suspect.
        """
        if self._closing:
            return
        self._closing = True
        sys.excepthook = sys.__excepthook__
        self._unguard_exit()
        self.registry.session.close(expected=expected)
        if self.watchdog is not None:
            self.watchdog.close()
        steps = (
            self._save,
            self.scheduler.stop,
            self.tray.stop,  # before the others, which may wait for a balloon of theirs
            self.registry.shutdown,
            self.state.save,  # once more: what the plugins had to remember
            *([self.wake.stop] if self.wake is not None else ()),
            self.notifier.close,
            self.queue.shutdown,
            *([self.watchdog.stop] if self.watchdog is not None else ()),
        )
        for step in steps:
            try:
                step()
            except Exception:  # the others have something to save, too
                log.exception("Ending the studio, %s failed", step)

    def quit(self) -> None:
        """End the studio; nothing if it has ended: exit() would end event loops to come."""
        if not self._closing:
            # Not quit(), which closes each window first, and a closed window wants to quit.
            self._application.exit()

    def restart(self, safe_mode: bool = False) -> None:
        """End the studio and start it again."""
        self.restart_arguments = ["--safe-mode"] if safe_mode else []
        if self._chooses_device:
            # The next studio inherits the environment, and shall choose by itself.
            os.environ.pop(WANTED_DEVICE, None)
        self.quit()

    def _save(self) -> None:
        if self._window is not None:
            self._window.save_layout()
        self.state.save()

    # What plugins are lent

    def open_panel(self, panel_id: str) -> None:
        """Show a panel, and the window."""
        self.show_window()
        self.window.open_panel(panel_id)

    def data_folder(self, plugin: str) -> Path:
        """The folder for data of ``plugin``."""
        return self.folders.of_plugin(plugin)

    def settings(self, page: SettingsPage) -> Settings:
        """The values of a settings page."""
        return self._settings.page(page)

    def secrets(self, plugin: str) -> PluginSecrets:
        """The secrets of ``plugin``."""
        return self._secrets.of_plugin(plugin)

    def jobs(self, plugin: str) -> PanelJobs:
        """The queue for what ``plugin`` does without a panel."""
        if not self._visible:
            self._rest.start()
        return self.queue.for_panel(f"{plugin}:background", self._on_failure_behind)

    def load_object(self, panel: Panel, path: str) -> object:
        """Import something that a panel's description names."""
        return self.registry.load_object(self.registry.plugin_of(panel.id), path)

    # The window

    @property
    def window(self) -> MainWindow:
        """The window, made when it is first asked for: in the tray none is needed."""
        if self._window is None:
            self._window = self._make_window()
            if self._running:  # and so it was made late
                QTimer.singleShot(0, self, self._start_deferred)
        return self._window

    def _make_window(self) -> MainWindow:
        from kirara_studio.ui.services import WindowServices
        from kirara_studio.ui.window_commands import make_window

        services = WindowServices(
            registry=self.registry,
            settings=self._settings,
            state=self.state,
            jobs=self.queue,
            training=self.training,
            studio=self,
            results_folder=lambda panel: self.folders.results / panel.title,
            quit=self.quit,
            restart=self.restart,
            hide_instead_of_closing=self._may_hide,
            logs_folder=self.folders.logs,
            folders=self.folders,
        )
        window = make_window(services, self.appearance)
        window.changed.connect(self._on_plugins_changed)
        self.inbox.arrived.connect(window.notice_banners.show)
        self.inbox.withdrawn.connect(window.notice_banners.withdraw)
        window.notice_banners.read.connect(self.inbox.mark_read)
        window.notice_banners.activated.connect(self._on_notice_activated)
        return window

    def _start_deferred(self) -> None:
        """Do for the window what its first paint does not need."""
        self._start_watchdog()
        self.appearance.ask_system()
        while self._unshown:
            self.window.show_error(self._unshown.pop(0))
        for notice in self.inbox.unread():
            self.window.notice_banners.show(notice)
        self.window.show_plugin_notices()
        if self._interrupted:
            from kirara_studio.ui.training_notices import offer_to_resume

            offer_to_resume(self._interrupted, self.window.banners, self.show_error)
            self._interrupted = []
        self.queue.warm_up()

    def answer(self, request: StartRequest) -> None:
        """Do what a start asks for: this one, or a later one of the same user."""
        if request.background and not request.file:
            return
        self.show_window(request.activation_token)
        if request.panel:
            self.window.open_panel(request.panel)
        if request.file:
            self.window.model_files.open([Path(request.file)])

    def show_window(self, token: str = "") -> None:
        """Bring the window before the user."""
        from kirara_studio.ui.panel_windows import raise_window

        self._rest.stop()
        self.training.look_soon()
        raise_window(self.window, token)

    @property
    def _visible(self) -> bool:
        return self._window is not None and self._window.isVisible()

    def _toggle_window(self) -> None:
        if self._visible and self.window.isActiveWindow():
            self.window.hide()
            self._rest.start()
        else:
            self.show_window()

    def _may_hide(self) -> bool:
        # What was started to wait in the tray goes back to it, and does not end.
        wanted = self._in_background or bool(self.preferences["close_to_tray"])
        hide = wanted and self.tray.can_hide()
        if hide:
            self._rest.start()
        return hide

    def _rest_if_hidden(self) -> None:
        """Free the engine's memory while the window is hidden, after the running job."""
        if not self._visible:
            self.training.rest()
            self.queue.rest()
            self._rest.start()  # plugins may use it again

    def _on_tray_change(self, available: bool) -> None:
        if available:
            self.state.section("tray")["absence_told"] = False
        elif not self._visible:
            # The only way back to a hidden window is gone.
            self.show_window()

    def _on_no_tray(self) -> None:
        if not self._visible:
            self.window.showMinimized()
            log.warning("There is no tray; the studio waits minimised")
            text = self.tr("This desktop has no tray, so the studio waits minimised.")
            notice = Notice(text, id="studio.no-tray")
            tray = self.state.section("tray")
            if tray.get("absence_told"):  # not on the desktop at each login
                self.window.notice_banners.show(notice)
            else:
                tray["absence_told"] = True
                self.notify(notice)

    def _on_delivered(self, notice: Notice, backend: str) -> None:
        if backend != INBOX:
            self.inbox.mark_read(notice)

    def _offer_unread(self) -> None:
        """Send the unread notices again: at login the studio may be up before the daemon is."""
        if not self._visible:
            for notice in self.inbox.unread():
                self.notify(notice)

    def _on_notice_activated(self, notice: Notice, action: str = "", token: str = "") -> None:
        """The user clicked a notice or one of its actions."""
        if not action:
            self.show_window(token)
            if notice.panel:
                self.window.open_panel(notice.panel)
        self.registry.notice_activated(notice, action)
        if self._window is not None:
            self._window.show_plugin_notices()

    # Settings and problems

    def show_error(self, error: BaseException) -> None:
        """Show an error in the window, as soon as there is one."""
        if self._window is None or not self._running:
            self._unshown.append(error)
        else:
            self._window.show_error(error)

    def _report_fault(self, error: BaseException) -> None:
        if self._window is None:
            self._unshown.append(error)
        else:
            self._window.report_fault(error)

    def _on_failure_behind(self, error: BaseException) -> None:
        """What a plugin does without a panel failed; the window may be hidden for weeks."""
        self.show_error(error)
        if not self._visible:
            fault = describe_fault(error, self.registry)
            self.notify(Notice(fault.message, fault.advice, id=f"studio.failed.{fault.plugin}"))

    def _set_device(self, kind: str) -> None:
        """For the next engine, and for the next start."""
        os.environ[WANTED_DEVICE] = kind

    def _set_autostart(self, wanted: bool) -> None:
        from kirara_studio.desktop.autostart import autostart

        try:
            autostart().enable() if wanted else autostart().disable()
        except UserError as error:
            self.show_error(error)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Report an exception in a slot; Qt and the studio go on."""
        if is_interrupt(error):
            self.quit()
            return
        log.error("Unexpected", exc_info=(kind, error, trace))
        self._report_fault(error)
