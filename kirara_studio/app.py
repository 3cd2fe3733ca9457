"""The composition root: builds the parts and runs the event loop. The only place that knows all.

The order of things is that of the first paint: what the first picture of the window does not
need (the engine, the tray, plugins' start-up hooks) comes after it.
"""

from __future__ import annotations

import atexit
import contextlib
import faulthandler
import logging
import logging.handlers
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTimer
from PySide6.QtWidgets import QApplication

from kirara_studio.api.errors import UserError
from kirara_studio.api.notices import Channel, Notice
from kirara_studio.api.panel import Panel
from kirara_studio.api.settings import Settings, SettingsPage
from kirara_studio.desktop.activation import raise_window
from kirara_studio.desktop.autostart import autostart
from kirara_studio.desktop.bus_channels import bus_channels
from kirara_studio.desktop.display import VirtualDisplay, has_display
from kirara_studio.desktop.environment import drop_opencv_variables
from kirara_studio.desktop.inbox import Inbox
from kirara_studio.desktop.notifications import Notifier
from kirara_studio.desktop.signals import EndSignals
from kirara_studio.desktop.single_instance import SingleInstance, StartRequest
from kirara_studio.desktop.tray import Tray
from kirara_studio.engine.device import WANTED_DEVICE
from kirara_studio.engine.queue import JobQueue
from kirara_studio.engine.training import TrainingService
from kirara_studio.host.folders import Folders
from kirara_studio.host.registry import load_registry
from kirara_studio.host.secrets import PluginSecrets, Secrets
from kirara_studio.host.settings import SettingsStore
from kirara_studio.host.state import StateStore
from kirara_studio.ui.appearance import Appearance
from kirara_studio.ui.icons import app_icon
from kirara_studio.ui.main_window import MainWindow
from kirara_studio.ui.services import WindowServices
from kirara_studio.ui.studio_settings import STUDIO_PAGE

log = logging.getLogger(__name__)

_SAVE_AFTER_MS = 2_000
_REST_AFTER_HIDDEN_MS = 60_000
"""How long the window must be hidden before the engine's memory is given back."""


def run(
    folders: Folders, *, panel: str = "", background: bool = False, safe_mode: bool = False
) -> int:
    """Open the window and run until the user quits; returns the exit status.

    A second start raises the first one's window and returns at once. Raises
    :class:`UserError` where there is no display.
    """
    drop_opencv_variables()
    request = StartRequest.of_this_process(panel, background)
    instance = SingleInstance(folders.data)
    if not instance.claim(request):
        return 0
    if not has_display():
        raise UserError(
            "There is no display to open a window on.",
            advice="Start it on a desktop, or use “kirara-studio tour”, which needs none.",
        )
    write_log(folders.logs)
    application = make_application()
    studio = Studio(application, folders, safe_mode=safe_mode)
    signals = EndSignals(studio)
    signals.wanted.connect(studio.quit)
    instance.requested.connect(studio.answer)
    instance.listen()
    studio.start(request)
    # A plugin's slot that calls sys.exit() ends the process past the event loop.
    atexit.register(studio.shutdown)
    status = application.exec()
    studio.shutdown()
    atexit.unregister(studio.shutdown)
    instance.release()
    if studio.restart_arguments is not None:
        QProcess.startDetached(
            sys.executable, ["-m", "kirara_studio", *studio.restart_arguments], str(Path.cwd())
        )
    return status


def run_tour(folders: Folders, out: Path) -> int:
    """Walk through every panel in the real window; 0 where every panel did its job.

    The user's settings and plugins hold; what was open and made before is left alone.
    """
    from kirara_studio.ui.tour import walk

    drop_opencv_variables()
    display = None if has_display() else VirtualDisplay(1440, 900).start()
    with contextlib.ExitStack() as at_the_end:
        if display is not None:
            at_the_end.callback(display.stop)
        home = Path(at_the_end.enter_context(tempfile.TemporaryDirectory(prefix="kirara-tour-")))
        application = make_application()
        studio = Studio(application, replace(folders, data=home / "data", results=home / "results"))
        try:
            studio.start(StartRequest())
            passed = walk(studio.window, studio.registry.panels, studio.load_object, out)
        finally:
            studio.shutdown()
        return 0 if passed else 1


def make_application() -> QApplication:
    """The application object, named so that desktops and X sessions know it."""
    QApplication.setApplicationName("kirara-studio")
    QApplication.setApplicationDisplayName("Kirara Studio")
    QApplication.setDesktopFileName("kirara-studio")
    application = QApplication(sys.argv[:1])
    # Without a window the studio lives on in the tray.
    application.setQuitOnLastWindowClosed(False)
    return application


