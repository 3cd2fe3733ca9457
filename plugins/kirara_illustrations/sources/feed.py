"""RSS and Atom."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from kirara_illustrations.sources import values
from kirara_illustrations.sources.asking import LIMITS, Asker, conditions, validators
from kirara_illustrations.sources.base import Page, Post
from kirara_illustrations.sources.feed_content import FeedContent, read_feed
from kirara_illustrations.sources.settings import Settings, Surroundings, needed
from kirara_illustrations.sources.values import at, items, text
from kirara_studio.api.http import Response, host_of

_MOST_KNOWN = 5000  # entries that the state remembers, the newest ones of the feed


@dataclass(frozen=True)
class FeedSettings(Settings):
    """Of a feed."""

    address: str = ""


class FeedSource:
    """The entries of a feed that have pictures, and of the older pages it refers to (RFC 5005).

    The state has the validators of the feed, short digests of the entries that were ``known``,
    ``next``, the older page that comes next, and whether the last one was reached (``done``). Those
    that are known since the pages are followed, ``fresh`` many, stand before the others: what lies
    between the two may still be missing.
    """

    kind: ClassVar[str] = "feed"
    secret: ClassVar[str] = ""
    settings: ClassVar[type[Settings]] = FeedSettings

    def __init__(self, settings: FeedSettings, surroundings: Surroundings) -> None:
        given = settings.address.removeprefix("feed://").removeprefix("feed:")
        self._address = values.address(given if "://" in given else f"https://{given}")
        needed(self._address)
        self._asker = Asker(self._address, surroundings)

    def pages(self, state: Mapping[str, Any]) -> Iterator[Page]:
        known = [one for one in items(state, "known") if isinstance(one, str)]
        older, done = text(state, "next"), at(state, "done") is True
        # Written into the database by this program, but perhaps changed by another one.
        older = older if host_of(older) == host_of(self._address) else ""
        fresh = at(state, "fresh") if older else 0
        before = set(known[fresh if type(fresh) is int and fresh > 0 else 0 :])
        kept = {name: text(state, name) for name in ("etag", "modified")}

        def now() -> dict[str, Any]:
            count = next((n for n, one in enumerate(known) if one in before), len(known))
            fresh = count if older and done else 0
            return {**kept, "known": list(known), "fresh": fresh, "next": older, "done": done}

        response = self._ask(self._address, conditions(state))
        if response.status != 304:
            feed = self._read(response)
            posts, met = self._new(feed, known)
            if not met:  # a first collection, or there were more new entries than the feed holds
                older = feed.older
            kept = {"etag": "", "modified": "", **validators(response)}
            done = done or not older
            if posts or now() != state:
                yield Page(posts, now(), self._asker.wait)
        asked = {self._address}
        while older and older not in asked:
            asked.add(older)
            feed = self._read(self._ask(older))
            posts, met = self._new(feed, known, at_end=not done)
            older = "" if (done and met & before) or feed.older in asked else feed.older
            done = done or not older
            yield Page(posts, now(), self._asker.wait)

    def test(self) -> str:
        feed = self._read(self._ask(self._address))
        posts, _ = self._new(feed, [])
        return f"{feed.title or host_of(self._address)}: {len(posts)}"

    def _ask(self, address: str, headers: Mapping[str, str] | None = None) -> Response:
        return self._asker.ask("GET", address, headers=headers, redirects=LIMITS.redirects)

    def _read(self, response: Response) -> FeedContent:
        return read_feed(response.body, self._address, response.headers.get("content-type", ""))

    @staticmethod
    def _new(
        feed: FeedContent, known: list[str], *, at_end: bool = False
    ) -> tuple[tuple[Post, ...], set[str]]:
        """The posts that are not ``known``, which is extended, and the digests of the others."""
        posts = {_digest(post): post for post in feed.posts}
        met = posts.keys() & known
        new = [digest for digest in posts if digest not in met]
        known[:] = (known + new if at_end else new + known)[:_MOST_KNOWN]
        found = tuple(posts[digest] for digest in new if posts[digest].pictures)
        return found, met


def _digest(post: Post) -> str:
    """What an entry is known by. One that got its pictures later counts as new."""
    marks = [post.id, *(picture.address for picture in post.pictures)]
    return hashlib.sha256("\n".join(marks).encode()).hexdigest()[:16]
