"""The reference of the shared widgets, made from the source of ``kirara_studio.api.widgets``.

The source is parsed, not imported, so the site can be built where Qt's libraries are missing.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import kirara_studio.api
from tools.documentation.markup import markdown

WIDGETS = Path(kirara_studio.api.__file__).parent / "widgets"

_INTRODUCTION = """# Shared widgets

Generated from `kirara_studio/api/widgets`. Import them as
`from kirara_studio.api.widgets import Button`. They paint themselves in the studio's theme.
"""

Definition = ast.ClassDef | ast.FunctionDef | ast.Assign


def exported() -> tuple[str, ...]:
    """The names that ``kirara_studio.api.widgets`` exports."""
    for node in ast.parse((WIDGETS / "__init__.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "EXPORTED":
            return tuple(" ".join(ast.literal_eval(node.value).values()).split())
    raise ValueError("kirara_studio.api.widgets has no EXPORTED")


def definitions() -> dict[str, Definition]:
    """Exported classes, functions, types and constants by name."""
    names = set(exported())
    found: dict[str, Definition] = {}
    for path in sorted(WIDGETS.rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.Assign):
                name = ast.unparse(node.targets[0]) if isinstance(node, ast.Assign) else node.name
                if name in names:
                    found[name] = node
    return dict(sorted(found.items()))


def page() -> str:
    """The whole reference as Markdown."""
    parts = [_INTRODUCTION]
    for name, node in definitions().items():
        parts += [f"## `{name}`", _code(_header(node))]
        if not isinstance(node, ast.Assign):
            parts.append(markdown(ast.get_docstring(node)))
        if isinstance(node, ast.ClassDef):
            parts.append("\n".join(_members(node)))
    return "\n\n".join(part for part in parts if part) + "\n"


def _header(node: Definition) -> str:
    if isinstance(node, ast.Assign):
        return ast.unparse(node)
    if isinstance(node, ast.FunctionDef):
        return _signature(node.name, node)
    made = next((m for m in _functions(node) if m.name == "__init__"), None)
    return _signature(node.name, made) if made else node.name


def _members(node: ast.ClassDef) -> Iterator[str]:
    for member in node.body:
        if isinstance(member, ast.Assign) and ast.unparse(member.value).startswith("Signal("):
            yield f"- signal `{ast.unparse(member.targets[0])}`: `{ast.unparse(member.value)}`"
    for member in _functions(node):
        documentation = ast.get_docstring(member)
        if documentation and not member.name.startswith("_"):
            first = markdown(documentation.split("\n\n")[0])
            yield f"- `{_signature(member.name, member)}`: {' '.join(first.split())}"


def _functions(node: ast.ClassDef) -> list[ast.FunctionDef]:
    return [member for member in node.body if isinstance(member, ast.FunctionDef)]


def _signature(name: str, node: ast.FunctionDef) -> str:
    arguments = ast.unparse(node.args).removeprefix("self, ").removeprefix("self")
    result = f" -> {ast.unparse(node.returns)}" if node.returns and node.name != "__init__" else ""
    return f"{name}({arguments}){result}"


def _code(text: str) -> str:
    return f"```python\n{text}\n```"
