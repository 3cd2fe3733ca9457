"""How texts are read that people write: the score by kind, and no character that is lost."""

from __future__ import annotations

import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evaluation.readings import ROWS, rows_of, table_of
from kirara_speech.reading import compiled_dictionary
from kirara_speech.reading.compiled_dictionary import use_dictionary
from kirara_speech.reading.japanese import open_jtalk, read_fully, read_line, spoken_sentences
from kirara_speech.reading.signs import DIVIDING
from kirara_speech.reading.user_dictionary import UserDictionary
from kirara_speech.reading.words import word


def kana(text: str, *, english_words: bool = True) -> str:
    return "".join(phrase.kana for phrase in read_line(text, english_words=english_words))


def unread(text: str) -> list[str]:
    return [text[start:end] for start, end in read_fully(text).unread]


# Scores


def test_the_rows_of_the_field_are_read_rightly(shared_folder: Path) -> None:
    table, wrong = table_of("", rows_of(shared_folder / "field" / "speech" / "readings.tsv"))
    right, rows = table.rows["all"]
    assert right >= 0.9 * rows, [row.text for row in wrong]


def test_each_kind_of_our_own_rows_is_read_rightly() -> None:
    table, wrong = table_of("", rows_of(ROWS))
    print("\n".join(table.lines()))
    assert table.rows["all"][1] >= 130
    for kind, (right, rows) in table.rows.items():
        assert right >= 0.9 * rows, (kind, [row.text for row in wrong if row.kind == kind])


def test_the_command_prints_the_score() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "evaluation", "readings"], capture_output=True, text=True, check=True
    )
    assert "laughter" in run.stdout and run.stdout.count("\n") > 20


# No character is lost


UNICODE = st.text(max_size=60)
WRITTEN = st.text(
    alphabet="あいうえおっんーアァャヶ、。？！「」《》｜[]{|}()<> aAwWxX0189.,:/-−〜~%$¥€℃㎡½²①Ⅲ㍿"
    "@#&+=×÷^_*'\"😀★→々〇ゝ〒\u3099\u200d\ufe0f漢字日本月年時円本人笑\n\t",
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(UNICODE, WRITTEN))
@example("｛")
@example('<">')
def test_every_character_sounds_divides_or_is_reported(text: str) -> None:
    reading = read_fully(text)
    reported = [place for start, end in reading.unread for place in range(start, end)]
    assert len(reported) == len(set(reported))
    assert set(reported) <= set(range(len(text)))
    assert reading.phrases == read_line(text)
    memo = {place for start, end in reading.memos for place in range(start, end)}
    left = [c for i, c in enumerate(text) if i not in memo and i not in set(reported)]
    if not reading.phrases:  # so only marks that divide are not reported
        plain = unicodedata.normalize("NFKC", "".join(left))
        marks = (c for c in plain if unicodedata.category(c)[0] != "M")
        # <A> is read as 「A」: around words these two are brackets.
        assert all(c in DIVIDING or c in "<>" or c.isspace() for c in marks), left
    for sentence in spoken_sentences(text):
        assert len(sentence.text) == len(sentence.spans)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("今日は🎉晴れ★です。", ["🎉", "★"]),
        ("👨\u200d👩\u200d👧と犬", ["👨\u200d👩\u200d👧"]),
        ("한국어です", ["한국어"]),
        ("こんにちは(´・ω・`)元気？", ["(´・ω・`)"]),
        ("<speak>はい</speak>", ["<speak>", "</speak>"]),
        ("々と人々", ["々"]),
        ("ﷺ㈀です", ["ﷺ㈀"]),
        ("もしa<bならc>dです。", []),
        ("今日《きょう》は[メモ]晴れ。", []),
        ("詳しくは https://example.com/a?b=1 で。", []),
        ("-5℃、$20、½、㎡、13:05。", []),
        ("うっう、んー、ぁ。", []),
    ],
)
def test_what_cannot_be_read_is_reported(text: str, parts: list[str]) -> None:
    assert unread(text) == parts


def test_memos_are_no_mistake() -> None:
    text = "車 [くるま] が来た。"
    reading = read_fully(text)
    assert [text[start:end] for start, end in reading.memos] == [" [くるま]"]
    assert reading.unread == ()


@pytest.mark.parametrize(
    "seed",
    [
        *"8[(<1:《wa〜| {^.-/@,\n*+日$'",
        "<b",
        "1-",
        "a@",
        "1/",
        "a.",
        "1,",
        "漢《",
        "(^",
        "1 ",
        "a'",
    ],
)
def test_no_text_takes_long(seed: str) -> None:
    open_jtalk()
    text = (seed * 20_000)[:20_000]
    start = time.perf_counter()
    spoken_sentences(text)
    assert time.perf_counter() - start < 5


# English words, and the user's own


def test_english_words_can_be_spelled() -> None:
    assert kana("Kirara Studio") == "キララスタジオ"
    spelled = kana("Discord", english_words=False)
    assert spelled.startswith("ディーアイ")
    assert kana("Discord") == "ディスコード"


@pytest.fixture
def dictionary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[UserDictionary]:
    monkeypatch.setattr(compiled_dictionary, "in_use", compiled_dictionary.InUse())
    yield use_dictionary(tmp_path)
    sys.modules["pyopenjtalk"].unset_user_dict()


@pytest.mark.parametrize(
    ("surface", "reading", "text"),
    [
        ("GitHub", "ギハブ", "GitHub"),
        ("km/h", "ケーエムパーエイチ", "km/h"),
        ("㎡", "ヘーベ", "㎡"),
        ("1/2", "ニブイチ", "1/2"),
        ("13:05", "イサンゼロゴ", "13:05"),
        ("www", "ダブダブ", "www"),
        ("😀", "エガオ", "😀"),
        ("陽キャ", "ヒキャ", "陽キャ"),
        ("C#", "シーシャ", "C#"),
        ("(笑)", "カッコワラ", "(笑)"),
    ],
)
def test_the_users_word_comes_first(
    dictionary: UserDictionary, surface: str, reading: str, text: str
) -> None:
    before = kana(text)
    assert before != reading
    dictionary.add(word(surface, reading, priority=10))
    assert kana(text) == reading
    assert unread(text) == []


def test_a_users_word_is_not_found_within_another(dictionary: UserDictionary) -> None:
    assert kana("start") == "スタート"
    dictionary.add(word("art", "アルト", priority=10))
    assert kana("start") == "スタート"
    assert kana("art") == "アルト"
