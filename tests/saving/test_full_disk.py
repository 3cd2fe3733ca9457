"""On a full disk every writer says so, keeps the earlier file, and leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.saving.full_disk import row_of, small_disk
from tests.saving.writers import WRITERS


@pytest.mark.parametrize("name", WRITERS)
def test_a_save_is_whole_or_not_at_all(name: str, tmp_path: Path) -> None:
    try:
        with small_disk(tmp_path / "disk") as disk:
            row = row_of(name, disk)
    except OSError:
        pytest.skip("mounting a small file system needs Linux and root")
    assert row.good, row
