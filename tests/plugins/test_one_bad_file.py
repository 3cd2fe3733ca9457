"""One bad file never costs the others, and never keeps a panel from opening."""

from __future__ import annotations

import json
import shutil
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from PIL import Image
from PySide6.QtTest import QTest

from kirara_characters import kirara_panels as characters_panels
from kirara_characters.learning.dataset import open_folder
from kirara_characters.panel import CharactersPanel
from kirara_foresight import kirara_panels as foresight_panels
from kirara_foresight.clips.opening import open_clip
from kirara_foresight.panel import ForesightPanel
from kirara_foresight.radar import read_radar
from kirara_foresight.setting import Setting
from kirara_paintings import kirara_panels as paintings_panels
from kirara_paintings.classifying import Item, classified
from kirara_paintings.panel import PaintingsPanel
from kirara_paintings.styles import NONE
from kirara_speech import kirara_panels as speech_panels
from kirara_speech.learning.recording_checks import check_folder
from kirara_speech.panel import SpeechPanel
from kirara_speech.settings import PAGE as SPEECH_PAGE
from kirara_studio.api.arrays import open_archive
from kirara_studio.api.errors import UserError
from kirara_studio.api.model_library import available_models, each_once
from kirara_studio.api.models import Checkpoint, ModelCard, read_card
from kirara_studio.engine.queue import JobQueue
from kirara_studio.engine.run_folder import EventReader, RunFolder, last_event
from kirara_studio.engine.training import TrainingService
from kirara_studio.host.secrets import Secrets
from kirara_studio.host.settings import SettingsStore
from tests.plugins.kirara_characters.small_models import save_generator
from tests.plugins.kirara_paintings.small_classifiers import COLOURS, MeanColour
from tests.plugins.panel_studio import PanelStudio

PANELS: dict[str, tuple[Callable[[], Any], Any, str]] = {
    "characters": (characters_panels, CharactersPanel, "pggan-generator"),
    "foresight": (foresight_panels, ForesightPanel, "convlstm"),
    "paintings": (paintings_panels, PaintingsPanel, "paintings-network"),
    "speech": (speech_panels, SpeechPanel, "dc-tts-text2mel"),
}
UNREACHABLE = f"/{'x' * 5000}"
"""Path.exists() raises for it, as for one on a dead mount."""


