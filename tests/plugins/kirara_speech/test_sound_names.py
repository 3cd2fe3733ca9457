"""Names of sound files, what the files remember, presets."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kirara_speech.project.exporting import label_lines
from kirara_speech.project.naming import PATTERN, check_pattern, file_name, free_paths
from kirara_speech.project.presets import FILE, Preset, Presets
from kirara_speech.project.script import Line
from kirara_speech.project.sound_memory import lines_of, remembered
from kirara_speech.reading.editing import with_pitch
from kirara_speech.reading.japanese import read_line
from kirara_speech.sound.saving import recall, save_sound
from kirara_speech.speaking.chunks import SpokenMora
from kirara_speech.speaking.prosody import Prosody
from kirara_studio.api.errors import UserError


def name(pattern: str, text: str = "今日は。", voice: str = "mei") -> str:
    return file_name(pattern, number=7, voice=voice, text=text, project="p")


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        (PATTERN, "今日は。", "007_mei_今日は。"),
        ("{text}", "a/b\\c:d?", "a_b_c_d_"),
        ("{text}", "../../etc", "_.._etc"),
        ("{text}", "...", "007"),
        ("con", "", "con_"),
        ("{text}", "{voice}", "{voice}"),
        ("{text}", "あ" * 99, "あ" * 20),
        ("{project} {number}", "", "p 007"),
    ],
)
def test_names_follow_the_pattern_and_are_names(pattern: str, text: str, expected: str) -> None:
    assert name(pattern, text) == expected


@pytest.mark.parametrize("pattern", ["{nummer}", "{", "a}", "{}", " "])
def test_a_senseless_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(UserError):
        check_pattern(pattern)


def test_nothing_is_written_over_unless_it_is_wished(tmp_path: Path) -> None:
    (tmp_path / "a.wav").touch()
    paths = free_paths(tmp_path, ["a", "a", "A", "b"], ".wav")
    assert [p.name for p in paths] == ["a (2).wav", "a (3).wav", "A.wav", "b.wav"]
    replaced = free_paths(tmp_path, ["a", "a"], ".wav", replace=True)
    assert [p.name for p in replaced] == ["a.wav", "a (2).wav"]


@pytest.mark.parametrize("suffix", [".wav", ".flac", ".ogg"])
def test_a_sound_remembers_its_line_with_all_that_was_changed(suffix: str, tmp_path: Path) -> None:
    phrases = with_pitch(read_line("今日は。"), 0, 1, 3.5)
    line = Line("今日は。", "mei", Prosody(speed=1.4)).edited(phrases)
    path = tmp_path / f"a{suffix}"
    save_sound(path, [np.zeros(2000, np.float32)], remembered([line], suffix))
    (recalled,) = lines_of(recall(path))
    assert replace(recalled, key="") == replace(line, key="")


def test_where_there_is_no_room_the_texts_are_remembered(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    text = "".join(chr(0x4E00 + i) for i in random.integers(0, 20_000, 800))
    lines = [Line(text, "mei"), Line("はい。", "mei")]
    path = tmp_path / "a.wav"
    save_sound(path, [np.zeros(2000, np.float32)], remembered(lines, ".wav"))
    recalled = lines_of(recall(path))
    assert text.startswith(recalled[0].text) and len(recalled[0].text) > 100
    assert recalled[0].voice == "mei"


@pytest.mark.parametrize(
    "settings", [{"kind": "character"}, {"kind": "speech", "text": 3}, {"text": "はい"}]
)
def test_a_sound_of_something_else_is_refused(settings: dict[str, object]) -> None:
    with pytest.raises(UserError):
        lines_of(settings)


def test_a_damaged_memory_gives_the_text_at_least() -> None:
    settings = {"kind": "speech", "text": "はい。", "voice": "mei", "lines": "???"}
    (line,) = lines_of(settings)
    assert (line.text, line.voice) == ("はい。", "mei")


def test_labels_tell_kana_and_times() -> None:
    phrases = read_line("はい。")
    spoken = [
        SpokenMora(0, 0, 0, 2205),
        SpokenMora(0, 1, 2205, 4410),
        SpokenMora(0, -1, 4410, 6615),
    ]
    assert label_lines(spoken, phrases, 22_050) == [
        "10000000 11000000 ハ\n",
        "11000000 12000000 イ\n",
        "12000000 13000000 pau\n",
    ]


def test_presets_are_kept_renamed_and_removed(tmp_path: Path) -> None:
    presets = Presets(tmp_path)
    quick = Preset("mei", Prosody(speed=1.5))
    presets.put("  quick  one ", quick)
    presets.put("slow", Preset("", Prosody(speed=0.8)))
    assert list(Presets(tmp_path).all()) == ["quick one", "slow"]
    with pytest.raises(UserError, match="already"):
        presets.rename("quick one", "slow")
    presets.rename("quick one", "fast")
    assert presets.all() == {"fast": quick, "slow": Preset("", Prosody(speed=0.8))}
    presets.remove("slow")
    assert list(presets.all()) == ["fast"]
    with pytest.raises(UserError):
        presets.put(" ", quick)


def test_damaged_presets_are_left_out(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"a": {"voice": "", "manner": {"speed": 99}}, "b": 3, '
                                 '"c": {"voice": "", "manner": {}}}')  # fmt: skip
    assert list(Presets(tmp_path).all()) == ["c"]
    (tmp_path / FILE).write_text("{")
    assert Presets(tmp_path).all() == {}
