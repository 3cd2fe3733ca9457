"""Whether the system asks programs to keep still."""

from __future__ import annotations

import subprocess
import sys


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
