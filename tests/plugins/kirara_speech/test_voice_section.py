"""The card of a voice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

import kirara_speech
from kirara_speech.speaking.voices import find_voice
from kirara_speech.view.voice_section import TRAINING_DATA, card_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@pytest.fixture
def japanese(application: QApplication) -> QTranslator:
    translator = QTranslator(application)
    folder = Path(kirara_speech.__file__).parent / "translations"
    assert translator.load(str(folder / "ja.qm"))
    return translator


def test_the_card_of_the_bundled_voice_is_translated(japanese: QTranslator, tmp_path: Path) -> None:
    voice = find_voice("kirara", tmp_path)
    assert voice.card is not None and voice.card.training_data == TRAINING_DATA
    QCoreApplication.installTranslator(japanese)
    try:
        text = card_text(voice)
    finally:
        QCoreApplication.removeTranslator(japanese)
    assert "90分、1,416文" in text and "sentences" not in text
    assert TRAINING_DATA in card_text(voice)
