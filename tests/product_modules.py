"""The modules of the program and of the plugins beside it, parsed once."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

SOURCES = Path(__file__).resolve().parent.parent


@cache
def product_modules() -> list[tuple[str, ast.Module]]:
    """Names, from the root of the checkout, and syntax trees."""
    plugins = SOURCES / "plugins"
    packages = [
        SOURCES / "kirara_studio", *plugins.glob("kirara_*"), *plugins.glob("*/kirara_*/")
    ]  # fmt: skip
    return [
        (path.relative_to(SOURCES).as_posix(), ast.parse(path.read_text("utf-8")))
        for package in packages
        for path in sorted(package.rglob("*.py"))
    ]
