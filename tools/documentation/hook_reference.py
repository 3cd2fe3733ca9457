"""The reference of the plugin interface, made from its source.

Nothing about a hook or a class is written here: signature and text are those of the code.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from kirara_studio.api import (
    commands,
    deprecation,
    errors,
    hooks,
    jobs,
    messengers,
    models,
    notices,
    outbox,
    panel,
    secrets,
    settings,
    training,
)
from tools.documentation.markup import markdown

MODULES: tuple[ModuleType, ...] = (
    hooks, panel, commands, settings, notices, messengers, outbox, jobs, errors, secrets, training,
    models, deprecation,
)  # fmt: skip
"""Where the classes are defined that hooks, panels and jobs deal with."""

_PACKAGE = "kirara_studio."
_INTRODUCTION = """# Hook reference

Generated from the source of `kirara_studio.api`. [Writing a plugin](writing-a-plugin.md) introduces
the hooks with examples. An implementation is marked `@hookimpl` and names only the arguments that
it uses.

## Where everything is

What you make, where it is imported from, and what it takes:
"""

_GIVEN = "What the studio gives you; import these for annotations only:"


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
    made = [kind for kind in types() if not _is_given(kind)]
    given = [kind for kind in types() if _is_given(kind)]
    parts = [_INTRODUCTION, _index(made), _GIVEN, _index(given), "## Hooks"]
    for name, function in specs.items():
        parts += [f"### `{name}`", _code(f"def {signature(function)}"), _doc(function)]
    parts.append("## Types")
    for described in types():
        parts += [f"### `{described.__name__}`", f"From `{described.__module__}`.", _doc(described)]
        if dataclasses.is_dataclass(described):
            parts.append(_fields(described))
        else:
            parts += _methods(described)
    return "\n\n".join(parts) + "\n"


def types() -> list[type]:
    """The public classes of the plugin interface, by name."""
    found = {
        name: value
        for module in MODULES
        for name, value in vars(module).items()
        if inspect.isclass(value)
        and value.__module__ == module.__name__
        and not name.startswith("_")
        and value is not hooks.StudioHooks
    }
    return [found[name] for name in sorted(found)]


def _is_given(described: type) -> bool:
    """True for what a plugin never makes itself: the studio hands it over."""
    return bool(getattr(described, "_is_protocol", False))


def _index(described: list[type]) -> str:
    rows = ["| name | import | takes |", "|---|---|---|"]
    for kind in described:
        name = kind.__name__
        takes = "" if _is_given(kind) else f"`{name}{_arguments(kind)}`"
        line = f"from {kind.__module__} import {name}"
        rows.append(f"| [`{name}`](#{name.lower()}) | `{line}` | {takes} |")
    return "\n".join(rows)


def _arguments(kind: type) -> str:
    """The arguments as a plugin writes them, without types."""
    try:
        found = inspect.signature(kind)
    except ValueError:  # an exception without a constructor of its own
        return "()"
    plain = [
        parameter.replace(annotation=inspect.Parameter.empty)
        for parameter in found.parameters.values()
    ]
    text = str(found.replace(parameters=plain, return_annotation=inspect.Signature.empty))
    return text.replace("|", "\\|")


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
