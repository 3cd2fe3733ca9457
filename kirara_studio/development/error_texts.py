"""Find the texts of errors: the literal templates given to UserError, its subclasses and `reading`.

Qt's ``lupdate`` does not know these calls, so ``translations.py`` writes what is found here into a
file for it. Only literals can be found and translated; a test fails for anything else.
"""

from __future__ import annotations

import ast
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

BASE = "UserError"
GUARD = "reading"
"""The function of the studio that makes errors of the templates it is given after a path."""
_GUARDED = {"file", "path", "folder", "reason"}  # fields that it fills in by itself


@dataclass
class Class:
    """A class of errors: its own arguments, and the texts of its defaults."""

    arguments: set[str] = field(default_factory=lambda: {"message", "advice"})
    defaults: list[ast.expr] = field(default_factory=list)


@dataclass
class Found:
    """The texts of one file, and what is wrong in it, as "line: sentence"."""

    texts: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def classes_in(files: Iterable[Path]) -> dict[str, Class]:
    """``UserError`` and all classes in ``files`` that derive from it, by name."""
    definitions = [
        node
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    found = {BASE: Class()}
    before = 0
    while before < len(found):
        before = len(found)
        for definition in definitions:
            bases = {base.id for base in definition.bases if isinstance(base, ast.Name)}
            if definition.name not in found and (errors := bases & found.keys()):
                found[definition.name] = _class_of(definition, [found[name] for name in errors])
    return found


def texts_in(file: Path, classes: dict[str, Class]) -> Found:
    """The texts of all errors that ``file`` makes."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found = Found()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == GUARD:
            for default in (*node.args.defaults, *node.args.kw_defaults):
                found.texts += _literals(default, constants) or [] if default else []
        elif isinstance(node, ast.ClassDef) and node.name in classes:
            for default in classes[node.name].defaults:
                found.texts += _literals(default, constants) or []
        elif isinstance(node, ast.Call) and _name(node.func) in classes:
            _look_at(node, classes[_name(node.func)], constants, found)
        elif isinstance(node, ast.Call) and _name(node.func) == GUARD:
            _look_at(node, Class(), constants, found, guard=True)
    found.texts = [text for text in dict.fromkeys(found.texts) if text]
    return found


def _look_at(
    call: ast.Call,
    called: Class,
    constants: dict[str, ast.expr],
    found: Found,
    *,
    guard: bool = False,
) -> None:
    keywords = {word.arg: word.value for word in call.keywords if word.arg is not None}
    rebuilt = any(word.arg is None for word in call.keywords)
    given = [
        *(call.args[1:2] if guard else call.args[:1]),
        *(keywords[name] for name in ("message", "advice") if name in keywords),
    ]
    texts: list[str] = []
    for argument in given:
        literals = _literals(argument, constants)
        if literals is None:
            what = ast.unparse(argument)
            found.problems.append(f"{call.lineno}: {what} is not a literal to translate")
            return
        texts += literals
    found.texts += texts
    known = _GUARDED if guard else set()
    values = keywords.keys() - called.arguments - known
    fields = {name for text in texts for name in _fields(text)} - known
    if not rebuilt and fields != values:
        odd = ", ".join(sorted(fields ^ values))
        found.problems.append(f"{call.lineno}: fields and values differ: {odd}")


def _literals(node: ast.expr, constants: dict[str, ast.expr]) -> list[str] | None:
    """The possible texts of an argument; None if they are not literals."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        branches = [_literals(branch, constants) for branch in (node.body, node.orelse)]
        return None if None in branches else [text for texts in branches for text in texts or []]
    if isinstance(node, ast.Name) and node.id in constants:
        return _literals(constants[node.id], {})
    return None


def _fields(template: str) -> Iterator[str]:
    for _, name, specification, _ in string.Formatter().parse(template):
        if name is not None:
            yield name
            yield from _fields(specification or "")


def _class_of(definition: ast.ClassDef, bases: Iterable[Class]) -> Class:
    known = Class()
    for base in bases:
        known.arguments |= base.arguments
    for node in definition.body:
        if isinstance(node, ast.FunctionDef) and node.name == "__init__":
            arguments = [*node.args.args[1:], *node.args.kwonlyargs]
            known.arguments |= {argument.arg for argument in arguments}
            pairs = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
            known.defaults += [
                default for name, default in pairs if name.arg == "advice" and default is not None
            ]
    return known


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
