"""A script: lines of text, each with its voice, its prosody, and the user's edits.

All values are immutable: a step of undo replaces one script by another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from kirara_speech.reading.phrases import AccentPhrase, Phrases
from kirara_speech.speaking.prosody import Prosody
from kirara_studio.api.kept_files import json_text, parse_json

LONGEST_LINE = 5_000
"""Characters; longer pasted texts are divided."""

_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?]*[」』）)】”\"]*\n?")


def new_key() -> str:
    """A unique key for a line."""
    return uuid4().hex[:12]


@dataclass(frozen=True)
class Line:
    """A text, spoken by the voice called ``voice``; ``key`` identifies the line for ever.

    ``phrases`` is None until the user edits the reading; ``read`` is the text that they belong to.
    ``voicevox`` is the line in the project of VOICEVOX that it comes from, as JSON.
    """

    text: str = ""
    voice: str = ""
    prosody: Prosody = field(default_factory=Prosody)
    phrases: Phrases | None = None
    read: str = ""
    voicevox: str = ""
    key: str = field(default_factory=new_key)

    @property
    def empty(self) -> bool:
        return not self.text.strip()

    def edited(self, phrases: Phrases | None) -> Line:
        """The line with an edited reading; None is the dictionary's."""
        return replace(self, phrases=phrases, read="" if phrases is None else self.text)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, without the key."""
        values: dict[str, Any] = {"text": self.text, "voice": self.voice}
        usual = Prosody().to_dict()
        prosody = {k: value for k, value in self.prosody.to_dict().items() if value != usual[k]}
        if prosody:
            values["manner"] = prosody
        if self.phrases is not None:
            values["phrases"] = [phrase.to_dict() for phrase in self.phrases]
            if self.read != self.text:
                values["read"] = self.read
        if self.voicevox:
            values["voicevox"] = parse_json(self.voicevox)
        return values

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Line:
        """Read :meth:`to_dict`'s values. Raises KeyError, TypeError or ValueError."""
        text, voice = values["text"], values.get("voice", "")
        if not isinstance(text, str) or not isinstance(voice, str):
            raise TypeError("a line has a text and the name of a voice")
        phrases = values.get("phrases")
        return cls(
            text,
            voice,
            Prosody.from_dict(values.get("manner", {})),
            None if phrases is None else tuple(map(AccentPhrase.from_dict, phrases)),
            "" if phrases is None else str(values.get("read", text)),
            _kept_json(values),
        )


@dataclass(frozen=True)
class Script:
    """Lines, at least one, and the selection.

    ``current`` is the key of the line in front, which is always selected; ``selected`` are the keys
    of other selected lines, which are not stored. ``voicevox`` is what the project of VOICEVOX that
    the script comes from has besides the lines, as JSON.
    """

    lines: tuple[Line, ...] = field(default_factory=lambda: (Line(),))
    current: str = ""
    selected: frozenset[str] = frozenset()
    voicevox: str = ""

    @property
    def row(self) -> int:
        """The number of the line in front."""
        return next((i for i, line in enumerate(self.lines) if line.key == self.current), 0)

    @property
    def line(self) -> Line:
        return self.lines[self.row]

    @property
    def rows(self) -> list[int]:
        """The numbers of the selected lines, in their order."""
        front = self.row
        return [i for i, line in enumerate(self.lines) if i == front or line.key in self.selected]

    def row_of(self, key: str) -> int | None:
        """The number of the line ``key``; None if it does not exist."""
        return next((i for i, line in enumerate(self.lines) if line.key == key), None)

    def at(self, row: int) -> Script:
        """Only line ``row``, or the nearest one, in front and selected."""
        row = min(max(row, 0), len(self.lines) - 1)
        return replace(self, current=self.lines[row].key, selected=frozenset())

    def selecting(self, rows: Iterable[int], row: int) -> Script:
        """``rows`` selected and ``row`` in front."""
        current = self.lines[row].key
        others = {self.lines[i].key for i in rows} - {current}
        return replace(self, current=current, selected=frozenset(others))

    def changed(self, rows: Iterable[int], change: Callable[[Line], Line]) -> Script:
        """``change`` applied to some lines."""
        chosen = set(rows)
        lines = (change(line) if i in chosen else line for i, line in enumerate(self.lines))
        return replace(self, lines=tuple(lines))

    def inserted(self, row: int, lines: Sequence[Line]) -> Script:
        """More lines before line ``row``; the last of them is selected."""
        if not lines:
            return self
        merged = (*self.lines[:row], *lines, *self.lines[row:])
        return replace(self, lines=merged, current=lines[-1].key, selected=frozenset())

    def without(self, rows: Iterable[int]) -> Script:
        """Some lines removed; an empty line replaces the last one.

        The nearest line before the first of them is then in front, unless the one in front stays.
        """
        gone = set(rows)
        kept = tuple(line for i, line in enumerate(self.lines) if i not in gone)
        if not kept:
            only = Line(voice=self.lines[0].voice, prosody=self.lines[0].prosody)
            return replace(self, lines=(only,), current=only.key, selected=frozenset())
        if self.row not in gone:
            return replace(self, lines=kept, current=self.line.key)
        return replace(self, lines=kept).at(min(gone) - 1 if min(gone) else 0)

    def moved(self, rows: Iterable[int], target: int) -> Script:
        """Some lines, in their order, moved before the current line ``target``."""
        chosen = sorted(set(rows))
        moving = [self.lines[i] for i in chosen]
        before = [line for i, line in enumerate(self.lines[:target]) if i not in chosen]
        after = [line for i, line in enumerate(self.lines[target:], target) if i not in chosen]
        return replace(self, lines=(*before, *moving, *after))

    def to_dict(self) -> dict[str, Any]:
        values = {"lines": [line.to_dict() for line in self.lines], "current": self.row}
        return {**values, "voicevox": parse_json(self.voicevox)} if self.voicevox else values

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Script:
        """Read :meth:`to_dict`'s values. Raises KeyError, TypeError or ValueError."""
        lines = tuple(map(Line.from_dict, values["lines"])) or (Line(),)
        row = values.get("current", 0)
        return cls(lines, voicevox=_kept_json(values)).at(row if isinstance(row, int) else 0)


def _kept_json(values: Mapping[str, Any]) -> str:
    kept = values.get("voicevox")
    return "" if kept is None else json_text(kept, None).strip()


def lines_of_text(text: str) -> list[str]:
    """A pasted text as lines: one for each sentence or line of it; none is empty."""
    found = []
    for sentence in _SENTENCE.findall(text.replace("\r\n", "\n").replace("\r", "\n")):
        rest = sentence.strip()
        while rest:
            found.append(rest[:LONGEST_LINE])
            rest = rest[LONGEST_LINE:]
    return found
