"""The Speech panel speaks: real voices, with or without a device that plays."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest

from kirara_speech.networks.config import TEXT2MEL
from kirara_speech.networks.text2mel import Text2Mel
from kirara_speech.panel import SpeechPanel
from kirara_speech.project.script import Line
from kirara_speech.reading.symbols import AUTHOR_ALPHABET
from kirara_speech.speaking.chunks import Chunk, SpeakRequest
from kirara_speech.speaking.spoken import Spoken, SpokenStore
from kirara_speech.speaking.voices import OPEN_JTALK, TEXT2MEL_FILE, VOICES, open_jtalk
from kirara_speech.view.sound_pictures import envelope, picture, spectrogram_of
from kirara_speech.view.sound_view import ATTENTION, SOUND, SPECTROGRAM, label_start
from kirara_studio.api.models import Checkpoint, ModelCard
from tests.plugins.panel_studio import LEFT, press, wait_for

from .panel_studio import Context, OpenPanel, read, show
from .voices import SMALL_TEXT2MEL


def heard(panel: SpeechPanel, row: int = 0) -> Spoken | None:
    """What was spoken of a line, once all of it was."""
    spoken = panel.session.playback.last.get(panel.session.script.lines[row].key)
    return spoken if spoken is not None and spoken.complete else None


def test_space_plays_the_line_and_it_is_kept(panel: SpeechPanel) -> None:
    show(panel, Line("はい。", OPEN_JTALK))
    press(panel.workspace.lines, Qt.Key.Key_Space)
    assert panel.busy
    wait_for(lambda: heard(panel) and not panel.session.playback.busy)
    spoken = heard(panel)
    assert np.abs(spoken.sound).max() > 0.05 and not panel.busy
    panel.session.playback.play(0)
    assert heard(panel) is spoken
    panel.session.playback.stop()
    assert "Changed" not in panel.workspace.time.text()
    panel.prosody.sliders["speed"].changed.emit(1.5)
    assert "Changed" in panel.workspace.time.text()
    panel.session.playback.play(0)
    wait_for(lambda: heard(panel) not in (None, spoken))


def test_stop_stops(panel: SpeechPanel) -> None:
    show(panel, Line("あ、" * 200, OPEN_JTALK))
    panel.press_primary()
    wait_for(lambda: panel.session.playback.key)
    press(panel.workspace.lines, Qt.Key.Key_Escape)
    assert not panel.busy and not panel.session.playback.busy
    assert panel.workspace.lines.playing == ""
    show(panel, Line("はい。", OPEN_JTALK))
    panel.press_primary()
    wait_for(lambda: heard(panel))


def test_without_something_to_say_or_a_voice_it_is_told(
    panel: SpeechPanel, context: Context
) -> None:
    show(panel, "", Line("はい。", "nobody"))
    panel.session.playback.play(0)
    assert context.messages and not panel.busy
    panel.session.select([1], 1)
    panel.session.playback.play(1)
    assert "nobody" in str(context.errors[-1]) and not panel.busy


def test_a_change_while_the_line_is_read_is_what_is_heard(panel: SpeechPanel) -> None:
    show(panel, Line("はい。", OPEN_JTALK))
    panel.session.playback.play(0)
    panel.session.edits.type(0, "いいえ。")
    wait_for(lambda: heard(panel))
    assert heard(panel).request.text == "いいえ。"


def test_the_button_of_a_row_plays_that_row(panel: SpeechPanel) -> None:
    show(panel, Line("はい。", OPEN_JTALK), Line("いいえ。", OPEN_JTALK))
    lines = panel.workspace.lines
    row = lines.visualRect(lines.lines.index(1, 0))
    QTest.mouseClick(lines.viewport(), LEFT, pos=lines.play_box(row).center().toPoint())
    wait_for(lambda: heard(panel, 1))
    assert panel.session.script.row == 1 and heard(panel, 0) is None


@pytest.fixture
def small_voice(context: Context) -> str:
    """A network that knows nothing, in the folder of the user's voices."""
    torch.manual_seed(3)
    network = Text2Mel(SMALL_TEXT2MEL)
    folder = context.data_folder / VOICES / "small"
    folder.mkdir(parents=True)
    card = ModelCard(TEXT2MEL, "Small", SMALL_TEXT2MEL.to_dict(), "made-up numbers", "MIT")
    Checkpoint(card, network.state_dict()).save(folder / TEXT2MEL_FILE)
    return "small"


