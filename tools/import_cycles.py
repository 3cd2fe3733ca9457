"""Import cycles, also those that only type checkers see: ``python -m tools.import_cycles``.

An import counts wherever it stands: at the top, in a function, under ``TYPE_CHECKING``. Fails if a
package has a cycle.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def packages(root: Path = ROOT) -> list[Path]:
    """The studio, its plugins, and the plugin that is a distribution of its own."""
    plugins = [*(root / "plugins").glob("kirara_*"), *(root / "plugins").glob("*/kirara_*/")]
    own = [folder for folder in plugins if (folder / "__init__.py").exists()]
    return [root / "kirara_studio", *sorted(own)]


def imports_of(package: Path) -> dict[str, set[str]]:
    """Map each module to those of its package that it imports; ``a/__init__.py`` is ``a``."""
    files = {_name_of(package, file): file for file in package.rglob("*.py")}
    return {name: set(_imported(name, file, files.keys())) - {name} for name, file in files.items()}


def cycles(graph: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """The strongly connected components of more than one module, sorted (Tarjan's algorithm)."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(module: str) -> None:
        number[module] = low[module] = len(number)
        stack.append(module)
        for other in sorted(graph.get(module, ())):
            if other not in number:
                visit(other)
                low[module] = min(low[module], low[other])
            elif other in stack:
                low[module] = min(low[module], number[other])
        if low[module] == number[module]:
            component = stack[stack.index(module) :]
            del stack[stack.index(module) :]
            if len(component) > 1:
                found.append(sorted(component))

    for module in sorted(graph):
        if module not in number:
            visit(module)
    return sorted(found)


def problems(found: Mapping[str, list[list[str]]]) -> list[str]:
    """A line for each cycle, given those of each package."""
    return [
        f"{package}: import cycle: {', '.join(cycle)}"
        for package, its_cycles in found.items()
        for cycle in its_cycles
    ]


def _name_of(package: Path, file: Path) -> str:
    parts = file.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(name: str, file: Path, modules: Iterable[str]) -> Iterable[str]:
    known = set(modules)
    package = name if file.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            wanted = [(alias.name, "") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, base] if base else above)
            wanted = [(base, alias.name) for alias in node.names]
        else:
            continue
        for base, member in wanted:
            whole = f"{base}.{member}"
            if whole in known:
                yield whole
            elif base in known:
                yield base


def main() -> int:
    """Report; 1 if something is wrong."""
    found = {package.name: cycles(imports_of(package)) for package in packages()}
    lines = problems(found)
    print("\n".join(lines) if lines else "No import cycle.")
    return bool(lines)


if __name__ == "__main__":
    sys.exit(main())
