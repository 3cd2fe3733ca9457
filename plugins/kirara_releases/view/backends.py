"""Tries the routes by which people are told, and manages messengers: jobs in threads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kirara_releases.notifications.messengers import Messengers
from kirara_releases.storage.store import Store
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.notices import Channel, Notice
from kirara_studio.api.secrets import Secrets


@dataclass(frozen=True)
class Route:
    """A way to tell: one of the desktop's, or a messenger (``channel`` is None).

    ``key`` tells routes apart, whatever they are called.
    """

    key: str
    title: str
    channel: Channel | None = None
    enabled: bool = True


def routes_of(channels: list[Channel], messengers: Messengers) -> list[Route]:
    """All of them, the desktop's first, in the order in which they are tried."""
    desktop = [Route(f"desktop/{c.id}", c.title, c) for c in channels]
    others = [
        Route(f"messenger/{name}", name, None, messengers.enabled(name))
        for name in messengers.names()
    ]
    return desktop + others


@dataclass(frozen=True)
class Trial:
    """Send ``notice`` by one route. ``folder`` holds the plugin's data."""

    route: Route
    notice: Notice
    folder: Path
    secrets: Secrets


def try_route(request: Trial, tools: JobTools) -> None:
    """Send the test. Raises UserError where the route refuses."""
    if request.route.channel is not None:
        request.route.channel.send(request.notice)
        return
    with_messengers(
        request.folder,
        request.secrets,
        lambda messengers: messengers.test(request.route.title, request.notice),
    )


@dataclass(frozen=True)
class NewMessenger:
    """Add a messenger, or give a known one another address."""

    name: str
    url: str
    folder: Path
    secrets: Secrets


def add_messenger(request: NewMessenger, tools: JobTools) -> str:
    """Check and keep it; returns its name. Raises UserError saying what is wrong."""
    with_messengers(
        request.folder,
        request.secrets,
        lambda messengers: messengers.add(request.name, request.url),
    )
    return request.name.strip()


@dataclass(frozen=True)
class OldMessenger:
    """Forget a messenger."""

    name: str
    folder: Path
    secrets: Secrets


def remove_messenger(request: OldMessenger, tools: JobTools) -> None:
    """Forget it and its address."""
    with_messengers(
        request.folder, request.secrets, lambda messengers: messengers.remove(request.name)
    )


def with_messengers(folder: Path, secrets: Secrets, work: Callable[[Messengers], object]) -> None:
    """Do something in a worker thread, which needs records of its own."""
    store = Store(folder)
    try:
        work(Messengers(store, secrets))
    finally:
        store.close()
