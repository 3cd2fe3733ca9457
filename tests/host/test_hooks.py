"""Every hook is documented and tested; the public interface stays light."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys

import pytest

from kirara_studio.api.hooks import StudioHooks

HOOKS = {name: spec for name, spec in vars(StudioHooks).items() if name.startswith("kirara_")}


@pytest.mark.parametrize("name", HOOKS)
def test_hook_is_documented_with_its_signature(name, repository):
    text = (repository / "docs" / "writing-a-plugin.md").read_text(encoding="utf-8")
    arguments = ", ".join(list(inspect.signature(HOOKS[name]).parameters)[1:])
    assert re.search(rf"^### `{name}\({arguments}\)`$", text, re.MULTILINE)
    assert inspect.getdoc(HOOKS[name])


@pytest.mark.parametrize("name", HOOKS)
def test_hook_has_a_test(name, repository):
    text = (repository / "tests" / "host" / "test_registry.py").read_text(encoding="utf-8")
    assert f"def test_{name}(" in text


def test_the_interface_for_hooks_imports_neither_torch_nor_qt_nor_cv2():
    code = (
        "import sys; import kirara_studio.api.hooks, kirara_studio.api.training; "
        "print([m for m in ('torch', 'cv2', 'PySide6', 'numpy') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
