"""X, by version 2 of its API, with the user's own bearer token."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

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
from kirara_illustrations.sources.timeline import Batch, is_newer, newest_of, walk
from kirara_illustrations.sources.values import at, items, text
from kirara_studio.api.errors import UserError
from kirara_studio.api.http import host_of

HOST = "api.x.com"

_PAGE = 100  # as many as it gives
_WANTED = {
    "expansions": "attachments.media_keys,author_id",
    "media_fields": "alt_text,type,url",
    "tweet_fields": "created_at,entities,possibly_sensitive,referenced_tweets",
    "user_fields": "name,username",
}


@dataclass(frozen=True)
class XSettings(Settings):
    """One of ``account`` ("@yuno") and ``list`` (the number in its address)."""

    host: str = HOST
    account: str = ""
    list: str = ""


class XSource:
    """Posts with photos; what others wrote and the account repeated is left out.

    tweepy knows one host only, and writes the headers, with the token, into its log; so its
    ``request`` is replaced. The state keeps the number of the account, as each question counts.
    """

    kind: ClassVar[str] = "x"
    secret: ClassVar[str] = "token"
    settings: ClassVar[type[Settings]] = XSettings

    def __init__(self, settings: XSettings, surroundings: Surroundings) -> None:
        needed(settings.account or settings.list)
        self._token = needed_secret(surroundings.secret(self.secret))
        self._origin = origin_of(settings.host or HOST, self._token)
        self._settings = settings
        self._asker = Asker(self._origin, surroundings, with_secret=True)

    def pages(self, state: Mapping[str, Any]) -> Iterator[Page]:
        client = self._client()
        identity = text(state, "id") or self._identity(client)
        fetch = self._fetch(client, identity)
        return walk(state, fetch, upwards=False, kept={"id": identity})

    def test(self) -> str:
        client = self._client()
        identity = self._identity(client)
        name = self._settings.list or f"@{self._settings.account.lstrip('@')}"
        return f"{name}: {len(self._fetch(client, identity)('', '').posts)}"

    def _client(self) -> Any:
        with library(self.kind, "tweepy"):
            import tweepy
        asker, token = self._asker, self._token
        session = asker.session()

        class Client(tweepy.Client):  # type: ignore[misc]
            def request(self, method: str, route: str, params: Any = None, **_: Any) -> Any:
                headers = {"Authorization": f"Bearer {token}"}
                return session.request(method, asker.origin + route, params=params, headers=headers)

        return Client(return_type=dict)

    def _identity(self, client: Any) -> str:
        if self._settings.list:
            return self._settings.list
        name = self._settings.account.lstrip("@")
        answer = self._answer(lambda: client.get_user(username=name))
        return self._asker.found(text(answer, "data", "id"))

    def _answer(self, ask: Callable[[], Any]) -> Any:
        with self._asker.reading():
            answer = ask()
            if not isinstance(answer, dict):
                raise ValueError("it is no object")
        # What is not found, or not shown, comes with the status 200.
        if at(answer, "data") is None and items(answer, "errors"):
            raise UserError(
                "“{host}” does not show “{name}”: {reason}.",
                advice="Look for it in a browser, and correct the source.",
                host=host_of(self._origin),
                name=self._settings.list or self._settings.account,
                reason=text(answer, "errors", 0, "title")[:100],
            )
        return answer

    def _fetch(self, client: Any, identity: str) -> Callable[[str, str], Batch]:
        is_list = bool(self._settings.list)

        def ask(since: str, start: str) -> Any:
            options = {**_WANTED, "max_results": _PAGE}
            if start:
                options["pagination_token"] = start
            if is_list:  # which knows no since_id
                return client.get_list_tweets(identity, **options)
            if since:
                options["since_id"] = since
            return client.get_users_tweets(identity, exclude="retweets", **options)

        def fetch(since: str, start: str) -> Batch:
            answer = self._answer(lambda: ask(since, start))
            with self._asker.reading():
                tweets = items(answer, "data")
                if tweets and not any(text(one, "id") for one in tweets):
                    raise ValueError("its posts have no numbers")
                newer = [one for one in tweets if not since or is_newer(text(one, "id"), since)]
                posts = [self._post(one, at(answer, "includes")) for one in newer]
            following = text(answer, "meta", "next_token") if len(newer) == len(tweets) else ""
            found = tuple(post for post in posts if post is not None)
            newest = newest_of([text(one, "id") for one in newer])
            return Batch(found, newest, following, self._asker.wait)

        return fetch

    def _post(self, tweet: Any, includes: Any) -> Post | None:
        if any(text(one, "type") == "retweeted" for one in items(tweet, "referenced_tweets")):
            return None
        media = {text(one, "media_key"): one for one in items(includes, "media")}
        attached = [media.get(text(key)) for key in items(tweet, "attachments", "media_keys")]
        pictures = tuple(
            Picture(_original(where), values.file_name(where), text(one, "alt_text"))
            for one in attached
            if text(one, "type") == "photo" and (where := values.address(at(one, "url")))
        )
        identity = text(tweet, "id")
        if not pictures or not identity:
            return None
        users = {text(one, "id"): one for one in items(includes, "users")}
        user = users.get(text(tweet, "author_id"))
        name = text(user, "username")
        tags = [text(one, "tag") for one in items(tweet, "entities", "hashtags")]
        sensitive = ["sensitive"] if at(tweet, "possibly_sensitive") is True else []
        return Post(
            f"x:{identity}",
            f"https://x.com/{name or 'i'}/status/{identity}",
            f"@{name}",
            text(user, "name") or name,
            text(tweet, "text"),
            values.tags([*tags, *sensitive]),
            values.moment(at(tweet, "created_at")),
            pictures,
        )


def _original(address: str) -> str:
    """A photo as it was uploaded; the address alone gives a smaller one."""
    return f"{address}?name=orig" if "?" not in address else address
