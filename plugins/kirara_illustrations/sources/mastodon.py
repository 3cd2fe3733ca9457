"""Mastodon, and what speaks its protocol: GoToSocial, Pleroma, Pixelfed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar
from urllib.parse import urlsplit

from kirara_illustrations.sources import values
from kirara_illustrations.sources.asking import LIMITS, Asker, library
from kirara_illustrations.sources.base import Page, Picture, Post
from kirara_illustrations.sources.html_text import text_of
from kirara_illustrations.sources.settings import (
    Settings,
    Surroundings,
    TimelineSettings,
    needed,
    needed_secret,
    origin_of,
)
from kirara_illustrations.sources.timeline import Batch, batch_by_id, walk
from kirara_illustrations.sources.values import at, items, text
from kirara_studio import __version__

_PAGE = 40  # as many as Mastodon gives


class MastodonSource:
    """Posts with pictures. Lists need a token, and so do servers that show nothing without.

    Mastodon.py asks through :class:`Asker`, which bounds what it asks; it is told to raise at a
    rate limit, as it would sleep for minutes else.
    """

    kind: ClassVar[str] = "mastodon"
    secret: ClassVar[str] = "token"
    settings: ClassVar[type[Settings]] = TimelineSettings

    def __init__(self, settings: TimelineSettings, surroundings: Surroundings) -> None:
        self._name, _, home = settings.account.lstrip("@").partition("@")
        token = surroundings.secret(self.secret)
        self._origin = origin_of(needed(settings.host or home), token)
        self._home = home or urlsplit(self._origin).netloc
        needed(settings.account or settings.list or settings.hashtag)
        if settings.list:
            needed_secret(token)
        self._settings, self._token = settings, token
        self._asker = Asker(self._origin, surroundings, with_secret=bool(token))

    def pages(self, state: Mapping[str, Any]) -> Iterator[Page]:
        _, ask = self._timeline()
        return walk(state, lambda since, start: self._batch(ask, since, start), upwards=True)

    def test(self) -> str:
        name, ask = self._timeline()
        return f"{name}: {len(self._batch(ask, '', '').posts)}"

    def _timeline(self) -> tuple[str, Callable[..., Any]]:
        """Its name, and the method that asks for it."""
        with library(self.kind, "Mastodon.py"):
            from mastodon import Mastodon
        wanted = self._settings
        with self._asker.reading():
            client = Mastodon(
                access_token=self._token or None,
                api_base_url=self._origin,
                ratelimit_method="throw",
                request_timeout=LIMITS.total,
                session=self._asker.session(),
                user_agent=f"KiraraStudio/{__version__}",
            )
            if wanted.hashtag:
                tag = wanted.hashtag.lstrip("#＃")
                return f"#{tag}", lambda **options: client.timeline_hashtag(tag, **options)
            if wanted.list:
                found = client.list(wanted.list)
                name = text(found, "title")
                return name, lambda **options: client.timeline_list(wanted.list, **options)
            local = self._home == urlsplit(self._origin).netloc
            account = client.account_lookup(self._name if local else f"{self._name}@{self._home}")
            identity, boosts = self._asker.found(text(account, "id")), wanted.boosts
            return self._author(account), lambda **options: client.account_statuses(
                identity, exclude_reblogs=not boosts, **options
            )

    def _batch(self, ask: Callable[..., Any], since: str, start: str) -> Batch:
        ends = {name: value for name, value in (("min_id", since), ("max_id", start)) if value}
        with self._asker.reading():
            statuses = ask(limit=_PAGE, only_media=True, **ends)
            return batch_by_id(statuses, self._post, self._asker.wait)

    def _post(self, status: Any) -> Post | None:
        if boosted := at(status, "reblog"):
            if not self._settings.boosts:
                return None
            status = boosted
        pictures = tuple(
            Picture(where, values.file_name(where), text(media, "description"))
            for media in items(status, "media_attachments")
            if text(media, "type") == "image"
            and (where := values.address(at(media, "url") or at(media, "remote_url")))
        )
        if not pictures:
            return None
        tags = [text(tag, "name") for tag in items(status, "tags")]
        page = values.address(at(status, "url")) or values.address(at(status, "uri"))
        parts = (text(status, "spoiler_text"), text_of(text(status, "content")))
        account = at(status, "account")
        return Post(
            f"mastodon:{text(status, 'uri') or page}",
            page,
            self._author(account),
            text(account, "display_name") or text(account, "username"),
            "\n\n".join(part for part in parts if part),
            values.tags([*tags, *(["sensitive"] if at(status, "sensitive") is True else [])]),
            values.moment(at(status, "created_at")),
            pictures,
        )

    def _author(self, account: Any) -> str:
        name = text(account, "acct")
        return f"@{name}" if "@" in name else f"@{name}@{urlsplit(self._origin).netloc}"
