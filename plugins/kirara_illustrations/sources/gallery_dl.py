"""Whatever the program gallery-dl reads, if the user has installed it.

It is started and never imported, as its licence is the GPL.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, ClassVar

from kirara_illustrations.sources import values
from kirara_illustrations.sources.base import Page, Picture, Post
from kirara_illustrations.sources.gallery_dl_program import listing
from kirara_illustrations.sources.html_text import text_of
from kirara_illustrations.sources.settings import Settings, Surroundings, needed
from kirara_illustrations.sources.values import at, items, text
from kirara_studio.api.http import host_of
from kirara_studio.api.media.pictures import PICTURE_NAME

FIRST = 50
"""Files of the first listing; each further one lists twice as many, up to ``MOST``, since the
program reads a site from its first page again."""

MOST = 800

_URL, _QUEUE = 3, 6  # kinds of its messages
_OVERLAP = 10  # files that are listed again, as some may have been deleted meanwhile
_MOST_KNOWN = 300
_MOST_PLACES = 500
_FEW = 10  # parts of an account: posts, media, stories…; more are albums, which do not change


@dataclass(frozen=True)
class GalleryDlSettings(Settings):
    """The address of a page, as for the program."""

    address: str = ""


class GalleryDlSource:
    """The posts of a page, and of the pages that it consists of.

    The state has an entry for each of those ``places``: the posts ``known`` (digests, newest
    first), those that are ``new`` since an unfinished look at its top, how many files were
    ``reached``, and whether that is all (``done``).
    """

    kind: ClassVar[str] = "gallery_dl"
    secret: ClassVar[str] = ""
    settings: ClassVar[type[Settings]] = GalleryDlSettings

    def __init__(self, settings: GalleryDlSettings, surroundings: Surroundings) -> None:
        self._address = needed(values.address(settings.address))
        self._surroundings = surroundings

    def pages(self, state: Mapping[str, Any]) -> Iterator[Page]:
        stored = at(state, "places")
        places = {
            address: _Place.read(found)
            for address, found in (stored.items() if isinstance(stored, dict) else ())
        }
        waiting, seen = [self._address], {self._address}
        while waiting:
            address = waiting.pop(0)
            place = places.setdefault(address, _Place([], [], 0, False))
            inner: list[str] = []
            for posts in self._look(address, place, inner):
                yield Page(posts, {"places": {name: one.written() for name, one in places.items()}})
            fresh = [one for one in dict.fromkeys(inner) if one not in seen]
            if len(fresh) > _FEW:
                fresh = [one for one in fresh if one not in places or not places[one].done]
            waiting += fresh[: max(_MOST_PLACES - len(seen), 0)]
            seen.update(fresh)

    def test(self) -> str:
        inner: list[str] = []
        posts = self._listed(self._address, 1, FIRST, inner).posts
        author = next((post.author for post in posts), host_of(self._address))
        return f"{author}: {len(posts) or len(inner)}"

    def _look(self, address: str, place: _Place, inner: list[str]) -> Iterator[tuple[Post, ...]]:
        """New posts at the top, then those that a stopped collection had left."""
        start, size = 1, FIRST
        while place.known or place.done:
            part = self._listed(address, start, size, inner)
            new = [post for post in part.posts if _digest(post) not in place.all()]
            place.new += [_digest(post) for post in new]
            place.reached += sum(part.posts[post] for post in new)
            start, size = start + part.count, min(2 * size, MOST)
            # By the last one: posts that are pinned to the top are known as well.
            if part.is_last or _digest(next(reversed(part.posts))) in place.known:
                place.known, place.new = place.new + place.known, []
                size = 0
            if new:
                yield _with_pictures(new)
            if not size:
                break
        size = FIRST
        while not place.done:
            start = max(place.reached - _OVERLAP, 0) + 1
            part = self._listed(address, start, size, inner)
            new = [post for post in part.posts if _digest(post) not in place.all()]
            place.known += [_digest(post) for post in new]
            place.reached, place.done = start - 1 + part.count, part.is_last
            yield _with_pictures(new)
            size = min(2 * size, MOST)

    def _listed(self, address: str, start: int, count: int, inner: list[str]) -> _Part:
        """Some posts; ``inner`` gets the addresses of further pages."""
        while True:
            files: list[Any] = []
            for message in listing(address, start, count, self._surroundings.check):
                if at(message, 0) == _URL and isinstance(at(message, 2), dict):
                    files.append({**message[2], "_url": at(message, 1)})
                elif at(message, 0) == _QUEUE and (further := values.address(at(message, 1))):
                    inner.append(further)
            posts = dict(_posts(files))
            if len(files) < count:
                return _Part(posts, len(files), True)
            if len(posts) > 1:  # the last one may have further files
                _, left = posts.popitem()
                return _Part(posts, len(files) - left, False)
            count *= 2


@dataclass(frozen=True)
class _Part:
    posts: dict[Post, int]  # and how many files each has
    count: int
    is_last: bool


@dataclass
class _Place:
    known: list[str]
    new: list[str]
    reached: int
    done: bool

    @classmethod
    def read(cls, found: Any) -> _Place:
        known, new = (
            [one for one in items(found, name) if isinstance(one, str)] for name in ("known", "new")
        )
        reached = at(found, "reached")
        is_number = type(reached) is int and reached >= 0
        return cls(known, new, reached if is_number else 0, at(found, "done") is True)

    def written(self) -> dict[str, Any]:
        # Those at the top are met first at the next look, those at the end when it goes on there.
        if len(self.known) > _MOST_KNOWN:
            self.known = self.known[: _MOST_KNOWN // 2] + self.known[-_MOST_KNOWN // 2 :]
        known, new = list(self.known), list(self.new)
        return {"known": known, "new": new, "reached": self.reached, "done": self.done}

    def all(self) -> set[str]:
        return {*self.known, *self.new}


def _with_pictures(posts: list[Post]) -> tuple[Post, ...]:
    return tuple(post for post in posts if post.pictures)


def _posts(files: list[Any]) -> Iterator[tuple[Post, int]]:
    """Neighbouring files of one post become one, and their number."""
    for identity, group in groupby(files, _identity):
        members = list(group)
        pictures = tuple(
            Picture(where, name, text(file, "description") if len(members) > 1 else "")
            for file in members
            if (where := values.address(at(file, "_url")))
            and PICTURE_NAME.fullmatch(name := _name(file, where))
        )
        yield _post(identity, members[0], pictures), len(members)


def _post(identity: str, file: Any, pictures: tuple[Picture, ...]) -> Post:
    author = _first(file, "author", "user", "artist", "uploader", "username", "account")
    account = text(author, "username") or text(author, "name") or text(author) or text(author, 0)
    site = text(file, "category")
    parts = [text(file, "title"), text_of(_text(file, "content", "caption", "description", "body"))]
    found = _first(file, "tags", "tag_string", "hashtags")
    names = found if isinstance(found, list) else text(found).split()
    rating = text(file, "rating").lower()
    sensitive = at(file, "sensitive") is True or rating in ("e", "q", "explicit", "questionable")
    page = values.address(_first(file, "post_url", "page_url", "url", "link"))
    return Post(
        f"gallery_dl:{site}:{identity}",
        "" if page == at(file, "_url") else page,
        f"{account or site}@{site}",
        text(author, "nick") or text(author, "display_name") or account or site,
        "\n\n".join(dict.fromkeys(part for part in parts if part)),
        values.tags([*map(_tag, names), *(["sensitive"] if sensitive else [])]),
        values.moment(_first(file, "date", "created_at", "published")),
        pictures,
    )


def _tag(found: Any) -> str:
    return text(found, "name") or text(found)


def _identity(file: Any) -> str:
    """What all files of a post have in common."""
    return _text(file, "tweet_id", "post_id", "status_id", "id", "pid") or text(file, "_url")


def _name(file: Any, where: str) -> str:
    name = f"{text(file, 'filename')}.{text(file, 'extension')}"
    return name if len(name) > 1 and text(file, "extension") else values.file_name(where)


def _first(file: Any, *names: str) -> Any:
    return next((found for name in names if (found := at(file, name))), None)


def _text(file: Any, *names: str) -> str:
    return next((found for name in names if (found := text(file, name))), "")


def _digest(post: Post) -> str:
    return hashlib.sha256(post.id.encode()).hexdigest()[:12]
