"""Folders of recordings as people have them, and the report before training."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import soundfile

from kirara_speech.learning.dataset import FeatureRequest, open_folder
from kirara_speech.learning.recording_checks import check_folder
from kirara_speech.learning.recording_report import KIND, Report
from kirara_studio.api.errors import UserError
from kirara_studio.cli import main
from tests.plugins.kirara_speech.voices import make_recordings

Sound = npt.NDArray[np.float64]
RATE = 22_050


def voice(seconds: float = 1.5, hertz: float = 150.0, rate: int = RATE) -> Sound:
    """Something like five syllables with pauses between them, and a little noise behind."""
    time = np.arange(round(seconds * rate)) / rate
    wave = sum(np.sin(2 * np.pi * n * hertz * time) / n for n in range(1, 6))
    syllables = np.clip(2 * np.sin(5 * np.pi * time / seconds) ** 2 - 0.3, 0, None)
    noise = np.random.default_rng(round(hertz)).normal(size=len(time)) * 1e-4
    return 0.12 * wave * syllables + noise


class Folder:
    """A folder in LJSpeech's shape, which gets one recording after the other."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: list[str] = []
        (path / "wavs").mkdir(parents=True)

    def add(
        self,
        name: str,
        sound: Sound | None = None,
        rate: int = RATE,
        text: str = "アイウエオアイウエオ。",
        suffix: str = "wav",
        subtype: str | None = None,
    ) -> Path:
        if sound is None:
            sound = voice(hertz=110 + 3 * len(self.lines), rate=rate)
        path = self.path / "wavs" / f"{name}.{suffix}"
        soundfile.write(path, sound, rate, subtype=subtype)
        self.lines.append(f"{name}|{text}")
        self.write()
        return path

    def write(self, encoding: str = "utf-8") -> None:
        (self.path / "metadata.csv").write_text("\n".join(self.lines), encoding=encoding)

    def check(self) -> Report:
        return check_folder(self.path)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Ten recordings with nothing wrong about them."""
    folder = Folder(tmp_path / "voice")
    for number in range(10):
        folder.add(f"good{number}")
    return folder


def kinds_of(report: Report, name: str) -> list[str]:
    return [finding.kind for finding in report.findings if finding.id == name]


def test_good_recordings_have_no_findings(folder: Folder) -> None:
    report = folder.check()
    assert report.findings == ()
    assert (report.recordings, report.used) == (10, 10)
    assert report.seconds == pytest.approx(15, rel=0.05)
    assert report.rates == {"22050": 10}
    assert report.medians["seconds"] == pytest.approx(1.5, abs=0.1)
    assert report.lines() == ["10 of 10 recordings can be used: 0.2 minutes of speech"]


def noise() -> Sound:
    return 0.05 * np.random.default_rng(0).normal(size=round(1.5 * RATE))


def silence_around(sound: Sound) -> Sound:
    return np.pad(sound, (RATE, RATE))


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        ("clipped", lambda f: f.add("x", np.clip(2 * voice(), -0.4, 0.4))),
        ("clipped", lambda f: f.add("x", 0.5 * np.clip(2 * voice(), -0.4, 0.4), subtype="FLOAT")),
        ("clipped", lambda f: f.add("x", np.clip(2 * voice(), -0.4, 0.4), subtype="PCM_24")),
        (
            "noisy",
            lambda f: f.add("x", voice() + noise()),
        ),
        ("dull", lambda f: f.add("x", rate=8_000)),
        ("dull", lambda f: f.add("x", rate=11_025)),
        ("coarse", lambda f: f.add("x", subtype="PCM_U8")),
        ("loudness", lambda f: f.add("x", voice() / 10)),
        ("offset", lambda f: f.add("x", voice() + 0.1)),
        (
            "channels",
            lambda f: f.add("x", np.stack([2.4 * voice(), -1.6 * voice()], 1)),
        ),
        ("ends", lambda f: f.add("x", silence_around(voice()))),
        ("pace", lambda f: f.add("x", voice(seconds=3.2))),
        ("pace", lambda f: f.add("x", voice(seconds=0.8))),
        ("mismatch", lambda f: f.add("x", voice(seconds=6))),
        ("mismatch", lambda f: f.add("x", voice(seconds=0.4))),
        ("mismatch", lambda f: f.add("x", text="アイウエオ" * 40)),
        ("repeated", lambda f: f.add("x", voice(hertz=110))),
        ("same sound", lambda f: f.add("x", voice(hertz=110), text="アアアエオアアアエオ。")),
        ("silent", lambda f: f.add("x", np.zeros(RATE))),
        ("unreadable", lambda f: f.add("x", voice(seconds=0.1))),
        ("unreadable", lambda f: f.add("x", voice(seconds=31))),
        ("unreadable", lambda f: f.add("x", voice(rate=4_000), rate=4_000)),
        ("unreadable", lambda f: f.add("x", np.full(RATE, np.nan), subtype="FLOAT")),
        ("text", lambda f: f.add("x", text="……")),
        ("text", lambda f: f.add("x", text="アイウエオ" * 100)),
    ],
)
def test_problems_are_reported(folder: Folder, kind: str, make: Callable[[Folder], object]) -> None:
    make(folder)
    report = folder.check()
    assert kinds_of(report, "x") == [kind]
    assert {finding.id for finding in report.findings} == {"x"}
    assert report.used == 10 + (not KIND[kind].skipped)
    assert report.recordings == 11


@pytest.mark.parametrize(
    ("rate", "channels", "subtype"),
    [(16_000, 1, "PCM_16"), (44_100, 2, "PCM_24"), (48_000, 1, "FLOAT"), (96_000, 6, "PCM_32")],
)
def test_other_rates_depths_and_channels_are_fine(
    folder: Folder, rate: int, channels: int, subtype: str
) -> None:
    sound = np.repeat(voice(rate=rate)[:, None], channels, 1)
    folder.add("x", sound, rate, subtype=subtype)
    report = folder.check()
    assert report.findings == ()
    assert report.used == 11


@pytest.mark.parametrize("suffix", ["wav", "flac", "aiff", "mp3"])
@pytest.mark.parametrize("kept", [0.0, 0.5])
def test_a_file_that_is_cut_off_is_skipped(folder: Folder, suffix: str, kept: float) -> None:
    path = folder.add("x", suffix=suffix)
    content = path.read_bytes()
    path.write_bytes(content[: int(kept * len(content))])
    report = folder.check()
    assert kinds_of(report, "x") == ["unreadable"]


def test_an_unknown_length_is_not_a_cut(folder: Folder) -> None:
    # As programs write that pipe their sound: the largest number for every length.
    path = folder.add("x")
    content = bytearray(path.read_bytes())
    at = content.index(b"data") + 4
    content[4:8] = content[at : at + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(content)
    report = folder.check()
    assert report.findings == ()
    assert report.used == 11


def test_a_table_in_another_encoding_is_refused_with_its_name(folder: Folder) -> None:
    folder.write("cp932")
    with pytest.raises(UserError, match=r"probably Shift JIS.*UTF-8"):
        folder.check()
    (folder.path / "metadata.csv").write_bytes(b"good0|\x81\xff\xfe\xa0")
    with pytest.raises(UserError, match="not UTF-8"):
        folder.check()


def test_lines_without_a_sound_in_the_folder_are_reported(folder: Folder) -> None:
    outside = folder.path.parent / "secret.wav"
    soundfile.write(outside, voice(), RATE)
    folder.lines += ["../../secret|アイウ。", f"{outside}|アイウ。", "nobody|アイウ。", "|アイウ。"]
    folder.lines += ["good3|エオ。", "good4"]
    folder.write()
    report = folder.check()
    assert len(report.worst("table")) == 6
    # The first line of an id is the one that counts.
    assert report.used == 10
    assert "skipped: 6 × lines of the table without a sound" in report.lines()


def test_sounds_without_a_line_are_reported(folder: Folder) -> None:
    soundfile.write(folder.path / "wavs" / "forgotten.wav", voice(), RATE)
    report = folder.check()
    assert [finding.id for finding in report.worst("unused")] == ["forgotten.wav"]
    assert report.used == 10


def test_jsuts_shape_is_checked_too(tmp_path: Path) -> None:
    (tmp_path / "wav").mkdir()
    soundfile.write(tmp_path / "wav" / "A_1.wav", voice(), RATE)
    (tmp_path / "transcript_utf8.txt").write_text("A_1:アイウエオ。\nA_2:カ。\n", encoding="utf-8")
    report = check_folder(tmp_path)
    assert report.used == 1
    assert [finding.id for finding in report.worst("table")] == ["A_2"]
    with pytest.raises(UserError, match="no recordings with their texts"):
        check_folder(tmp_path / "wav")


def test_the_worst_come_first_and_the_rest_is_counted(folder: Folder) -> None:
    for number, level in enumerate((9, 30, 15, 20, 12)):
        folder.add(f"loud{number}", np.clip(level * voice(hertz=90 + number), -1, 1))
    report = folder.check()
    worst = report.worst("clipped")
    assert worst[0].id == "loud1"
    assert [f.badness for f in worst] == sorted((f.badness for f in worst), reverse=True)
    assert report.lines()[-1] == "    and 2 more"


def test_a_report_comes_back_from_json(folder: Folder) -> None:
    folder.add("x", np.zeros(RATE))
    report = folder.check()
    values = json.loads(json.dumps(report.to_dict()))
    assert values["counts"] == {"silent": 1}
    assert Report.from_dict(values) == report
    values["findings"][0]["kind"] = "other"
    with pytest.raises(ValueError, match="unknown kind"):
        Report.from_dict(values)


@pytest.mark.parametrize("front_end", ["japanese", ""])
def test_training_and_the_check_agree(folder: Folder, tmp_path: Path, front_end: str) -> None:
    folder.add("silent", np.zeros(RATE))
    folder.add("other", voice(hertz=110), text="カキクケコカキクケコ。")
    folder.add("dull", rate=8_000)
    request = FeatureRequest(front_end, "log", fine=False)
    for _ in range(2):  # computed, then from the cache
        speech = open_folder(folder.path, tmp_path / "run", request)
        ids = {sentence.id for sentence in speech.sentences}
        assert "dull" in ids and not ids & {"silent", "other"}
        assert len(ids) == 11 == speech.report.used
        assert speech.report == check_folder(folder.path, front_end)


# The command


def test_the_command_prints_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KIRARA_HOME", str(tmp_path / "home"))
    recordings = make_recordings(tmp_path / "voice", 12)
    soundfile.write(recordings / "wavs" / "s03.wav", np.zeros(RATE), RATE)
    assert main(["speech", "check", str(recordings)]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("11 of 12 recordings can be used")
    assert "skipped: 1 × silent from end to end\n    s03: it is silent" in printed.out
    assert main(["speech", "check", str(recordings), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["silent"] == 1
    (recordings / "metadata.csv").write_text("s03|アイウ。")
    assert main(["speech", "check", str(recordings)]) == 1
    assert main(["speech", "check", str(tmp_path)]) == 1
    assert "no recordings with their texts" in capsys.readouterr().err


def test_real_recordings_are_fine(shared_folder: Path, tmp_path: Path) -> None:
    folder = shared_folder / "data" / "voice"
    if not folder.is_dir():
        pytest.skip("the recordings “data/voice” are not in the folder “shared”")
    (tmp_path / "flac").symlink_to(folder / "flac")
    lines = (folder / "metadata.csv").read_text(encoding="utf-8").splitlines()[::20]
    (tmp_path / "metadata.csv").write_text("\n".join(lines), encoding="utf-8")
    report = check_folder(tmp_path)
    assert report.recordings == report.used == len(lines) > 50
    assert all(finding.kind in ("unused", "pace") for finding in report.findings)
    assert len(report.worst("pace")) < 3
    # With the texts of their neighbours, many are reported.
    texts = [line.split("|")[1] for line in lines]
    moved = [
        f"{line.split('|')[0]}|{text}"
        for line, text in zip(lines, texts[1:] + texts[:1], strict=False)
    ]
    (tmp_path / "metadata.csv").write_text("\n".join(moved), encoding="utf-8")
    report = check_folder(tmp_path)
    assert len(report.worst("pace")) + len(report.worst("mismatch")) > len(lines) / 5
