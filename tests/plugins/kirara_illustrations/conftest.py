"""Fixtures of the sources' tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .site_server import SiteServer


@pytest.fixture
def server() -> Iterator[SiteServer]:
    with SiteServer() as server:
        yield server
