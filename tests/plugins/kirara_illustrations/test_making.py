"""Sources are made from plain settings; text from strangers becomes plain."""

from __future__ import annotations

import time
from typing import Any

import pytest

from kirara_illustrations.sources import SOURCES, make_source
from kirara_illustrations.sources.html_text import read_html
from kirara_illustrations.sources.settings import origin_of
from kirara_studio.api.errors import UserError

COMPLETE: dict[str, dict[str, Any]] = {
    "folder": {"path": "/pictures"},
    "feed": {"address": "https://example.org/feed"},
    "mastodon": {"account": "@yuno@example.org", "boosts": True},
    "misskey": {"host": "example.org", "hashtag": "sunflower"},
    "bluesky": {"account": "yuno.example.org"},
    "x": {"account": "@yuno"},
    "gallery_dl": {"address": "https://example.org/yuno"},
}


@pytest.mark.parametrize("kind", SOURCES)
def test_settings_survive_as_plain_values(kind: str) -> None:
    settings = SOURCES[kind].settings.from_dict(COMPLETE[kind])
    plain = settings.to_dict()
    assert COMPLETE[kind].items() <= plain.items()
    assert SOURCES[kind].settings.from_dict(plain) == settings
    odd = {name: [value] for name, value in plain.items()} | {"unknown": 1}
    assert SOURCES[kind].settings.from_dict(odd) == SOURCES[kind].settings()
    secrets = {"token": "t", "password": "p"}
    assert make_source(kind, plain, secrets).kind == kind
    assert SOURCES[kind].secret in ("", *secrets)


@pytest.mark.parametrize("kind", SOURCES)
def test_settings_that_are_not_complete_are_refused(kind: str) -> None:
    with pytest.raises(UserError, match="not complete"):
        make_source(kind, {}, {"token": "t"})


def test_what_needs_a_secret_says_so() -> None:
    for kind, settings in (
        ("x", {"account": "yuno"}),
        ("mastodon", {"host": "example.org", "list": "7"}),
        ("misskey", {"host": "example.org", "list": "7"}),
        ("bluesky", {"account": "yuno.example.org", "login": "me.example.org"}),
    ):
        with pytest.raises(UserError, match="needs a token or a password"):
            make_source(kind, settings, {})


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UserError, match="no kind of source"):
        make_source("geocities", {}, {})


@pytest.mark.parametrize(
    ("kind", "package", "module"),
    [
        ("mastodon", "Mastodon.py", "mastodon"),
        ("bluesky", "atproto", "atproto"),
        ("x", "tweepy", "tweepy"),
        ("feed", "feedparser", "feedparser"),
    ],
)
def test_a_missing_package_is_named_with_the_way_to_install_it(
    kind: str, package: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from .site_server import SiteServer

    monkeypatch.setitem(__import__("sys").modules, module, None)
    with SiteServer(routes={"/feed": lambda _: b"<rss/>"}) as server:
        settings = {"host": server.origin, "account": "yuno", "address": f"{server.origin}/feed"}
        with pytest.raises(UserError, match=package) as caught:
            make_source(kind, settings, {"token": "t"}).test()
    assert "pip install 'kirara-studio[illustrations]'" in caught.value.advice


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        ("example.org", "https://example.org"),
        (" https://example.org/@yuno ", "https://example.org"),
        ("example.org:8443", "https://example.org:8443"),
        ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
        ("http://localhost", "http://localhost"),
    ],
)
def test_a_host_is_taken_as_people_write_it(written: str, origin: str) -> None:
    assert origin_of(written, "secret") == origin


@pytest.mark.parametrize(
    "written", ["", "ftp://example.org", "https://", "a:b:c", "https://u:p@e.org"]
)
def test_what_is_no_host_is_refused(written: str) -> None:
    with pytest.raises(UserError, match="not the name of a site") as caught:
        origin_of(written)
    assert "u:p" not in str(caught.value)


def test_a_secret_is_not_sent_unencrypted() -> None:
    assert origin_of("http://example.org") == "http://example.org"
    with pytest.raises(UserError, match="unencrypted"):
        origin_of("http://example.org", "secret")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two<br>three</p>", "One\n\nTwo\nthree"),
        ("a &amp;lt;b&amp;gt; &#x1F33B;", "a &lt;b&gt; 🌻"),
        ("x<script>alert('<p>')</script><style>p{}</style>y", "xy"),
        ("<b onclick=evil()>bold</b> \n\t words", "bold\nwords"),
        ("<scr<script>ipt>evil", "<scr"),
        ("un<closed 1 < 2", "un<closed 1 < 2"),
        ("a<img alt='1 > 0' src=x>b<!-- <p> -->c<!doctype x>", "abc"),
        ("zero\x00 \ud800\u202eback", "zero back"),
        ("", ""),
    ],
)
def test_html_becomes_plain(html: str, text: str) -> None:
    assert read_html(html)[0] == text


@pytest.mark.parametrize("part", ["<", "<!--", "<a ", "<a '", "&", "<p><div>", "</", " \n"])
def test_much_html_takes_little_time(part: str) -> None:
    begin = time.monotonic()
    read_html(part * (1_000_000 // len(part)))
    assert time.monotonic() - begin < 5
