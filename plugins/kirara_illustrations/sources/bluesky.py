"""Bluesky and other servers of the AT Protocol."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlsplit

from kirara_illustrations.sources import values
from kirara_illustrations.sources.asking import Asker, library
from kirara_illustrations.sources.base import Page, Picture, Post
from kirara_illustrations.sources.settings import (
    Settings,
    Surroundings,
    needed,
    needed_secret,
    origin_of,
)
from kirara_illustrations.sources.timeline import Batch, walk
from kirara_illustrations.sources.values import at, items, text

PUBLIC = "public.api.bsky.app"
"""Answers everybody, for accounts and for most lists and feeds."""

SIGNED_IN = "bsky.social"

_PAGE = 100  # as many as it gives
_SENSITIVE = {"porn", "sexual", "nudity", "graphic-media", "gore"}
_COLLECTIONS = {"lists": "app.bsky.graph.list", "feed": "app.bsky.feed.generator"}


@dataclass(frozen=True)
class BlueskySettings(Settings):
    """One of ``account`` (handle or DID), ``list`` and ``feed`` (address of the page, or at://…).

    ``login`` is the handle of the user's own account, if an app password is used.
    """

    host: str = ""
    account: str = ""
    list: str = ""
    feed: str = ""
    login: str = ""
    boosts: bool = False


class BlueskySource:
    """Posts with pictures.

    The SDK signs in and asks, through the transport of :class:`Asker`. Its answers are taken as
    JSON, since its own classes refuse a whole page for the sake of one odd post. The marks are
    times, which also the cursors of the site are; feeds may be sorted in another way, and then what
    is new is found in the pages down to the first one without anything new.
    """

    kind: ClassVar[str] = "bluesky"
    secret: ClassVar[str] = "password"
    settings: ClassVar[type[Settings]] = BlueskySettings

    def __init__(self, settings: BlueskySettings, surroundings: Surroundings) -> None:
        needed(settings.account or settings.list or settings.feed)
        self._password = ""
        if settings.login:
            secret = surroundings.secret(self.secret)
            self._password = needed_secret(secret)
        host = settings.host or (SIGNED_IN if settings.login else PUBLIC)
        self._settings = settings
        self._origin = origin_of(host, self._password)
        self._asker = Asker(self._origin, surroundings, with_secret=bool(self._password))

    def pages(self, state: Mapping[str, Any]) -> Iterator[Page]:
        _, ask = self._timeline()
        return walk(state, lambda since, start: self._batch(ask, since, start), upwards=False)

    def test(self) -> str:
        name, ask = self._timeline()
        return f"{name}: {len(self._batch(ask, '', '').posts)}"

    def _timeline(self) -> tuple[str, Callable[[dict[str, Any]], Any]]:
        """Its name, and what asks for a page of it with parameters."""
        with library(self.kind, "atproto"):
            from atproto import Client, Request, models
        with self._asker.reading():
            # Without the proxies of the environment: the transport uses them by itself.
            through = Request(transport=self._asker.transport(), trust_env=False)
            client = Client(self._origin, request=through)
            if self._password:
                login = self._settings.login.lstrip("@")
                client.login(login, self._password, fetch_bsky_profile=False)

        def ask(method: str, parameters: dict[str, Any]) -> Any:
            words = (word[0].upper() + word[1:] for word in method.split("."))
            with self._asker.reading():
                query = getattr(models, "AppBsky" + "".join(words)).Params(**parameters)
                return client.invoke_query(f"app.bsky.{method}", query).content

        wanted = self._settings
        if wanted.list:
            uri = self._uri(wanted.list, "lists", ask)
            found = ask("graph.getList", {"list": uri, "limit": 1})
            name = text(found, "list", "name")
            return name, lambda more: ask("feed.getListFeed", {"list": uri, **more})
        if wanted.feed:
            uri = self._uri(wanted.feed, "feed", ask)
            name = uri.rpartition("/")[2]
            return name, lambda more: ask("feed.getFeed", {"feed": uri, **more})
        profile = ask("actor.getProfile", {"actor": wanted.account.lstrip("@")})
        chosen = {"actor": self._asker.found(text(profile, "did")), "filter": "posts_with_media"}
        name = f"@{text(profile, 'handle')}"
        return name, lambda more: ask("feed.getAuthorFeed", {**chosen, **more})

    @staticmethod
    def _uri(address: str, kind: str, ask: Callable[[str, dict[str, Any]], Any]) -> str:
        """The at:// address of what has a page at bsky.app, with the account's DID."""
        parts = [part for part in urlsplit(address).path.split("/") if part]
        if address.startswith("at://") or len(parts) != 4 or parts[2] != kind:
            return address
        did = parts[1]
        if not did.startswith("did:"):
            did = text(ask("actor.getProfile", {"actor": did}), "did")
        return f"at://{did}/{_COLLECTIONS[kind]}/{parts[3]}"

    def _batch(self, ask: Callable[[dict[str, Any]], Any], since: str, start: str) -> Batch:
        answer = ask({"limit": _PAGE, **({"cursor": start} if start else {})})
        with self._asker.reading():
            if not isinstance(at(answer, "feed"), list):
                raise ValueError("it is no feed")
            entries = [(_mark(entry), entry) for entry in items(answer, "feed")]
            if entries and not any(mark for mark, _ in entries):
                raise ValueError("its posts have no times")
            newer = [(mark, entry) for mark, entry in entries if mark > since]
            posts = [self._post(entry) for _, entry in newer]
        sorted_by_time = not self._settings.feed
        known = len(newer) < len(entries) if sorted_by_time else bool(entries) and not newer
        following = "" if since and known else text(answer, "cursor")
        newest = max((mark for mark, _ in newer), default="")
        found = tuple(post for post in posts if post is not None)
        return Batch(found, newest, following, self._asker.wait)

    def _post(self, entry: Any) -> Post | None:
        if at(entry, "reason", "by") and not self._settings.boosts:
            return None
        post, embed = at(entry, "post"), at(entry, "post", "embed")
        record, author = at(post, "record"), at(post, "author")
        # “fullsize” is what the site shows at most; it gives no address of the uploaded file.
        pictures = tuple(
            Picture(where, values.file_name(where), text(image, "alt"))
            for image in items(embed, "images") or items(embed, "media", "images")
            if (where := values.address(at(image, "fullsize")))
        )
        uri = text(post, "uri")
        if not pictures or not uri:
            return None
        features = [one for facet in items(record, "facets") for one in items(facet, "features")]
        tags = [*(text(one, "tag") for one in features), *items(record, "tags")]
        labels = {text(label, "val") for label in items(post, "labels")}
        handle = text(author, "handle")
        return Post(
            f"bluesky:{uri}",
            f"https://bsky.app/profile/{handle}/post/{uri.rpartition('/')[2]}",
            f"@{handle}",
            text(author, "displayName") or handle,
            text(record, "text"),
            values.tags([*tags, *(["sensitive"] if labels & _SENSITIVE else [])]),
            values.moment(at(record, "createdAt")) or values.moment(at(post, "indexedAt")),
            pictures,
        )


def _mark(entry: Any) -> str:
    """When an entry came into a feed, as a text that sorts by time."""
    if reposted := values.moment(at(entry, "reason", "indexedAt")):
        return _sortable(reposted)
    # An author may give any time of writing; a later one than that of arrival does not count.
    times = [at(entry, "post", "indexedAt"), at(entry, "post", "record", "createdAt")]
    return min((_sortable(found) for one in times if (found := values.moment(one))), default="")


def _sortable(then: datetime) -> str:
    return then.isoformat(timespec="microseconds")
