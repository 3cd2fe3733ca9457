"""Renaming, editing, sharing and deleting the model that a panel uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import TRASH
from kirara_studio.api.model_library import ModelFile, describe_model
from kirara_studio.api.models import Checkpoint, ModelCard, read_card
from kirara_studio.api.widgets import Inspector, ModelActions
from kirara_studio.api.widgets.model_actions import CardDialog
from kirara_studio.testing import wait_for

from .conftest import Heard


class Desk:
    """A model section with its model, as a panel has them."""

    def __init__(self, folder: Path, inspector: Inspector) -> None:
        path = folder / "models" / "mine.safetensors"
        card = ModelCard("net", name="Mine", notes="A test.", licence="MIT")
        Checkpoint(card, {"w": torch.ones(2)}).save(path)
        self.model: ModelFile | None = describe_model("net", path)
        self.errors: list[BaseException] = []
        self.messages: list[str] = []
        self.stack = QUndoStack()
        context: Any = SimpleNamespace(
            show_error=self.errors.append,
            show_message=self.messages.append,
            results_folder=folder,
            jobs=SimpleNamespace(submit_io=self._submit),
        )
        self.actions = ModelActions(context, self.stack, lambda: self.model, inspector)
        self.section = inspector.add_model_section()
        self.section.manage(self.actions)
        self.section.show_models([("Mine", str(path))], str(path), "Mine", "")
        self.changed = Heard(self.actions.changed)

    def _submit(self, _key: str, run: Any, request: Any, *, on_result: Any, **_: Any) -> None:
        on_result(run(request, None))

    @property
    def path(self) -> Path:
        assert self.model is not None
        return self.model.path

    @property
    def entries(self) -> dict[str, bool]:
        self.actions.menu.aboutToShow.emit()
        return {one.text(): one.isEnabled() for one in self.actions.menu.actions()}


@pytest.fixture
def desk(tmp_path: Path, show: Callable[..., Any]) -> Desk:
    return Desk(tmp_path, show(Inspector(), 300, 400))


def test_the_menu_offers_what_is_possible(desk: Desk) -> None:
    assert "This model" in [one.text() for one in desk.section.menu.actions()]
    assert all(desk.entries.values()) and len(desk.entries) == 4
    assert desk.model is not None
    desk.model = replace(desk.model, bundled=True)
    assert [text for text, enabled in desk.entries.items() if enabled] == ["Share as one file…"]
    for refused in (desk.actions.delete, lambda: desk.actions.edit(name="x")):
        refused()
    assert desk.path.exists() and read_card(desk.path).name == "Mine" and not desk.changed
    desk.model = None
    assert not any(desk.entries.values())


def test_the_card_is_edited_in_a_dialog(desk: Desk, application: QApplication) -> None:
    desk.actions.ask_card()
    dialog = next(w for w in application.topLevelWidgets() if isinstance(w, CardDialog))
    names = {field.accessibleName() for field in dialog.fields.values()}
    assert names == {"Name", "Description", "Trained on", "Licence", "Author"}
    notes = dialog.fields["notes"]
    assert isinstance(notes, QPlainTextEdit) and notes.toPlainText() == "A test."
    notes.setPlainText("Drawn by me.\nAll of it.")
    dialog.save.click()
    card = read_card(desk.path)
    assert (card.notes, card.name, card.licence) == ("Drawn by me.\nAll of it.", "Mine", "MIT")
    assert len(desk.changed) == 1 and not desk.errors


def test_a_card_that_cannot_be_written_is_an_error(desk: Desk) -> None:
    desk.path.with_suffix(".toml").write_text("architecture =")
    desk.actions.edit(name="x")
    assert isinstance(desk.errors[0], UserError)


def test_a_deleted_model_comes_back_with_its_card(desk: Desk) -> None:
    left: list[bool] = []
    desk.actions.leaving.connect(lambda: left.append(desk.path.exists()))
    desk.actions.delete()
    assert left == [True], "another model is chosen before"
    trash = desk.path.parent / TRASH
    assert not desk.path.exists() and len(list(trash.iterdir())) == 2 and len(desk.changed) == 1
    assert desk.messages == ["Deleted: Mine. Ctrl+Z brings it back."]
    desk.stack.undo()
    assert Checkpoint.load(desk.path).card.name == "Mine" and len(desk.changed) == 2
    assert desk.path.with_suffix(".toml").exists() and not list(trash.iterdir())


def test_a_model_is_shared_with_its_card_inside(desk: Desk, tmp_path: Path) -> None:
    desk.actions.edit(name="Ours")
    target = tmp_path / "elsewhere" / "ours.safetensors"
    desk.actions.share(target)
    wait_for(lambda: desk.messages == [f"Saved as {target}"])
    assert [file.name for file in target.parent.iterdir()] == ["ours.safetensors"]
    assert read_card(target).name == "Ours"
