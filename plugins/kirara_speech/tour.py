"""The tour of the Speech panel: types, edits, speaks, saves, and recalls what was saved."""

from __future__ import annotations

from pathlib import Path

from kirara_speech.panel import SpeechPanel
from kirara_speech.project.exporting import ExportChoice
from kirara_speech.project.script import Line, Script
from kirara_speech.view.sound_view import ATTENTION, SOUND, SPECTROGRAM
from kirara_studio.api.panel import TourGuide

_PATIENCE = 240.0  # seconds; the first sound waits for torch, on a busy machine
_TEXTS = ("今日は天気がいいので、公園まで散歩に行きましょう。", "ねえ、聞いてる？")


def run(panel: SpeechPanel, guide: TourGuide) -> None:
    """Use the real panel, with or without a sound device.

    Raises TimeoutError if a result is missing, RuntimeError if a recalled line differs.
    """
    before = panel.session.script
    guide.wait_until(lambda: bool(panel.workspace.phrases.view.edits.phrases), _PATIENCE)
    guide.screenshot("speech-first")
    _write(panel, guide)
    _edit(panel)
    _speak(panel, guide)
    _save(panel, guide)
    panel.session.playback.stop()
    panel.session.document.replace(before)
    panel.undo_stack.clear()


def _write(panel: SpeechPanel, guide: TourGuide) -> None:
    """Two new lines, the first in front, spoken by a network."""
    networks = [voice.name for voice in panel.session.voices.own if voice.text2mel is not None]
    line = Line(voice=networks[0] if networks else panel.session.script.line.voice)
    panel.session.document.edit(Script((line,), line.key), "")
    panel.session.edits.paste(0, "", _TEXTS, "")
    panel.session.select([0], 0)
    guide.wait_until(lambda: bool(panel.workspace.phrases.view.edits.phrases), _PATIENCE)


def _edit(panel: SpeechPanel) -> None:
    """Another accent, and a higher mora."""
    edits = panel.workspace.phrases.view.edits
    edits.go(0, 0)
    edits.set_accent(0, 0)
    edits.raise_pitch(2.0)
    if panel.session.script.line.phrases is None:
        raise RuntimeError("the line does not have the edits of its reading")


def _speak(panel: SpeechPanel, guide: TourGuide) -> None:
    key = panel.session.script.line.key
    panel.press_primary()
    last = panel.session.playback.last
    guide.wait_until(lambda: key in last and last[key].complete, _PATIENCE)
    guide.screenshot("speech-spoken")
    _show(panel, SPECTROGRAM)
    guide.screenshot("speech-spectrogram")
    if panel.workspace.sound.has_attention:
        _show(panel, ATTENTION)
        guide.screenshot("speech-attention")
    _show(panel, SOUND)


def _show(panel: SpeechPanel, page: int) -> None:
    panel.workspace.pages.set_current(page)
    panel.workspace.sound.show_page(page)


def _save(panel: SpeechPanel, guide: TourGuide) -> None:
    """Save the line, remove it, and drop the file on the panel."""
    line = panel.session.script.line
    path = guide.folder / "speech.wav"
    saved: list[Path] = []
    panel.session.exported.connect(saved.extend)
    panel.session.export(ExportChoice((path,), ((line,),), texts=False, labels=False))
    guide.wait_until(lambda: saved == [path], _PATIENCE)
    guide.produced(path)
    panel.session.edits.remove([0])
    panel.dropped.emit([path])
    if panel.session.script.line.text != line.text:
        raise RuntimeError(f"“{path.name}” recalled “{panel.session.script.line.text}”")
    guide.screenshot("speech-recalled")
