"""Where pictures come from: folders, feeds and sites. No Qt.

``make_source(kind, settings, secrets)`` makes one; what it yields is described in ``base``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kirara_illustrations.sources.base import Page, Picture, Post, RateLimited, Source
from kirara_illustrations.sources.bluesky import BlueskySource
from kirara_illustrations.sources.feed import FeedSource
from kirara_illustrations.sources.folder import FolderSource
from kirara_illustrations.sources.gallery_dl import GalleryDlSource
from kirara_illustrations.sources.mastodon import MastodonSource
from kirara_illustrations.sources.misskey import MisskeySource
from kirara_illustrations.sources.settings import SecretValues, Surroundings
from kirara_illustrations.sources.x import XSource
from kirara_studio.api.errors import UserError

__all__ = ["SOURCES", "Page", "Picture", "Post", "RateLimited", "Source", "make_source"]

SOURCES: dict[str, type[Any]] = {
    source.kind: source
    for source in (
        FolderSource, FeedSource, MastodonSource, MisskeySource, BlueskySource, XSource,
        GalleryDlSource,
    )
}  # fmt: skip
"""The classes by kind. ``settings`` of each is its dataclass of settings, ``secret`` the name of
the secret that it takes, or an empty text."""


def make_source(
    kind: str,
    settings: Mapping[str, Any],
    secrets: SecretValues,
    *,
    check: Callable[[], None] = lambda: None,
    report: Callable[[UserError], None] = lambda _: None,
) -> Source:
    """Make the source of ``kind`` from plain settings, as ``to_dict`` of its settings gives them.

    ``secrets`` are those of this source alone, by the names that the classes say. ``check`` is
    called about twenty times a second while a site or a program is waited for; what it raises ends
    that. ``report`` gets what was skipped. State that a source gave fits only the settings that it
    was made with. Raises UserError for settings that cannot be used.
    """
    if kind not in SOURCES:
        raise UserError(
            "There is no kind of source called “{kind}”.",
            advice="Choose one of: {kinds}.",
            kind=kind,
            kinds=", ".join(SOURCES),
        )
    source = SOURCES[kind]
    made: Source = source(source.settings.from_dict(settings), Surroundings(secrets, check, report))
    return made
