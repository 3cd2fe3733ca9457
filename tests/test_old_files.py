"""Files that version 0.1 wrote still open, with the values that were in them.

The files in ``fixtures/version_0_1`` are never written again: where a test fails, the program has
stopped reading what its users have. ``fixtures/make_version_0_1.py`` made them.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from kirara_characters import kirara_panels as characters_panels
from kirara_characters.networks.character import Character
from kirara_characters.panel import CharactersPanel
from kirara_characters.recalling import RecallRequest, recall_job, scene_of
from kirara_characters.scene import Pin, Scene
from kirara_foresight import kirara_panels as foresight_panels
from kirara_foresight.jobs import OpenRequest, Recalled, open_job
from kirara_foresight.learning.schedule import TrainRequest
from kirara_foresight.learning.training import REQUEST
from kirara_foresight.panel import ForesightPanel
from kirara_foresight.setting import Setting as ForesightSetting
from kirara_paintings import kirara_panels as paintings_panels
from kirara_paintings.classifiers import load_classifier
from kirara_paintings.label_store import LabelStore
from kirara_paintings.panel import PaintingsPanel
from kirara_paintings.view_state import OwnClass
from kirara_releases.notifications.messengers import ReminderMessengers
from kirara_releases.storage.catalogue import Catalogue
from kirara_releases.storage.repository import ReleaseRepository
from kirara_releases.storage.store import Mark
from kirara_speech import kirara_panels as speech_panels
from kirara_speech.engines.voicevox import VOICEVOX_ID
from kirara_speech.panel import SpeechPanel
from kirara_speech.project.presets import Presets
from kirara_speech.project.project_file import load_project
from kirara_speech.project.script import Script
from kirara_speech.project.sound_memory import lines_of
from kirara_speech.project.voicevox_project import load_voicevox
from kirara_speech.reading.user_dictionary import UserDictionary
from kirara_speech.reading.words import Word
from kirara_speech.serving.presets import PresetStore
from kirara_speech.settings import PAGE as SPEECH_PAGE
from kirara_speech.sound.saving import recall as recall_sound
from kirara_speech.speaking.prosody import Prosody
from kirara_studio.api.media.saving import recall
from kirara_studio.api.messengers import Messengers
from kirara_studio.api.models import Checkpoint, read_card
from kirara_studio.api.notices import NoticeAction
from kirara_studio.desktop.inbox import Inbox
from kirara_studio.engine.queue import JobQueue
from kirara_studio.engine.run_folder import Control, EventReader, RunFolder, last_event
from kirara_studio.engine.tools import ExecutionContext, Tools
from kirara_studio.engine.training import TrainingService
from kirara_studio.host.folders import Folders
from kirara_studio.host.messengers import shared_messengers
from kirara_studio.host.secrets import PluginSecrets, Secrets
from kirara_studio.host.settings import SettingsStore
from kirara_studio.host.state import StateStore
from kirara_studio.host.switches import PluginSwitches
from kirara_studio.ui.studio_settings import STUDIO_PAGE
from tests.host.keyrings import use_keyring
from tests.plugins.panel_studio import PanelStudio

VERSION_0_1 = Path(__file__).parent / "fixtures" / "version_0_1"

SCENE = Scene(
    seed=2021,
    truncation=0.8,
    count=12,
    pins=(
        Pin(Character(2021, 0.7), 0.4, "smooth"),
        Pin(Character(2024, 0.9), 0.6, "linear"),
    ),
    closed=False,
)
FORECAST = ForesightSetting("/home/kirara/clip.gif", 4, 3, 5, 64)


@pytest.fixture
def home(tmp_path: Path) -> Folders:
    """A copy: opening a file may change it."""
    shutil.copytree(VERSION_0_1 / "home", tmp_path / "home")
    return Folders.below(tmp_path / "home")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    shutil.copytree(VERSION_0_1 / "files", tmp_path / "files")
    return tmp_path / "files"


@pytest.fixture
def tools(tmp_path: Path) -> Tools:
    return Tools(ExecutionContext(tmp_path / "cache"), on_progress=None, cancelled=lambda: False)


@pytest.fixture(autouse=True)
def nothing_is_set_aside(tmp_path: Path) -> Iterator[None]:
    """None of these files counts as damaged, and none loses anything by being opened."""

    def names() -> set[str]:
        found = (path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*"))
        return {name for name in found if "damaged" in name or "broken" in name}

    yield
    assert names() == set()


# The studio


def test_state(home: Folders) -> None:
    state = StateStore(home.data / "state.json")
    assert state.section("window") == {"panel": "speech", "sidebar": True}
    assert state.section("tray") == {"absence_told": True}
    state.section("new")["value"] = 1
    state.save()
    old = json.loads((VERSION_0_1 / "home/data/state.json").read_text("utf-8"))
    new = json.loads((home.data / "state.json").read_text("utf-8"))
    assert new == {**old, "new": {"value": 1}}


def test_settings(home: Folders) -> None:
    problems: list[Exception] = []
    secrets = Secrets(home.config / "secrets.json")
    settings = SettingsStore(home.config / "settings.toml", secrets)
    settings.watch_problems(problems.append)
    studio = settings.page(STUDIO_PAGE)
    assert (studio["language"], studio["theme"]) == ("ja", "dark")
    assert settings.page(SPEECH_PAGE)["engine_address"] == "http://192.168.1.2:50021"
    assert PluginSwitches(home.config / "plugins.toml").disabled() == {"kirara-extra"}
    assert problems == []


def test_inbox(home: Folders) -> None:
    (notice,) = Inbox(home.data / "inbox.json").unread()
    assert (notice.title, notice.text) == ("今日の発売", "まんがタイムきらら")
    assert (notice.panel, notice.id) == ("releases", "releases.kirara.2026-12-09")
    assert notice.actions == (NoticeAction("bought", "Bought"),)


def test_a_training_run(home: Folders) -> None:
    folder = RunFolder(home.of_plugin("foresight") / "training" / "20261128-051500")
    trainer, values = folder.read_run()
    assert trainer == "foresight"
    for written in (values, json.loads((folder.path / REQUEST).read_text("utf-8"))):
        request = TrainRequest.from_dict(written)
        assert (request.source, request.path) == ("digits", "/home/kirara/digits.npy")
        assert (request.steps, request.seen) == (20, 4)
    events, complete = EventReader(folder).read(10)
    assert complete and [one["event"] for one in events] == ["started", "progress", "finished"]
    assert events[1]["metrics"] == {"loss": 0.25}
    last = last_event(folder)
    assert last is not None and last["path"] == str(folder.path / "model.safetensors")
    assert Control(folder).wanted == "stop"


# Speech


def check_script(script: Script) -> None:
    first, second, third = script.lines
    assert (first.text, first.voice) == ("こんにちは。", "Open JTalk")
    assert first.prosody == Prosody(speed=1.25, pitch=-2.0) and first.phrases is None
    assert (second.text, third.text) == ("きらら？", "まだ保存していない行です。")
    assert second.phrases is not None and third.phrases is None
    (phrase,) = second.phrases
    assert (phrase.kana, phrase.accent, phrase.question) == ("キララ", 1, True)
    assert script.row == 1


def test_a_speech_project(files: Path) -> None:
    check_script(load_project(files / "story.kirara-speech"))


def test_a_voicevox_project(files: Path) -> None:
    known = {(VOICEVOX_ID, 3): "ずんだもん"}
    (line,) = load_voicevox(files / "voicevox.vvproj", known).script.lines
    assert (line.text, line.voice, line.prosody.speed) == ("す", "ずんだもん", 1.2)
    assert line.phrases is not None and line.phrases[0].kana == "ス"


def test_a_saved_sound(files: Path) -> None:
    assert lines_of(recall_sound(files / "say.ogg"))[0].text == "はい"


def test_presets(home: Folders) -> None:
    presets = Presets(home.of_plugin("speech")).all()
    assert list(presets) == ["ゆっくり", "quick"]
    assert presets["ゆっくり"].voice == "Open JTalk"
    assert presets["ゆっくり"].prosody == Prosody(speed=0.7, pauses=1.5)
    assert presets["quick"].prosody == Prosody(speed=1.5)
    (served,) = PresetStore(home.of_plugin("speech")).all()
    assert (served.id, served.name, served.speedScale) == (3, "ゆっくり", 0.8)


def test_the_user_dictionary(home: Folders) -> None:
    assert UserDictionary(home.of_plugin("speech")).words() == {
        "8e398612-4752-4777-aa3d-84428ee56af0": Word("雲丹", "ウニ", 1),
        "5ce39ce6-1194-421d-92ad-9adc0714fc9f": Word("kirara", "キララ", 0, "COMMON_NOUN", 8),
    }


# Releases


def test_releases(home: Folders) -> None:
    folder = home.of_plugin("releases")
    magazine = Catalogue(folder).get("trial")
    assert (magazine.title, magazine.color) == ("試し", "#336699")
    repository = ReleaseRepository(folder)
    (release,) = [
        one
        for one in repository.releases(date(2026, 12, 1), date(2026, 12, 31))
        if one.magazine.id == "trial"
    ]
    assert release.date == date(2026, 12, 9)
    assert repository.store.marks()["trial", release.issue] == Mark(1_765_000_000.0, "表紙がよい")
    repository.close()


def test_messengers_become_the_studios(home: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    """Version 0.1 had them in the database of Releases and in its secrets, as here."""
    use_keyring(monkeypatch, "fail")
    secrets = Secrets(home.config / "secrets.json")
    own = secrets.of_plugin("releases")
    repository = ReleaseRepository(home.of_plugin("releases"))
    store = repository.store
    store.write("INSERT INTO destination VALUES ('Slack', 1), ('メール', 0), ('Lost', 1)")
    own.set("messenger/Slack", "slack://old")
    own.set("messenger/メール", "mailto://old")
    shared = shared_messengers(home, secrets)
    for step in range(1, 12):  # it is interrupted before each of its steps
        broken = Interrupted(own, shared, step)
        with contextlib.suppress(KeyboardInterrupt):
            ReminderMessengers(store, broken, broken).take_over()  # type: ignore[arg-type]
        assert all(on for name, on in ReminderMessengers(store, shared, own).enabled().items()
                   if name != "メール")  # fmt: skip
    reminders = ReminderMessengers(store, shared, own)
    assert reminders.taken_over and step > broken.steps
    assert reminders.enabled() == {"Lost": True, "Slack": True, "メール": False}
    assert shared.names() == ["Lost", "Slack", "メール"]
    kept = json.loads((home.config / "secrets.json").read_text("utf-8"))
    assert kept == {
        "studio/messenger/Slack": "slack://old",
        "studio/messenger/メール": "mailto://old",
    }
    shared.remove("Slack")  # later, in another panel
    reminders.take_over()
    assert list(reminders.enabled()) == ["Lost", "メール"]
    repository.close()


class Interrupted:
    """The secrets of a plugin and the studio's messengers, until the process is killed."""

    def __init__(self, secrets: PluginSecrets, messengers: Messengers, steps: int) -> None:
        self._secrets, self._messengers = secrets, messengers
        self._left = steps
        self.steps = 0

    def _step(self) -> None:
        self.steps += 1
        if self.steps >= self._left:
            raise KeyboardInterrupt

    def get(self, name: str) -> str:
        return self._secrets.get(name)

    def set(self, name: str, value: str) -> None:
        self._step()
        self._secrets.set(name, value)

    def take_over(self, name: str, url: str) -> str:
        self._step()
        return self._messengers.take_over(name, url)


