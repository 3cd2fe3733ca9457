"""Sites as their documentation describes them: answers, paging, and what asks for a token.

Each has posts with numbers that count up, and gives at most three of them at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from .site_server import Asked, SiteServer, giving

MOST = 3
TOKEN = "secret-of-yuno"
BEGIN = datetime(2026, 4, 1, tzinfo=UTC)


def when(number: int) -> str:
    return (BEGIN + timedelta(hours=number)).isoformat(timespec="milliseconds")[:-6] + "Z"


@dataclass
class Site:
    """``numbers`` are the posts, ``sources`` the settings of sources that give all of them."""

    server: SiteServer
    numbers: list[int] = field(default_factory=lambda: list(range(101, 109)))
    token: str = TOKEN
    timeline: str = "/"
    kind: str = ""
    name: str = "token"

    def __post_init__(self) -> None:
        raise NotImplementedError

    @property
    def sources(self) -> dict[str, dict[str, Any]]:
        return {}

    def ids(self) -> set[str]:
        return {self.id(number) for number in self.numbers}

    def id(self, number: int) -> str:
        raise NotImplementedError

    def below(self, most: int | None = None, least: int = 0) -> Iterator[int]:
        return (
            number
            for number in sorted(self.numbers, reverse=True)
            if number > least and (most is None or number < most)
        )

    def signed_in(self, asked: Asked) -> bool:
        return asked.headers.get("authorization") == f"Bearer {self.token}"

    def refused(self) -> Any:
        return giving(b'{"error": "The access token is invalid"}', 401)


class MastodonSite(Site):
    """docs.joinmastodon.org/methods/timelines, accounts, lists."""

    def __post_init__(self) -> None:
        self.kind, self.timeline = "mastodon", "/api/v1/timelines/list/7"
        self.server.routes = {
            "/api/v1/accounts/lookup": lambda asked: (
                self.account() if asked.query["acct"] == "yuno" else None
            ),
            "/api/v1/accounts/23/statuses": self.statuses,
            "/api/v1/timelines/tag/sunflower": self.statuses,
            "/api/v1/lists/7": lambda asked: (
                {"id": "7", "title": "Painters"} if self.signed_in(asked) else self.refused()
            ),
            "/api/v1/timelines/list/7": lambda asked: (
                self.statuses(asked) if self.signed_in(asked) else self.refused()
            ),
        }

    @property
    def sources(self) -> dict[str, dict[str, Any]]:
        host = self.server.origin
        return {
            "account": {"host": host, "account": "@yuno"},
            "hashtag": {"host": host, "hashtag": "#sunflower"},
            "list": {"host": host, "list": "7"},
        }

    def id(self, number: int) -> str:
        return f"mastodon:https://example.org/users/yuno/statuses/{number}"

    def account(self) -> dict[str, Any]:
        return {
            "id": "23", "username": "yuno", "acct": "yuno", "display_name": "Yuno ×",
            "url": "https://example.org/@yuno", "note": "<p>art</p>",
        }  # fmt: skip

    def statuses(self, asked: Asked) -> Any:
        query = asked.query
        assert query["only_media"].lower() in ("true", "1")
        if "min_id" in query:
            chosen = list(self.below(None, int(query["min_id"])))[-MOST:]
        else:
            most = int(query["max_id"]) if "max_id" in query else None
            chosen = list(self.below(most))[:MOST]
        return [self.status(number) for number in chosen]

    def status(self, number: int) -> dict[str, Any]:
        return {
            "id": str(number), "created_at": when(number), "sensitive": number % 2 == 0,
            "spoiler_text": "", "uri": self.id(number).removeprefix("mastodon:"),
            "url": f"https://example.org/@yuno/{number}", "reblog": None,
            "content": f"<p>Number {number} &amp; more<br>second line</p><script>evil()</script>",
            "account": self.account(),
            "tags": [{"name": "sunflower", "url": "https://example.org/tags/sunflower"}],
            "media_attachments": [
                {"id": "1", "type": "image", "url": f"https://files.example.org/{number}/big.png",
                 "preview_url": "https://files.example.org/small.png", "description": "a flower"},
                {"id": "2", "type": "video", "url": "https://files.example.org/film.mp4"},
            ],
        }  # fmt: skip


class MisskeySite(Site):
    """misskey-hub.net, and /api-doc of every server."""

    def __post_init__(self) -> None:
        self.kind, self.timeline = "misskey", "/api/notes/user-list-timeline"
        self.server.routes = {
            "/api/users/show": lambda asked: (
                self.user()
                if asked.query["username"] == "yuno"
                else giving(b'{"error": {"code": "NO_SUCH_USER", "message": "No such user."}}', 400)
            ),
            "/api/users/notes": self.notes,
            "/api/notes/search-by-tag": self.notes,
            "/api/users/lists/show": lambda asked: {"id": "abc", "name": "Painters"},
            "/api/notes/user-list-timeline": lambda asked: (
                self.notes(asked) if asked.query.get("i") == self.token else self.refused()
            ),
        }

    @property
    def sources(self) -> dict[str, dict[str, Any]]:
        host = self.server.origin
        return {
            "account": {"host": host, "account": "yuno"},
            "hashtag": {"host": host, "hashtag": "sunflower"},
            "list": {"host": host, "list": "abc"},
        }

    def refused(self) -> Any:
        error = b'{"error": {"code": "AUTHENTICATION_FAILED", "message": "Authentication failed"}}'
        return giving(error, 401)

    def id(self, number: int) -> str:
        return f"misskey:{self.server.origin}/notes/9x{number}"

    def user(self) -> dict[str, Any]:
        return {"id": "9u1", "username": "yuno", "host": None, "name": "Yuno ×"}

    def notes(self, asked: Asked) -> Any:
        since, until = asked.query.get("sinceId"), asked.query.get("untilId")
        assert asked.method == "POST" and asked.query["withFiles"] is True
        least, most = int(since[2:]) if since else 0, int(until[2:]) if until else None
        chosen = list(self.below(most, least))
        chosen = chosen[::-1][:MOST] if since and not until else chosen[:MOST]
        return [self.note(number) for number in chosen]

    def note(self, number: int) -> dict[str, Any]:
        return {
            "id": f"9x{number}", "createdAt": when(number), "userId": "9u1", "user": self.user(),
            "text": f"Number {number} & more\nsecond line", "cw": None, "tags": ["sunflower"],
            "renote": None,
            "files": [
                {"id": "f", "name": "big.png", "type": "image/png", "comment": "a flower",
                 "url": f"https://files.example.org/{number}/big.png",
                 "isSensitive": number % 2 == 0},
                {"id": "g", "name": "film.mp4", "type": "video/mp4",
                 "url": "https://files.example.org/film.mp4"},
            ],
        }  # fmt: skip


class XSite(Site):
    """docs.x.com: users by username, posts of a user, posts of a list; tokens of pages."""

    def __post_init__(self) -> None:
        self.kind, self.timeline = "x", "/2/users/23/tweets"
        routes = {
            "/2/users/by/username/yuno": lambda asked: {
                "data": {"id": "23", "name": "Yuno ×", "username": "yuno"}
            },
            "/2/users/by/username/nobody": lambda asked: {
                "errors": [{"title": "Not Found Error", "detail": "Could not find user.",
                            "resource_type": "user", "value": "nobody"}]
            },
            "/2/users/23/tweets": self.tweets,
            "/2/lists/7/tweets": self.tweets,
        }  # fmt: skip
        self.server.routes = {
            path: lambda asked, route=route: (
                route(asked) if self.signed_in(asked) else self.refused()
            )
            for path, route in routes.items()
        }

    @property
    def sources(self) -> dict[str, dict[str, Any]]:
        host = self.server.origin
        return {"account": {"host": host, "account": "@yuno"}, "list": {"host": host, "list": "7"}}

    def refused(self) -> Any:
        return giving(b'{"title": "Unauthorized", "detail": "Unauthorized", "status": 401}', 401)

    def id(self, number: int) -> str:
        return f"x:{number}"

    def tweets(self, asked: Asked) -> Any:
        query = asked.query
        most = int(query["pagination_token"][1:]) if "pagination_token" in query else None
        chosen = list(self.below(most, int(query.get("since_id", 0))))
        meta: dict[str, Any] = {"result_count": min(len(chosen), MOST)}
        if len(chosen) > MOST:
            meta["next_token"] = f"t{chosen[MOST - 1]}"
        if not chosen:
            return {"meta": meta}
        return {
            "data": [self.tweet(number) for number in chosen[:MOST]],
            "includes": {
                "users": [{"id": "23", "name": "Yuno ×", "username": "yuno"}],
                "media": [
                    *({"media_key": f"3_{number}", "type": "photo", "alt_text": "a flower",
                       "url": f"https://pbs.example.org/media/{number}.png"} for number in chosen),
                    {"media_key": "7_1", "type": "video"},
                ],
            },
            "meta": meta,
        }  # fmt: skip

    def tweet(self, number: int) -> dict[str, Any]:
        return {
            "id": str(number), "text": f"Number {number} & more\nsecond line", "author_id": "23",
            "created_at": when(number), "possibly_sensitive": number % 2 == 0,
            "entities": {"hashtags": [{"start": 0, "end": 9, "tag": "sunflower"}]},
            "attachments": {"media_keys": [f"3_{number}", "7_1"]},
        }  # fmt: skip


class BlueskySite(Site):
    """docs.bsky.app: the lexicons app.bsky.feed, app.bsky.actor and com.atproto.server."""

    def __post_init__(self) -> None:
        self.kind, self.name, self.timeline = (
            "bluesky", "password", "/xrpc/app.bsky.feed.getListFeed"
        )  # fmt: skip
        self.server.routes = {
            "/xrpc/app.bsky.actor.getProfile": lambda asked: (
                self.author()
                if asked.query["actor"] in ("yuno.example.org", "did:plc:yuno")
                else giving(
                    b'{"error": "InvalidRequest", "message": "Profile not found"}', 400,
                    Content_Type="application/json",
                )
            ),
            "/xrpc/com.atproto.server.createSession": self.session,
            "/xrpc/app.bsky.feed.getAuthorFeed": self.feed,
            "/xrpc/app.bsky.graph.getList": lambda asked: {
                "list": {"uri": asked.query["list"], "name": "Painters"}, "items": []
            },
            "/xrpc/app.bsky.feed.getListFeed": lambda asked: (
                self.feed(asked)
                if asked.headers.get("authorization") == f"Bearer {self.jwt()}"
                else giving(b'{"error": "AuthMissing"}', 401)
            ),
            "/xrpc/app.bsky.feed.getFeed": self.feed,
        }  # fmt: skip

    @property
    def sources(self) -> dict[str, dict[str, Any]]:
        host = self.server.origin
        page = "https://bsky.app/profile/yuno.example.org"
        return {
            "account": {"host": host, "account": "@yuno.example.org"},
            "feed": {"host": host, "feed": f"{page}/feed/flowers"},
            "list": {"host": host, "list": f"{page}/lists/3k", "login": "me.example.org"},
        }

    @staticmethod
    def jwt() -> str:
        # {"alg":"none"}.{"exp":4102444800,"iat":0,"sub":"did:plc:me"}.
        claims = "eyJleHAiOjQxMDI0NDQ4MDAsImlhdCI6MCwic3ViIjoiZGlkOnBsYzptZSJ9"
        return f"eyJhbGciOiJub25lIn0.{claims}.c2ln"

    def session(self, asked: Asked) -> Any:
        if asked.query["password"] != self.token:
            error = b'{"error":"AuthenticationRequired","message":"Invalid identifier or password"}'
            return giving(error, 401, Content_Type="application/json")
        return {
            "did": "did:plc:me", "handle": "me.example.org", "accessJwt": self.jwt(),
            "refreshJwt": self.jwt(), "active": True,
        }  # fmt: skip

    def id(self, number: int) -> str:
        return f"bluesky:at://did:plc:yuno/app.bsky.feed.post/{number}"

    def author(self) -> dict[str, Any]:
        return {"did": "did:plc:yuno", "handle": "yuno.example.org", "displayName": "Yuno ×"}

    def feed(self, asked: Asked) -> Any:
        most = int(asked.query["cursor"]) if "cursor" in asked.query else None
        chosen = list(self.below(most))
        cursor = {"cursor": str(chosen[MOST - 1])} if len(chosen) > MOST else {}
        return {"feed": [self.entry(number) for number in chosen[:MOST]], **cursor}

    def entry(self, number: int) -> dict[str, Any]:
        uri = self.id(number).removeprefix("bluesky:")
        words = f"Number {number} & more\nsecond line"
        image = {
            "thumb": "https://cdn.example.org/small.jpg", "alt": "a flower",
            "fullsize": f"https://cdn.example.org/{number}/big.png",
        }  # fmt: skip
        tag = {"$type": "app.bsky.richtext.facet#tag", "tag": "sunflower"}
        return {
            "post": {
                "uri": uri, "cid": "bafy", "author": self.author(), "indexedAt": when(number),
                "record": {
                    "$type": "app.bsky.feed.post", "text": words, "createdAt": when(number),
                    "facets": [{"index": {"byteStart": 0, "byteEnd": 9}, "features": [tag]}],
                },
                "embed": {"$type": "app.bsky.embed.images#view", "images": [image]},
                "labels": [{"val": "nudity"}] if number % 2 == 0 else [],
            }
        }  # fmt: skip


SITES = (MastodonSite, MisskeySite, BlueskySite, XSite)
