"""A text that is rewritten, and in which each character knows where it came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Span = tuple[int, int]
"""Characters of the user's text, from the first to before the second."""

NOWHERE: Span = (0, 0)
"""The span of a character that stands for none of the user's."""

New = str | Callable[[re.Match[str]], str | None]
"""What is written instead of a match."""
Rule = tuple[re.Pattern[str], New]


@dataclass(frozen=True)
class TracedText:
    """``text``, with the span in the user's text that each of its characters stands for."""

    text: str
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, text: str) -> TracedText:
        """The user's text itself."""
        return cls(text, tuple((place, place + 1) for place in range(len(text))))

    def replace(self, pattern: re.Pattern[str], new: New) -> TracedText:
        """Replace each match; one for which ``new`` returns None stays."""
        found = (
            (*match.span(), new if isinstance(new, str) else new(match))
            for match in pattern.finditer(self.text)
        )
        return self.rewrite((start, end, text) for start, end, text in found if text is not None)

    def remove(self, pattern: re.Pattern[str], instead: str = "") -> TracedText:
        """Replace each match by a text that stands for none of the user's."""
        found = (match.span() for match in pattern.finditer(self.text))
        return self.rewrite(((start, end, instead) for start, end in found), lost=True)

    def rewrite(self, edits: Iterable[tuple[int, int, str]], *, lost: bool = False) -> TracedText:
        """Replace the characters from each start to its end, in order, by a text.

        All characters of the new text stand for all that were replaced, or for none if ``lost``.
        """
        parts: list[str] = []
        spans: list[Span] = []
        kept = 0
        for start, end, text in edits:
            parts += self.text[kept:start], text
            spans += self.spans[kept:start]
            spans += [NOWHERE if lost else self.span(start, end)] * len(text)
            kept = end
        if not parts:
            return self
        return TracedText("".join((*parts, self.text[kept:])), (*spans, *self.spans[kept:]))

    def span(self, start: int, end: int) -> Span:
        """The user's characters behind those from ``start`` to ``end``."""
        spans = [span for span in self.spans[start:end] if span != NOWHERE]
        return (min(a for a, _ in spans), max(b for _, b in spans)) if spans else NOWHERE

    def part(self, start: int, end: int) -> TracedText:
        """The characters from ``start`` to ``end``."""
        return TracedText(self.text[start:end], self.spans[start:end])
