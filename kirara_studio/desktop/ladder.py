"""Channels for notices, tried one after the other. Without Qt: commands send notices too."""

from __future__ import annotations

import functools
import logging
import threading
from collections.abc import Callable, Iterable

from kirara_studio.api.errors import UserError, one_line
from kirara_studio.api.notices import Channel, Notice

log = logging.getLogger(__name__)

SLOWEST_CHANNEL = 30.0
"""Seconds after which a channel that neither delivers nor fails is passed over."""


class Ladder:
    """Sends a notice through the first channel that takes it: lower ``order`` first.

    Every notice climbs the whole ladder anew, since daemons and trays come and go. Callable
    from any thread, and from several at once.

    Parameters
    ----------
    channels
        The routes.
    timeout
        Seconds that a channel may take.
    """

    def __init__(
        self, channels: Iterable[Channel] = (), *, timeout: float = SLOWEST_CHANNEL
    ) -> None:
        self._channels: list[Channel] = []
        self._timeout = timeout
        for channel in channels:
            self.add(channel)

    def channels(self) -> list[Channel]:
        """The routes, first one first."""
        return list(self._channels)

    def add(self, channel: Channel) -> None:
        """Add a route at its place."""
        self._channels = sorted([*self._channels, channel], key=lambda channel: channel.order)

    def deliver(self, notice: Notice) -> str:
        """Send the notice, and return the id of the channel that took it.

        Raises
        ------
        UserError
            When no channel takes it; the advice says what each of them objected.
        """
        objections = []
        for channel in self._channels:
            try:
                _call_for(functools.partial(channel.send, notice), self._timeout)
            except UserError as error:
                objections.append(f"{channel.id}: {error}")
                log.info("Not through %s: %s", channel.id, error)
            except Exception as error:  # somebody's mistake must not keep it from the user
                objections.append(f"{channel.id}: {one_line(error)}")
                log.warning("The channel %s failed", channel.id, exc_info=True)
            else:
                return channel.id
        raise UserError(
            "There is no way to tell the user “{title}”.",
            advice="{objections}",
            title=notice.title,
            objections=" ".join(objections),
        )

    def withdraw(self, notice_id: str) -> None:
        """Take a notice back from whichever channel may show it."""
        for channel in self._channels:
            if channel.withdraw is None:
                continue
            try:
                _call_for(functools.partial(channel.withdraw, notice_id), self._timeout)
            except Exception:  # as above
                log.warning("The channel %s cannot withdraw", channel.id, exc_info=True)


def _call_for(function: Callable[[], None], seconds: float) -> None:
    """Call ``function``, but wait for it so long only. Raises what it raises, or TimeoutError."""
    failure: list[BaseException] = []

    def call() -> None:
        try:
            function()
        except BaseException as error:
            failure.append(error)

    thread = threading.Thread(target=call, name="notice", daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise TimeoutError(f"it took longer than {seconds:g} s")
    if failure:
        raise failure[0] if isinstance(failure[0], Exception) else RuntimeError(repr(failure[0]))
