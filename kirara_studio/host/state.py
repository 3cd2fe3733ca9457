"""The state of the window: sizes, the last panel, what was open."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kirara_studio.api.errors import UserError
from kirara_studio.api.kept_files import KeptFile, Parts, json_text, parse_json

log = logging.getLogger(__name__)


class StateStore:
    """JSON values in sections, in one file. Use it from one thread.

    A change calls ``schedule`` with a function to be called some seconds later in the same
    thread; :meth:`save` at exit catches what changed inside nested values. If the file cannot be
    written, values last until the program ends.
    """

    def __init__(
        self,
        path: Path,
        schedule: Callable[[Callable[[], None]], None] | None = None,
        report: Callable[[UserError], None] | None = None,
    ) -> None:
        self._file = KeptFile(path, _decode, _encode, dict, report=report)
        self._schedule = schedule
        self._scheduled = False
        self._saved = self._file.read()
        self._sections: dict[str, _Section] = {}

    def section(self, name: str) -> dict[str, Any]:
        """The values of one panel, or of one part of the studio. Always the same dict."""
        if name not in self._sections:
            values = parse_json(self._saved.get(name, "{}"))
            self._sections[name] = _Section(values, self._note_change)
        return self._sections[name]

    def save(self) -> None:
        """Write the file if something changed."""
        self._scheduled = False
        texts = dict(self._saved)
        for name, section in self._sections.items():
            try:
                texts[name] = json_text(section, None).strip()
            except (TypeError, ValueError, RecursionError) as error:
                # One mistake must not cost the other sections their state.
                log.warning("The state of “%s” is not JSON and was not saved: %s", name, error)
        if texts == self._saved:
            return
        try:
            self._file.write(texts)
        except UserError as error:
            log.warning("%s", error)
        else:
            self._saved = texts

    def _note_change(self) -> None:
        if self._schedule is not None and not self._scheduled:
            self._scheduled = True
            self._schedule(self.save)


def _decode(values: Any, parts: Parts) -> dict[str, str]:
    """The sections, each as JSON text."""

    def section(value: Any) -> str:
        if not isinstance(value, dict):
            raise TypeError("a section is an object")
        return json_text(value, None).strip()

    return parts.mapping(values, section)


def _encode(sections: dict[str, str]) -> str:
    body = ",\n".join(f"{json.dumps(name)}: {text}" for name, text in sections.items())
    return f"{{\n{body}\n}}\n"


class _Section(dict[str, Any]):
    """A dict that calls a function if one of its keys changes."""

    def __init__(self, values: dict[str, Any], changed: Callable[[], None]) -> None:
        super().__init__(values)
        self.changed = changed


def _notifying(name: str) -> Callable[..., Any]:
    method = getattr(dict, name)

    def change(section: _Section, *arguments: Any, **named: Any) -> Any:
        result = method(section, *arguments, **named)
        section.changed()
        return result

    return change


_CHANGING = (
    *("__setitem__", "__delitem__", "__ior__", "update", "pop", "popitem", "clear"),
    "setdefault",  # the caller is about to change the value inside
)
for _name in _CHANGING:
    setattr(_Section, _name, _notifying(_name))
