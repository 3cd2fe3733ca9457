"""Words that the user teaches: kept, checked, and really read by Open JTalk."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kirara_speech.reading import compiled_dictionary
from kirara_speech.reading.compiled_dictionary import use_dictionary
from kirara_speech.reading.japanese import open_jtalk, read_line
from kirara_speech.reading.user_dictionary import (
    FILE,
    UserDictionary,
    read_voicevox_file,
    write_voicevox_file,
)
from kirara_speech.reading.words import KINDS, Word, from_voicevox, to_voicevox, word
from kirara_studio.api.errors import UserError
from kirara_studio.cli import main


@pytest.fixture
def dictionary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[UserDictionary]:
    """A dictionary in use; afterwards Open JTalk knows none any more."""
    monkeypatch.setattr(compiled_dictionary, "in_use", compiled_dictionary.InUse())
    yield use_dictionary(tmp_path)
    sys.modules["pyopenjtalk"].unset_user_dict()


def kana(text: str) -> str:
    return "/".join(phrase.kana for phrase in read_line(text))


def test_a_word_is_read_at_once_and_forgotten_at_once(dictionary: UserDictionary) -> None:
    before = read_line("雲母坂が来た。")
    key = dictionary.add(word("雲母坂", "キララザカ", 1))
    after = read_line("雲母坂が来た。")
    assert after != before
    assert (after[0].kana, after[0].accent) == ("キララザカガ", 1)
    dictionary.change(key, word("雲母坂", "ウンモザカ", 3))
    assert (read_line("雲母坂が来た。")[0].kana) == "ウンモザカガ"
    assert read_line("雲母坂が来た。")[0].accent == 3
    dictionary.remove(key)
    assert read_line("雲母坂が来た。") == before


def test_marks_around_a_word_are_cut_off(dictionary: UserDictionary) -> None:
    taught_word = word(" 「三行目。」", "サンギョウメ", 3)
    assert taught_word.surface == "三行目"
    dictionary.add(taught_word)
    assert kana("三行目。") == "サンギョウメ"
    assert [word(kept, "テスト").surface for kept in ("Yahoo!", "（笑）", "C#", "・")] == [
        "Yahoo!", "（笑）", "C#", "・",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("surface", "reading", "text", "kind"),
    [
        ("kirara", "キララ", "kirara", "PROPER_NOUN"),
        ("Ｋｉｒａｒａ", "キララ", "Kirara", "PROPER_NOUN"),
        ("a,b", "エービー", "a,b", "COMMON_NOUN"),
        ('"x"', "エックス", '"x"', "COMMON_NOUN"),
        ("C++", "シープラ", "C++", "COMMON_NOUN"),
        ("ぴえんい", "ピエンイ", "ぴえんい", "ADJECTIVE"),
        ("ググルる", "ググルル", "ググルる", "VERB"),
        ("先輩殿", "センパイドノ", "先輩殿", "SUFFIX"),
        ("🌸", "サクラ", "🌸", "COMMON_NOUN"),
    ],
)
def test_whatever_is_taught_is_read(
    dictionary: UserDictionary, surface: str, reading: str, text: str, kind: str
) -> None:
    dictionary.add(word(surface, reading, 0, kind, 10))
    words = open_jtalk().run_frontend(text, use_sudachi_kanji_yomi=False, predict_nani=False)
    assert [found["pron"] for found in words] in ([reading], [reading.replace("クス", "ク’ス")])


def test_letters_may_be_small_or_capital(dictionary: UserDictionary) -> None:
    dictionary.add(word("Vtuberちゃん", "ブイチャン", priority=9))
    dictionary.add(word("kirara", "キララ", priority=9))
    dictionary.add(word("KIRARA", "ケーアイ", priority=9))
    for text in ("kirara", "Kirara"):
        assert kana(text) == "キララ"
    assert kana("KIRARA") == "ケーアイ"
    assert kana("VTUBERちゃん") == kana("vtuberちゃん") == "ブイチャン"


def test_priority_decides_against_other_words(dictionary: UserDictionary) -> None:
    for priority, expected in ((0, "ツキヨ"), (5, "ルナ"), (10, "ルナ")):
        dictionary.add(word("月夜", "ルナ", 1, priority=priority))
        assert kana("月夜") == expected


def test_contexts_are_those_of_the_dictionary() -> None:
    contexts = compiled_dictionary.contexts_of(Path(open_jtalk().OPEN_JTALK_DICT_DIR.decode()))
    assert {kind: contexts[part.context] for kind, part in KINDS.items()} == {
        kind: part.context_id for kind, part in KINDS.items()
    }


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("", "ア"), "one line"),
        (("あ\nい", "ア"), "one line"),
        (("あ" * 101, "ア"), "one line"),
        (("亜", ""), "katakana"),
        (("亜", "亜"), "katakana"),
        (("亜", "ーア"), "katakana"),
        (("亜", "abc"), "katakana"),
        (("亜", "アイ", 3), "0 (it does not fall) to 2"),
        (("亜", "アイ", -1), "0 (it does not fall) to 2"),
        (("亜", "ア", 0, "NOUN"), "PROPER_NOUN"),
        (("亜", "ア", 0, "VERB", 11), "0 to 10"),
    ],
)
def test_what_does_not_fit_is_refused_with_advice(arguments: tuple, reason: str) -> None:
    with pytest.raises(UserError) as caught:
        word(*arguments)
    assert reason in caught.value.advice


def test_readings_are_forgiving() -> None:
    assert word(" 雲母 ", "きらら").reading == "キララ"
    assert word("雲母", "ｷﾗﾗ").reading == "キララ"


def test_voicevox_words_come_back(tmp_path: Path) -> None:
    for kind in KINDS:
        made = word("雲母坂", "キララザカ", 3, kind, 7)
        assert from_voicevox(to_voicevox(made)) == made
    words = {str(uuid.uuid4()): word("亜", "ア"), str(uuid.uuid4()): word("伊", "イ", 1)}
    write_voicevox_file(tmp_path / "a.json", words)
    assert read_voicevox_file(tmp_path / "a.json") == words
    write_voicevox_file(tmp_path / "b.json", {"no uuid": word("亜", "ア")})
    (key,) = read_voicevox_file(tmp_path / "b.json")
    assert uuid.UUID(key)


@pytest.mark.parametrize("content", ["", "[]", "{", '{"a": 1}', '{"a": {"surface": "亜"}}'])
def test_a_foreign_file_that_is_none_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.json").write_text(content)
    with pytest.raises(UserError):
        read_voicevox_file(tmp_path / "a.json")


def test_the_same_writing_is_one_word_and_ids_hold(dictionary: UserDictionary) -> None:
    key = dictionary.add(word("亜", "ア"))
    assert dictionary.add(word("亜", "イ")) == key
    assert dictionary.words() == {key: word("亜", "イ")}
    other = {key: word("亜", "ウ"), "x": word("伊", "イ")}
    assert dictionary.add_all(other, override=False) == 1
    assert dictionary.words()[key].reading == "イ"
    assert dictionary.add_all(other, override=True) == 2
    assert dictionary.words() == other
    for change in (lambda: dictionary.remove("y"), lambda: dictionary.change("y", other["x"])):
        with pytest.raises(UserError):
            change()


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        (b"{", 0),
        (b"\xff\xfe", 0),
        (b"[1]", 0),
        (b'{"words": [1]}', 0),
        (b'{"words": {"a": 1, "b": {"surface": "%s", "reading": "%s", "accent": 0,'
         b' "kind": "VERB", "priority": 5}}}' % ("亜".encode(), "ア".encode()), 1),
    ],
)  # fmt: skip
def test_a_damaged_file_is_set_aside(tmp_path: Path, content: bytes, kept: int) -> None:
    (tmp_path / FILE).write_bytes(content)
    reports: list[UserError] = []
    dictionary = UserDictionary(tmp_path, reports.append)
    assert len(dictionary.words()) == kept
    assert len(reports) == 1
    aside = next(tmp_path.glob("*.damaged-*.json"))
    assert aside.read_bytes() == content and str(aside) in reports[0].advice
    dictionary.add(word("伊", "イ"))
    assert len(dictionary.words()) == kept + 1
    assert len(reports) == 1


def test_wide_and_narrow_letters_are_one_word(dictionary: UserDictionary) -> None:
    key = dictionary.add(word("kirara", "キララ"))
    assert dictionary.add(word("ｋｉｒａｒａ", "キラ")) == key
    other = {"x": word("kirara", "ケー")}
    assert dictionary.add_all(other, override=False) == 0
    assert dictionary.add_all(other, override=True) == 1
    assert dictionary.words() == other
    # The id of one word, the writing of another, one after the other.
    both = {"x": word("亜", "ア"), "y": word("kirara", "キ"), "z": word("亜", "イ")}
    assert dictionary.add_all(both, override=True) == 3
    assert dictionary.words() == {"y": both["y"], "z": both["z"]}


def test_a_folder_that_cannot_be_written_to_is_reported(tmp_path: Path) -> None:
    reports: list[UserError] = []
    dictionary = UserDictionary(tmp_path, reports.append)
    (tmp_path / FILE).with_suffix(".lock").mkdir()  # so nobody gets the lock
    with pytest.raises(UserError, match="cannot be changed"):
        dictionary.add(word("亜", "ア"))
    (tmp_path / FILE).write_text('{"words": {"a": 1}}')
    assert dictionary.words() == {}
    assert "cannot be changed" in reports[0].message


def test_many_threads_teach_and_read_at_once(dictionary: UserDictionary) -> None:
    failed: list[BaseException] = []

    def teach(number: int) -> None:
        try:
            for index in range(4):
                dictionary.add(word(f"言葉{number}の{index}", "コトバ"))
                assert read_line("今日は晴れ。")
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=teach, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert len(dictionary.words()) == 20


def test_another_process_is_heard_and_nothing_is_printed(
    dictionary: UserDictionary, tmp_path: Path
) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from kirara_speech.reading.japanese import read_line\n"
        "from kirara_speech.reading.compiled_dictionary import use_dictionary\n"
        "from kirara_speech.reading.words import word\n"
        "use_dictionary(Path(sys.argv[1])).add(word('雲母坂', 'キララザカ'))\n"
        "print(read_line('雲母坂')[0].kana)\n"
    )
    assert kana("雲母坂") != "キララザカ"
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert run.stdout == "キララザカ\n"
    assert kana("雲母坂") == "キララザカ"
    assert len(list((tmp_path / compiled_dictionary.CACHE).glob("*.dic"))) == 1


@pytest.mark.parametrize("name", ["with, comma", "日本語 フォルダ"])
def test_odd_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(compiled_dictionary, "in_use", compiled_dictionary.InUse())
    use_dictionary(tmp_path / name).add(word("雲母坂", "キララザカ"))
    assert kana("雲母坂") == "キララザカ"
    open_jtalk().unset_user_dict()


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    monkeypatch.setenv("KIRARA_HOME", str(tmp_path / "home"))

    def call(*arguments: object) -> tuple[int, str, str]:
        status = main(["speech", "dictionary", *map(str, arguments)])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


def test_the_commands(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    assert run("add", "雲母坂", "きららざか", "--accent", 3, "--kind", "common-noun")[0] == 0
    assert run("add", "ずんだもん", "ズンダモン", "--priority", 8)[0] == 0
    _, out, _ = run("list")
    assert out.splitlines()[0].split("\t")[:3] == ["雲母坂", "キララザカ", "accent 3"]
    listed = json.loads(run("list", "--json")[1])
    assert Word(**next(iter(listed.values()))) == word("雲母坂", "キララザカ", 3, "COMMON_NOUN")
    assert run("export", tmp_path / "a.json")[1].startswith("Saved 2")
    assert run("remove", "雲母坂")[0] == 0
    status, _, errors = run("remove", "雲母坂")
    assert status != 0 and "list" in errors
    assert run("import", tmp_path / "a.json")[1] == "Added 1 of 2 words\n"
    assert len(run("list")[1].splitlines()) == 2
    status, _, errors = run("add", "亜", "阿")
    assert status != 0 and "katakana" in errors and "Traceback" not in errors
