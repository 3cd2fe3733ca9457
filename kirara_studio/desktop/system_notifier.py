"""Notices through the notification centre of Windows or macOS. Imports no Qt."""

from __future__ import annotations

import asyncio
import threading
import uuid
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from kirara_studio.api.errors import UserError, one_line
from kirara_studio.api.notices import Notice
from kirara_studio.api.resources import resource_folder
from kirara_studio.desktop.daemon_backend import Clicked

if TYPE_CHECKING:
    from desktop_notifier import DesktopNotifier

Result = TypeVar("Result")


class SystemNotifier:
    """The notification centre, opened with the first notice.

    ``clicked`` is called in another thread; without it notices have no actions.
    """

    def __init__(self, clicked: Clicked | None = None) -> None:
        self._clicked = clicked
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._centre: DesktopNotifier | None = None

    def send(self, notice: Notice) -> None:
        try:
            shown = self._run(self._send(notice))
        except Exception as error:
            raise UserError(
                "The notification centre of this system cannot be used: {reason}.",
                reason=one_line(error),
            ) from error
        if not shown:
            raise UserError(
                "The notification centre of this system does not show notices of the studio.",
                advice="Allow them in the settings of the system.",
            )

    def withdraw(self, notice_id: str) -> None:
        self._run(self._withdraw(notice_id))

    async def _send(self, notice: Notice) -> bool:
        from desktop_notifier import Button, Capability, Notification

        centre = self._opened()
        # Outside an app bundle, macOS gets a substitute that drops everything.
        if Capability.TITLE not in await centre.get_capabilities():
            return False
        sent: list[bool] = []
        actions = notice.actions if self._clicked else ()
        await centre.send_notification(
            Notification(
                notice.title,
                notice.text,
                buttons=tuple(Button(a.title, self._click(notice, a.id), a.id) for a in actions),
                on_clicked=self._click(notice, ""),
                # The library only logs why it could not send a notification.
                on_dispatched=lambda: sent.append(True),
                identifier=notice.id or uuid.uuid4().hex,
            )
        )
        return bool(sent) and await centre.has_authorisation()

    async def _withdraw(self, notice_id: str) -> None:
        centre = self._opened()
        if notice_id in await centre.get_current_notifications():
            await centre.clear(notice_id)

    def _opened(self) -> DesktopNotifier:
        from desktop_notifier import DesktopNotifier, Icon

        if self._centre is None:
            icon = resource_folder() / "icons" / "app" / "kirara-studio-128.png"
            self._centre = DesktopNotifier("Kirara Studio", Icon(path=icon))
        return self._centre

    def _click(self, notice: Notice, action: str) -> Callable[[], None]:
        def click() -> None:
            if self._clicked is not None:
                self._clicked(notice, action, "")

        return click

    def _run(self, work: Coroutine[Any, Any, Result]) -> Result:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                run = self._loop.run_forever
                threading.Thread(target=run, name="notification centre", daemon=True).start()
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()
