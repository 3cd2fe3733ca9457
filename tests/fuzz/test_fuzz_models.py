"""Damaged models, training runs and files that the studio keeps."""

from __future__ import annotations

import pytest

from tests.fuzz.harness import Reader, check
from tests.fuzz.readers import HOST, MODELS, RUNS


@pytest.mark.parametrize("reader", [*MODELS, *RUNS, *HOST], ids=lambda reader: reader.name)
def test_damage_gives_a_value_or_an_error_that_names_the_file(reader: Reader) -> None:
    check(reader)