def weights(path: Path, card: object = None, **header: Any) -> Path:
    """A safetensors file with one tensor and any header."""
    values = {"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}, **header}
    if card is not None:
        values["__metadata__"] = {"kirara_card": json.dumps(card)}
    text = json.dumps(values).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(struct.pack("<Q", len(text)) + text + bytes(4))
    return path


def bad_models(folder: Path, architecture: str) -> int:
    """Files of models that are damaged in ways of their own; returns how many are reported."""
    card = {"architecture": architecture, "configuration": {}}
    weights(folder / "1.safetensors", __metadata__="x")
    weights(folder / "2.safetensors", __metadata__={"kirara_card": ["x"]})
    weights(folder / "3.safetensors").with_suffix(".toml").write_text("a = " + "[" * 50_000)
    weights(folder / "4.safetensors", card={**card, "name": 5})
    (folder / "5.safetensors").mkdir()
    weights(folder / "6.safetensors", card={"architecture": "of another program"})  # not reported
    odd = {"measured": {"training steps": "10,293"}, "evaluation": {"measures": 3, "missed": "x"}}
    weights(folder / "7.safetensors", card={**card, **odd})  # usable as far as its card goes
    return 5


def studio(name: str, queue: JobQueue, folder: Path) -> tuple[PanelStudio, Any]:
    panels, widget, _ = PANELS[name]
    context = PanelStudio(panels()[0], queue, folder)
    context.training = TrainingService()
    store = SettingsStore(folder / "settings.toml", Secrets(folder / "secrets.json"))
    context.settings = store.page(SPEECH_PAGE)
    context.data_folder.mkdir(parents=True, exist_ok=True)
    return context, widget


def close(panel: Any, context: PanelStudio) -> None:
    context.jobs.stop()
    panel.close()
    panel.deleteLater()
    QTest.qWait(1)


@pytest.mark.parametrize("name", list(PANELS))
def test_panels_open_with_bad_models_beside_them(
    queue: JobQueue, tmp_path: Path, name: str
) -> None:
    context, widget = studio(name, queue, tmp_path)
    folder = context.data_folder / ("voices" if name == "speech" else "models")
    bad_models(folder, PANELS[name][2])
    panel = widget(context)
    try:
        (problem,) = context.errors
        assert "models cannot be used" in str(problem) and "“1.safetensors”" in str(problem)
        assert panel.isEnabled()
    finally:
        close(panel, context)


@pytest.mark.parametrize("name", list(PANELS))
def test_panels_open_with_models_from_the_field(
    queue: JobQueue, tmp_path: Path, name: str, shared_folder: Path
) -> None:
    files = shared_folder / "field" / "files"
    context, widget = studio(name, queue, tmp_path)
    folder = context.data_folder / ("voices" if name == "speech" else "models")
    folder.mkdir(parents=True)
    shutil.copy(files / "R1-metadata-is-text.safetensors", folder / "R1.safetensors")
    weights(folder / "R8.safetensors")
    shutil.copy(files / "R8-training-steps-as-text.toml", folder / "R8.toml")
    panel = widget(context)
    try:
        assert "“R1.safetensors”" in str(context.errors[0])
        if name == "foresight":
            models = [model.name for model in panel.session.models]
            assert "Mine" in models
            panel.session.choose_model(str(folder / "R8.safetensors"))
    finally:
        close(panel, context)


def test_bad_models_are_left_out_and_reported_once(tmp_path: Path) -> None:
    models = tmp_path / "models"
    count = bad_models(models, "pggan-generator")
    save_generator(models / "good.safetensors")
    reported: list[UserError] = []
    report = each_once(reported.append)
    for _ in range(2):
        found = available_models("pggan-generator", tmp_path, report=report)
    assert {model.path.name for model in found if not model.bundled} == {
        "good.safetensors", "7.safetensors"
    }  # fmt: skip
    (problem,) = reported
    assert problem.values["count"] == count
    named = [f"“{n}.safetensors”" in problem.message for n in range(1, 6)]
    assert named == [True, True, True, False, False]
    card = read_card(models / "7.safetensors")
    assert card.steps == 0 and card.missed == {}
    huge = {"measures": {"a": 10**400, "b": 2, "c": "x"}, "missed": {"a": "1", "b": 1, "c": "1"}}
    huge_card = ModelCard("x", evaluation=huge, measured={"training steps": 10**400})
    assert huge_card.missed == {"b": (2, "1")} and huge_card.steps == 0
    (models / "1.safetensors").unlink()
    available_models("pggan-generator", tmp_path, report=report)
    assert len(reported) == 2, "there is something new to report"


def damaged_avif(path: Path) -> Path:
    """A picture whose decoder raises RuntimeError."""
    noise = np.random.default_rng(1).integers(0, 255, (64, 64, 3), np.uint8)
    Image.fromarray(noise).save(path)
    data = bytearray(path.read_bytes())
    data[290:310] = b"\xff" * 20
    path.write_bytes(data)
    with Image.open(path) as image, pytest.raises(RuntimeError, match="Decoding"):
        image.load()
    return path


def check_picture_folder(folder: Path, bad: str, run: Path) -> None:
    """Classifying and learning go on without the bad picture, which is named."""
    Image.new("RGB", (40, 30), COLOURS[NONE]).save(folder / "z.png")
    first, second = classified([Item(folder / bad), Item(folder / "z.png")], [MeanColour()])
    assert first.error is not None and bad in str(first.error)
    assert second.answers[0].style == NONE
    pictures = open_folder(folder, run, 8)
    assert len(pictures) == 1 and pictures.problems[0].startswith(f"{bad}: ")


def test_one_damaged_picture_ends_no_folder(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    damaged_avif(folder / "a.avif")
    check_picture_folder(folder, "a.avif", tmp_path / "run")


def test_the_damaged_picture_from_the_field(tmp_path: Path, shared_folder: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    shutil.copy(shared_folder / "field" / "files" / "R5-damaged.avif", folder / "a.avif")
    check_picture_folder(folder, "a.avif", tmp_path / "run")


def test_one_bad_recording_ends_no_check(tmp_path: Path) -> None:
    (tmp_path / "wavs").mkdir()
    time = np.arange(22_050) / 22_050
    good = 0.2 * np.sin(1200 * time) * np.sin(8 * time)
    soundfile.write(tmp_path / "wavs" / "good.wav", good, 22_050)
    soundfile.write(tmp_path / "wavs" / "loud.wav", np.append(good, 1e30), 22_050, "FLOAT")
    (tmp_path / "wavs" / "torn.wav").write_bytes(b"RIFF")
    (tmp_path / "metadata.csv").write_text("loud|ア。\ntorn|ア。\ngood|ア。\n", encoding="utf-8")
    report = check_folder(tmp_path)
    assert report.used == 1
    reasons = {finding.id: finding.reason for finding in report.skipped}
    assert reasons.keys() == {"loud", "torn"} and "1e+30" in reasons["loud"]


def test_names_with_twelve_digits_need_not_be_times(tmp_path: Path) -> None:
    for name in ("radar-999999999999.pgm", "radar-202613450000.pgm"):
        (tmp_path / name).write_bytes(b"P5\n2 2\n255\n" + bytes(4))
    radar = read_radar(tmp_path)
    assert len(radar.dbz) == 2 and radar.minutes is None


def test_panels_open_with_paths_that_cannot_be_looked_at(queue: JobQueue, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="too long"):
        Path(UNREACHABLE).exists()
    for name, state in (
        ("foresight", {"setting": Setting(clip=UNREACHABLE, model=UNREACHABLE).to_dict()}),
        ("speech", {"recent": [UNREACHABLE], "path": UNREACHABLE}),
        ("paintings", {"paths": [UNREACHABLE], "model": UNREACHABLE}),
        ("characters", {"scene": {"model": UNREACHABLE}}),
    ):
        context, widget = studio(name, queue, tmp_path / name)
        context.state.update(state)
        panel = widget(context)
        assert panel.isEnabled()
        close(panel, context)
    with pytest.raises(UserError, match="no file"):
        open_clip(Path(UNREACHABLE))


def test_events_and_archives_from_the_field(tmp_path: Path, shared_folder: Path) -> None:
    files = shared_folder / "field" / "files"
    run = tmp_path / "run"
    run.mkdir()
    shutil.copy(files / "R12-events.jsonl", run / "events.jsonl")
    assert last_event(RunFolder(run)) is None
    assert EventReader(RunFolder(run)).read() == ([], True)
    (archive,) = files.glob("npz_*.npz")
    with pytest.raises(UserError, match=r"npz_open"), open_archive(archive) as opened:
        opened.headers()
    radar = tmp_path / "radar"
    radar.mkdir()
    shutil.copy(next(files.glob("clip_radar_folder*")), radar / "radar-201609281400.pgm.gz")
    with pytest.raises(UserError, match=r"radar-201609281400"):
        read_radar(radar)


def test_a_checkpoint_without_a_sensible_card_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "a.safetensors"
    Checkpoint(ModelCard("x"), {}).save(path)
    for text in ("architecture = 5", "architecture = [[[", "\udce3", "a = 1e9999", "[" * 9000):
        path.with_suffix(".toml").write_text(text, encoding="utf-8", errors="surrogateescape")
        with pytest.raises(UserError, match=r"card of “a\.safetensors”"):
            read_card(path)
