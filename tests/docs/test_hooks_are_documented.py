"""Every hook is described, by its own docstring and on the page for writers of plugins."""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path

import pytest

from kirara_studio.api.hooks import StudioHooks
from kirara_studio.development.scaffold import new_plugin
from kirara_studio.host.folders import Folders
from kirara_studio.host.registry import load_registry
from kirara_studio.testing.rules import chosen_rules
from tests.host.plugin_maker import install
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


@pytest.mark.parametrize(
    ("name", "module", "takes"),
    [
        ("Action", "hooks", "Action(id, title, run, shortcut='', context='')"),
        ("Notice", "notices", "Notice(title, text='', panel='', id='', actions=())"),
        ("SettingsPage", "settings", "SettingsPage(id, title, fields, context='')"),
        ("Command", "commands", "Command(name, help, configure)"),
        ("UserError", "errors", "UserError(message, *, advice='', **values)"),
        ("JobTools", "jobs", ""),
        ("PanelContext", "panel", ""),
    ],
)
def test_where_a_class_lives_and_what_it_takes_is_found_at_once(
    name: str, module: str, takes: str
) -> None:
    page = hook_reference.page()
    row = next(line for line in page.splitlines() if line.startswith(f"| [`{name}`]"))
    assert f"`from kirara_studio.api.{module} import {name}`" in row
    assert takes in row
    assert section(page, name)


def test_the_examples_of_all_hooks_are_a_plugin_that_loads(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))
    page = (repository / "docs" / "writing-a-plugin.md").read_text(encoding="utf-8")
    hooks = page.partition("\n## Hooks\n")[2].partition("\n## ")[0]
    blocks = [b for b in re.findall(r"```python\n(.*?)```", hooks, re.DOTALL) if b[0] != "#"]
    folders = Folders.below(tmp_path)
    install(folders.plugins, "hello", "\n".join(blocks))
    registry = load_registry(folders)
    record = next(record for record in registry.plugins if record.name == "hello")
    assert record.state == "enabled", record.reason
    defined = {name for block in blocks for name in re.findall(r"^def (kirara_\w+)", block, re.M)}
    assert defined == set(HOOKS)
    assert {"hello.open"} <= {action.id for action in registry.actions}


@pytest.mark.parametrize("file", ["__init__.py", "jobs.py", "panel.py"])
def test_the_guide_shows_what_is_made(repository: Path, tmp_path: Path, file: str) -> None:
    page = (repository / "docs" / "writing-a-plugin.md").read_text(encoding="utf-8")
    shown = re.search(rf"```python\n# kirara_hello/{re.escape(file)}\n(.*?)```", page, re.DOTALL)
    made = new_plugin("hello", tmp_path / "hello") / "kirara_hello" / file
    assert shown is not None and shown[1] == made.read_text(encoding="utf-8")


def test_the_guide_names_every_rule(repository: Path) -> None:
    page = (repository / "docs" / "writing-a-plugin.md").read_text(encoding="utf-8")
    table = page.partition("### 4. Check it")[2].partition("### 5.")[0]
    assert set(re.findall(r"`(\w+)`[,| ]", table)) >= {rule.name for rule in chosen_rules()}


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
