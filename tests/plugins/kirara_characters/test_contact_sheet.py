"""The contact sheet of the training page, with the studio's real queue and engine."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest

from kirara_characters.drawing.attributes import CharacterAttributes
from kirara_characters.drawing.character import draw_character
from kirara_characters.learning.schedule import TrainRequest
from kirara_characters.panel import CharactersPanel
from kirara_studio.api.media.training_pictures import Crop, Square
from kirara_studio.api.widgets.contact_sheet import ALL, LEFT_OUT, USED, ContactSheet, SheetGrid
from tests.plugins.kirara_characters.small_models import save_face_network
from tests.plugins.kirara_characters.test_panel import Context, context
from tests.plugins.panel_studio import CTRL, LEFT, SHIFT, panels_of, wait_for

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

__all__ = ["context"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four characters, a copy of the first, and a text."""
    folder = tmp_path / "mine"
    folder.mkdir()
    for seed in range(4):
        picture = Image.fromarray(draw_character(CharacterAttributes.from_seed(seed), 96))
        picture.save(folder / f"{seed}.png")
    Image.open(folder / "0.png").save(folder / "copy.jpg", quality=40)
    (folder / "notes.txt").write_text("no")
    return folder


@pytest.fixture
def panel(context: Context) -> Iterator[CharactersPanel]:
    with panels_of(context, lambda: CharactersPanel(context)) as open_it:
        panel = open_it()
        panel.session.show_training(True)
        yield panel


def counts(panel: CharactersPanel) -> tuple[int, int]:
    pictures = panel.session.training.chooser.pictures
    return len(pictures.used), pictures.left_out


def chosen(panel: CharactersPanel, *paths: Path) -> ContactSheet:
    """The sheet of these files and folders, once they were looked at."""
    drop(panel.training, *paths)
    chooser = panel.session.training.chooser
    wait_for(lambda: bool(chooser.pictures.crops) and not chooser.busy, 40)
    return panel.training.sheet


