"""Damaged recordings, projects, calendars, feeds and databases."""

from __future__ import annotations

import pytest

from tests.fuzz.harness import Reader, check
from tests.fuzz.readers import ILLUSTRATIONS, RELEASES, SPEECH


@pytest.mark.parametrize(
    "reader", [*SPEECH, *RELEASES, *ILLUSTRATIONS], ids=lambda reader: reader.name
)
def test_damage_gives_a_value_or_an_error_that_names_the_file(reader: Reader) -> None:
    check(reader)
