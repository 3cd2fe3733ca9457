"""What all sites have in common: two ends, stops between pages, refusals, and what is new."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from kirara_illustrations.sources import RateLimited, Source, make_source
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import Cancelled

from .collecting import collect, ids
from .site_server import Behaviour, SiteServer, breaking_off, endless, giving, stalling
from .sites import SITES, TOKEN, BlueskySite, MastodonSite, MisskeySite, Site, XSite, when

VARIANTS = [
    (MastodonSite, "account"), (MastodonSite, "hashtag"), (MastodonSite, "list"),
    (MisskeySite, "account"), (MisskeySite, "hashtag"), (MisskeySite, "list"),
    (BlueskySite, "account"), (BlueskySite, "feed"), (BlueskySite, "list"),
    (XSite, "account"), (XSite, "list"),
]  # fmt: skip


def make(site: Site, variant: str, token: str = TOKEN, **options: Any) -> Source:
    return make_source(site.kind, site.sources[variant], {site.name: token}, **options)


@pytest.fixture(params=VARIANTS, ids=lambda found: f"{found[0].__name__}-{found[1]}")
def found(request: pytest.FixtureRequest, server: SiteServer) -> tuple[Site, str]:
    kind, variant = request.param
    return kind(server), variant


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest, server: SiteServer) -> Site:
    return request.param(server)


def test_a_first_collection_gives_everything_once_and_the_next_one_asks_for_what_is_new(
    found: tuple[Site, str],
) -> None:
    site, variant = found
    posts, state = collect(make(site, variant))
    assert len(posts) == len(site.numbers) and set(ids(posts)) == site.ids()

    asked = len(site.server.asked)
    assert collect(make(site, variant), state) == ([], state)
    # At most a session, an account, a list, and one page.
    assert len(site.server.asked) - asked <= 4

    site.numbers += range(109, 117)  # more than two pages
    new, state = collect(make(site, variant), state)
    assert sorted(ids(new)) == sorted(site.id(number) for number in range(109, 117))
    assert collect(make(site, variant), state) == ([], state)


@pytest.mark.parametrize("stop", [1, 2, 3])
def test_a_stop_between_two_pages_loses_and_repeats_nothing(
    found: tuple[Site, str], stop: int
) -> None:
    site, variant = found
    posts, state = collect(make(site, variant), stop=stop)
    site.numbers += range(109, 116)
    more, state = collect(make(site, variant), state, stop=1)  # in the midst of what is new
    site.numbers += [116, 117]
    rest, state = collect(make(site, variant), state)
    assert len(posts) and len(more)
    gathered = ids([*posts, *more, *rest])
    assert sorted(gathered) == sorted(site.ids())
    assert collect(make(site, variant), state) == ([], state)


def test_a_resumed_collection_does_not_ask_again_for_what_was_stored(
    found: tuple[Site, str],
) -> None:
    site, variant = found
    _, state = collect(make(site, variant), stop=2)
    asked = len(site.server.asked)
    collect(make(site, variant), state)
    starts = [
        one.query.get("max_id") or one.query.get("untilId") or one.query.get("cursor")
        or one.query.get("pagination_token")
        for one in site.server.asked[asked:]
    ]  # fmt: skip
    # Two pages of three are there; so it goes on below the sixth of 108, 107, …
    assert next(start for start in starts if start).endswith("103")


def test_a_post_has_its_pictures_words_tags_and_author(site: Site) -> None:
    (post,) = [one for one in collect(make(site, "account"))[0] if one.id == site.id(104)]
    (picture,) = post.pictures
    assert picture.address.startswith("https://")
    assert "104" in picture.address and picture.description == "a flower"
    assert picture.name in ("big.png", "104.png")
    assert post.text == "Number 104 & more\nsecond line"
    assert post.tags == ("sunflower", "sensitive")
    assert post.author.startswith("@yuno") and post.author_name == "Yuno ×"
    assert post.posted == datetime.fromisoformat(when(104)) and post.posted.tzinfo is UTC
    assert post.address.startswith(("https://", site.server.origin)) and "104" in post.address
    (other,) = [one for one in collect(make(site, "account"))[0] if one.id == site.id(105)]
    assert other.tags == ("sunflower",)


def test_the_test_of_a_source_names_it_and_counts(found: tuple[Site, str]) -> None:
    site, variant = found
    line = make(site, variant).test()
    assert line.endswith(": 3") and "\n" not in line


def later(seconds: int) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)


LIMITS: list[tuple[Callable[[], dict[str, str]], float]] = [
    (lambda: {"Retry-After": "120"}, 120),
    (lambda: {"Retry-After": format_datetime(later(3600), usegmt=True)}, 3600),
    (lambda: {"X-RateLimit-Reset": later(3600).isoformat()}, 3600),
    (lambda: {"x-rate-limit-reset": str(int(later(3600).timestamp()))}, 3600),
    (lambda: {"RateLimit-Reset": "900"}, 900),
    (lambda: {"Retry-After": "99999999999999999999"}, 86_400),
    (lambda: {"Retry-After": "0"}, 10),
    (lambda: {"Retry-After": "soon", "X-RateLimit-Reset": "tomorrow"}, 300),
    (dict, 300),
]


@pytest.mark.parametrize(("headers", "seconds"), LIMITS)
def test_a_rate_limit_says_until_when(
    server: SiteServer, headers: Callable[[], dict[str, str]], seconds: float
) -> None:
    site = MisskeySite(server)
    server.failing = giving(b"{}", 429, **headers())
    with pytest.raises(RateLimited) as caught:
        collect(make(site, "account"))
    wait = (caught.value.until - datetime.now(UTC)).total_seconds()
    assert seconds - 5 < wait <= seconds


def test_a_rate_limit_in_the_midst_keeps_what_came(site: Site) -> None:
    posts, state = collect(make(site, "account"), stop=1)
    site.server.failing, asked = giving(b"{}", 429, Retry_After="60"), len(site.server.asked)
    with pytest.raises(RateLimited):
        collect(make(site, "account"), state)
    assert len(site.server.asked) <= asked + 2  # no library tries again by itself
    site.server.failing = None
    rest, _ = collect(make(site, "account"), state)
    assert sorted(ids([*posts, *rest])) == sorted(site.ids())


def test_a_site_that_will_not_answer_more_asks_for_a_pause(site: Site) -> None:
    then = int(datetime.now(UTC).timestamp()) + 600
    site.server.headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(then)}
    page = next(iter(make(site, "account").pages({})))
    assert 500 < page.wait <= 600


REFUSALS: list[tuple[Behaviour, str]] = [
    (giving(b'{"error": "x"}', 401), "“127.0.0.1:"),
    (giving(b'{"error": "x"}', 403), "does not let you read"),
    (giving(b"gone", 404), "nothing at this address"),
    (giving(b"<h1>oops</h1>", 500), "a fault of its own (500)"),
    (giving(b"<html>Sign in</html>", 200, Content_Type="text/html"), "cannot be read"),
    (giving(b'"text"', 200, Content_Type="application/json"), "cannot be read"),
    (giving(b"[" * 100_000, 200, Content_Type="application/json"), "cannot be read"),
    (giving(b"", 302, Location="https://example.org/"), "another address"),
    (breaking_off, "broke off"),
]


@pytest.mark.parametrize(("behaviour", "words"), REFUSALS)
def test_a_refusal_is_a_sentence_without_the_token(
    site: Site, behaviour: Behaviour, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    variant = "account" if site.kind == "x" else "list"
    site.server.failing, site.server.failing_at = behaviour, site.timeline
    with pytest.raises(UserError, match=words.replace("(", r"\(").replace(")", r"\)")) as caught:
        collect(make(site, variant))
    assert caught.value.advice
    chain: BaseException | None = caught.value
    while chain is not None:
        assert TOKEN not in f"{chain!r} {chain}"
        chain = chain.__cause__
    assert TOKEN not in caplog.text


def test_an_answer_without_end_is_not_read_to_the_end(site: Site) -> None:
    site.server.failing = endless
    with pytest.raises(UserError, match="sends more than 20 MB"):
        collect(make(site, "account"))
    assert site.server.sent < 60_000_000


def test_a_wrong_token_is_refused_and_stays_secret(site: Site) -> None:
    variant = "account" if site.kind == "x" else "list"
    with pytest.raises(UserError, match="does not accept the secret") as caught:
        collect(make(site, variant, token="wrong-secret"))
    assert "wrong-secret" not in str(caught.value)


def test_stop_ends_a_request_that_is_waited_for(site: Site) -> None:
    site.server.failing = stalling

    def check() -> None:
        if site.server.asked:
            raise Cancelled

    with pytest.raises(Cancelled):
        collect(make(site, "account", check=check))


def test_a_redirect_takes_no_token_along(site: Site) -> None:
    with SiteServer() as other:
        site.server.failing = giving(b"", 302, Location=other.origin + "/api/v1/lists/7")
        with pytest.raises(UserError, match="another address"):
            collect(make(site, "account"))
        assert other.asked == []


@pytest.mark.parametrize("kind", ["mastodon", "misskey", "bluesky", "x"])
def test_an_unknown_account_is_named_in_words(server: SiteServer, kind: str) -> None:
    site = {one(server).kind: one for one in SITES}[kind](server)
    source = make_source(
        kind, {"host": server.origin, "account": "nobody"}, {site.name: TOKEN}
    )  # fmt: skip
    with pytest.raises(UserError, match=r"nothing at this address|Not Found"):
        source.test()


@pytest.mark.parametrize("odd", [None, 1e300, "\ud800", [[]], {"id": {}}], ids=repr)
def test_posts_of_wrong_types_are_left_out_or_the_page_is_refused(site: Site, odd: Any) -> None:

    def spoilt(value: Any, depth: int = 0) -> Any:
        """Every leaf becomes ``odd``, but for marks and pages."""
        if isinstance(value, dict):
            return {k: v if k in ("id", "cursor", "meta", "indexedAt") else spoilt(v, depth + 1)
                    for k, v in value.items()}  # fmt: skip
        if isinstance(value, list) and depth < 2:
            return [spoilt(one, depth + 1) for one in value]
        return odd

    for path, route in list(site.server.routes.items()):
        if "lookup" in path or "show" in path or "username" in path or "Profile" in path:
            continue

        def spoiling(asked: Any, route: Any = route) -> Any:
            found = route(asked)
            return found if callable(found) else spoilt(found)

        site.server.routes[path] = spoiling
    try:
        posts, _ = collect(make(site, "account"))
    except UserError:
        return
    assert posts == []
