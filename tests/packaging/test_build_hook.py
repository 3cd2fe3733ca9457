"""The compiled translations are made from their sources, which alone are in the repository."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from PySide6.QtCore import QTranslator

from tests.packaging import loaded


def test_what_is_missing_or_old_is_compiled(repository: Path, tmp_path: Path) -> None:
    hook = loaded(repository / "packaging" / "build_hook.py")
    studio, plugin = tmp_path / "resources/translations", tmp_path / "plugins/one/translations"
    for folder in (studio, plugin):
        folder.mkdir(parents=True)
        shutil.copy(repository / "resources/translations/ja.ts", folder)
    (plugin / "ja.qm").write_bytes(b"compiled from an older source")
    os.utime(plugin / "ja.qm", (0, 0))

    hook.compile_outdated(tmp_path)

    for folder in (studio, plugin):
        translator = QTranslator()
        assert translator.load(str(folder / "ja.qm"))
        assert translator.translate("Commands", "Help") == "ヘルプ"
    before = (studio / "ja.qm").stat().st_mtime_ns
    hook.compile_outdated(tmp_path)
    assert (studio / "ja.qm").stat().st_mtime_ns == before
