"""Pictures go to the Characters panel as training pictures: both plugins in one studio."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from kirara_illustrations.panel import IllustrationsPanel
from kirara_illustrations.view.picture_menu import PictureMenu
from kirara_studio.api.files import free_path
from kirara_studio.api.model_library import ModelFile, available_models
from kirara_studio.api.models import Checkpoint, read_card
from kirara_studio.host.discovery import find_plugins
from kirara_studio.testing import OffscreenStudio, wait_for
from tests.plugins.kirara_characters.small_models import save_face_network

from .picture_server import drawing


def own_models(*arguments: Any, **options: Any) -> list[ModelFile]:
    """The user's models: those that come with the studio find no face, nor an illustration."""
    return [one for one in available_models(*arguments, **options) if not one.bundled]


MakeStudio = Callable[..., OffscreenStudio]


@pytest.fixture
def make_studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeStudio]:
    monkeypatch.setattr("kirara_characters.learning.pictures.available_models", own_models)
    monkeypatch.setattr("kirara_studio.api.model_library.available_models", own_models)
    made: list[OffscreenStudio] = []

    def make(*plugins: str) -> OffscreenStudio:
        found = [one for one in find_plugins() if one.name in plugins]
        assert len(found) == len(plugins)
        made.append(OffscreenStudio(found, tmp_path / "home"))
        return made[-1]

    yield make
    for studio in made:
        problems = studio.problems
        studio.close()
        assert problems == []


@pytest.fixture
def studio(make_studio: MakeStudio) -> OffscreenStudio:
    return make_studio("characters", "illustrations")


def opened(studio: OffscreenStudio, folder: Path) -> IllustrationsPanel:
    """The panel with three pictures, one of them named as a frame of a film."""
    folder.mkdir(exist_ok=True)
    for number, name in enumerate(("one", "two", "frame-1")):
        (folder / f"{name}.png").write_bytes(drawing(number, side=96 + number))
    panel: IllustrationsPanel = studio.open_panel("illustrations")
    panel.dropped.emit([folder])
    wait_for(lambda: len(panel.session.shapes) == 3 and not panel.session.busy)
    return panel


def choose(panel: IllustrationsPanel, numbers: list[int], text: str) -> None:
    """Choose an entry of the menu of pictures."""
    menu = PictureMenu(panel.session, numbers[0], numbers, panel)
    entries = {action.text(): action for action in menu.actions()}
    assert "To Characters" in entries
    entries[text].trigger()
    menu.deleteLater()


def new_folder(panel: IllustrationsPanel) -> Path:
    return free_path(panel.context.results_folder, f"Characters {date.today()}")


def characters(studio: OffscreenStudio) -> Any:
    """The Characters panel, when it has come to the front."""
    wait_for(lambda: studio.window.current_panel == "characters")
    return studio.host("characters").widget


def training(studio: OffscreenStudio, folder: Path, count: int) -> list[str]:
    """Wait until Characters shows the folder's pictures for training; the names of the files."""
    page = characters(studio)
    chooser = page.session.training.chooser
    wait_for(lambda: chooser.ready and len(chooser.pictures.crops) == count)
    assert page.training.isVisible() and chooser.sources[-1] == folder
    return sorted(Path(crop.path).name for crop in chooser.pictures.crops)


def test_what_is_selected_becomes_training_pictures(
    studio: OffscreenStudio, tmp_path: Path
) -> None:
    panel = opened(studio, tmp_path / "drawings")
    folder, (first, second, _) = new_folder(panel), panel.session.order
    paths = [panel.session.path(number) for number in (first, second)]
    names = sorted(path.name for path in paths if path is not None)
    choose(panel, [first, second], "To Characters")
    assert training(studio, folder, 2) == names
    assert str(folder) in studio.window.job_bar.message
    assert sorted(path.name for path in folder.iterdir()) == names
    assert (folder / names[0]).read_bytes() == (tmp_path / "drawings" / names[0]).read_bytes()


def test_all_that_are_shown(studio: OffscreenStudio, tmp_path: Path) -> None:
    panel = opened(studio, tmp_path / "drawings")
    folder = new_folder(panel)
    choose(panel, panel.session.order[:1], "All 3 that are shown to Characters")
    assert training(studio, folder, 3) == ["frame-1.png", "one.png", "two.png"]


def test_the_open_picture_and_again_into_another_folder(
    studio: OffscreenStudio, tmp_path: Path
) -> None:
    panel = opened(studio, tmp_path / "drawings")
    train = panel.detail_view.train
    folder = new_folder(panel)
    panel.session.open(panel.session.order[0])
    assert train.isVisible()
    train.click()
    training(studio, folder, 1)
    studio.open_panel("illustrations")
    second = new_folder(panel)
    assert second.name == f"{folder.name}-2"
    panel.session.step(1)
    train.click()
    training(studio, second, 2)
    assert [len(list(one.iterdir())) for one in (folder, second)] == [1, 1]


def test_a_face_model_crops_them_to_faces(studio: OffscreenStudio, tmp_path: Path) -> None:
    models = studio.studio.data_folder("characters") / "models"
    model = save_face_network(models / "faces.safetensors")
    network = load_file(model)  # one that finds a face everywhere
    network["out.bias"] = torch.tensor([9.0, 0, 0, 0, 0, 0, 1.0]).half()
    network["out.weight"] = torch.zeros_like(network["out.weight"])
    Checkpoint(read_card(model), network).save(model)
    panel = opened(studio, tmp_path / "drawings")
    panel.session.copying.to_characters(panel.session.order[:1])
    chooser = characters(studio).session.training.chooser
    wait_for(lambda: not chooser.busy and bool(chooser.pictures.crops))
    assert chooser.can_find_faces
    sides = {crop.square.side for crop in chooser.pictures.crops if crop.square is not None}
    assert sides and sides.isdisjoint({96, 97, 98}), "no crop is the whole picture"


def test_what_cannot_be_read_is_left_out(studio: OffscreenStudio, tmp_path: Path) -> None:
    panel = opened(studio, tmp_path / "drawings")
    session, folder = panel.session, new_folder(panel)
    for name in ("one.png", "two.png"):
        (tmp_path / "drawings" / name).unlink()
    session.copying.to_characters(session.order)
    training(studio, folder, 1)
    message = studio.window.job_bar.message
    assert message.startswith("1 of 3 pictures") and str(folder) in message


def test_without_pictures_nothing_is_given(studio: OffscreenStudio, tmp_path: Path) -> None:
    panel = opened(studio, tmp_path / "drawings")
    for path in (tmp_path / "drawings").iterdir():
        path.unlink()
    folder = new_folder(panel)
    panel.session.copying.to_characters(panel.session.order)
    banners = studio.host("illustrations").banners
    wait_for(lambda: bool(banners.banners))
    assert studio.window.current_panel == "illustrations" and not folder.exists()
    banners.clear()


def test_without_characters_nothing_offers_it(make_studio: MakeStudio, tmp_path: Path) -> None:
    studio = make_studio("illustrations")
    panel = opened(studio, tmp_path / "drawings")
    session = panel.session
    menu = PictureMenu(session, session.order[0], session.order[:2], panel)
    assert not [one.text() for one in menu.actions() if "Characters" in one.text()]
    menu.deleteLater()
    session.open(session.order[0])
    assert panel.detail_view.send.isVisible() and not panel.detail_view.train.isVisible()
