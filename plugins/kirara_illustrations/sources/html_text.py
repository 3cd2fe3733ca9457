"""HTML from strangers as plain text, and the pictures in it.

Python's own parser takes minutes for some kinds of nonsense (“<a <a <a …”); this reader goes
through the text once, and needs only what breaks lines, what is hidden, and pictures.
"""

from __future__ import annotations

import re
from html import unescape

from kirara_illustrations.sources import values
from kirara_illustrations.sources.base import Picture

_LONGEST = 200_000  # characters that are looked at; more than any post has
_LONGEST_TAG = 4000
_TAG = re.compile(r"""</?([a-zA-Z][\w:-]*)([^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*)>""")
_ATTRIBUTE = re.compile(r"""([a-zA-Z][\w:-]*)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_BREAKS = {"br", "p", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "blockquote", "figure"}
_HIDDEN = {"script", "style", "template", "noscript", "head", "iframe", "object", "textarea"}
_SPACES = re.compile(r"[ \t\r\f\v\xa0]+")
_LINES = re.compile(r" ?\n[ \n]*")


def read_html(html: str, base: str = "") -> tuple[str, tuple[Picture, ...]]:
    """The text of ``html``, and the pictures that it shows, whose addresses ``base`` completes."""
    html = html[:_LONGEST]
    lower = html.lower() if len(html.lower()) == len(html) else html
    parts: list[str] = []
    pictures: dict[str, Picture] = {}
    position = 0
    while (start := html.find("<", position)) >= 0:
        parts.append(html[position:start])
        if html.startswith("<!--", start):
            position = _after(html, "-->", start)
        elif html.startswith(("<!", "<?"), start):
            position = _after(html, ">", start)
        elif not (tag := _TAG.match(html, start, start + _LONGEST_TAG)):
            parts.append("<")
            position = start + 1
        else:
            name, position = tag[1].lower(), tag.end()
            if name in _HIDDEN and html[start + 1] != "/":
                position = _after(lower, f"</{name}", position)
                position = _after(html, ">", position)
            elif name in _BREAKS:
                parts.append("\n")
            elif name == "img" and (picture := _picture(tag[2], base)):
                pictures.setdefault(picture.address, picture)
    parts.append(html[position:])
    text = _SPACES.sub(" ", unescape("".join(parts)))
    lines = _LINES.sub(lambda found: "\n\n" if found[0].count("\n") > 1 else "\n", text)
    return values.plain(lines), tuple(pictures.values())


def text_of(html: str) -> str:
    """The text of ``html`` alone."""
    return read_html(html)[0]


def _after(html: str, end: str, start: int) -> int:
    """The position behind the next ``end``, or that of the end of all."""
    found = html.find(end, start)
    return len(html) if found < 0 else found + len(end)


def _picture(attributes: str, base: str) -> Picture | None:
    found = {name.lower(): value for name, value in reversed(_ATTRIBUTE.findall(attributes))}
    given = {name: unescape(value.strip("\"'")) for name, value in found.items()}
    where = values.address(given.get("src"), base)
    # Pictures of one pixel count readers.
    if not where or given.get("width") in ("0", "1"):
        return None
    return Picture(where, values.file_name(where), values.plain(given.get("alt", "")))
