"""The notification backends of the desktop. Imports no Qt."""

from __future__ import annotations

import sys
from collections.abc import Callable

from kirara_studio.api.notices import NoticeBackend
from kirara_studio.api.text import QT_TRANSLATE_NOOP
from kirara_studio.desktop.bus import session_bus
from kirara_studio.desktop.daemon_backend import Clicked, DaemonBackend
from kirara_studio.desktop.portal_backend import PortalBackend, is_sandboxed

_DAEMON = QT_TRANSLATE_NOOP("Notifier", "Notification daemon")
_PORTAL = QT_TRANSLATE_NOOP("Notifier", "Desktop portal")
_CENTRE = QT_TRANSLATE_NOOP("Notifier", "Notification centre")
_OPEN = QT_TRANSLATE_NOOP("Notifier", "Open")


def desktop_backends(
    clicked: Clicked | None = None,
    *,
    icon: str = "kirara-studio",
    translate: Callable[[str, str], str] = QT_TRANSLATE_NOOP,
) -> list[NoticeBackend]:
    """The notification centre of Windows and macOS, or the daemon and the portal.

    In a sandbox the portal comes first, elsewhere the daemon, which can do more and reports
    failures. ``clicked`` is called in another thread when the user clicks a notice.
    """
    if sys.platform in ("win32", "darwin"):
        from kirara_studio.desktop.system_notifier import SystemNotifier

        centre = SystemNotifier(clicked)
        title = translate("Notifier", _CENTRE)
        return [NoticeBackend("centre", title, centre.send, order=10, withdraw=centre.withdraw)]
    bus = session_bus()
    daemon = DaemonBackend(bus, clicked, icon, translate("Notifier", _OPEN))
    portal = PortalBackend(bus, clicked)
    first, second = (20, 10) if is_sandboxed() else (10, 20)
    names = translate("Notifier", _DAEMON), translate("Notifier", _PORTAL)
    return [
        NoticeBackend("daemon", names[0], daemon.send, first, daemon.withdraw, daemon.was_shown),
        NoticeBackend("portal", names[1], portal.send, second, portal.withdraw),
    ]