def drop(target: QWidget, *paths: Path) -> None:
    """Drag files onto the middle of a widget, and drop them there, as the window system does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, nothing = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    handle = target.window().windowHandle()
    place = target.mapTo(target.window(), target.rect().center())
    QCoreApplication.sendEvent(handle, QDragEnterEvent(place, copy, data, LEFT, nothing))
    event = QDropEvent(QPointF(place), copy, data, LEFT, nothing)
    QCoreApplication.sendEvent(handle, event)
    assert event.isAccepted()


def centre(grid: SheetGrid, row: int) -> QPoint:
    return grid.visualRect(grid.cells.index(row)).center()


def names(sheet: ContactSheet) -> list[str]:
    return [Path(sheet.grid.cells.crop(row).path).name for row in range(len(sheet.grid.cells.rows))]


def test_what_is_dropped_is_looked_at_and_shown(
    panel: CharactersPanel, context: Context, folder: Path
) -> None:
    sheet = chosen(panel, folder)
    assert sheet.isVisible() and counts(panel) == (4, 2)
    assert [sheet.tabs.tabText(tab) for tab in (ALL, USED, LEFT_OUT)] == [
        "All 6", "Used 4", "Left out 2"
    ]  # fmt: skip
    assert names(sheet) == ["0.png", "1.png", "2.png", "3.png", "copy.jpg", "notes.txt"]
    sheet.tabs.setCurrentIndex(LEFT_OUT)
    assert names(sheet) == ["copy.jpg", "notes.txt"]
    view = QAccessible.queryAccessibleInterface(sheet.grid)
    spoken = [view.child(row).text(QAccessible.Text.Name) for row in range(2)]
    assert spoken == [
        "copy.jpg, left out: nearly the same as 0.png", "notes.txt, left out: not a picture"
    ]  # fmt: skip
    chooser = panel.session.training.chooser
    crop = sheet.grid.cells.crop(0)
    wait_for(lambda: chooser.thumbnail(crop) is not None)
    image = chooser.thumbnail(crop)
    assert image is not None and image.width() == 96
    assert context.errors == []


def test_clicks_and_keys_use_pictures_and_leave_them_out(
    panel: CharactersPanel, folder: Path
) -> None:
    sheet = chosen(panel, folder)
    grid = sheet.grid
    QTest.mouseClick(grid.viewport(), LEFT, pos=centre(grid, 1))
    assert counts(panel) == (3, 3) and len(grid.cells.rows) == 6
    sheet.tabs.setCurrentIndex(USED)
    assert names(sheet) == ["0.png", "2.png", "3.png"]
    QTest.mouseClick(grid.viewport(), LEFT, pos=centre(grid, 0))
    assert names(sheet) == ["0.png", "2.png", "3.png"], "nothing moves under the pointer"
    assert counts(panel) == (2, 4)
    panel.undo_stack.undo()
    assert counts(panel) == (3, 3)
    panel.undo_stack.undo()
    assert counts(panel) == (4, 2)
    sheet.tabs.setCurrentIndex(LEFT_OUT)
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(grid, Qt.Key.Key_Space)
    assert counts(panel) == (5, 1)
    QTest.keyClick(grid, Qt.Key.Key_Down)
    QTest.keyClick(grid, Qt.Key.Key_Right)
    QTest.keyClick(grid, Qt.Key.Key_Space)
    assert counts(panel) == (5, 1), "a text cannot be used"


def test_several_are_put_back_together(panel: CharactersPanel, folder: Path) -> None:
    sheet = chosen(panel, folder)
    grid = sheet.grid
    QTest.mouseClick(grid.viewport(), LEFT, CTRL, centre(grid, 1))
    QTest.mouseClick(grid.viewport(), LEFT, SHIFT, centre(grid, 3))
    assert counts(panel) == (4, 2) and not sheet.put_back_button.isEnabled()
    QTest.mouseClick(sheet.leave_out_button, LEFT)
    assert counts(panel) == (1, 5)
    QTest.keyClick(grid, Qt.Key.Key_A, CTRL)
    QTest.mouseClick(sheet.put_back_button, LEFT)
    assert counts(panel) == (5, 1)


def test_a_file_means_itself_and_sources_come_and_go(panel: CharactersPanel, folder: Path) -> None:
    chosen(panel, folder / "1.png")
    assert counts(panel) == (1, 0), "not its whole folder"
    chooser = panel.session.training.chooser
    chooser.set_used([0], False)
    chosen(panel, folder)
    assert [Path(source).name for source in chooser.sources] == ["1.png", "mine"]
    assert counts(panel) == (3, 3), "the decision stays"
    chooser.remove(folder)
    wait_for(lambda: not chooser.busy)
    assert counts(panel) == (0, 1) and not panel.primary.isEnabled()
    panel.undo_stack.undo()
    assert counts(panel) == (3, 3) and panel.primary.isEnabled()
    menu = panel.training.sheet.sources_menu
    menu.aboutToShow.emit()
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts[2:5] == ["Remove 1.png", "Remove mine", "Remove all"]
    next(action for action in menu.actions() if action.text() == "Remove all").trigger()
    assert counts(panel) == (0, 0) and panel.training.empty.isVisible()


def test_stop_keeps_what_was_found_and_it_goes_on(panel: CharactersPanel, folder: Path) -> None:
    picture = Image.open(folder / "1.png")
    for number in range(300):
        picture.resize((90 + number % 5, 80 + number)).save(folder / f"many {number}.png")
    chooser = panel.session.training.chooser
    drop(panel.training.drop_zone, folder)
    wait_for(lambda: len(chooser.pictures.crops) > 0)
    assert panel.primary.text() == "Stop"
    QTest.mouseClick(panel.primary, LEFT)
    assert not chooser.busy and chooser.unfinished and 0 < sum(counts(panel)) < 306
    sheet = panel.training.sheet
    assert "Stopped" in sheet.summary.text() and sheet.retry_button.isVisible()
    QTest.mouseClick(sheet.retry_button, LEFT)
    wait_for(lambda: not chooser.busy)
    assert sum(counts(panel)) == 306 and not chooser.unfinished


def test_the_training_starts_with_what_is_shown(
    panel: CharactersPanel, context: Context, folder: Path
) -> None:
    chosen(panel, folder)
    training = panel.session.training
    training.chooser.set_used([0], False)
    training.chooser.set_used([4], True)
    panel.press_primary()
    assert training.run is not None and context.errors == []
    values = json.loads((training.run.folder / "run.json").read_text("utf-8"))["request"]
    pictures = TrainRequest.from_dict(values).pictures
    assert pictures is not None
    used = [Path(crop.path).name for crop in pictures.used]
    assert used == ["1.png", "2.png", "3.png", "copy.jpg"]
    assert training.folder is None and not panel.training.sheet.isVisible()
    wait_for(lambda: any("4 pictures, 0 skipped" in note for note in training.notes), 60)
    training.run.end_now()
    wait_for(lambda: not training.running)


def test_the_choice_is_there_again_after_closing(context: Context, folder: Path) -> None:
    with panels_of(context, lambda: CharactersPanel(context)) as open_it:
        panel = open_it()
        panel.session.show_training(True)
        chosen(panel, folder)
        panel.session.training.chooser.set_used([1], False)
        panel.session.training.chooser.set_used([4], True)
        context.state.update(json.loads(json.dumps({**context.state, **panel.save_state()})))
        again = open_it()
        again.session.show_training(True)
        chooser = again.session.training.chooser
        wait_for(lambda: not chooser.busy and chooser.pictures.crops)
        assert chooser.pictures == panel.session.training.chooser.pictures
        assert counts(again) == (4, 2) and not again.undo_stack.canUndo()
        chooser.clear()
        third = open_it()
        third.session.show_training(True)
        assert not third.session.training.chooser.busy and third.training.empty.isVisible()
        for values in ([], {"root": 3}, {"root": "", "sources": 3}):
            context.state["training pictures"] = values
            last = open_it()
            last.session.show_training(True)
            assert not last.session.training.chooser.busy
    assert context.errors == []


def test_pictures_are_cropped_to_faces_where_a_model_finds_them(
    panel: CharactersPanel, context: Context, folder: Path
) -> None:
    save_face_network(context.data_folder / "models" / "faces.safetensors")  # it finds nothing
    sheet = chosen(panel, folder)
    chooser = panel.session.training.chooser
    assert chooser.pictures.reasons == {"no face": 5, "not a picture": 1}
    chooser.set_used(range(4), True)
    assert counts(panel) == (4, 2), "they can be used all the same"
    sheet.sources_menu.aboutToShow.emit()
    (action,) = [one for one in sheet.sources_menu.actions() if one.text() == "Crop to faces"]
    assert action.isChecked()
    action.trigger()
    wait_for(lambda: not chooser.busy)
    assert chooser.pictures.reasons == {"duplicate": 1, "not a picture": 1}
    assert context.errors == []


def test_ten_thousand_crops_are_fluent(application: QApplication) -> None:
    asked: set[str] = set()

    def thumbnail(crop: Crop) -> QImage | None:
        asked.add(crop.path)
        return None

    grid = SheetGrid(thumbnail)
    grid.resize(900, 600)
    grid.show()
    crops = [Crop(f"/a/{number}.png", Square(0, 0, 64)) for number in range(10_000)]
    took: list[float] = []

    def timed(do: Callable[[], object]) -> None:
        began = time.process_time()
        do()
        application.processEvents()
        took.append(time.process_time() - began)

    timed(lambda: grid.show_crops(crops, list(range(10_000)), captions=True))
    for place in range(0, 90_000, 9_000):
        timed(lambda place=place: grid.verticalScrollBar().setValue(place))
    timed(lambda: grid.resize(700, 600))
    assert max(took) < 0.5 and sorted(took)[len(took) // 2] < 0.1, took
    assert 0 < len(asked) < 1_000, "only what is in sight asks for its small picture"
    grid.close()
