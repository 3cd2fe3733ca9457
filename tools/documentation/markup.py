"""Docstrings as Markdown.

The docstrings of this project are in NumPy's style, with some of Sphinx' roles. Only what they use
is converted: roles, double backticks and underlined section headings.
"""

from __future__ import annotations

import inspect
import re

_ROLE = re.compile(r":\w+:`~?([^`]+)`")
_DOUBLE = re.compile(r"``([^`]+)``")
_HEADING = re.compile(r"^(?P<title>[A-Z]\w+(?: \w+)*)\n-{3,}$", re.MULTILINE)
_ENTRY = re.compile(
    r"^(?P<name>\S[^\n]*)\n(?P<text>(?:[ \t]+\S[^\n]*\n?|[ \t]*\n(?=[ \t]+\S))+)", re.M
)


def markdown(docstring: str | None) -> str:
    """The text of a docstring in Markdown, with definition lists for NumPy's sections."""
    text = inspect.cleandoc(docstring or "")
    text = _DOUBLE.sub(r"`\1`", _ROLE.sub(r"`\1`", text))
    prose, *sections = _HEADING.split(text)
    parts = [prose.strip()]
    for title, body in zip(sections[::2], sections[1::2], strict=True):
        parts += [f"**{title}**", _entries(body)]
    return "\n\n".join(part for part in parts if part)


def _entries(body: str) -> str:
    """Entries of a section, each a name and an indented text, as a list."""
    entries = _ENTRY.findall(body.strip("\n") + "\n")
    return "\n".join(f"- `{name}`: {' '.join(text.split())}" for name, text in entries)
