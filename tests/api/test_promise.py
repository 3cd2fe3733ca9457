"""The promise of versions: what version 1 of the plugin interface had, it has.

``interface-1.txt`` lists it, one name a line. What is added may be written into it by
``python -m tests.api.test_promise``; a line that is lost needs version 2.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator
from pathlib import Path

from kirara_studio.api import API_VERSION
from tools.documentation import hook_reference, widget_reference

RECORD = Path(__file__).with_name("interface-1.txt")


def interface() -> Iterator[str]:
    """Hooks with arguments, classes with fields or methods and their arguments, widgets."""
    for name, hook in hook_reference.specifications().items():
        for argument in list(inspect.signature(hook).parameters)[1:]:
            yield f"hook {name} argument {argument}"
        yield f"hook {name}"
    for kind in hook_reference.types():
        name = f"{kind.__module__}.{kind.__name__}"
        yield name
        if dataclasses.is_dataclass(kind):
            for field in dataclasses.fields(kind):
                required = field.default is field.default_factory is dataclasses.MISSING
                yield f"{name} field {field.name}{' (required)' if required else ''}"
        for member, value in vars(kind).items():
            if not member.startswith("_") and (
                inspect.isfunction(value) or isinstance(value, property)
            ):
                yield f"{name}.{member}"
                if inspect.isfunction(value):
                    for argument in list(inspect.signature(value).parameters)[1:]:
                        yield f"{name}.{member} argument {argument}"
    for widget in widget_reference.exported():
        yield f"kirara_studio.api.widgets.{widget}"


def test_nothing_of_version_1_is_lost() -> None:
    assert API_VERSION.partition(".")[0] == "1"
    recorded = set(RECORD.read_text(encoding="utf-8").splitlines())
    assert len(recorded) > 250
    assert sorted(recorded - set(interface())) == []


def test_a_new_field_has_a_default() -> None:
    recorded = set(RECORD.read_text(encoding="utf-8").splitlines())
    classes = {line for line in recorded if " " not in line}
    new = set(interface()) - recorded
    demanding = [x for x in new if x.endswith("(required)") and x.partition(" ")[0] in classes]
    assert sorted(demanding) == []


if __name__ == "__main__":
    known = RECORD.read_text(encoding="utf-8").splitlines() if RECORD.exists() else []
    RECORD.write_text("\n".join(sorted({*known, *interface()})) + "\n", encoding="utf-8")
