"""Misskey and its relatives, by their HTTP interface.

The packages for it are for programs that answer in chats (mipac), or are not kept any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar
from urllib.parse import urlsplit

from kirara_illustrations.sources import values
from kirara_illustrations.sources.asking import Asker
from kirara_illustrations.sources.base import Page, Picture, Post
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

_PAGE = 100  # as many as Misskey gives


class MisskeySource:
    """Notes with pictures. Lists need a token, and so do servers that show nothing without."""

    kind: ClassVar[str] = "misskey"
    secret: ClassVar[str] = "token"
    settings: ClassVar[type[Settings]] = TimelineSettings

    def __init__(self, settings: TimelineSettings, surroundings: Surroundings) -> None:
        self._name, _, home = settings.account.lstrip("@").partition("@")
        self._token = surroundings.secret(self.secret)
        self._origin = origin_of(needed(settings.host or home), self._token)
        self._host = urlsplit(self._origin).netloc
        self._home = home if home != self._host else ""
        needed(settings.account or settings.list or settings.hashtag)
        if settings.list:
            needed_secret(self._token)
        self._settings = settings
        self._asker = Asker(self._origin, surroundings, with_secret=bool(self._token))

    def pages(self, state: Mapping[str, Any]) -> Iterator[Page]:
        _, path, wanted = self._timeline()
        return walk(
            state, lambda since, start: self._batch(path, wanted, since, start), upwards=True
        )

    def test(self) -> str:
        name, path, wanted = self._timeline()
        return f"{name}: {len(self._batch(path, wanted, '', '').posts)}"

    def _timeline(self) -> tuple[str, str, dict[str, Any]]:
        """Its name, its endpoint, and the parameters that choose it."""
        if tag := self._settings.hashtag.lstrip("#＃"):
            return f"#{tag}", "notes/search-by-tag", {"tag": tag}
        renotes = {"withRenotes": self._settings.boosts}
        if identity := self._settings.list:
            found = self._ask("users/lists/show", {"listId": identity})
            parameters = {"listId": identity, **renotes}
            return text(found, "name"), "notes/user-list-timeline", parameters
        user = self._ask("users/show", {"username": self._name, "host": self._home or None})
        identity = self._asker.found(text(user, "id"))
        return self._author(user), "users/notes", {"userId": identity, **renotes}

    def _batch(self, path: str, wanted: Mapping[str, Any], since: str, start: str) -> Batch:
        # With sinceId alone the oldest notes come first, otherwise the newest ones.
        ends = {name: one for name, one in (("sinceId", since), ("untilId", start)) if one}
        notes = self._ask(path, {**wanted, "limit": _PAGE, "withFiles": True, **ends})
        with self._asker.reading():
            return batch_by_id(notes, self._post, self._asker.wait)

    def _ask(self, path: str, parameters: Mapping[str, Any]) -> Any:
        token = {"i": self._token} if self._token else {}
        return self._asker.json(f"/api/{path}", {**parameters, **token})

    def _post(self, note: Any) -> Post | None:
        # A renote with words of its own is a note like any other.
        if (renoted := at(note, "renote")) and not text(note, "text") and not items(note, "files"):
            if not self._settings.boosts:
                return None
            note = renoted
        files = [file for file in items(note, "files") if text(file, "type").startswith("image/")]
        pictures = tuple(
            Picture(where, text(file, "name"), text(file, "comment"))
            for file in files
            if (where := values.address(at(file, "url"), self._origin))
        )
        if not pictures:
            return None
        here = f"{self._origin}/notes/{text(note, 'id')}"
        sensitive = any(at(file, "isSensitive") is True for file in files)
        user = at(note, "user")
        return Post(
            f"misskey:{text(note, 'uri') or here}",
            values.address(at(note, "url")) or values.address(at(note, "uri")) or here,
            self._author(user),
            text(user, "name") or text(user, "username"),
            "\n\n".join(part for part in (text(note, "cw"), text(note, "text")) if part),
            values.tags([*items(note, "tags"), *(["sensitive"] if sensitive else [])]),
            values.moment(at(note, "createdAt")),
            pictures,
        )

    def _author(self, user: Any) -> str:
        return f"@{text(user, 'username')}@{text(user, 'host') or self._host}"
