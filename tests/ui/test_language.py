"""Languages: complete catalogues, and a switch while the studio runs."""

from __future__ import annotations

import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QFileDialog, QLabel, QTreeView

from kirara_studio.api.resources import resource_folder
from kirara_studio.testing import wait_for
from kirara_studio.ui.language import LANGUAGES, QT_TEXTS, system_language
from tests.packaging import loaded
from tests.ui.conftest import Studio, process_events


def tool(name: str) -> str:
    path = Path(sys.executable).with_name(name)
    if not path.exists():
        pytest.skip(f"{name} is not installed")
    return str(path)


def messages(catalogue: Path) -> dict[tuple[str, str], ET.Element]:
    """Each text with its context, and what it is translated to."""
    found = {}
    for context in ET.parse(catalogue).getroot().iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            found[name, message.findtext("source") or ""] = translation
    return found


def test_every_text_of_the_studio_is_translated(repository: Path, tmp_path: Path) -> None:
    stored = resource_folder() / "translations" / "ja.ts"
    collected = tmp_path / "ja.ts"
    shutil.copy(stored, collected)
    tool("pyside6-lupdate")
    loaded(repository / "packaging" / "translations.py").collect(
        repository / "kirara_studio", collected, "-silent"
    )
    assert ("errors", "There is no file “{path}”.") in messages(collected)
    unfinished = [
        key
        for key, translation in messages(collected).items()
        if translation.get("type") == "unfinished" or not "".join(translation.itertext()).strip()
    ]
    assert not unfinished, "run `make translations` and translate what is new in ja.ts"


def test_translations_keep_their_placeholders() -> None:
    import re

    for (_, source), translation in messages(resource_folder() / "translations" / "ja.ts").items():
        text = "".join(translation.itertext())
        pattern = r"\{[^{}]*\}|%n"
        assert sorted(re.findall(pattern, source)) == sorted(re.findall(pattern, text)), source


def test_switching_while_it_runs(studio: Studio) -> None:
    language = studio.appearance.language
    codes: list[str] = []
    language.changed.connect(codes.append)
    studio.appearance.choose("language", "ja")
    assert QCoreApplication.translate("StudioPages", "Settings") == "設定"
    assert QLocale().language() == QLocale.Language.Japanese
    # Qt's own texts too: the buttons of its dialogs.
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "キャンセル"
    studio.appearance.choose("language", "en")
    assert QCoreApplication.translate("StudioPages", "Settings") == "Settings"
    assert codes == ["ja", "en"]


def test_catalogues_of_plugins(studio: Studio, tmp_path: Path) -> None:
    folder = tmp_path / "translations"
    folder.mkdir()
    (folder / "ja.ts").write_text(
        """<?xml version="1.0"?><!DOCTYPE TS><TS version="2.1" language="ja_JP">
        <context><name>sample</name><message><source>Characters</source>
        <translation>キャラクター</translation></message></context></TS>""",
        encoding="utf-8",
    )
    subprocess.run([tool("pyside6-lrelease"), "-silent", str(folder / "ja.ts")], check=True)
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "ja.qm").write_bytes(b"not a catalogue")
    language = studio.appearance.language
    language.add_folders([folder, broken, tmp_path / "missing"])
    assert language.in_every_language("sample", "Characters") == ("Characters", "キャラクター")
    studio.appearance.choose("language", "ja")
    process_events()
    assert studio.window.rail.button("sample").text() == "キャラクター"
    assert studio.window.windowTitle() == "キャラクター — Kirara Studio"


def test_the_systems_language_is_one_that_the_studio_speaks() -> None:
    assert system_language() in LANGUAGES


def test_the_file_dialog_has_no_english_in_japanese(studio: Studio, tmp_path: Path) -> None:
    (tmp_path / "a folder").mkdir()
    studio.appearance.language.choose("ja")
    dialog = QFileDialog(None, "開く", str(tmp_path), "音声 (*.wav)")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.show()
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert "場所(&L):" in texts and "ファイルの種類(&T):" in texts
    assert all(not text.isascii() for text in texts if text), texts
    tree = dialog.findChildren(QTreeView)[0]
    wait_for(lambda: tree.model().rowCount(tree.rootIndex()) > 0)
    assert tree.model().index(0, 2, tree.rootIndex()).data() == "フォルダ"
    dialog.close()
    dialog.deleteLater()
    studio.appearance.language.choose("en")


def test_only_what_qt_lacks_is_added_to_its_texts() -> None:
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    assert translator.load(f"{folder}/qtbase_ja.qm")
    assert not [text for context, text in QT_TEXTS if translator.translate(context, text)]
