"""``kirara-studio speech …``, as people call it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch

from kirara_speech.networks.config import SSRN, TEXT2MEL, Text2MelConfig
from kirara_speech.networks.ssrn import Ssrn
from kirara_speech.networks.text2mel import Text2Mel
from kirara_speech.sound.saving import recall
from kirara_speech.speaking.voices import SSRN_FILE, TEXT2MEL_FILE, VOICES
from kirara_studio.api.models import Checkpoint, ModelCard
from kirara_studio.cli import main
from tests.plugins.author_files import author_outputs, write_author_file
from tests.plugins.kirara_speech.voices import SMALL_SSRN, SMALL_TEXT2MEL, make_recordings

Run = Callable[..., tuple[int, str, str]]
SENTENCE = "今日は天気がいいので、公園まで散歩に行きましょう。"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The studio's folders for this module, so that the device is measured once."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``kirara-studio speech`` and gives its exit status, output and errors."""
    monkeypatch.setenv("KIRARA_HOME", str(home))

    def call(*arguments: object) -> tuple[int, str, str]:
        try:
            status = main(["speech", *map(str, arguments)])
        except SystemExit as error:  # argparse
            status = int(error.code or 0)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


def save_voice(
    folder: Path, text2mel: Text2MelConfig = SMALL_TEXT2MEL, *, ssrn: bool = True
) -> Path:
    """A small voice with random weights."""
    torch.manual_seed(0)
    card = ModelCard(TEXT2MEL, "small voice", text2mel.to_dict())
    Checkpoint(card, Text2Mel(text2mel).state_dict()).save(folder / TEXT2MEL_FILE)
    if ssrn:
        card = ModelCard(SSRN, "small voice", SMALL_SSRN.to_dict())
        Checkpoint(card, Ssrn(SMALL_SSRN).state_dict()).save(folder / SSRN_FILE)
    return folder


@pytest.mark.parametrize(
    "verb",
    [
        "",
        "say",
        "voices",
        "dictionary",
        "dictionary add",
        "serve",
        "check",
        "train",
        "export",
        "import",
        "mel",
        "spectrogram",
    ],
)
def test_every_command_explains_itself(run: Run, verb: str) -> None:
    status, out, _ = run(*verb.split(), "--help")
    assert status == 0
    assert f"kirara-studio speech {verb}".strip() in out


