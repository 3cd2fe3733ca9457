"""RSS and Atom: pictures wherever a feed may have them, older pages, and what is new."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kirara_illustrations.sources import RateLimited, Source, make_source
from kirara_studio.api.errors import UserError

from .collecting import collect, ids
from .site_server import Asked, SiteServer, breaking_off, endless, giving

ITEM = """<item><title>Number {0}</title><link>/posts/{0}</link><guid isPermaLink="false">{0}</guid>
<pubDate>Wed, 01 Apr 2026 0{1}:00:00 +0900</pubDate><author>yuno@example.org (Yuno)</author>
<category>flower</category>
<description>&lt;p&gt;Words &amp;amp; &lt;img src="../files/{0}.png" alt="a flower"&gt;&lt;/p&gt;
</description></item>"""


def rss(*numbers: int, links: str = "") -> bytes:
    items = "".join(ITEM.format(number, number % 10) for number in numbers)
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" '
        'xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Yuno’s</title>'
        f"<link>https://example.org</link>{links}{items}</channel></rss>"
    ).encode()


def entry(inner: str) -> bytes:
    return rss(links=f"<item><title>One</title><guid>1</guid>{inner}</item>")


def make(server: SiteServer, path: str = "/feed.xml", **options: Any) -> Source:
    return make_source("feed", {"address": server.origin + path}, {}, **options)


def versioned(server: SiteServer, body: bytes, tag: str) -> None:
    def route(asked: Asked) -> Any:
        if asked.headers.get("if-none-match") == tag:
            return giving(b"", 304)
        return giving(body, 200, ETag=tag, Last_Modified="Wed, 01 Apr 2026 00:00:00 GMT")

    server.routes["/feed.xml"] = route


def paged(server: SiteServer, numbers: list[int]) -> None:
    """Two entries a page, newest first, with links to the older ones."""

    def route(asked: Asked) -> bytes:
        page = int(asked.query.get("page", 1))
        shown = sorted(numbers, reverse=True)[2 * page - 2 : 2 * page]
        more = 2 * page < len(numbers)
        link = f'<atom:link rel="next" href="/feed.xml?page={page + 1}"/>' if more else ""
        return rss(*shown, links=link)

    server.routes["/feed.xml"] = route


def test_an_entry_becomes_a_post(server: SiteServer) -> None:
    server.routes["/feed.xml"] = lambda _: rss(3)
    (post,), _ = collect(make(server))
    host = server.origin.removeprefix("http://")
    assert post.id == f"feed:{host}/3" and post.address == f"{server.origin}/posts/3"
    assert post.text == "Number 3\n\nWords &" and post.tags == ("flower",)
    assert post.posted == datetime(2026, 3, 31, 18, tzinfo=UTC)
    (picture,) = post.pictures
    assert picture.address == f"{server.origin}/files/3.png"
    assert (picture.name, picture.description) == ("3.png", "a flower")
    assert (post.author, post.author_name) == (f"Yuno@{host}", "Yuno")


@pytest.mark.parametrize(
    ("inner", "names"),
    [
        ('<enclosure url="/a.png" type="image/png" length="1"/>', ["a.png"]),
        ('<enclosure url="/a.mp3" type="audio/mpeg" length="1"/>', []),
        ('<media:content url="/b.jpg" medium="image"/>', ["b.jpg"]),
        ('<media:group><media:content url="/b.jpg" type="image/jpeg"/></media:group>', ["b.jpg"]),
        (
            '<media:thumbnail url="/s.jpg" width="10" height="10"/>'
            '<media:thumbnail url="/l.jpg" width="90" height="90"/>',
            ["l.jpg"],
        ),
        (
            '<media:thumbnail url="/s.jpg"/><enclosure url="/a.png" type="image/png"/>',
            ["a.png"],
        ),
        ("<description>&lt;img src='javascript:x'&gt;</description>", []),
        ("<description>&lt;img src='data:image/png;base64,AA'&gt;</description>", []),
        ("<description>&lt;img src='/p.gif' width='1'&gt;</description>", []),
        ("<description>&lt;img src='file:///etc/passwd'&gt;</description>", []),
        (
            "<description>&lt;img src='/c.png'&gt;&lt;img src='/c.png'&gt;</description>",
            ["c.png"],
        ),
    ],
)
def test_pictures_are_found_wherever_they_stand(
    server: SiteServer, inner: str, names: list[str]
) -> None:
    server.routes["/feed.xml"] = lambda _: entry(inner)
    posts, _ = collect(make(server))
    assert [picture.name for post in posts for picture in post.pictures] == names


def test_atom_is_read_too(server: SiteServer) -> None:
    server.routes["/feed.xml"] = lambda _: (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><title>T</title>'
        b"<id>tag:example.org,2026:1</id><link href='https://example.org/1'/>"
        b"<published>2026-04-01T00:00:00Z</published><author><name>Yuno</name></author>"
        b"<content type='html'>&lt;img src='/1.png'&gt;</content></entry></feed>"
    )
    (post,), _ = collect(make(server))
    assert post.pictures[0].address == "https://example.org/1.png"
    assert post.author_name == "Yuno" and post.id.endswith("tag:example.org,2026:1")


def test_what_did_not_change_is_not_sent_again(server: SiteServer) -> None:
    versioned(server, rss(1, 2), '"a"')
    posts, state = collect(make(server))
    assert len(posts) == 2
    assert collect(make(server), state) == ([], state)
    assert server.asked[-1].headers["if-none-match"] == '"a"'
    assert server.asked[-1].headers["if-modified-since"].endswith("GMT")
    versioned(server, rss(1, 2, 3), '"b"')
    new, state = collect(make(server), state)
    assert len(new) == 1 and new[0].id.endswith("/3")


def test_a_feed_without_validators_gives_only_what_is_new(server: SiteServer) -> None:
    server.routes["/feed.xml"] = lambda _: rss(1, 2)
    _, state = collect(make(server))
    server.routes["/feed.xml"] = lambda _: rss(2, 3)
    new, _ = collect(make(server), state)
    assert [one[-1] for one in ids(new)] == ["3"]


@pytest.mark.parametrize("stop", [1, 2, 3, 4])
def test_older_pages_are_followed_and_resumed(server: SiteServer, stop: int) -> None:
    numbers = list(range(1, 8))
    paged(server, numbers)
    posts, state = collect(make(server), stop=stop)
    numbers += [8]
    rest, state = collect(make(server), state)
    assert len(posts) == min(2 * stop, 7)
    gathered = [one.rpartition("/")[2] for one in ids([*posts, *rest])]
    assert sorted(gathered) == [str(number) for number in numbers]
    asked = len(server.asked)
    assert collect(make(server), state)[0] == []
    assert len(server.asked) == asked + 1


def test_more_new_entries_than_one_page_has_are_all_found(server: SiteServer) -> None:
    numbers = [1, 2, 3]
    paged(server, numbers)
    _, state = collect(make(server))
    numbers += [4, 5, 6, 7, 8]
    new, _ = collect(make(server), state)
    assert sorted(one[-1] for one in ids(new)) == ["4", "5", "6", "7", "8"]


@pytest.mark.parametrize("stop", [1, 2])
def test_entries_between_two_interrupted_collections_are_found(
    server: SiteServer, stop: int
) -> None:
    numbers = [1, 2, 3]
    paged(server, numbers)
    _, state = collect(make(server))
    found = []
    for count in (5, 4):  # more than a page: what is newest is not connected with what was known
        numbers += range(len(numbers) + 1, len(numbers) + 1 + count)
        new, state = collect(make(server), state, stop)
        found += new
    found += collect(make(server), state)[0]
    assert sorted({int(one.rpartition("/")[2]) for one in ids(found)}) == numbers[3:]


def test_a_page_elsewhere_and_a_circle_are_not_followed(server: SiteServer) -> None:
    with SiteServer() as other:
        for target in (f"{other.origin}/x", "/feed.xml", "file:///etc/passwd"):
            link = f'<atom:link rel="next" href="{target}"/>'
            server.routes["/feed.xml"] = lambda _, link=link: rss(1, links=link)
            assert len(collect(make(server))[0]) == 1
        assert other.asked == []


def test_redirects_are_followed(server: SiteServer) -> None:
    server.routes["/old.xml"] = lambda _: giving(b"", 301, Location="/feed.xml")
    server.routes["/feed.xml"] = lambda _: rss(1)
    assert len(collect(make(server, "/old.xml"))[0]) == 1


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        (giving(b"<html><body>Hello</body></html>"), "not a feed"),
        (giving(b""), "not a feed"),
        (giving(b"\x00\xff" * 500), "not a feed"),
        (giving(b"{}"), "not a feed"),
        (giving(b"gone", 410), "nothing at this address"),
        (giving(b"oops", 500), "fault of its own"),
        (giving(b"", 401), "signed in"),
        (breaking_off, "broke off"),
        (endless, "more than 20 MB"),
    ],
)
def test_anything_else_is_refused_in_words(server: SiteServer, behaviour: Any, words: str) -> None:
    server.failing = behaviour
    with pytest.raises(UserError, match=words):
        collect(make(server))
    with pytest.raises(UserError):
        make(server).test()


def test_a_rate_limit_is_told_apart(server: SiteServer) -> None:
    server.failing = giving(b"", 503, Retry_After="60")
    with pytest.raises(RateLimited):
        collect(make(server))


def test_a_feed_cut_off_in_the_midst_gives_what_is_there(server: SiteServer) -> None:
    whole = rss(1, 2, 3)
    server.routes["/feed.xml"] = lambda _: whole[: whole.index(b"Number 3")]
    posts, _ = collect(make(server))
    assert [one[-1] for one in ids(posts)][:2] == ["1", "2"]


def test_entities_are_not_expanded_and_no_file_is_opened(
    server: SiteServer, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("treasure")
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 50}">' for n in range(1, 9))
    server.routes["/feed.xml"] = lambda _: (
        f'<!DOCTYPE r [<!ENTITY e0 "x">{bomb}'
        f'<!ENTITY f SYSTEM "file://{tmp_path}/secret">]>'.encode()
        + rss(1).replace(b'<?xml version="1.0"?>', b"").replace(b"Words", b"&e8;&f;")
    )
    posts, _ = collect(make(server))
    assert len(posts) == 1 and len(posts[0].text) < 1000
    assert "treasure" not in posts[0].text


def test_the_test_of_a_feed_names_it(server: SiteServer) -> None:
    server.routes["/feed.xml"] = lambda _: rss(1, 2)
    assert make(server).test() == "Yuno’s: 2"


@pytest.mark.parametrize("address", ["", "ftp://example.org/x", "http://", "javascript:x"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(UserError, match="not complete"):
        make_source("feed", {"address": address}, {})


def test_nonsense_takes_little_time(server: SiteServer) -> None:
    server.routes["/feed.xml"] = lambda _: rss(1) + b"<a " * 1_000_000
    begin = time.monotonic()
    assert ids(collect(make(server))[0])
    assert time.monotonic() - begin < 30