def write_log(folder: Path) -> None:
    """Keep a log of the last days, for the crash dialog's "Open the log folder"."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folder / "kirara-studio.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8"
        )
    except OSError as error:
        log.warning("No log is written: %s", error)
        return
    # A crash in native code leaves its stacks here; nothing else could tell of it.
    faulthandler.enable((folder / "crash.log").open("a", encoding="utf-8"))
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    for other in root.handlers:  # the terminal is told of trouble alone
        other.setLevel(max(other.level, root.level))
    root.addHandler(handler)
    logging.getLogger("kirara_studio").setLevel(logging.INFO)


class Studio(QObject):
    """All the parts, put together. Also what plugins are lent (:class:`api.hooks.Studio`)."""

    def __init__(
        self, application: QApplication, folders: Folders, *, safe_mode: bool = False
    ) -> None:
        super().__init__()
        self.folders = folders
        self.restart_arguments: list[str] | None = None
        self._application = application
        self._closing = False
        self._secret_problems: list[UserError] = []
        self._secrets = Secrets(folders.config / "secrets.json", self._tell_problem)
        self._settings = SettingsStore(folders.config / "settings.toml", self._secrets)
        self.preferences = self._settings.page(STUDIO_PAGE)
        self.state = StateStore(
            folders.data / "state.json",
            lambda save: QTimer.singleShot(_SAVE_AFTER_MS, self, save),
        )
        self.registry = load_registry(folders, safe_mode=safe_mode)
        self._chooses_device = not os.environ.get(WANTED_DEVICE)
        if self._chooses_device:
            self._set_device(self.preferences["device"])
            self.preferences.watch("device", self._set_device)
        self.jobs = JobQueue(folders.cache, self)
        self.training = TrainingService(self)
        self.inbox = Inbox(folders.data / "inbox.json", self)
        self.notifier = Notifier([self.inbox.channel(), *self.registry.channels], self)
        self.tray = Tray(app_icon(), self)
        self.appearance = Appearance(application, self._settings)
        self.appearance.language.add_folders(self.registry.translation_folders)
        self.window = MainWindow(self._services(), self.appearance)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_AFTER_HIDDEN_MS)
        self._rest.timeout.connect(self._rest_if_hidden)
        self._connect()

    def _services(self) -> WindowServices:
        return WindowServices(
            registry=self.registry,
            settings=self._settings,
            state=self.state,
            jobs=self.jobs,
            training=self.training,
            notices=self.notifier,
            secrets=self.secrets,
            data_folder=self.data_folder,
            results_folder=self._results_folder,
            studio=lambda: self,
            quit=self.quit,
            restart=self.restart,
            hide_instead_of_closing=self._may_hide,
            logs_folder=self.folders.logs,
        )

    def _connect(self) -> None:
        self.tray.set_panels(self.registry.panels)
        self.tray.show_requested.connect(lambda: self.show_window())
        self.tray.toggle_requested.connect(self._toggle_window)
        self.tray.panel_requested.connect(self.open_panel)
        self.tray.quit_requested.connect(self.quit)
        self.tray.availability_changed.connect(self._on_tray_change)
        self.tray.absent.connect(self._on_no_tray)
        self.tray.balloon_clicked.connect(self._on_notice_activated)
        # Sent by the bus's thread, so the receiver must be a method of an object of this one.
        self.notifier.activated.connect(self._on_notice_activated)
        self.inbox.arrived.connect(self.window.notice_banners.show)
        self.inbox.withdrawn.connect(self.window.notice_banners.withdraw)
        self.window.notice_banners.read.connect(self.inbox.mark_read)
        self.window.notice_banners.activated.connect(self._on_notice_activated)
        self.training.callback_failed.connect(lambda _, error: self.window.report_fault(error))
        self._application.aboutToQuit.connect(self.shutdown)
        self._application.applicationStateChanged.connect(lambda _: self._settings.refresh())
        self._application.commitDataRequest.connect(lambda _: self._save())

    # Starting and ending

    def start(self, request: StartRequest) -> None:
        """Show the window (or, in the background, only the tray), then start the rest."""
        sys.excepthook = self._on_exception
        if not request.background:
            self.answer(request)
        elif not self.tray.can_hide():
            log.info("Waiting for a tray")
        # After the first paint: its event is in the queue already.
        QTimer.singleShot(0, self, lambda: self._start_the_rest(request.background))

    def _start_the_rest(self, background: bool) -> None:
        self.appearance.ask_system()
        self._settings.watch_problems(self.window.show_error)
        for problem in self._secret_problems:
            self.window.show_error(problem)
        for notice in self.inbox.unread():
            self.window.notice_banners.show(notice)
        # The desktop's own settings may have changed it since.
        self.preferences["start_at_login"] = autostart().is_enabled()
        self.preferences.watch("start_at_login", self._set_autostart)
        self.tray.start()
        self.notifier.add(self.tray.balloon_channel())
        for channel in bus_channels(
            self.notifier.activated.emit, translate=QCoreApplication.translate
        ):
            self.notifier.add(channel)
        self.registry.startup(self)
        self.window.tell_of_plugins()
        if not background:
            self.jobs.warm_up()

    def shutdown(self) -> None:
        """Save everything and end the engine. Trainings go on."""
        if self._closing:
            return
        self._closing = True
        sys.excepthook = sys.__excepthook__
        steps = (
            self._save,
            self.registry.shutdown,
            self.state.save,  # once more: what the plugins had to remember
            self.tray.stop,
            self.notifier.close,
            self.jobs.shutdown,
        )
        for step in steps:
            try:
                step()
            except Exception:  # the others have something to save, too
                log.exception("Ending the studio, %s failed", step)

    def quit(self) -> None:
        """End the studio."""
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
        self.window.save_layout()
        self.state.save()

    # What plugins are lent

    def open_panel(self, panel_id: str) -> None:
        """Show a panel, and the window."""
        self.show_window()
        self.window.open_panel(panel_id)

    def notify(self, notice: Notice) -> None:
        """Tell the user through the first channel that works."""
        self.notifier.notify(notice)

    def deliver(self, notice: Notice) -> str:
        """The same, but waits; returns the id of the channel that took it."""
        return self.notifier.deliver(notice)

    def withdraw(self, notice_id: str) -> None:
        """Take a notice back."""
        self.notifier.withdraw(notice_id)

    def channels(self) -> list[Channel]:
        """The ways to deliver notices here, the first one first."""
        return self.notifier.channels

    def every(self, seconds: float, function: Callable[[], None]) -> None:
        """Call ``function`` about every so many seconds; one that raises is called no more."""
        timer = QTimer(self)

        def call() -> None:
            try:
                function()
            except Exception as error:
                timer.stop()
                self.window.show_error(error)

        timer.timeout.connect(call)
        timer.start(round(seconds * 1000))

    def data_folder(self, plugin: str) -> Path:
        """The folder for data of ``plugin``."""
        return self.folders.of_plugin(plugin)

    def settings(self, page: SettingsPage) -> Settings:
        """The values of a settings page."""
        return self._settings.page(page)

    def secrets(self, plugin: str) -> PluginSecrets:
        """The secrets of ``plugin``."""
        return self._secrets.of_plugin(plugin)

    def load_object(self, panel: Panel, path: str) -> object:
        """Import something that a panel's description names."""
        return self.registry.load_object(self.registry.plugin_of(panel.id), path)

    # The window

    def answer(self, request: StartRequest) -> None:
        """Do what a start asks for: this one, or a later one of the same user."""
        if request.background:
            return
        self.show_window(request.activation_token)
        if request.panel:
            self.window.open_panel(request.panel)

    def show_window(self, token: str = "") -> None:
        """Bring the window before the user."""
        self._rest.stop()
        raise_window(self.window, token)

    def _toggle_window(self) -> None:
        if self.window.isVisible() and self.window.isActiveWindow():
            self.window.hide()
            self._rest.start()
        else:
            self.show_window()

    def _may_hide(self) -> bool:
        hide = bool(self.preferences["close_to_tray"]) and self.tray.can_hide()
        if hide:
            self._rest.start()
        return hide

    def _rest_if_hidden(self) -> None:
        """Give the engine's memory back while nobody looks; a job that runs is waited for."""
        if not self.window.isVisible() and not self.jobs.rest():
            self._rest.start()

    def _on_tray_change(self, available: bool) -> None:
        if not available and not self.window.isVisible():
            # The only way back to a hidden window is gone.
            self.show_window()

    def _on_no_tray(self) -> None:
        if not self.window.isVisible():
            self.window.showMinimized()
            self.window.notice_banners.show(
                Notice(self.tr("This desktop has no tray, so the studio waits minimised."))
            )

    def _on_notice_activated(self, notice: Notice, action: str = "", token: str = "") -> None:
        """The user clicked a notice, wherever it was shown, or one of its actions."""
        if not action:
            self.show_window(token)
            if notice.panel:
                self.window.open_panel(notice.panel)
        self.registry.notice_activated(notice, action)
        self.window.tell_of_plugins()

    # Settings and problems

    def _results_folder(self, panel: Panel) -> Path:
        return self.folders.results / panel.title

    def _set_device(self, kind: str) -> None:
        """For the next engine, and for the next start."""
        os.environ[WANTED_DEVICE] = kind

    def _set_autostart(self, wanted: bool) -> None:
        try:
            way = autostart()
            if wanted:
                way.enable()
            else:
                way.disable()
        except UserError as error:
            self.window.show_error(error)

    def _tell_problem(self, problem: UserError) -> None:
        self._secret_problems.append(problem)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """An exception in a slot. Qt goes on; so does the studio, and it says so."""
        if issubclass(kind, KeyboardInterrupt):
            self.quit()
            return
        log.error("Unexpected", exc_info=(kind, error, trace))
        self.window.report_fault(error)
