"""What stands in a feed: RSS, Atom, and what looks like them."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parseaddr
from io import BytesIO
from typing import Any
from xml.parsers import expat

from kirara_illustrations.sources import values
from kirara_illustrations.sources.asking import library
from kirara_illustrations.sources.base import Picture, Post
from kirara_illustrations.sources.html_text import read_html, text_of
from kirara_illustrations.sources.values import items, text
from kirara_studio.api.errors import UserError
from kirara_studio.api.http import host_of
from kirara_studio.api.reading import reading

_LARGEST_BROKEN = 150_000
"""Bytes that are read of a feed that is no proper XML: the parser for those may need the square of
its size in time. The newest entries come first."""


@dataclass(frozen=True)
class FeedContent:
    """One page of a feed; ``older`` is the address of the next older one, or empty."""

    title: str
    posts: tuple[Post, ...]
    older: str


def read_feed(data: bytes, address: str, content_type: str = "") -> FeedContent:
    """Read a feed that was fetched from ``address``, which completes the addresses in it.

    Posts without pictures are among its posts. Raises UserError for anything but a feed.
    """
    with library("feed", "feedparser"):
        import feedparser
    host = host_of(address)
    headers = {"content-location": address, "content-type": content_type}
    with reading(host, advice="Look at the address in a browser, or try again later."):
        # As a file: bytes alone may be taken for an address, or for the path of a file.
        # What cleans HTML takes long for nonsense, and is needless for plain text.
        feed = feedparser.parse(
            BytesIO(data if _is_xml(data) else data[:_LARGEST_BROKEN]),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
        if not text(feed, "version"):
            raise UserError(
                "“{host}” gave a web page or something else, not a feed.",
                advice="Look on that page for a link to RSS or Atom, and use its address.",
                host=host,
            )
        posts = [_post(entry, feed, address, host) for entry in items(feed, "entries")]
        return FeedContent(
            text_of(text(feed, "feed", "title")), tuple(posts), _older(feed, address)
        )


def _is_xml(data: bytes) -> bool:
    try:
        expat.ParserCreate().Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):
        return False
    return True


def _older(feed: Any, address: str) -> str:
    """The next older page (RFC 5005), on the same site only: a stranger wrote the address."""
    for link in items(feed, "feed", "links"):
        if text(link, "rel") in ("next", "prev-archive"):
            older = values.address(text(link, "href"), address)
            return older if host_of(older) == host_of(address) else ""
    return ""


def _post(entry: Any, feed: Any, address: str, host: str) -> Post:
    page = values.address(text(entry, "link"), address)
    contents = [text(content, "value") for content in items(entry, "content")]
    html = "\n".join(contents) or text(entry, "summary")
    words, shown = read_html(html, page or address)
    title = text_of(text(entry, "title"))
    author = text(entry, "author") or text(feed, "feed", "author")
    author = _named(author) or text_of(text(feed, "feed", "title")) or host
    identity = text(entry, "id") or page or f"{title} {text(entry, 'published')}"
    if not values.address(identity):  # a number, perhaps: unique on this site only
        identity = f"{host}/{identity}"
    return Post(
        f"feed:{identity}",
        page,
        f"{author}@{host}",
        author,
        "\n\n".join(part for part in (title, words) if part),
        values.tags(text(tag, "term") for tag in items(entry, "tags")),
        values.moment(entry.get("published_parsed") or entry.get("updated_parsed")),
        _pictures(entry, shown, address),
    )


def _named(author: str) -> str:
    """The name of “address (name)”, as RSS 2.0 has it, or of “name <address>”; else all of it."""
    name, address = parseaddr(author)
    return name if name and "@" in address else author


def _pictures(entry: Any, shown: tuple[Picture, ...], address: str) -> tuple[Picture, ...]:
    """What is attached, and what the text shows; else the largest thumbnail."""
    attached = [
        (text(link, name), link)
        for part, name in (("enclosures", "href"), ("media_content", "url"))
        for link in items(entry, part)
        if text(link, "type").startswith("image/") or text(link, "medium") == "image"
    ]
    if not attached and not shown:
        largest = sorted(items(entry, "media_thumbnail"), key=_area)[-1:]
        attached = [(text(one, "url"), one) for one in largest]
    found = [values.address(where, address) for where, _ in attached]
    pictures = {one: Picture(one, values.file_name(one)) for one in found if one}
    pictures.update({one.address: one for one in shown})
    return tuple(pictures.values())


def _area(thumbnail: Any) -> int:
    sides = [text(thumbnail, side) for side in ("width", "height")]
    numbers = [int(side) for side in sides if side.isascii() and side.isdigit() and len(side) < 7]
    return numbers[0] * numbers[1] if len(numbers) == 2 else 0
