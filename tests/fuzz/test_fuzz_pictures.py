"""Damaged pictures and clips, and what the studio saved in them."""

from __future__ import annotations

import pytest

from tests.fuzz.harness import Reader, check
from tests.fuzz.readers import CLIPS, PICTURES, SAVED


@pytest.mark.parametrize("reader", [*PICTURES, *SAVED, *CLIPS], ids=lambda reader: reader.name)
def test_damage_gives_a_value_or_an_error_that_names_the_file(reader: Reader) -> None:
    check(reader)
