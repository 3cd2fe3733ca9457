"""The reference of the hooks, made from their specifications in ``kirara_studio.api.hooks``.

Nothing about a hook is written here: signature and text are those of the code.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from kirara_studio.api import commands, hooks, models, notices, panel, settings
from tools.documentation.markup import markdown

MODULES: tuple[ModuleType, ...] = (hooks, panel, commands, settings, notices, models)
"""Where the types of the hooks' arguments and results are defined."""

_PACKAGE = "kirara_studio."
_INTRODUCTION = """# Hook reference

Generated from `kirara_studio/api/hooks.py`. [Writing a plugin](writing-a-plugin.md) introduces
the hooks with examples. An implementation is marked `@hookimpl` and names only the arguments that
it uses.
"""


def specifications() -> dict[str, Callable[..., Any]]:
    """Every hook specification by its name, in the order of the source."""
    marker = f"{hooks.PROJECT}_spec"
    return {
        name: function
        for name, function in vars(hooks.StudioHooks).items()
        if getattr(function, marker, None) is not None
    }


def signature(function: Callable[..., Any]) -> str:
    """The signature as a plugin sees it, without ``self``, with types as they are written."""
    found = inspect.signature(function)
    parameters = [p for name, p in found.parameters.items() if name != "self"]
    return f"{function.__name__}{_unquoted(found.replace(parameters=parameters))}"


def page() -> str:
    """The whole reference as Markdown."""
    specs = specifications()
    parts = [_INTRODUCTION, "## Hooks"]
    for name, function in specs.items():
        parts += [f"### `{name}`", _code(f"def {signature(function)}"), _doc(function)]
    parts.append("## Types")
    for described in _types_of(" ".join(signature(function) for function in specs.values())):
        parts += [f"### `{described.__name__}`", f"From `{described.__module__}`.", _doc(described)]
        if dataclasses.is_dataclass(described):
            parts.append(_fields(described))
        else:
            parts += _methods(described)
    return "\n\n".join(parts) + "\n"


def _types_of(signatures: str) -> Iterator[type]:
    """The classes of the plugin interface that the signatures name, by name."""
    words = set(re.findall(r"\w+", signatures))
    found = {
        name: value
        for module in MODULES
        for name, value in vars(module).items()
        if name in words and inspect.isclass(value) and value.__module__ == module.__name__
    }
    for name in sorted(found):
        yield found[name]


def _fields(described: type) -> str:
    rows = ["| field | type | default |", "|---|---|---|"]
    for field in dataclasses.fields(described):
        kind = str(field.type).replace("|", "\\|")
        rows.append(f"| `{field.name}` | `{kind}` | {_default(field)} |")
    return "\n".join(rows)


def _default(field: dataclasses.Field[Any]) -> str:
    if field.default is not dataclasses.MISSING:
        return f"`{field.default!r}`"
    return "required" if field.default_factory is dataclasses.MISSING else "new for each"


def _methods(described: type) -> Iterator[str]:
    bases = [base for base in described.__mro__[::-1] if base.__module__.startswith(_PACKAGE)]
    members = {name: member for base in bases for name, member in vars(base).items()}
    for name, member in members.items():
        if inspect.isfunction(member) and not name.startswith("_"):
            yield f"#### `{described.__name__}.{name}`"
            yield _code(f"def {signature(member)}")
            yield _doc(member)


def _doc(described: Callable[..., Any]) -> str:
    return markdown(described.__doc__)


def _code(text: str) -> str:
    return f"```python\n{text}\n```"


def _unquoted(found: inspect.Signature) -> str:
    """Annotations are strings here, which ``str`` would put into quotes."""
    return re.sub(r"(?<=: |> )'([^']*)'", r"\1", str(found))