def test_say_reports_a_new_folder(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.wav"
    for ending in (f"; the folder {path.parent} is new\n", f"to {path}\n"):
        status, out, _ = run("say", "はい。", "--voice", "open-jtalk", "--out", path)
        assert status == 0 and out.endswith(ending)


def test_say_warns_of_what_it_cannot_read(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    status, _, errors = run("say", "今日は🎉晴れ★。", "--voice", "open-jtalk", "--out", path)
    assert status == 0 and "Not read: 🎉 ★\n" in errors and "dictionary add" in errors
    _, _, errors = run("say", "今日は[ここで笑う]20㎡。", "--voice", "open-jtalk", "--out", path)
    assert "Not read" not in errors


def test_listing_voices_needs_no_torch(home: Path) -> None:
    code = (
        "import sys\n"
        "from kirara_studio.cli import main\n"
        "assert main(['speech', 'voices']) == 0\n"
        "assert not {'torch', 'cv2', 'pyopenjtalk', 'soundfile'} & set(sys.modules)\n"
    )
    environment = {**os.environ, "KIRARA_HOME": str(home)}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)


def test_open_jtalk_speaks_without_torch(home: Path, tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from kirara_studio.cli import main\n"
        f"assert main(['speech', 'say', 'あ。', '--out', {str(tmp_path / 'a.wav')!r}]) == 0\n"
        "assert 'torch' not in sys.modules\n"
    )
    environment = {**os.environ, "KIRARA_HOME": str(home)}
    subprocess.run([sys.executable, "-c", program], check=True, env=environment, timeout=60)
    assert soundfile.info(tmp_path / "a.wav").frames > 1000


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.ogg"])
def test_open_jtalk_is_always_there(run: Run, tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    status, printed, errors = run("say", SENTENCE, "--out", out)
    assert (status, errors) == (0, "")
    assert printed.startswith("Saved") and str(out) in printed
    assert len(printed.splitlines()) == 1
    sound, rate = soundfile.read(out)
    assert rate == 22_050
    assert 3 < len(sound) / rate < 8
    assert np.abs(sound).max() > 0.1
    settings = recall(out)
    assert (settings["text"], settings["voice"]) == (SENTENCE, "open-jtalk")


def test_the_manner_is_heard_and_kept_in_the_file(run: Run, tmp_path: Path) -> None:
    usual, quick = tmp_path / "usual.wav", tmp_path / "quick.wav"
    assert run("say", SENTENCE, "--out", usual)[0] == 0
    options = ("--speed", 2, "--pitch", 3, "--intonation", 0.5, "--volume", 0.1, "--pauses", 0)
    assert run("say", SENTENCE, "--out", quick, *options)[0] == 0
    (slow, _), (fast, _) = soundfile.read(usual), soundfile.read(quick)
    assert len(fast) < 0.6 * len(slow)
    assert np.abs(fast).max() < 0.2 * np.abs(slow).max()
    assert recall(quick)["manner"] == {
        **{"speed": 2, "pitch": 3, "intonation": 0.5, "volume": 0.1, "pauses": 0},
        **{"before": 0, "after": 0.25},
    }


@pytest.mark.parametrize("option", ["--speed=3", "--pitch=nan", "--volume=-1", "--pauses=inf"])
def test_a_manner_out_of_range_is_refused_in_a_line(run: Run, tmp_path: Path, option: str) -> None:
    status, printed, errors = run("say", SENTENCE, "--out", tmp_path / "a.wav", option)
    assert (status, printed) == (1, "")
    assert option[2:5] in errors and "is from" in errors
    assert len(errors.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_voice_by_its_folder_its_name_and_without_ssrn(
    run: Run, home: Path, tmp_path: Path
) -> None:
    folder = home / "data" / "plugins-data" / "speech" / VOICES / "mine"
    save_voice(folder)
    for name in (folder, "mine", "small voice"):
        assert run("say", "あい。うえ。", "--voice", name, "--out", tmp_path / "a.wav")[0] == 0
        assert recall(tmp_path / "a.wav")["voice"] == "mine"
        assert set(recall(tmp_path / "a.wav")) >= {"text2mel", "ssrn"}
    alone = save_voice(tmp_path / "alone", ssrn=False)
    assert run("say", "あい。", "--voice", alone, "--out", tmp_path / "b.wav")[0] == 0
    assert soundfile.info(tmp_path / "b.wav").duration > 0.3
    _, printed, _ = run("voices")
    assert "mine" in printed and "open-jtalk" in printed
    _, printed, _ = run("voices", "--json")
    assert {voice["name"]: voice["ssrn"] for voice in json.loads(printed)}["mine"]


def test_what_cannot_be_spoken_is_refused_in_a_line(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "a.wav"
    for arguments, reason in (
        (("say", "", "--out", out), "nothing to say"),
        (("say", "😀\0", "--out", out), "nothing to say"),
        (("say", "あ", "--out", tmp_path / "a.mp3"), "a.mp3"),
        (("say", "あ", "--out", out, "--voice", "nobody"), "no voice “nobody”"),
        (("mel", "あ", "--voice", "open-jtalk", "--raw", tmp_path / "m.npy"), "has no Text2Mel"),
        (("mel", "あ", "--voice", tmp_path), "--raw"),
    ):
        status, printed, errors = run(*arguments)
        assert (status, printed) == (1, "")
        assert reason in errors
        assert len(errors.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_broken_voice_is_refused_with_its_reason(run: Run, tmp_path: Path) -> None:
    voice = save_voice(tmp_path / "voice")
    content = (voice / TEXT2MEL_FILE).read_bytes()
    (voice / TEXT2MEL_FILE).write_bytes(content[: len(content) // 2])
    status, _, errors = run("say", "あ", "--voice", voice, "--out", tmp_path / "a.wav")
    assert status == 1
    assert TEXT2MEL_FILE in errors
    other = save_voice(tmp_path / "other", replace(SMALL_TEXT2MEL, features="author"))
    status, _, errors = run("say", "あ", "--voice", other, "--out", tmp_path / "a.wav")
    assert status == 1
    assert "do not belong together" in errors
    assert not (tmp_path / "a.wav").exists()


def test_the_authors_files_give_his_numbers(run: Run, tmp_path: Path, shared_folder: Path) -> None:
    text2mel, ssrn = (author_outputs(shared_folder, kind) for kind in ("text2mel", "ssrn"))
    files = [
        write_author_file(shared_folder, kind, tmp_path / f"{kind}.npz")
        for kind in ("ssrn", "text2mel")
    ]
    voice = tmp_path / "voice"
    assert run("import", *files, "--out", voice)[0] == 0
    mel, attention, spectrogram = (tmp_path / f"{name}.npy" for name in "mas")
    text = str(text2mel["text"])
    assert run("mel", text, "--voice", voice, "--raw", mel, "--attention", attention)[0] == 0
    assert run("spectrogram", mel, "--voice", voice, "--raw", spectrogram)[0] == 0
    for path, wanted in (
        (mel, text2mel["mel"]),
        (attention, text2mel["attention"]),
        (spectrogram, ssrn["spectrogram"]),
    ):
        found = np.load(path)
        assert found.dtype == np.float32
        assert np.abs(found - wanted[0]).max() < 1e-4
    # Either alone too.
    for path, file in zip(files, (SSRN_FILE, TEXT2MEL_FILE), strict=True):
        alone = tmp_path / f"alone-{path.stem}"
        assert run("import", path, "--out", alone)[0] == 0
        assert sorted(p.name for p in alone.glob("*.safetensors")) == [file]
    out = tmp_path / "s.npy"
    assert run("spectrogram", mel, "--voice", tmp_path / "alone-ssrn", "--raw", out)[0] == 0
    status, _, errors = run("mel", text, "--voice", tmp_path / "alone-ssrn", "--raw", mel)
    assert status == 1
    assert "has no Text2Mel" in errors
    assert run("import", files[0], files[0], "--out", tmp_path / "twice")[0] == 1


def test_arrays_of_other_shapes_are_refused(run: Run, tmp_path: Path) -> None:
    voice = save_voice(tmp_path / "voice")
    mel, out = tmp_path / "mel.npy", tmp_path / "out.npy"
    for shape in ((81, 5), (80, 0), (5,), (2, 80, 5)):
        np.save(mel, np.zeros(shape, np.float32))
        status, _, errors = run("spectrogram", mel, "--voice", voice, "--raw", out)
        assert status == 1
        assert "shape" in errors
    np.save(mel, np.array([{}], object))
    assert run("spectrogram", mel, "--voice", voice, "--raw", out)[0] == 1
    np.save(mel, np.zeros((1, 80, 5), np.float32))
    assert run("spectrogram", mel, "--voice", voice, "--raw", out)[0] == 0
    assert np.load(out).shape == (513, 20)


def test_train_export_and_speak(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kirara_speech.commands.models.OUR_TEXT2MEL", SMALL_TEXT2MEL)
    monkeypatch.setattr("kirara_speech.commands.models.OUR_SSRN", SMALL_SSRN)
    recordings = make_recordings(tmp_path / "recordings")
    common = ("--steps", 2, "--batch", 4, "--held-out", 2, "--precision", "fp32")
    runs = []
    for network in ("text2mel", "ssrn"):
        runs.append(tmp_path / network)
        arguments = ("train", recordings, "--out", runs[-1], "--network", network, *common)
        status, printed, _ = run(*arguments)
        assert status == 0
        assert json.loads(printed.splitlines()[-1])["event"]
    voice = tmp_path / "voice"
    licence = ("--name", "Made up", "--licence", "CC0-1.0")
    assert run("export", *runs, "--out", voice, *licence)[0] == 0
    assert 'licence = "CC0-1.0"' in (voice / "ssrn.toml").read_text()
    assert run("say", "あい", "--voice", voice, "--out", tmp_path / "a.wav")[0] == 0
    # A training can go on from a voice, whatever its shape.
    arguments = ("train", recordings, "--out", tmp_path / "more", "--from", voice)
    assert run(*arguments, "--steps", 3, *common[2:])[0] == 0
    status, _, errors = run("export", tmp_path, "--out", voice)
    assert status == 1
    assert "no training run" in errors