def test_a_network_shows_its_mel_and_its_attention(
    small_voice: str, open_panel: OpenPanel, context: Context
) -> None:
    panel = open_panel()
    show(panel, Line("はい。", small_voice))
    assert "made-up" in panel.voice.card.text() and "MIT" in panel.voice.card.text()
    panel.session.playback.play(0)
    wait_for(lambda: heard(panel))
    view = panel.workspace.sound
    assert view.has_attention and not view.grab().isNull()
    seen = []
    for page in (SOUND, SPECTROGRAM, ATTENTION):
        panel.workspace.pages.setCurrentIndex(page)
        assert view.page == page
        seen.append(view.grab().toImage())
    assert seen[0] != seen[1] != seen[2] != seen[0]
    before = view.grab().toImage()
    assert view.accessibleDescription() == f"{heard(panel).seconds:.1f} s"
    view.set_cursor(heard(panel).samples // 2)
    assert view.accessibleDescription().endswith(f" / {heard(panel).seconds:.1f} s")
    reader = QAccessible.queryAccessibleInterface(view)
    assert reader.role() == QAccessible.Role.Graphic and reader.text(QAccessible.Text.Name)
    assert view.grab().toImage() != before


def test_a_short_mora_is_named_where_there_is_room_beside_it() -> None:
    # A short ン between two long morae, 12 pixels wide each: it keeps clear of the one before.
    assert [label_start(middle, 12, free) for middle, free in ((20, 0), (32, 26), (50, 38))] == [
        14, 26, 44,
    ]  # fmt: skip
    assert label_start(28, 12, 26) == 26
    assert label_start(22, 12, 26) is None


def test_a_voice_that_reads_letters_has_nothing_to_change(
    open_panel: OpenPanel, context: Context
) -> None:
    config = replace(SMALL_TEXT2MEL, front_end="letters", alphabet=AUTHOR_ALPHABET)
    folder = context.data_folder / VOICES / "letters"
    folder.mkdir(parents=True)
    card = ModelCard(TEXT2MEL, "Letters", config.to_dict())
    Checkpoint(card, Text2Mel(config).state_dict()).save(folder / TEXT2MEL_FILE)
    panel = open_panel()
    show(panel, Line("no event, good life", "letters"))
    view = panel.workspace.phrases.view
    assert not view.edits.phrases and "Latin letters" in view.accessibleDescription()
    panel.session.playback.play(0)
    wait_for(lambda: heard(panel))
    assert heard(panel).request.phrases is None


def test_a_click_on_the_sound_plays_from_there(panel: SpeechPanel) -> None:
    show(panel, Line("はい。", OPEN_JTALK))
    panel.session.playback.play(0)
    wait_for(lambda: heard(panel) and not panel.session.playback.busy)
    asked: list[int] = []
    panel.workspace.sound.wanted.disconnect()
    panel.workspace.sound.wanted.connect(asked.append)
    middle = QPoint(panel.workspace.sound.width() // 2, 40)
    QTest.mouseClick(panel.workspace.sound, LEFT, pos=middle)
    assert 0.4 < asked[0] / heard(panel).samples < 0.6


def test_the_word_of_the_dictionary_is_heard(panel: SpeechPanel) -> None:
    show(panel, Line("はい。", OPEN_JTALK))
    read(panel)
    panel.dialogs.open_dictionary()
    panel.dialogs.dictionary.reading.setText("キララ")
    panel.dialogs.dictionary.play.click()
    wait_for(lambda: "dictionary" in panel.session.playback.last)
    panel.dialogs.dictionary.accept()
    wait_for(lambda: not panel.session.playback.busy)


# What was spoken, as pictures


def test_the_envelope_holds_the_extremes_of_every_part() -> None:
    sound = np.sin(np.linspace(0, 60, 1000)).astype(np.float32)
    lows, highs = envelope(sound, 100)
    assert lows.min() == sound.min() and highs.max() == sound.max() and len(lows) == 100
    assert len(envelope(sound[:0], 100)[0]) == 0


def test_a_spectrogram_shows_a_tone_where_it_is() -> None:
    time = np.arange(22_050) / 22_050
    low, high = (
        spectrogram_of(np.sin(2 * np.pi * pitch * time).astype(np.float32))[:, 20:60]
        for pitch in (300, 3000)
    )
    assert low.shape[0] == 80 and 0 <= low.min() <= low.max() <= 1
    assert low.mean(1).argmax() < high.mean(1).argmax()


def test_a_picture_has_its_first_row_at_the_bottom() -> None:
    values = np.array([[0.0, 0.0], [1.0, 1.0], [1.0, 1.0]], np.float32)
    image = picture(values, [QColor("#000000"), QColor("#FF8000")])
    assert (image.width(), image.height()) == (2, 3)
    assert image.pixelColor(0, 2) == QColor("#000000")
    assert image.pixelColor(1, 0) == QColor("#FF8000")


def test_old_speech_is_forgotten_for_new() -> None:
    store = SpokenStore(kept=100)
    requests = [SpeakRequest(text, open_jtalk()) for text in "abc"]
    for request in requests:
        store.begin(request).add(Chunk(0, np.zeros(80, np.float32)))
    assert store.get(requests[0]) is None and store.get(requests[2]) is not None
