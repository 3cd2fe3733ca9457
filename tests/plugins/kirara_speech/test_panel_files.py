"""The Speech panel's projects, drops, sounds that are saved, and its dictionary."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtWidgets import QMessageBox

from kirara_speech.engines.voicevox import VOICEVOX_ID, RemoteStyle
from kirara_speech.networks.config import SSRN, TEXT2MEL
from kirara_speech.networks.ssrn import Ssrn
from kirara_speech.networks.text2mel import Text2Mel
from kirara_speech.panel import SpeechPanel
from kirara_speech.project.project_file import load_project
from kirara_speech.project.script import Line
from kirara_speech.speaking.prosody import Prosody
from kirara_speech.speaking.voice_import import recognise
from kirara_speech.speaking.voices import OPEN_JTALK, SSRN_FILE, TEXT2MEL_FILE, VOICES, Voice
from kirara_speech.view.export_dialog import CHOSEN, EACH, JOINED
from kirara_studio.api.errors import UserError
from kirara_studio.api.models import Checkpoint, ModelCard, read_card
from tests.plugins.panel_studio import wait_for

from .panel_studio import Context, OpenPanel, read, show, texts
from .voices import SMALL_SSRN, SMALL_TEXT2MEL


def answer(monkeypatch: pytest.MonkeyPatch, button: QMessageBox.StandardButton) -> list[str]:
    asked: list[str] = []

    def question(parent: object, title: str, text: str, *_: object) -> object:
        asked.append(text)
        return button

    monkeypatch.setattr(QMessageBox, "question", question)
    return asked


# Projects


def test_a_project_is_saved_and_opened_again(panel: SpeechPanel, tmp_path: Path) -> None:
    show(panel, Line("一", OPEN_JTALK, Prosody(pitch=2)), "二")
    path = tmp_path / "a.kirara-speech"
    assert panel.session.project.unsaved and panel.workspace.name.text().endswith("•")
    assert panel.session.project.save(path)
    assert not panel.session.project.unsaved and panel.workspace.name.text() == "a"
    panel.session.edits.type(0, "三")
    assert panel.session.project.unsaved
    panel.undo_stack.undo()
    assert not panel.session.project.unsaved
    saved = [replace(line, key="") for line in panel.session.script.lines]
    panel.dialogs.new_project()
    assert (
        texts(panel) == [""]
        and panel.session.project.path is None
        and not panel.undo_stack.canUndo()
    )
    assert panel.session.project.recent == [path]
    panel.dropped.emit([path])
    assert [replace(line, key="") for line in panel.session.script.lines] == saved
    assert panel.session.project.path == path and not panel.session.project.unsaved


def test_a_project_of_voicevox_keeps_its_name_and_its_voices(
    panel: SpeechPanel,
    open_panel: OpenPanel,
    context: Context,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer(monkeypatch, QMessageBox.StandardButton.Discard)
    items = {key: {"text": key, "voice": {"styleId": int(key)}} for key in "123"}
    items["3"]["morphingInfo"] = {"rate": 0.5}
    path = tmp_path / "物語.vvproj"
    path.write_text(json.dumps({"talk": {"audioKeys": ["1", "2", "3"], "audioItems": items}}))
    found = style_of_engine("ずんだもん", 2)
    panel.session.voices.engines = [found]
    panel.dropped.emit([path])
    assert panel.workspace.name.text() == "物語 •" and panel.session.project.path is None
    unused, missing = context.errors.pop(), context.errors.pop()
    assert "2 of 3 lines" in str(missing) and "keep" in str(missing)
    assert "morphing (1)" in str(unused) and "物語.vvproj" in str(unused)
    voices = [panel.session.voices.look(line.voice).title for line in panel.session.script.lines]
    assert voices == ["Style 1 of VOICEVOX", found.name, "Style 3 of VOICEVOX"]
    context.state.update(panel.save_state())
    again = open_panel()
    assert again.session.project.title == "物語"
    assert again.session.script.lines[2].voicevox == json_line(items["3"])
    # Saved, opened and after the engine was started.
    saved = tmp_path / "物語.kirara-speech"
    assert again.session.project.save(saved)
    again.dialogs.new_project()
    again.dialogs.open_project(saved)
    library = again.session.voices
    assert library.find(again.session.script.lines[2].voice) is None
    library.engines = [
        style_of_engine("四国めたん", 3),
        style_of_engine("別人", 1, "another-engine"),
    ]
    line = again.session.script.lines[2]
    assert library.needed(line).name == "四国めたん（ノーマル）"
    assert library.find(again.session.script.lines[0].voice) is None


def style_of_engine(speaker: str, number: int, engine: str = VOICEVOX_ID) -> Voice:
    style = RemoteStyle("http://127.0.0.1:1", "VOICEVOX", speaker, "x", "ノーマル", number, engine)
    return Voice(style.name, remote=style)


def json_line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def test_what_is_unsaved_is_asked_for(
    panel: SpeechPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(panel, "一")
    buttons = QMessageBox.StandardButton
    asked = answer(monkeypatch, buttons.Cancel)
    panel.dialogs.new_project()
    assert len(asked) == 1 and texts(panel) == ["一"]
    path = tmp_path / "a.kirara-speech"
    panel.session.project.path = path
    answer(monkeypatch, buttons.Save)
    panel.dialogs.new_project()
    assert texts(panel) == [""] and [line.text for line in load_project(path).lines] == ["一"]
    panel.session.edits.type(0, "二")
    answer(monkeypatch, buttons.Discard)
    panel.dialogs.open_project(path)
    assert texts(panel) == ["一"]


def test_a_file_that_cannot_be_opened_changes_nothing(
    panel: SpeechPanel, context: Context, tmp_path: Path
) -> None:
    show(panel, "一")
    path = tmp_path / "a.kirara-speech"
    path.write_text("{")
    panel.dropped.emit([path])
    assert isinstance(context.errors[-1], UserError) and texts(panel) == ["一"]
    panel.dropped.emit([tmp_path])
    assert "folder" in str(context.errors[-1])
    panel.session.project.save(tmp_path / "a.kirara-speech" / "b.kirara-speech")
    assert len(context.errors) == 3 and panel.session.project.path is None


def test_a_text_becomes_lines_below_the_one_in_front(panel: SpeechPanel, tmp_path: Path) -> None:
    show(panel, Line("一", OPEN_JTALK, Prosody(speed=2)), "二")
    path = tmp_path / "a.txt"
    path.write_text("春です。夏です。", encoding="utf-8")
    panel.dropped.emit([path])
    assert texts(panel) == ["一", "春です。", "夏です。", "二"]
    assert panel.session.script.line.prosody.speed == 2
    panel.undo_stack.undo()
    assert texts(panel) == ["一", "二"]


# Sounds


@pytest.fixture
def spoken(panel: SpeechPanel) -> SpeechPanel:
    """The panel with three lines by Open JTalk, and an empty one."""
    lines = [Line(text, OPEN_JTALK) for text in ("はい。", "いいえ。", "", "どうも。")]
    show(panel, *lines)
    read(panel)
    return panel


def export(panel: SpeechPanel, which: int, suffix: int = 0, **switches: bool) -> list[Path]:
    """Save through the dialog, and return the files."""
    saved: list[Path] = []
    panel.session.exported.connect(saved.extend)
    panel.dialogs.ask_export()
    dialog = panel.dialogs.export
    assert dialog is not None
    dialog.which.setCurrentIndex(which)
    dialog.format.setCurrentIndex(suffix)
    for name in ("texts", "labels", "replace"):
        getattr(dialog, name).setChecked(switches.get(name, False))
    dialog.submit()
    wait_for(lambda: saved)
    return list(saved)


def test_each_line_is_saved_under_its_name_and_nothing_is_written_over(
    spoken: SpeechPanel, context: Context
) -> None:
    first = export(spoken, EACH, texts=True, labels=True)
    assert [path.name for path in first] == [
        "001_mei_はい。.wav", "002_mei_いいえ。.wav", "004_mei_どうも。.wav",
    ]  # fmt: skip
    assert first[0].with_suffix(".txt").read_text(encoding="utf-8") == "はい。\n"
    assert first[0].with_suffix(".lab").exists()
    again = export(spoken, EACH)
    assert again[0].name == "001_mei_はい。 (2).wav"
    replaced = export(spoken, EACH, replace=True)
    assert replaced == first
    assert context.messages and not context.errors


def test_all_lines_are_joined_in_one_file_of_any_format(spoken: SpeechPanel) -> None:
    (each,) = export(spoken, CHOSEN)
    for suffix in (0, 1, 2):
        (path,) = export(spoken, JOINED, suffix)
        sound, rate = soundfile.read(path)
        assert rate == 22_050 and len(sound) > 2 * soundfile.info(each).frames
        assert np.abs(sound).max() > 0.05
        assert path.stem == "Untitled"  # the project's name, not the first line's


def test_a_saved_sound_gives_its_line_back(spoken: SpeechPanel) -> None:
    spoken.workspace.phrases.view.edits.set_pitch((0, 1), 4.0)
    spoken.prosody.sliders["speed"].changed.emit(1.3)
    line = spoken.session.script.line
    (path,) = export(spoken, CHOSEN)
    spoken.session.edits.remove([0])
    spoken.dropped.emit([path])
    assert replace(spoken.session.script.line, key="") == replace(line, key="")


def test_the_dialog_says_what_is_wrong_with_a_pattern(spoken: SpeechPanel) -> None:
    spoken.dialogs.ask_export()
    dialog = spoken.dialogs.export
    dialog.pattern.setText("{nummer}")
    assert "{nummer}" in dialog.problem.text() and not dialog.save.isEnabled()
    dialog.pattern.setText("{project}-{text}")
    assert "Untitled-はい。.wav" in dialog.preview.text() and dialog.save.isEnabled()
    dialog.reject()


def test_a_line_whose_voice_is_gone_is_told(spoken: SpeechPanel, context: Context) -> None:
    spoken.session.edits.set_voice("nobody")
    spoken.dialogs.ask_export()
    spoken.dialogs.export.submit()
    wait_for(lambda: context.errors)
    assert "nobody" in str(context.errors[-1])


# The dictionary


def test_a_word_that_is_taught_is_read_at_once(spoken: SpeechPanel, context: Context) -> None:
    show(spoken, Line("綺羅々学園です。", OPEN_JTALK))
    read(spoken)
    spoken.workspace.lines.word_requested.emit("綺羅々学園")
    dialog = spoken.dialogs.dictionary
    assert dialog is not None and dialog.surface.text() == "綺羅々学園"
    assert not dialog.save.isEnabled()
    dialog.reading.setText("きららがくえん")
    dialog.accent.edits.set_accent(0, 4)
    dialog.save_word()
    wait_for(
        lambda: (
            (phrases := spoken.workspace.phrases.view.edits.phrases)
            and phrases[0].kana.startswith("キララガクエン")
        )
    )
    assert spoken.workspace.phrases.view.edits.phrases[0].accent == 4
    assert dialog.reading.text() == "キララガクエン"
    dialog.reading.setText("テスト")
    dialog.save_word()
    wait_for(
        lambda: (
            (phrases := spoken.workspace.phrases.view.edits.phrases)
            and phrases[0].kana.startswith("テスト")
        )
    )
    dialog.remove_word()
    assert dialog.list.count() == 0 and not context.errors
    dialog.accept()


def test_a_word_without_a_proper_reading_is_not_kept(spoken: SpeechPanel) -> None:
    spoken.dialogs.open_dictionary()
    dialog = spoken.dialogs.dictionary
    dialog.surface.setText("語")
    dialog.reading.setText("word")
    assert dialog.problem.text() and not dialog.save.isEnabled()
    dialog.accept()


def test_an_opened_project_is_open_at_the_next_start(
    open_panel: OpenPanel, context: Context, tmp_path: Path
) -> None:
    panel = open_panel()
    show(panel, "一")
    panel.session.project.save(tmp_path / "a.kirara-speech")
    context.state.update(panel.save_state())
    project = open_panel().session.project
    assert project.path == tmp_path / "a.kirara-speech" and not project.unsaved


# Voices


def save_networks(folder: Path) -> None:
    """Both networks of a voice, the kind of each in the description on its card."""
    text2mel, ssrn = replace(SMALL_TEXT2MEL, width=4), replace(SMALL_SSRN, width=4)
    for kind, name, config, network in (
        (TEXT2MEL, TEXT2MEL_FILE, text2mel, Text2Mel(text2mel)),
        (SSRN, SSRN_FILE, ssrn, Ssrn(ssrn)),
    ):
        card = ModelCard(kind, "Mine", config.to_dict(), notes=kind)
        Checkpoint(card, network.state_dict()).save(folder / name)


def test_a_dropped_voice_is_imported_and_speaks(panel: SpeechPanel, tmp_path: Path) -> None:
    config = replace(SMALL_TEXT2MEL, width=4)
    card = ModelCard(TEXT2MEL, "Dropped", config.to_dict())
    Checkpoint(card, Text2Mel(config).state_dict()).save(tmp_path / "dropped" / TEXT2MEL_FILE)
    show(panel, "はい。")
    panel.dropped.emit([tmp_path / "dropped"])
    wait_for(lambda: panel.session.script.line.voice == "dropped")
    assert panel.session.voices.look("dropped").title == "Dropped"
    panel.dropped.emit([tmp_path / "dropped" / TEXT2MEL_FILE])
    wait_for(lambda: panel.session.script.line.voice == "text2mel")
    panel.dropped.emit([tmp_path / "dropped"])
    wait_for(lambda: panel.session.script.line.voice == "dropped 2")


def test_a_voice_is_renamed_shared_deleted_and_comes_back(
    panel: SpeechPanel, tmp_path: Path
) -> None:
    actions, voices = panel.voice_actions, panel.session.voices
    show(panel, "はい。")
    actions.menu.aboutToShow.emit()
    assert not any(one.isEnabled() for one in actions.menu.actions()), "Open JTalk's has no file"
    save_networks(tmp_path / "mine")
    panel.dropped.emit([tmp_path / "mine"])
    wait_for(lambda: panel.session.script.line.voice == "mine")
    actions.menu.aboutToShow.emit()
    assert all(one.isEnabled() for one in actions.menu.actions())
    actions.edit(name="Kaede", licence="CC0")
    assert voices.look("mine").title == "Kaede" and "CC0" in panel.voice.card.text()

    folder = panel.context.data_folder / VOICES / "mine"
    cards = [read_card(folder / name) for name in (TEXT2MEL_FILE, SSRN_FILE)]
    assert [(card.name, card.licence, card.notes) for card in cards] == [
        ("Kaede", "CC0", TEXT2MEL), ("Kaede", "CC0", SSRN),
    ], "what was not edited stays as it is in each"  # fmt: skip
    shared = tmp_path / "shared" / "kaede.zip"
    actions.share(shared)
    wait_for(shared.exists)
    assert recognise(shared)
    actions.delete()
    assert not folder.exists() and voices.find("mine") is None
    assert panel.session.script.line.voice == "mine", "the line speaks again after an undo"
    panel.undo_stack.undo()
    assert voices.look("mine").title == "Kaede"

    panel.dropped.emit([shared])
    wait_for(lambda: panel.session.script.line.voice == "kaede")
    again = voices.find("kaede")
    assert again is not None and again.text2mel is not None and again.ssrn is not None
    assert voices.look("kaede").title == "Kaede"


def test_what_is_no_voice_is_told(panel: SpeechPanel, context: Context, tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    np.savez(path, a=np.zeros(3))
    panel.dropped.emit([path])
    wait_for(lambda: context.errors)
    assert isinstance(context.errors[-1], UserError)
    path = tmp_path / "b.safetensors"
    Checkpoint(ModelCard("painter"), {}).save(path)
    panel.dropped.emit([path])
    wait_for(lambda: len(context.errors) == 2)
    assert "painter" in str(context.errors[-1])
    assert not list((context.data_folder / VOICES).glob("*"))
