"""The backends of the desktop: the notification centre of Windows and macOS, elsewhere the
notification daemon and the portal on the session bus. Without Qt."""

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
    translate: Callable[[str, str], str] = lambda context, text: text,
) -> list[NoticeBackend]:
    """The backends besides the tray's.

    In a sandbox the portal comes first, and elsewhere the daemon, which can do more and fails
    in plain sight.

    Parameters
    ----------
    clicked
        Called, in another thread, when the user clicks a notice. None: nobody would hear.
    icon
        An icon's file or name.
    translate
        Gives a text of a context in the user's language.
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
    return [
        NoticeBackend(
            "daemon",
            translate("Notifier", _DAEMON),
            daemon.send,
            order=first,
            withdraw=daemon.withdraw,
            was_shown=daemon.was_shown,
        ),
        NoticeBackend(
            "portal",
            translate("Notifier", _PORTAL),
            portal.send,
            order=second,
            withdraw=portal.withdraw,
        ),
    ]
