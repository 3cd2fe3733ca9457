"""An index, a studio's folders, and an installer that uses them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kirara_studio.host.discovery import PluginRecord, find_plugins
from kirara_studio.host.folders import Folders
from kirara_studio.host.installation.generations import active_generation
from kirara_studio.host.installation.installer import Installer
from kirara_studio.host.installation.inventory import distributions_in
from kirara_studio.host.installation.values import Outcome, Progress, Question
from tests.host.installation.package_index import PackageIndex, use_index


@dataclass
class Lab:
    """A plugin folder and what happens when it is changed."""

    folders: Folders
    index: PackageIndex
    installer: Installer = field(init=False)
    questions: list[Question] = field(default_factory=list)
    steps: list[Progress] = field(default_factory=list)
    answer: bool = True

    def __post_init__(self) -> None:
        self.installer = Installer(self.folders)

    def ask(self, question: Question) -> bool:
        self.questions.append(question)
        return self.answer

    def report(self, event: object) -> None:
        if isinstance(event, Progress):
            self.steps.append(event)

    def install(self, source: object) -> Outcome | None:
        return self.installer.install(str(source), self.ask, self.report)

    def versions(self) -> dict[str, str]:
        """The distributions of the active generation."""
        active = active_generation(self.folders.plugins)
        found = distributions_in(active) if active is not None else {}
        return {name: one.version for name, one in found.items()}

    def plugins(self) -> dict[str, PluginRecord]:
        """The plugins that the next start finds, without the studio's own."""
        found = find_plugins(self.folders.plugins)
        return {plugin.name: plugin for plugin in found if not plugin.builtin}

    def left(self) -> list[str]:
        """What is in the plugin folder besides the files and generations that belong there."""
        names = [path.name for path in self.folders.plugins.iterdir()]
        return [name for name in names if not name.isdigit() and name not in ("current", "lock")]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[PackageIndex]:
    with PackageIndex(tmp_path / "index").running() as running:
        yield running


@pytest.fixture(params=["uv", "pip"])
def tool(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def lab(tmp_path: Path, index: PackageIndex, monkeypatch: pytest.MonkeyPatch) -> Lab:
    use_index(monkeypatch, index.address)
    return Lab(Folders.below(tmp_path / "home"), index)


@pytest.fixture
def each_lab(lab: Lab, tool: str, monkeypatch: pytest.MonkeyPatch) -> Lab:
    """With uv, and with pip."""
    monkeypatch.setenv("KIRARA_INSTALLER", tool)
    return lab
