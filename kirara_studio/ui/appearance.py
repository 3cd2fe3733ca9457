"""Ties theme, language and motion to the studio's settings."""

from __future__ import annotations

import functools
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kirara_studio.api.widgets.icons import app_icon
from kirara_studio.host.global_state import OF_THE_WINDOW, Watched
from kirara_studio.host.settings import SettingsStore
from kirara_studio.ui.language import Language
from kirara_studio.ui.studio_settings import STUDIO_PAGE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from kirara_studio.ui.theme import Theme


class Appearance(QObject):
    """Gives the application the look that the settings choose, now and whenever they change.

    The language comes first, since the tray and notices use it too. Call :meth:`apply_style`
    before the first window, and :meth:`ask_system` after its first paint.
    """

    def __init__(self, application: QApplication, settings: SettingsStore) -> None:
        super().__init__(application)
        self._application = application
        self._settings = settings.page(STUDIO_PAGE)
        self._system_is_still = False
        self.language = Language(application, self._settings["language"])
        self.language.setParent(self)
        self._settings.watch("language", self.language.choose)
        OF_THE_WINDOW[:] = [
            Watched("palette", application.palette, application.setPalette),
            Watched("font", application.font, application.setFont),
            Watched("style", application.styleSheet, application.setStyleSheet),
        ]

    @functools.cached_property
    def theme(self) -> Theme:
        """Colours, typeface and motion, made when they are first asked for."""
        from kirara_studio.ui.theme import Theme

        theme = Theme(self._application, self._settings["theme"])
        theme.setParent(self)
        theme.set_language(self.language.code)
        self.language.changed.connect(theme.set_language)
        self._settings.watch("theme", theme.choose)
        self._settings.watch("reduce_motion", lambda _: self._settle_motion())
        return theme

    def apply_style(self) -> None:
        """Give the application its looks."""
        self._application.setWindowIcon(app_icon())
        self._settle_motion()

    def ask_system(self) -> None:
        """Find out whether the system asks for no motion."""
        self._system_is_still = system_wants_stillness()
        self._settle_motion()

    def choose(self, setting: str, value: str) -> None:
        """Choose the "theme" or the "language", and remember it."""
        self._settings[setting] = value

    def _settle_motion(self) -> None:
        self.theme.set_still(self._system_is_still or bool(self._settings["reduce_motion"]))


def system_wants_stillness() -> bool:
    """Ask the system. Takes some milliseconds, so call it after the first paint."""
    try:
        if sys.platform == "win32":
            return not _windows_animates()
        if sys.platform == "darwin":
            return _macos_reduces()
        return not _desktop_animates()
    except Exception:  # an exotic system without the service: it has not asked
        return False


def _windows_animates() -> bool:
    import ctypes

    client_area_animation = 0x1042  # SPI_GETCLIENTAREAANIMATION
    value = ctypes.c_int(1)
    library = ctypes.windll.user32  # type: ignore[attr-defined,unused-ignore]
    library.SystemParametersInfoW(client_area_animation, 0, ctypes.byref(value), 0)
    return bool(value.value)


def _macos_reduces() -> bool:
    import subprocess

    command = ["defaults", "read", "com.apple.universalaccess", "reduceMotion"]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=2, check=False)
    return answer.stdout.strip() == "1"


def _desktop_animates() -> bool:
    """GNOME and its kin, through the portal that sandboxed programs have too."""
    from PySide6.QtDBus import QDBusConnection, QDBusInterface, QDBusMessage

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return True
    portal = QDBusInterface(
        "org.freedesktop.portal.Desktop",
        "/org/freedesktop/portal/desktop",
        "org.freedesktop.portal.Settings",
        bus,
    )
    portal.setTimeout(300)
    reply = portal.call("ReadOne", "org.gnome.desktop.interface", "enable-animations")
    if reply.type() != QDBusMessage.MessageType.ReplyMessage:
        return True
    value = reply.arguments()[0]
    return value if isinstance(value, bool) else True
