"""Which typefaces the studio uses: Japanese text never in Chinese forms."""

from __future__ import annotations

import sys

_JAPANESE = {
    "darwin": ("Hiragino Sans", "Hiragino Kaku Gothic ProN"),
    "win32": ("Yu Gothic UI", "Meiryo UI", "Meiryo"),
    "linux": (
        "Noto Sans CJK JP",
        "Noto Sans JP",
        "Source Han Sans JP",
        "IPAexGothic",
        "TakaoPGothic",
        "VL PGothic",
    ),
}
_PLAIN = ("", "Sans Serif", "Sans", "DejaVu Sans", "Bitstream Vera Sans", "MS Shell Dlg 2")
"""Names of a system font that nobody chose; the Latin letters of the Japanese face suit better."""


def families(language: str, system: str, platform: str = sys.platform) -> list[str]:
    """Families in order of preference.

    In Japanese the Japanese face comes first. In other languages it follows the system's own
    font, so that a Japanese name within an English text has Japanese forms too, whatever the
    system's own order of fallbacks is.
    """
    japanese = list(_JAPANESE.get(platform, _JAPANESE["linux"]))
    if platform not in _JAPANESE or platform == "linux":
        japanese += _JAPANESE["darwin"][:1]
    if system in _PLAIN:
        return japanese + ([system] if system else [])
    return [*japanese, system] if language == "ja" else [system, *japanese]
