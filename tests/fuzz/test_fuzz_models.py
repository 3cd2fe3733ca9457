"""Damaged models, training runs and files that the studio keeps."""

from __future__ import annotations

import pytest

from tests.fuzz.harness import Reader, check, try_reader
from tests.fuzz.readers import HOST, MODELS, RUNS, all_readers

ONCE_WRONG = (
    ("clip-mp4", 28),  # PyAV crashed: a codec that is unknown
    ("clip-avif", 8159),  # FFmpeg crashed: a damaged AVIF that Pillow does not know
    ("clip-gif", 878),  # a frame of another size
    ("radar-odim", 2863),  # HDF5 read a heap of texts for ever
    ("radar-png", 1184),  # OpenCV reserved 2 GB for a damaged PNG
    ("clip-gif", 3929),  # the third frame made the screen 530 million pixels large
    ("database", 1949),  # rows in a circle: the recovery never ended
    ("model-card", 375),  # an integer that no float can hold
    ("picture-palette", 1151),  # 290 million pixels claimed by a kilobyte
    ("growing-checkpoint", 219),  # None in a configuration that was exported
)
"""Damaged files that once were neither read nor refused."""


@pytest.mark.parametrize("reader", [*MODELS, *RUNS, *HOST], ids=lambda reader: reader.name)
def test_damage_gives_a_value_or_an_error_that_names_the_file(reader: Reader) -> None:
    check(reader)


@pytest.mark.parametrize(("name", "number"), ONCE_WRONG)
def test_files_that_were_once_wrong(name: str, number: int) -> None:
    reader = next(reader for reader in all_readers() if reader.name == name)
    outcome = try_reader(reader, number + 1, first=number)
    assert not outcome.others and outcome.read + outcome.refused == 1
