"""What people write in chats: laughter, applause, faces, and words that no dictionary has."""

from __future__ import annotations

import re

from kirara_speech.reading.traced_text import Rule

_STOP = r"(?=$|[\s。、!?…」』)\U000f0000-\U0010ffff]"
_END = _STOP + ")"

WORDS = {
    **{"コミュ障": "コミュショー", "陽キャ": "ヨーキャ", "陰キャ": "インキャ", "サ終": "サシュー"},
    **{"声高々": "コワダカダカ"},
    **{f"{pronoun}方が": f"{pronoun}カタが" for pronoun in ("この", "その", "あの")},
    **{f"{pronoun}な風": f"{pronoun}なフー" for pronoun in ("あん", "こん", "そん", "どん")},
}
"""Words, and what is read instead."""

RULES: tuple[Rule, ...] = (
    (re.compile(r"(?<![A-Za-z])[wW]{2,}(?![A-Za-z])"), lambda m: "ワラ" * min(len(m[0]), 3)),
    (re.compile(rf"(?<=[ぁ-ヿ一-鿿!?。])[wW]{_END}"), "ワラ"),
    (re.compile(r"\([笑わ]\)"), "ワラ"),
    (re.compile(r"\(爆笑?\)"), lambda m: "バクショー" if "笑" in m[0] else "バク"),
    (re.compile(r"\(泣\)"), "ナキ"),
    (re.compile(r"\(怒\)"), "イカリ"),
    (re.compile(rf"(?<=[ぁ-ヿ!?])笑{_END}"), "ワラ"),
    (
        re.compile(rf"(?:^|(?<=[\s。、!?」ぁぃぅぇよねたなだすい]))8{{3,}}{_STOP}|[wW])"),
        lambda m: "パチ" * min(len(m[0]), 8),
    ),
    (re.compile("|".join(map(re.escape, WORDS))), lambda m: WORDS[m[0]]),
)

_ARMS_BEFORE, _ARMS_AFTER = r"[ヽヾ\\＼╰٩oｏ]", r"[ノﾉヾゝゞ/／╯۶シoｏ]"
_FACE = re.compile(
    rf"m[(（][^()（）\n]{{1,9}}[)）]m|{_ARMS_BEFORE}?[(（](?P<face>[^()（）\n]{{2,14}})[)）]{_ARMS_AFTER}?"
    r"|(?<![\w^])\^_*\^;*(?![\w^])|(?<!\w)>[_.]*<(?!\w)|(?<!\w)[TＴ;][_＿][TＴ;](?!\w)"
)
_FACIAL = frozenset("^＾ω∀Д▽´`｀≧≦￣◕●ﾟ゜;；_＿・･><＞＜°TＴ艸益")
_NO_FACE = re.compile(r"[ぁ-ゖ一-鿿]|[ァ-ヺ]{2}|[A-SU-Za-np-z0-9]{2}")


def faces(text: str) -> list[tuple[int, int]]:
    """Where ``text`` has faces such as (´・ω・`), which are not read."""
    return [match.span() for match in _FACE.finditer(text) if _is_face(match["face"])]


def _is_face(inside: str | None) -> bool:
    if inside is None:
        return True
    return not _NO_FACE.search(inside) and sum(sign in _FACIAL for sign in inside) >= 2
