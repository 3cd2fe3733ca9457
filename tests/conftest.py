"""Fixtures that all tests share."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kirara_studio.api.jobs import one_thread
from kirara_studio.engine.children import FULL_PRIORITY
from kirara_studio.importing import import_pyside
from kirara_studio.processes import WAITING
from kirara_studio.ui.garbage import collect_what_is_due
from tests.packaging import loaded

REPOSITORY = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """Some tests of the whole program can try one that is installed elsewhere."""
    parser.addoption(
        "--studio-python",
        default=sys.executable,
        help="the interpreter of the studio that tests of the whole program start",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Compile translations that changed, import PySide6 as the program does, and set up processes.

    A shell starts a background process with SIGINT ignored, and its children inherit that. Several
    tests run at once, so a second thread of torch would mostly wait for the first, and an engine or
    a training at low priority for all other tests.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.update(WAITING, OMP_NUM_THREADS="1")
    os.environ[FULL_PRIORITY] = "1"
    import_pyside()
    if not hasattr(config, "workerinput"):
        loaded(REPOSITORY / "packaging" / "build_hook.py").compile_outdated(REPOSITORY)


@pytest.fixture
def low_priority(monkeypatch: pytest.MonkeyPatch) -> None:
    """Engines and trainings have the priority that they have on a user's computer."""
    monkeypatch.delenv(FULL_PRIORITY)


@pytest.fixture(scope="module", autouse=True)
def what_other_modules_made_stays() -> None:
    """Collecting garbage, which many tests do, looks at the objects of this module's tests only."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def garbage_is_collected_here() -> Iterator[None]:
    """As in the studio, no other thread destroys widgets."""
    gc.disable()
    yield
    collect_what_is_due()


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder with reference outputs beside the checkout; the test is skipped without it."""
    folder = REPOSITORY.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder “shared” with the reference data is not beside the checkout")
    return folder


@pytest.fixture
def in_one_thread() -> Iterator[None]:
    """The order of sums, which decides the last bit, is the same here and in child processes."""
    with one_thread():
        yield
