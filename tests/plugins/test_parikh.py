"""The tests of plugins/parikh, run as its author runs them: it is a distribution of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plugins.test_plugin_shape import imported

PUBLIC = ("kirara_studio.api.", "kirara_parikh.")


@pytest.mark.timeout(600)
def test_its_own_tests_pass(repository: Path) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(repository), str(repository / "plugins")]),
        "QT_QPA_PLATFORM": "offscreen",
    }
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-m", "not slow", "-p", "no:cacheprovider"],
        cwd=repository / "plugins" / "parikh",
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]


def test_it_uses_the_public_interface_only(repository: Path) -> None:
    for file in (repository / "plugins" / "parikh" / "kirara_parikh").rglob("*.py"):
        for name in imported(file):
            if name.startswith("kirara_"):
                assert name.startswith(PUBLIC), f"{file.name}: {name}"


def test_its_translations_are_complete(repository: Path) -> None:
    from kirara_studio.development.translations import catalogue_problems

    package = repository / "plugins" / "parikh" / "kirara_parikh"
    assert list(catalogue_problems(package, package / "translations" / "ja.ts")) == []
