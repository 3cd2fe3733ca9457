"""Walks a timeline from both ends, so that a stop between two pages loses and repeats nothing.

The state holds marks, which the site orders: ``newest`` is that of the newest entry that was seen,
``oldest`` where the first collection goes on backwards, and ``done`` is whether it reached the end.
``gap`` is there while what is new since ``newest`` is read from the top downwards: ``newest`` of
its first page, and ``next``, where it goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kirara_illustrations.sources.base import Page, Post
from kirara_illustrations.sources.values import at, text


@dataclass(frozen=True)
class Batch:
    """One answer of a site.

    ``newest`` is the mark of the newest entry in it, empty if there are none; ``next`` is where
    the following answer begins, empty after the last one.
    """

    posts: tuple[Post, ...]
    newest: str = ""
    next: str = ""
    wait: float = 0.0


Fetch = Callable[[str, str], Batch]
"""``fetch(since, start)``: entries newer than the mark ``since`` (all, if it is empty), from
``start`` on (from the newest one, if it is empty)."""


def walk(
    state: Mapping[str, Any], fetch: Fetch, *, upwards: bool, kept: Mapping[str, Any] | None = None
) -> Iterator[Page]:
    """The pages of a timeline: first what is new, then what a first collection had left.

    ``upwards`` is for sites that give what is new beginning with the oldest; then each page moves
    ``newest``, and there never is a gap. ``kept`` is written into every state.
    """
    walker = _Walk(state, fetch, dict(kept or {}))
    if walker.newest:
        yield from walker.upwards() if upwards else walker.downwards()
    yield from walker.backwards()


class _Walk:
    def __init__(self, state: Mapping[str, Any], fetch: Fetch, kept: dict[str, Any]) -> None:
        self._fetch, self._kept = fetch, kept
        self.newest = text(state, "newest")
        # Without entries there is no mark: then it begins again.
        self._oldest = text(state, "oldest") if self.newest else ""
        self._done = bool(self.newest) and at(state, "done") is True
        self._gap = {name: text(state, "gap", name) for name in ("newest", "next")}
        self._starts: set[str] = set()

    def upwards(self) -> Iterator[Page]:
        while True:
            batch = self._fetch(self.newest, "")
            if not batch.newest or batch.newest == self.newest:
                return
            self.newest = batch.newest
            yield self._page(batch)

    def downwards(self) -> Iterator[Page]:
        resumed = bool(self._gap["next"])
        while True:
            batch = self._asked(self.newest, self._gap["next"])
            first = self._gap["newest"] or batch.newest
            if batch.next:
                self._gap = {"newest": first, "next": batch.next}
                yield self._page(batch)
                continue
            self._gap = {"newest": "", "next": ""}
            moved, self.newest = bool(first), first or self.newest
            if batch.posts or moved:
                yield self._page(batch)
            if not resumed:
                return
            resumed = False  # and now what came since it was stopped

    def backwards(self) -> Iterator[Page]:
        while not self._done:
            batch = self._asked("", self._oldest)
            self.newest = self.newest or batch.newest
            self._done = not batch.next
            self._oldest = batch.next
            yield self._page(batch)

    def _asked(self, since: str, start: str) -> Batch:
        """The next answer; one that refers to an earlier one is the last."""
        batch = self._fetch(since, start)
        self._starts.add(start)
        return replace(batch, next="") if batch.next in self._starts else batch

    def _page(self, batch: Batch) -> Page:
        state = {**self._kept, "newest": self.newest, "oldest": self._oldest, "done": self._done}
        if self._gap["next"]:
            state["gap"] = dict(self._gap)
        return Page(batch.posts, state, batch.wait)


def batch_by_id(entries: Any, post_of: Callable[[Any], Post | None], wait: float) -> Batch:
    """The answer of a site whose entries have ids that count up, and which goes on below the least.

    ``post_of`` gives the post of an entry, or None. Raises ValueError for any other answer.
    """
    if not isinstance(entries, list):
        raise ValueError("it is no list")
    ids = [one for entry in entries if (one := text(entry, "id"))]
    if entries and not ids:
        raise ValueError("its posts have no ids")
    posts = tuple(post for entry in entries if (post := post_of(entry)) is not None)
    return Batch(posts, newest_of(ids), min(ids, key=lambda one: (len(one), one), default=""), wait)


def newest_of(ids: list[str]) -> str:
    """The greatest of ids that count up, as numbers or as texts of one length."""
    return max(ids, key=lambda one: (len(one), one), default="")


def is_newer(one: str, than: str) -> bool:
    """Whether an id that counts up is greater."""
    return (len(one), one) > (len(than), than)
