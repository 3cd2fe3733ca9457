"""Every hook is described, by its own docstring and on the page for writers of plugins."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from kirara_studio.api.hooks import StudioHooks
from tools.documentation import hook_reference, widget_reference

HOOKS = [name for name in vars(StudioHooks) if name.startswith("kirara_")]


def arguments(hook: str) -> str:
    """The arguments as a plugin writes them: ``notice, action``."""
    parameters = inspect.signature(getattr(StudioHooks, hook)).parameters
    return ", ".join(name for name in parameters if name != "self")


def section(page: str, title: str) -> str:
    """The text below the heading ``### title``, up to the next heading."""
    found = re.search(
        rf"^### `{re.escape(title)}`\n(.*?)(?=^##|\Z)", page, re.DOTALL | re.MULTILINE
    )
    assert found, f"there is no heading ### `{title}`"
    return found[1].strip()


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_is_in_the_reference_with_its_signature_and_docstring(hook: str) -> None:
    text = section(hook_reference.page(), hook)
    untyped = re.sub(r": \w+(?=[,)])", "", text)
    assert f"def {hook}({arguments(hook)}) -> " in untyped
    summary = (getattr(StudioHooks, hook).__doc__ or "").strip().splitlines()[0]
    assert summary.replace("``", "`") in text


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_has_a_section_in_writing_a_plugin(hook: str, repository: Path) -> None:
    page = (repository / "docs" / "writing-a-plugin.md").read_text(encoding="utf-8")
    assert len(section(page, f"{hook}({arguments(hook)})")) > 40


def test_writing_a_plugin_describes_no_hook_that_is_gone(repository: Path) -> None:
    page = (repository / "docs" / "writing-a-plugin.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^### `(kirara_\w+)\(", page, re.MULTILINE))
    assert described == set(HOOKS)


def test_the_reference_describes_the_types_of_arguments_and_results() -> None:
    page = hook_reference.page()
    for name in (
        "Panel",
        "Command",
        "Action",
        "SettingsPage",
        "NoticeBackend",
        "Notice",
        "ModelFormat",
    ):
        assert "| field | type | default |" in section(page, name)
    assert "| `widget` | `str` | required |" in section(page, "Panel")
    assert "#### `Studio.notify`" in page


def test_every_exported_widget_is_in_the_reference() -> None:
    page = widget_reference.page()
    described = set(re.findall(r"^## `(\w+)`$", page, re.MULTILINE))
    assert described == set(widget_reference.exported())
    assert "- signal `clicked`" in page
