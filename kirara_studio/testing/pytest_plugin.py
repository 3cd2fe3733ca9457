"""Fixtures for the tests of plugins. Nothing of the studio is imported before a test wants one.

``studio``        the plugins of this project in a real studio; jobs run at once
``make_studio``   makes such studios, with ``engine=True`` one whose jobs run in the engine process
``open_panel``    opens a panel of ``studio`` and returns its widget
``application``   the application object
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from kirara_studio.host.source_plugins import SourceProject
    from kirara_studio.testing.studio import OffscreenStudio


@pytest.fixture(scope="session")
def plugin_project(pytestconfig: pytest.Config) -> SourceProject:
    """The project whose tests run, as its pyproject.toml describes it."""
    from kirara_studio.host.source_plugins import read_project

    project = read_project(Path(pytestconfig.rootpath))
    project.make_importable()
    return project


@pytest.fixture(scope="session")
def application() -> QApplication:
    """The application object; its windows are painted into memory."""
    from kirara_studio.testing.studio import the_application

    return the_application()


@pytest.fixture
def make_studio(
    plugin_project: SourceProject, tmp_path: Path
) -> Iterator[Callable[..., OffscreenStudio]]:
    """Makes studios with the project's plugins and one home: the next is that after a restart."""
    from kirara_studio.testing.studio import OffscreenStudio

    made: list[OffscreenStudio] = []

    def make(**options: Any) -> OffscreenStudio:
        if made:
            made.pop().close()
        made.append(OffscreenStudio(plugin_project.plugins, tmp_path / "home", **options))
        return made[-1]

    yield make
    for studio in made:
        studio.close()


@pytest.fixture
def studio(make_studio: Callable[..., OffscreenStudio]) -> OffscreenStudio:
    """A studio with the project's plugins, in English and in the light theme."""
    return make_studio()


@pytest.fixture
def open_panel(studio: OffscreenStudio) -> Callable[[str], Any]:
    """Opens a panel of :func:`studio` by its id and returns its widget."""
    return studio.open_panel
