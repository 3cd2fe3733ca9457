"""Runs sources as the collector does: the state becomes JSON between two pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import islice
from typing import Any

from kirara_illustrations.sources import Post, Source

MOST_PAGES = 100


def collect(
    source: Source, state: Mapping[str, Any] | None = None, stop: int = MOST_PAGES
) -> tuple[list[Post], dict[str, Any]]:
    """What at most ``stop`` pages give, and the state after them."""
    kept = dict(state or {})
    posts: list[Post] = []
    count = 0
    for page in islice(source.pages(kept), stop):
        posts += page.posts
        kept = json.loads(json.dumps(page.state))
        count += 1
    assert count < MOST_PAGES, "it never ends"
    return posts, kept


def ids(posts: list[Post]) -> list[str]:
    return [post.id for post in posts]