# Paintings


def test_labels_and_own_classes(home: Folders) -> None:
    labels = LabelStore(home.of_plugin("paintings") / "remembered.json")
    assert labels.label("", Path("/home/kirara/睡蓮.png")) == "none"
    assert labels.classes == (
        OwnClass("海", (Path("/home/kirara/海.png"),)),
        OwnClass("empty"),
    )


def test_a_model_of_own_classes(files: Path) -> None:
    card = read_card(files / "own.safetensors")
    assert card.name == "own" and card.measured["pictures"] == 10
    assert Checkpoint.load(files / "own.safetensors").card == card
    assert tuple(load_classifier(files / "own.safetensors").classes) == ("grass", "海")


# Characters and Foresight


@pytest.mark.parametrize("name", ["character.png", "character.webp"])
def test_pictures_of_characters(files: Path, tools: Tools, name: str) -> None:
    settings = recall_job(RecallRequest(files / name, ()), tools).settings
    assert (settings["kind"], settings["seed"], settings["size"]) == ("picture", 2021, 16)
    assert settings["model_fingerprint"] == "0123456789abcdef"
    assert scene_of(settings, Scene()) == SCENE


def test_a_picture_of_the_command(files: Path) -> None:
    scene = scene_of(recall(files / "7.png"), Scene())
    assert (scene.seed, scene.truncation) == (7, 1.0)


