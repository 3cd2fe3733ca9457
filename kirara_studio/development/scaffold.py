"""Makes a new plugin of the template that comes with the studio."""

from __future__ import annotations

import json
import keyword
import re
import shutil
from collections.abc import Callable, Collection
from importlib.util import find_spec
from pathlib import Path
from xml.sax.saxutils import escape

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import entries, exists, is_file, is_folder, whole_folder
from kirara_studio.api.resources import resource_folder
from kirara_studio.development.translations import compile_catalogue

TEMPLATE = "plugin-template"
LONGEST_NAME = 40

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_TOKENS = re.compile(
    r"kirara-newplugin|New Plugin Author|New plugin|NewPlugin|newplugin"
)  # of the template, which is a plugin that works: the project's tests and ruff read it as it is
_BINARY = (".qm",)
_RESERVED = ("studio", "plugins", "tour", "train", "page")
_DOT = "dot-"
"""Begins the names of template files that begin with a full stop in the plugin."""


def new_plugin(
    name: str, target: Path, *, title: str = "", author: str = "", taken: Collection[str] = ()
) -> Path:
    """Write a new plugin into the folder ``target``, whole or not at all, and return the folder.

    Parameters
    ----------
    name
        Of the plugin: a lower-case word, such as ``hello`` or ``star_map``. The package is then
        ``kirara_star_map``, the distribution ``kirara-star-map``.
    title, author
        What users read. By default the title is made of the name, and no author is named.
    taken
        Names of plugins that there are already.

    Raises UserError if the name cannot be used, or if the folder holds something.
    """
    name = checked_name(name, taken)
    words = _words(name, _one_line(title), _one_line(author))
    if exists(target) and (not is_folder(target) or entries(target)):
        raise UserError(
            "“{folder}” is there already.",
            advice="Choose another folder with --out.",
            folder=target,
        )
    template = resource_folder() / TEMPLATE
    with whole_folder(target) as folder:
        for source in sorted(template.rglob("*")):
            if is_file(source) and "__pycache__" not in source.parts:
                place = folder / _renamed(source.relative_to(template), words)
                place.parent.mkdir(parents=True, exist_ok=True)
                _copy(source, place, words)
        for catalogue in folder.rglob("*.ts"):
            compile_catalogue(catalogue)
    return target


def checked_name(name: str, taken: Collection[str] = ()) -> str:
    """``name`` with underscores, if a plugin can be called so. Raises UserError."""
    name = name.replace("-", "_")
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME or keyword.iskeyword(name):
        raise UserError(
            "A plugin cannot be called “{name}”.",
            advice="Use lower-case letters, digits and hyphens, such as “star-map”.",
            name=name,
        )
    if name in taken or name in _RESERVED:
        raise UserError(
            "There is already a plugin “{name}”.", advice="Choose another name.", name=name
        )
    if find_spec(f"kirara_{name}") is not None:
        raise UserError(
            "There is already a package “{package}”.",
            advice="Choose another name.",
            package=f"kirara_{name}",
        )
    return name


def _words(name: str, title: str, author: str) -> dict[str, str]:
    """What stands in a new plugin for each token of the template."""
    return {
        "kirara-newplugin": f"kirara-{name.replace('_', '-')}",
        "New Plugin Author": author,
        "New plugin": title or name.replace("_", " ").capitalize(),
        "NewPlugin": "".join(part.capitalize() for part in name.split("_")),
        "newplugin": name,
    }


def _copy(source: Path, target: Path, words: dict[str, str]) -> None:
    if source.suffix in _BINARY:
        shutil.copyfile(source, target)
        return
    text = source.read_text(encoding="utf-8")
    if not words["New Plugin Author"]:
        text = re.sub(r"^authors = .*\n", "", text, flags=re.MULTILINE)
    quote = _QUOTED.get(source.suffix, str)
    target.write_text(
        _TOKENS.sub(lambda match: quote(words[match[0]]), text), encoding="utf-8", newline="\n"
    )


def _in_quotes(text: str) -> str:
    """As it stands between the quotes of Python and of TOML."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


_QUOTED: dict[str, Callable[[str], str]] = {
    ".py": _in_quotes, ".toml": _in_quotes, ".ts": escape, ".svg": escape,
}  # fmt: skip


def _renamed(path: Path, words: dict[str, str]) -> Path:
    parts = (_TOKENS.sub(lambda match: words[match[0]], part) for part in path.parts)
    return Path(
        *(f".{part.removeprefix(_DOT)}" if part.startswith(_DOT) else part for part in parts)
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
