"""A script: lines of text, each with its voice, its prosody, and what the user changed in it.

Everything is a value that is never changed, so a step of undo is one script for another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from kirara_speech.reading.phrases import AccentPhrase, Phrases
from kirara_speech.speaking.prosody import Prosody

LONGEST_LINE = 5_000
"""Characters; what is pasted beyond goes into further lines."""

_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?]*[」』）)】”\"]*\n?")


def new_key() -> str:
    """A name for a line that no other one has."""
    return uuid4().hex[:12]


@dataclass(frozen=True)
class Line:
    """What one voice says in one go.

    ``key`` identifies it, however it changes. ``voice`` is a voice's name.
    ``phrases`` is None until the user changes something in the reading; it was read of ``read``,
    the text as it was then.
    """

    text: str = ""
    voice: str = ""
    prosody: Prosody = field(default_factory=Prosody)
    phrases: Phrases | None = None
    read: str = ""
    key: str = field(default_factory=new_key)

    @property
    def empty(self) -> bool:
        """True if there is nothing to say."""
        return not self.text.strip()

    def edited(self, phrases: Phrases | None) -> Line:
        """The line with its reading changed; None: as the dictionary reads it."""
        return replace(self, phrases=phrases, read="" if phrases is None else self.text)

    def to_dict(self) -> dict[str, Any]:
        """Plain values; the key is not among them."""
        values: dict[str, Any] = {"text": self.text, "voice": self.voice}
        changed = self.prosody.to_dict()
        usual = Prosody().to_dict()
        prosody = {name: value for name, value in changed.items() if value != usual[name]}
        if prosody:
            values["manner"] = prosody
        if self.phrases is not None:
            values["phrases"] = [phrase.to_dict() for phrase in self.phrases]
            if self.read != self.text:
                values["read"] = self.read
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
        )


@dataclass(frozen=True)
class Script:
    """Lines in their order, at least one, and which of them are selected.

    ``current`` is the key of the line in front, which is always selected; ``selected`` has the keys
    of the others, which are not stored.
    """

    lines: tuple[Line, ...] = field(default_factory=lambda: (Line(),))
    current: str = ""
    selected: frozenset[str] = frozenset()

    @property
    def row(self) -> int:
        """The number of the line in front."""
        return next((i for i, line in enumerate(self.lines) if line.key == self.current), 0)

    @property
    def line(self) -> Line:
        """The line in front."""
        return self.lines[self.row]

    @property
    def rows(self) -> list[int]:
        """The numbers of the selected lines, in their order."""
        front = self.row
        return [i for i, line in enumerate(self.lines) if i == front or line.key in self.selected]

    def row_of(self, key: str) -> int | None:
        """The number of the line ``key``; None if it is gone."""
        return next((i for i, line in enumerate(self.lines) if line.key == key), None)

    def at(self, row: int) -> Script:
        """The same with line ``row``, or the nearest that there is, in front and selected alone."""
        row = min(max(row, 0), len(self.lines) - 1)
        return replace(self, current=self.lines[row].key, selected=frozenset())

    def selecting(self, rows: Iterable[int], row: int) -> Script:
        """The same with ``rows`` selected and ``row`` in front."""
        current = self.lines[row].key
        others = {self.lines[i].key for i in rows} - {current}
        return replace(self, current=current, selected=frozenset(others))

    def changed(self, rows: Iterable[int], change: Callable[[Line], Line]) -> Script:
        """The same with ``change`` done to some lines."""
        chosen = set(rows)
        lines = (change(line) if i in chosen else line for i, line in enumerate(self.lines))
        return replace(self, lines=tuple(lines))

    def inserted(self, row: int, lines: Sequence[Line]) -> Script:
        """The same with more lines before line ``row``; the last of them is selected."""
        if not lines:
            return self
        merged = (*self.lines[:row], *lines, *self.lines[row:])
        return Script(merged, lines[-1].key)

    def without(self, rows: Iterable[int]) -> Script:
        """The same without some lines; an empty line stays where none else would.

        The nearest line before the first of them is then in front, unless the one in front stays.
        """
        gone = set(rows)
        kept = tuple(line for i, line in enumerate(self.lines) if i not in gone)
        if not kept:
            only = Line(voice=self.lines[0].voice, prosody=self.lines[0].prosody)
            return Script((only,), only.key)
        if self.row not in gone:
            return replace(self, lines=kept, current=self.line.key)
        return Script(kept).at(min(gone) - 1 if min(gone) else 0)

    def moved(self, rows: Iterable[int], target: int) -> Script:
        """The same with some lines, in their order, put before what is line ``target`` now."""
        chosen = sorted(set(rows))
        moving = [self.lines[i] for i in chosen]
        before = [line for i, line in enumerate(self.lines[:target]) if i not in chosen]
        after = [line for i, line in enumerate(self.lines[target:], target) if i not in chosen]
        return replace(self, lines=(*before, *moving, *after))

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for a file."""
        return {"lines": [line.to_dict() for line in self.lines], "current": self.row}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Script:
        """Read :meth:`to_dict`'s values. Raises KeyError, TypeError or ValueError."""
        lines = tuple(map(Line.from_dict, values["lines"])) or (Line(),)
        row = values.get("current", 0)
        return cls(lines).at(row if isinstance(row, int) else 0)


def lines_of_text(text: str) -> list[str]:
    """A pasted text as lines: one a sentence, one a line of it; none is empty."""
    found = []
    for sentence in _SENTENCE.findall(text.replace("\r\n", "\n").replace("\r", "\n")):
        rest = sentence.strip()
        while rest:
            found.append(rest[:LONGEST_LINE])
            rest = rest[LONGEST_LINE:]
    return found
