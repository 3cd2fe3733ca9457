"""Values from strangers: whatever comes, each is of the wanted type, plain and bounded."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath
from time import struct_time
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

LONGEST_TEXT = 20_000
"""Characters that are kept of a text."""

_LONGEST_ADDRESS = 4000
_MOST_TAGS = 100
# Control characters but tab and line feed, and halves of pairs, which no database takes.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def at(value: Any, *path: str | int) -> Any:
    """What lies at ``path`` in nested objects and lists; None if it is not there."""
    for step in path:
        if isinstance(step, str):
            value = value.get(step) if isinstance(value, Mapping) else None
        else:
            value = value[step] if isinstance(value, list) and len(value) > step else None
    return value


def items(value: Any, *path: str | int) -> list[Any]:
    """The list at ``path``, or an empty one."""
    found = at(value, *path)
    return found if isinstance(found, list) else []


def text(value: Any, *path: str | int) -> str:
    """The text at ``path``, or a number as text, without unwanted characters; else empty."""
    found = at(value, *path)
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found) if abs(found) < 1 << 200 else ""
    return plain(found) if isinstance(found, str) else ""


def plain(found: str) -> str:
    """``found`` without characters that disturb, and not too long."""
    return _UNWANTED.sub("", found[:LONGEST_TEXT]).strip()


def address(found: Any, base: str = "") -> str:
    """An http or https address, made absolute by ``base``; empty for anything else."""
    if not isinstance(found, str) or not found.strip() or len(found) > _LONGEST_ADDRESS:
        return ""
    with suppress(ValueError):
        whole = urljoin(base, _UNWANTED.sub("", found).strip())
        parts = urlsplit(whole)
        if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0:
            return whole
    return ""


def file_name(where: str) -> str:
    """The name of the file at an address, for the user to see; perhaps empty."""
    with suppress(ValueError):
        return plain(PurePosixPath(unquote(urlsplit(where).path)).name)[:200]
    return ""


def tags(found: Any) -> tuple[str, ...]:
    """Tags without #, each once."""
    names = [text(one).lstrip("#＃").strip()[:200] for one in found]
    return tuple(dict.fromkeys(name for name in names if name))[:_MOST_TAGS]


def moment(found: Any) -> datetime | None:
    """A time in UTC from ISO 8601, RFC 822, seconds since 1970, or what libraries made of it."""
    with suppress(ValueError, TypeError, OverflowError, OSError):
        if isinstance(found, struct_time | tuple):  # feedparser: in UTC
            return datetime.fromtimestamp(calendar.timegm(struct_time(found)), UTC)
        if isinstance(found, int | float) and not isinstance(found, bool):
            return datetime.fromtimestamp(found, UTC)
        if isinstance(found, str):
            try:
                found = datetime.fromisoformat(found.strip())
            except ValueError:
                found = parsedate_to_datetime(found)
        if isinstance(found, datetime):
            known = found if found.tzinfo else found.replace(tzinfo=UTC)
            return known.astimezone(UTC)
    return None
