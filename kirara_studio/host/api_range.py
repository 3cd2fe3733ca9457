"""The versions of the plugin interface that a plugin was written for, known before it is imported.

A plugin states them in the module that its entry point names, as a plain assignment at the top::

    KIRARA_API = ">=1.3,<2"

The text is read from the source: in an installed package, in a source folder, and in a wheel that
is only unpacked. A plugin without it is judged by the ``api`` of its first panel.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from kirara_studio.api import API_VERSION
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_file
from kirara_studio.api.reading import reading

NAME = "KIRARA_API"


def declared_api(source: str) -> str | None:
    """The range that the source of a plugin's module declares, such as ``">=1,<2"``, or None.

    Also None for source that cannot be parsed: importing it explains that better.
    """
    import ast  # not needed to start without plugins of others

    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    assigned: list[ast.expr | None] = []
    of_panels: list[ast.expr | None] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node in tree.body:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Name) and target.id == NAME for target in targets):
                assigned.append(node.value)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Panel"):
            of_panels += [word.value for word in node.keywords if word.arg == "api"]
    for value in (*assigned, *of_panels):
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            return value.value
    return None


def module_file(module: str, folders: Iterable[Path | str]) -> Path | None:
    """The source file of ``module`` in the first of ``folders`` that has it."""
    path = Path(*module.split("."))
    files = (
        Path(folder) / file
        for folder in folders
        for file in (path / "__init__.py", path.with_suffix(".py"))
    )
    return next(filter(is_file, files), None)


def module_source(module: str, folders: Iterable[Path | str]) -> str | None:
    """The source of ``module`` in the first of ``folders`` that has it; nothing is imported."""
    file = module_file(module, folders)
    if file is not None:
        with suppress(UserError), reading(file):  # importing it will say what is wrong
            return file.read_text(encoding="utf-8", errors="replace")
    return None


def refusal(module: str, folders: Iterable[Path | str]) -> str:
    """Why the plugin of ``module`` does not fit this studio, as a sentence, or an empty text."""
    source = module_source(module, folders)
    declared = declared_api(source) if source is not None else None
    return misfit(declared) if declared is not None else ""


def misfit(range_: str) -> str:
    """Why a plugin with this range does not fit this studio, as a sentence, or an empty text.

    ``range_`` is a version specifier, as in a list of requirements.
    """
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        fits = SpecifierSet(range_).contains(API_VERSION)
    except InvalidSpecifier:
        return f"The api “{range_}” is not a version specifier, such as “>=1,<2”."
    return "" if fits else f"It needs plugin interface {range_}; this studio has {API_VERSION}."
