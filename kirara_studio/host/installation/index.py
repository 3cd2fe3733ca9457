"""The index: a JSON file that lists known plugins, at an address that a community can keep.

One comes with the program; docs/plugins.md documents the format. An entry only says what to
install and describes it: what is installed is asked about like everything else.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name

from kirara_studio.api import API_VERSION
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import write_atomically
from kirara_studio.api.http import Limits, host_of, request
from kirara_studio.api.kept_files import parse_json
from kirara_studio.api.reading import read_bytes, reading
from kirara_studio.api.resources import resource_folder

FORMAT = 1
_LARGEST = 2_000_000  # bytes
_MOST = 5_000  # plugins
_LONGEST = 2_000  # characters of a text
_CORRECT = "Correct the address of the index in the settings."
_LIMITS = Limits(total=30, size=_LARGEST)


@dataclass(frozen=True)
class Entry:
    """A known plugin. ``name`` is that of its distribution; texts are by language (``en``, ``ja``).

    ``picture`` is an address or empty; of the local index, that of a file. ``requirement``
    is what to install. ``api`` is the range of versions of the plugin interface.
    """

    name: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    requirement: str
    picture: str = ""
    author: str = ""
    home: str = ""
    licence: str = ""
    api: str = ""

    @property
    def fits(self) -> bool:
        """True if it was written for this studio's plugin interface."""
        return SpecifierSet(self.api).contains(API_VERSION)


@dataclass(frozen=True)
class Index:
    """The entries by name; ``problem`` is why those of the user's address are missing or old."""

    entries: Sequence[Entry]
    problem: UserError | None = None

    def find(self, name: str) -> Entry | None:
        """The entry of a distribution, however its name is written."""
        wanted = canonicalize_name(name)
        return next((e for e in self.entries if canonicalize_name(e.name) == wanted), None)


def local_index() -> list[Entry]:
    """The index that comes with the program. Raises UserError if it is damaged."""
    path = resource_folder() / "plugins" / "index.json"
    with reading(path):
        return _entries(read_bytes(path, _LARGEST), f"{path.parent.as_uri()}/")


def read_index(address: str, cache: Path, check: Callable[[], None] = lambda: None) -> Index:
    """The index at ``address`` (https, or http on this computer), added to the local one.

    An empty address means the local one alone. It blocks for up to 30 seconds, so call it in a
    worker thread; ``check`` is called meanwhile, and ends it by raising. The last answer is kept in
    the folder ``cache``: if the address cannot be read, it is used, and ``problem`` says why.
    Raises nothing else than ``check`` does.
    """
    entries = {entry.name: entry for entry in local_index()}
    problem = None
    if address := address.strip():
        kept = cache / f"plugin-index-{zlib.crc32(address.encode()):08x}.json"
        try:
            body = _fetched(address, check)
            found = _read(body, address)
            write_atomically(kept, body)
        except UserError as error:
            problem = error
            found = _last(kept, address)
        entries |= {entry.name: entry for entry in found}
    return Index(sorted(entries.values(), key=lambda entry: entry.name), problem)


def _fetched(address: str, check: Callable[[], None]) -> bytes:
    if not is_safe_address(address):
        raise UserError(
            "The address of the plugin index must begin with https://.", advice=_CORRECT
        )
    answer = request("GET", address, limits=_LIMITS, advice=_CORRECT, check=check)
    if answer.status != 200:
        raise UserError(
            "“{host}” answers with status {status} instead of the plugin index.",
            advice=_CORRECT,
            status=answer.status,
            host=host_of(address),
        )
    return answer.body


def is_safe_address(address: str) -> bool:
    """True for https, and for http on this computer, where nobody listens in."""
    try:
        parts = urlsplit(address)
        here = parts.hostname in ("localhost", "127.0.0.1", "::1")
        return bool(parts.hostname) and (
            parts.scheme == "https" or (parts.scheme == "http" and here)
        )
    except ValueError:
        return False


def _last(kept: Path, address: str) -> list[Entry]:
    try:
        with reading(kept):
            return _read(read_bytes(kept, _LARGEST), address)
    except UserError:
        return []


def _read(body: bytes, address: str) -> list[Entry]:
    with reading(
        host_of(address),
        "The plugin index of “{file}” cannot be read: {reason}.",
        advice="Ask who keeps it, or set another address in the settings.",
    ):
        return _entries(body, address)


def _entries(body: bytes, base: str) -> list[Entry]:
    """Raises ValueError if anything in it is wrong: half an index would hide that."""
    data = parse_json(body)
    if not isinstance(data, dict) or not isinstance(data.get("plugins"), list):
        raise ValueError("it has no list “plugins”")
    if data.get("format") != FORMAT:
        raise ValueError(f"its format is {data.get('format')!r}, not {FORMAT}")
    if len(data["plugins"]) > _MOST:
        raise ValueError(f"it lists more than {_MOST} plugins")
    return [_entry(item, number, base) for number, item in enumerate(data["plugins"], 1)]


def _entry(item: Any, number: int, base: str) -> Entry:
    if not isinstance(item, dict):
        raise ValueError(f"plugin {number} is not an object")
    where = f"plugin {number}"

    def text(key: str) -> str:
        value = item.get(key, "")
        if not isinstance(value, str) or len(value) > _LONGEST:
            raise ValueError(f"“{key}” of {where} is not a text of at most {_LONGEST} characters")
        return value

    def texts(key: str) -> Mapping[str, str]:
        value = item.get(key)
        if not isinstance(value, dict) or not value.get("en"):
            raise ValueError(f"“{key}” of {where} is not an object with a text for “en”")
        if not all(isinstance(word, str) and len(word) <= _LONGEST for word in value.values()):
            raise ValueError(f"“{key}” of {where} holds something else than texts")
        return value

    entry = Entry(
        name=text("name"),
        title=texts("title"),
        description=texts("description"),
        requirement=text("requirement") or text("name"),
        picture=urljoin(base, text("picture")) if text("picture") else "",
        author=text("author"),
        home=text("home"),
        licence=text("licence"),
        api=text("api"),
    )
    _check(entry, where, base)
    return entry


def _check(entry: Entry, where: str, base: str) -> None:
    try:
        Requirement(entry.name)
        address = (Requirement(entry.requirement).url or "").removeprefix("git+")
        SpecifierSet(entry.api)
    except (InvalidRequirement, InvalidSpecifier) as error:
        raise ValueError(f"{where} (“{entry.name}”): {error}") from error
    picture = "" if base.startswith("file:") else entry.picture
    if not all(is_safe_address(text) for text in (address, picture, entry.home) if text):
        raise ValueError(f"{where} (“{entry.name}”) has an address that is not https")
