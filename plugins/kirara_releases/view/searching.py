"""Finds releases by what the user types: in titles and notes, kana and case alike."""

from __future__ import annotations

import unicodedata

from kirara_releases.calendar.release import Release
from kirara_releases.view_model import Agenda

# Katakana to hiragana: both are written for the same word.
_KANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


def folded(text: str) -> str:
    """``text`` without the differences that a search should not mind."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_KANA)


def matching(releases: list[Release], agenda: Agenda, wanted: str) -> list[Release]:
    """The releases in whose title or note every word of ``wanted`` occurs."""
    words = folded(wanted).split()
    if not words:
        return releases
    titles = {release.magazine.id: folded(release.magazine.title) for release in releases}

    def fits(release: Release) -> bool:
        note = folded(agenda.mark(release).note)
        return all(word in titles[release.magazine.id] or word in note for word in words)

    return [release for release in releases if fits(release)]
