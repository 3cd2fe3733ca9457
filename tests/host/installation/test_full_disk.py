"""On a full disk the plugins stay as they were."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from kirara_studio.api.errors import UserError
from kirara_studio.host.installation.installer import Installer
from tests.host.installation.conftest import Lab
from tests.host.plugin_maker import Made
from tests.saving.full_disk import fill, small_disk


@pytest.mark.parametrize("cache_too", [False, True])
def test_the_old_generation_stays(lab: Lab, tmp_path: Path, cache_too: bool) -> None:
    large = {"made_hello/large": os.urandom(400_000)}
    old = Made("hello", "1.0").wheel(lab.index.folder)
    new = Made("hello", "2.0", files=large).wheel(lab.index.folder)
    try:
        with small_disk(tmp_path / "disk", 6_000_000) as disk:
            changes = {"plugins": disk / "plugins"} | ({"cache": disk} if cache_too else {})
            lab.folders = replace(lab.folders, **changes)
            lab.installer = Installer(lab.folders)
            lab.install(old)
            for free in (0, 100_000, 350_000, 500_000):
                filler = fill(disk, free)
                with pytest.raises(UserError, match="disk is full"):
                    lab.install(new)
                filler.unlink()
                assert lab.versions() == {"hello": "1.0"} and lab.left() == []
            lab.install(new)
            assert lab.versions() == {"hello": "2.0"}
    except OSError:
        pytest.skip("mounting a small file system needs Linux and root")