@pytest.mark.parametrize("name", ["morph.gif", "morph.webp", "morph.mp4", "morph"])
def test_films_of_characters(files: Path, name: str) -> None:
    settings = recall(files / name)
    scene = scene_of({k: v for k, v in settings.items() if k != "panel"}, Scene())
    assert [pin.character for pin in scene.pins] == [Character(2021, 0.7), Character(2024, 0.9)]
    assert scene.pins[0].seconds == 0.4 and not scene.closed


def test_a_forecast(files: Path, tools: Tools) -> None:
    found = open_job(OpenRequest(files / "forecast.mp4"), tools)
    assert isinstance(found, Recalled)
    assert ForesightSetting.from_dict(found.settings["setting"]) == FORECAST
    assert found.settings["model"] == "Digits"


# Panels take over their state


@pytest.fixture(scope="module")
def queue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JobQueue]:
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    queue = JobQueue(tmp_path_factory.mktemp("cache"))
    yield queue
    queue.shutdown()


@pytest.mark.parametrize("name", ["characters", "foresight", "paintings", "speech"])
def test_panels(queue: JobQueue, home: Folders, tmp_path: Path, name: str) -> None:
    descriptions: dict[str, Any] = {
        "characters": (characters_panels, CharactersPanel),
        "foresight": (foresight_panels, ForesightPanel),
        "paintings": (paintings_panels, PaintingsPanel),
        "speech": (speech_panels, SpeechPanel),
    }
    panels, widget = descriptions[name]
    context = PanelStudio(panels()[0], queue, tmp_path)
    context.training = TrainingService()
    settings = SettingsStore(home.config / "settings.toml", Secrets(home.config / "secrets.json"))
    context.settings = settings.page(SPEECH_PAGE)
    context.data_folder = home.of_plugin(name)
    context.state = StateStore(home.data / "state.json").section(f"panel.{name}")
    panel: Any = widget(context)
    try:
        check_panel(name, panel)
    finally:
        close(panel, context)


def check_panel(name: str, panel: Any) -> None:
    if name == "characters":
        assert replace(panel.session.scene, model="") == SCENE
    elif name == "foresight":
        # Its clip is on the computer on which it was made.
        assert replace(panel.session.setting, clip=FORECAST.clip) == FORECAST
    elif name == "paintings":
        assert (panel.session.state.sort, panel.session.state.crop) == ("name", False)
        assert [one.name for one in panel.session.state.classes] == ["海", "empty"]
    else:
        check_script(panel.session.script)


def close(panel: QWidget, context: PanelStudio) -> None:
    context.jobs.stop()
    panel.close()
    panel.deleteLater()
