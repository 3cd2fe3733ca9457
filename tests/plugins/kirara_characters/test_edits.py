"""What is done to characters in the panel: attributes, wandering, neighbours, details, a walk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QInputDialog, QMenu

from kirara_characters import kirara_panels
from kirara_characters.networks.attribute_space import AttributeSpace, all_columns
from kirara_characters.networks.character import Character
from kirara_characters.networks.config import PgganConfig
from kirara_characters.panel import CharactersPanel
from kirara_characters.scene import Scene
from kirara_characters.view.attribute_names import attribute_name, group_of, value_name
from kirara_characters.view.attribute_rows import ChoiceRow, ColourRow, FlagRow, NumberRow
from kirara_characters.view.menus import candidate_menu, favourite_menu, pin_menu
from kirara_studio.api import model_library
from kirara_studio.engine.queue import JobQueue
from tests.plugins.panel_studio import CTRL, LEFT, PanelStudio, panels_of, wait_for

from .small_models import save_generator

SPACE = AttributeSpace(all_columns())
WITH_ATTRIBUTES = PgganConfig(
    latent=SPACE.length, channels=(8, 8, 8), order="activate_then_norm",
    statistic="standard_deviation", attributes=SPACE.columns, mapping=1, styled=True,
)  # fmt: skip


@pytest.fixture
def context(
    queue: JobQueue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: Any
) -> PanelStudio:
    monkeypatch.setattr(model_library, "resource_folder", lambda: tmp_path / "nothing bundled")
    context = PanelStudio(kirara_panels()[0], queue, tmp_path)
    noise = getattr(request, "param", "") == "noise"
    models = context.data_folder / "models"
    save_generator(models / "small.safetensors", *([] if noise else [WITH_ATTRIBUTES]))
    return context


@pytest.fixture
def panel(context: PanelStudio) -> Iterator[CharactersPanel]:
    with panels_of(context, lambda: CharactersPanel(context)) as open_it:  # type: ignore[arg-type]
        panel = open_it()
        wait_for(lambda: len(panel.session.scene.pins) == 3 and panel.controls.attributes.rows)
        yield panel
        assert context.errors == []


def undo(panel: CharactersPanel) -> str:
    text = panel.undo_stack.undoText()
    panel.undo_stack.undo()
    return text


def entries(menu: QMenu) -> dict[str, Any]:
    return {action.text(): action for action in menu.actions() if action.text()}


# Attributes


def test_every_attribute_has_a_row_and_a_name(panel: CharactersPanel) -> None:
    editor = panel.controls.attributes
    assert list(editor.rows) == [attribute.name for attribute in SPACE.attributes]
    kinds = {"number": NumberRow, "choice": ChoiceRow, "flag": FlagRow, "colour": ColourRow}
    names = set()
    for attribute in SPACE.attributes:
        row = editor.rows[attribute.name]
        assert type(row) is kinds[attribute.kind] and row.control.accessibleName()
        assert group_of(attribute.name) in editor.groups
        names.add(attribute_name(attribute.name))
        for choice in attribute.choices:
            assert value_name(choice) != choice, "every choice has a name for people"
    assert len(names) == len(SPACE.attributes)


def test_a_slider_changes_the_selected_pin_alone(panel: CharactersPanel) -> None:
    session = panel.session
    panel.strip.selected.emit(1)
    assert session.scene.selected == 1
    before = session.scene
    row = panel.controls.attributes.rows["yaw"]
    assert isinstance(row, NumberRow)
    row.slider.changing.emit(0.5)
    assert dict(session.scene.pins[1].character.changes) == {"yaw": 0.5}
    row.slider.changed.emit(1.0)
    assert dict(session.scene.pins[1].character.changes) == {"yaw": 1.0}
    assert session.scene.pins[0] == before.pins[0]
    assert session.scene.candidates == before.candidates
    wait_for(lambda: session.edits.values.get("yaw") == pytest.approx(1.0))
    picture = session.pictures.picture(session.scene, session.scene.pins[1].character)
    assert picture is not None
    wait_for(lambda: panel.wall.canvas.image == picture)
    assert undo(panel) == attribute_name("yaw") and session.scene == before


def test_without_a_selected_pin_all_candidates_change_and_stay_so(panel: CharactersPanel) -> None:
    session = panel.session
    row = panel.controls.attributes.rows["glasses"]
    assert isinstance(row, ChoiceRow)
    box = row.findChild(QComboBox)
    assert box is not None
    box.setCurrentIndex(box.findData("round"))
    box.activated.emit(box.currentIndex())
    assert {dict(one.changes)["glasses"] for one in session.scene.candidates} == {"round"}
    assert row.lock.isChecked()
    session.generate()
    assert {dict(one.changes)["glasses"] for one in session.scene.candidates} == {"round"}
    assert all(not pin.character.changes for pin in session.scene.pins)
    row.lock.click()
    assert session.scene.changes == () and not row.lock.isChecked()


def test_a_lock_gives_all_candidates_what_the_pin_has(panel: CharactersPanel) -> None:
    session, editor = panel.session, panel.controls.attributes
    panel.strip.selected.emit(0)
    session.edits.set("hair_colour", "#123456", "")
    wait_for(lambda: session.edits.values.get("hair_colour") == "#123456")
    editor.rows["hair_colour"].lock.click()
    assert dict(session.scene.changes) == {"hair_colour": "#123456"}
    # Another attribute of the pin moves; the locked one stays with all.
    flag = editor.rows["ahoge"]
    assert isinstance(flag, FlagRow)
    wanted = not flag.box.isChecked()
    flag.box.click()
    assert dict(session.scene.changes) == {"hair_colour": "#123456"}
    assert dict(session.scene.pins[0].character.changes) == {
        "hair_colour": "#123456",
        "ahoge": wanted,
    }
    editor.reset.click()
    assert session.scene.pins[0].character.changes == ()


def test_a_colour_is_chosen_in_a_dialog_and_a_cancel_leaves_it(panel: CharactersPanel) -> None:
    session = panel.session
    panel.strip.selected.emit(0)
    before = session.scene
    row = panel.controls.attributes.rows["skin_colour"]
    assert isinstance(row, ColourRow)
    dialog = row.ask()
    dialog.currentColorChanged.emit(QColor("#00ff00"))
    assert dict(session.scene.pins[0].character.changes) == {"skin_colour": "#00ff00"}
    dialog.reject()
    assert session.scene == before and not panel.undo_stack.canUndo()
    dialog = row.ask()
    dialog.setCurrentColor(QColor("#804020"))
    dialog.accept()
    assert dict(session.scene.pins[0].character.changes) == {"skin_colour": "#804020"}
    # A colour that may be absent offers that.
    optional = panel.controls.attributes.rows["hair_tip_colour"]
    optional.control.click()  # type: ignore[attr-defined]
    menu = optional.findChild(QMenu)
    assert menu is not None and len(menu.actions()) == 2
    menu.close()


def test_groups_stay_folded(panel: CharactersPanel, context: PanelStudio) -> None:
    editor = panel.controls.attributes
    assert editor.groups["pose"].folded and not editor.groups["face"].folded
    editor.groups["pose"].folding.emit(False)
    editor.groups["face"].folding.emit(True)
    with panels_of(context, lambda: CharactersPanel(context)) as open_it:  # type: ignore[arg-type]
        again = open_it()
        wait_for(lambda: again.controls.attributes.rows)
        groups = again.controls.attributes.groups
        assert groups["face"].folded and not groups["pose"].folded


@pytest.mark.parametrize("context", ["noise"], indirect=True)
def test_directions_can_be_named(panel: CharactersPanel, context: PanelStudio) -> None:
    editor, edits = panel.controls.attributes, panel.session.edits
    row = editor.rows["factor-1"]
    assert isinstance(row, NumberRow) and row.control.accessibleName() == "Factor 1"
    assert {group for group, section in editor.groups.items() if section in editor.sections} == {
        "directions"
    }
    editor.rename("factor-1")
    dialog = row.findChild(QInputDialog)
    assert dialog is not None
    dialog.setTextValue("Older")
    dialog.accept()
    assert row.control.accessibleName() == "Older" == edits.direction_name("factor-1")
    panel.strip.selected.emit(0)
    edits.set("factor-1", 3.0, "")
    wait_for(lambda: edits.values.get("factor-1") == pytest.approx(3.0, abs=1e-4))
    assert json.loads(json.dumps(context.state["direction names"]))


# Wandering


def test_a_drag_on_the_picture_leads_the_pin_away(panel: CharactersPanel) -> None:
    session, canvas = panel.session, panel.wall.canvas
    wait_for(lambda: not canvas.image.isNull())
    panel.strip.selected.emit(2)
    before = session.scene
    middle = canvas.fitted_box().center()
    side = canvas.fitted_box().width()

    def at(right: float, down: float) -> QPoint:
        return (middle + QPointF(right * side, down * side)).toPoint()

    QTest.mousePress(canvas, LEFT, pos=at(0, 0))
    for share in (0.1, 0.2, 0.3):
        QTest.mouseMove(canvas, at(share, 0.0))
    QTest.mouseMove(canvas, at(0.3, -0.2))
    shown = session.scene.pins[2].character
    assert len(shown.steps) == 2
    assert [share for _, share in shown.steps] == pytest.approx([0.3, 0.2], abs=0.02)
    QTest.mouseRelease(canvas, LEFT, pos=at(0.3, -0.2))
    assert session.document.settled_value == session.scene
    assert session.scene.pins[2].character.resembles(shown)
    wait_for(lambda: session.pictures.picture(session.scene, session.scene.pins[2].character))
    assert session.scene.pins[:2] == before.pins[:2]
    assert undo(panel) == "Wander" and session.scene == before
    assert not panel.undo_stack.canUndo(), "one drag is one step"
    # The opposite way leads elsewhere; the keyboard leads too.
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Right, CTRL)
    QTest.keyClick(canvas, Qt.Key.Key_Left, CTRL)
    (right, _), (left, _) = session.scene.pins[2].character.steps
    assert right != left


def test_a_drag_without_pins_makes_one(panel: CharactersPanel) -> None:
    session = panel.session
    session.edit("", pins=())
    panel.wall.canvas.led.emit(0.2, 0.0)
    panel.wall.canvas.released.emit(0.4, 0.0)
    assert len(session.scene.pins) == 1 and session.scene.selected == 0
    assert [share for _, share in session.scene.pins[0].character.steps] == [0.4]


# Neighbours, details, favourites


def test_more_like_this_fills_the_wall_with_neighbours(panel: CharactersPanel) -> None:
    session = panel.session
    chosen = session.scene.candidates[4]
    entries(candidate_menu(session, 4, lambda _: None, panel))["More like this"].trigger()
    near = session.scene.candidates
    assert near[0] == chosen and all(one.seed == chosen.seed for one in near)
    assert len(set(near)) == len(near)
    assert panel.controls.sliders["distance"].isVisibleTo(panel)
    assert not panel.controls.sliders["truncation"].isVisibleTo(panel)
    panel.controls.sliders["distance"].changed.emit(0.8)
    assert {one.steps[0][1] for one in session.scene.candidates[1:]} == {0.8}
    session.generate()
    assert session.scene.near == chosen and session.scene.candidates[1] not in near
    assert Scene.from_dict(json.loads(json.dumps(session.scene.to_dict()))) == session.scene
    panel.controls.all_kinds.click()
    assert session.scene.near is None


def test_a_pin_takes_the_details_of_another(panel: CharactersPanel) -> None:
    session = panel.session
    menu = pin_menu(session, 0, lambda _: None, panel)
    others = next(action.menu() for action in menu.actions() if action.menu())
    assert [action.text() for action in others.actions()] == ["Pin 2", "Pin 3"]  # type: ignore[attr-defined]
    others.actions()[1].trigger()  # type: ignore[attr-defined]
    first, third = session.scene.pins[0].character, session.scene.pins[2].character
    assert first.details == third and session.scene.selected == 0
    wait_for(lambda: session.pictures.picture(session.scene, first))
    wanted = SPACE.values(SPACE.point(third).latent)
    wait_for(lambda: session.edits.values.get("hair_colour") == wanted["hair_colour"])
    # A candidate lends its details to the selected pin.
    entries(candidate_menu(session, 5, lambda _: None, panel))[
        "Lend its details to pin 1"
    ].trigger()
    assert session.scene.pins[0].character.details == session.scene.candidates[5]


def test_favourites_stay(panel: CharactersPanel, context: PanelStudio) -> None:
    session = panel.session
    one, other = session.scene.candidates[3], session.scene.candidates[7].changed({"yaw": 1.0})
    entries(candidate_menu(session, 3, lambda _: None, panel))["Add to favourites"].trigger()
    session.toggle_favourite(other)
    assert session.favourites == (other, one)
    assert panel.wall.favourites.isVisibleTo(panel) and panel.wall.favourites.count == 2
    wait_for(lambda: panel.wall.favourites.image(0) is not None)
    panel.wall.favourites.picked.emit(1)
    assert session.scene.pins[-1].character == one
    entries(favourite_menu(session, 1, panel))["Remove from favourites"].trigger()
    assert session.favourites == (other,)
    session.toggle_favourite(other)  # the last one goes while its shelf is shown
    assert session.favourites == () and not panel.wall.favourites.isVisibleTo(panel)
    session.toggle_favourite(other)
    assert panel.wall.favourites.isVisibleTo(panel)
    state = json.loads(json.dumps(dict(context.state)))
    context.state["favourites"] = {**state["favourites"], "gone": "nonsense", "x": [3, {}]}
    with panels_of(context, lambda: CharactersPanel(context)) as open_it:  # type: ignore[arg-type]
        assert open_it().session.favourites == (other,)


def test_a_project_brings_scene_and_favourites_back(
    panel: CharactersPanel, context: PanelStudio
) -> None:
    session = panel.session
    saved: list[Path] = []
    session.saver.saved.connect(saved.append)
    session.edits.select(1)
    session.edits.set("glasses", "square", "")
    session.toggle_favourite(session.scene.pins[1].character)
    before, favourites = session.scene, session.favourites
    session.saver.save_project(context.results_folder / "mine", favourites)
    wait_for(lambda: saved)
    assert saved[0].name == "mine.kirara-characters"
    session.toggle_favourite(favourites[0])
    session.surprise()
    session.edit("", pins=())
    session.take([saved[0]])
    wait_for(lambda: session.scene == before and session.favourites == favourites)
    # What is damaged or newer is refused, and the file stays as it is.
    for text in ("{", '{"format": "kirara-speech"}', saved[0].read_text().replace(": 1,", ": 99,")):
        broken = context.results_folder / "broken.kirara-characters"
        broken.write_text(text)
        session.take([broken])
        wait_for(lambda: context.errors)
        assert "broken.kirara-characters" in str(context.errors.pop())
        assert broken.read_text() == text and session.scene == before


# The walk


def test_a_walk_goes_on_and_becomes_a_film(panel: CharactersPanel) -> None:
    session, player = panel.session, panel.player
    first = session.scene.pins[0].character
    frames: list[Any] = []
    player.frame.connect(frames.append)
    QTest.mouseClick(panel.wall.walk, LEFT)
    assert player.playing and player.duration > 1000 and panel.wall.keep.isVisibleTo(panel)
    wait_for(lambda: len(frames) > 3)
    player.seek(12.0)  # two characters further, and on the way to the third
    QTest.mouseClick(panel.wall.keep, LEFT)
    pins = [pin.character for pin in session.scene.pins]
    assert pins[0] == first and len(pins) == 3 and len(set(pins)) == 3
    assert not session.scene.closed and {pin.seconds for pin in session.scene.pins} == {5.0}
    assert not panel.wall.walk.isChecked() and player.duration == pytest.approx(10.0)
    assert undo(panel) == "Keep the walk"
    QTest.mouseClick(panel.wall.walk, LEFT)
    QTest.mouseClick(panel.wall.walk, LEFT)
    assert not player.playing and player.duration == pytest.approx(3.6)


def test_playing_and_scrubbing_let_go_of_the_pin(panel: CharactersPanel) -> None:
    panel.strip.selected.emit(1)
    assert panel.player.seconds == pytest.approx(1.2)
    panel.wall.transport.scrubbed.emit(2.0)
    assert panel.session.scene.selected == -1
    panel.strip.selected.emit(1)
    panel.player.play()
    assert panel.session.scene.selected == -1
    panel.player.pause()
    assert not panel.undo_stack.canUndo(), "a selection is no step"


def test_edits_of_pins_keep_the_selection(panel: CharactersPanel) -> None:
    session = panel.session
    session.edits.select(1)
    chosen = session.scene.selection
    session.move_pin(1, 0)
    assert session.scene.selected == 0 and session.scene.selection == chosen
    session.pin(Character(5), 0)
    assert session.scene.selection == chosen
    session.remove_pin(0)
    assert session.scene.selection == chosen
    session.remove_pin(0)
    assert session.scene.selected == -1
