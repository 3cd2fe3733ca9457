"""The window of the user's dictionary."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from kirara_speech.reading.user_dictionary import UserDictionary, read_voicevox_file
from kirara_speech.reading.words import word
from kirara_speech.view.dictionary_dialog import DictionaryDialog
from tests.plugins.panel_studio import LEFT


@pytest.fixture
def dialog(application: QApplication, tmp_path: Path) -> DictionaryDialog:
    return DictionaryDialog(UserDictionary(tmp_path / "data"))


def test_words_go_to_a_file_and_come_back(
    dialog: DictionaryDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed: list[bool] = []
    dialog.changed.connect(lambda: changed.append(True))
    assert not dialog.export_button.isEnabled()
    dialog.surface.setText("雲母坂")
    dialog.reading.setText("キララザカ")
    dialog.save_word()
    name = str(tmp_path / "words")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (name, ""))
    QTest.mouseClick(dialog.export_button, LEFT)
    (exported,) = read_voicevox_file(tmp_path / "words.json").values()
    assert (exported.surface, exported.reading) == ("雲母坂", "キララザカ")
    assert dialog.report.text() == "Words saved to “words.json”: 1."

    dictionary = UserDictionary(tmp_path / "other")
    other = DictionaryDialog(dictionary)
    dictionary.add(word("雲母坂", "ウンモザカ", 0, "PROPER_NOUN", 5))
    other.reload()
    values = json.loads((tmp_path / "words.json").read_text(encoding="utf-8"))
    new = {**next(iter(values.values())), "surface": "綺羅"}
    values["1b4e28ba-2fa1-11d2-883f-0016d3cca427"] = new
    (tmp_path / "words.json").write_text(json.dumps(values), encoding="utf-8")
    other.changed.connect(lambda: changed.append(True))
    changed.clear()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (f"{name}.json", ""))
    QTest.mouseClick(other.import_button, LEFT)
    assert [other.list.item(row).text() for row in range(2)] == [
        "雲母坂　ウンモザカ",
        "綺羅　キララザカ",
    ]
    assert other.report.text() == "Words imported: 1. Already known, and not changed: 1."
    assert changed == [True]


def test_a_file_that_is_no_dictionary_changes_nothing(
    dialog: DictionaryDialog, tmp_path: Path
) -> None:
    (tmp_path / "a.json").write_text("[]")
    dialog.import_words(tmp_path / "a.json")
    assert "not a dictionary of VOICEVOX" in dialog.problem.text()
    assert dialog.list.count() == 0 and dialog.report.isHidden()
