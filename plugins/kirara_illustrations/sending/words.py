"""What a message says: the user's template, filled with posts of strangers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kirara_studio.api.files import is_file
from kirara_studio.api.notices import Notice
from kirara_studio.api.text import QT_TRANSLATE_NOOP

Translate = Callable[[str], str]

_PLACE = re.compile(r"\{([a-z_]+)\}|\\n")
_LONGEST = 1_200  # characters of posts in a message: the services' limits begin at 2,000
_SHORTEST = 60  # characters of one post, however many there are
_ONE = QT_TRANSLATE_NOOP("illustrations", "New illustration")
_SOME = QT_TRANSLATE_NOOP("illustrations", "{count} new illustrations")


@dataclass(frozen=True)
class Card:
    """A picture to send: its file, and what is known of its post (seconds since 1970)."""

    id: int
    path: Path
    author: str
    author_name: str
    text: str
    tags: tuple[str, ...]
    address: str
    posted: float
    source: str


@dataclass(frozen=True)
class Message:
    """A notice with files."""

    notice: Notice
    files: tuple[Path, ...]


def filled(template: str, values: Mapping[str, str]) -> str:
    r"""``template`` with values for ``{name}`` and new lines for ``\n``; what is unknown stays."""
    return _PLACE.sub(lambda m: values.get(m[1], m[0]) if m[1] else "\n", template)


def words_of(card: Card, template: str, longest: int = _LONGEST) -> str:
    """The words for one picture, with the address of its post in any case."""
    text = card.text if len(card.text) <= longest else f"{card.text[: longest - 1]}…"
    words = filled(
        template,
        {
            "author": card.author,
            "author_name": card.author_name or card.author,
            "text": text,
            "tags": " ".join(f"#{tag}" for tag in card.tags),
            "address": card.address,
            "date": datetime.fromtimestamp(card.posted).strftime("%Y-%m-%d %H:%M"),
            "source": card.source,
        },
    )
    return words if card.address in words else f"{words}\n{card.address}"


def message_of(batch: str, cards: Sequence[Card], template: str, translate: Translate) -> Message:
    """The message about some pictures. A file that is gone is left out."""
    longest = max(_LONGEST // len(cards), _SHORTEST)
    words = "\n\n".join(words_of(card, template, longest) for card in cards)
    one = len(cards) == 1
    title = translate(_ONE) if one else translate(_SOME).format(count=len(cards))
    files = tuple(card.path for card in cards if is_file(card.path))
    return Message(Notice(title, words, panel="illustrations", id=batch), files)
