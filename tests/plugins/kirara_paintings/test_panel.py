"""The Paintings panel with the studio's real queue and engine, and the bundled classifiers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAccessible,
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QMouseEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kirara_paintings.answers import FEATURES, NETWORK, WHOLE
from kirara_paintings.collection import UNREAD
from kirara_paintings.panel import PaintingsPanel
from kirara_paintings.pictures.finding import samples_folder
from kirara_paintings.styles import COLOUR_FIELD, IMPRESSIONISM, NEO_PLASTICISM, NONE, STYLES
from kirara_paintings.view.picture_menu import PictureMenu
from kirara_paintings.view_state import ALL, BY_NAME, CORRECTED, DISAGREE, FILTERS
from kirara_paintings.words import style_name
from kirara_studio.api.media.saving import recall
from kirara_studio.api.widgets import DRAG_TYPE
from tests.plugins.panel_studio import CTRL, LEFT, PLAIN, SHIFT, press, wait_for

from .panel_studio import Context, OpenPanel, centre, click, is_quiet


def number_of(panel: PaintingsPanel, name: str) -> int:
    return next(n for n, path in enumerate(panel.session.collection.paths) if path.stem == name)


def in_group(panel: PaintingsPanel, style: str) -> list[str]:
    group = next(group for group in panel.session.groups if group.name == style)
    return [panel.session.collection.paths[number].stem for number in group.numbers]


# Opening


def test_a_damaged_file_is_used_as_far_as_it_goes_and_reported_once(
    open_panel: OpenPanel, context: Context
) -> None:
    context.data_folder.mkdir(parents=True)
    (context.data_folder / "remembered.json").write_text(
        '{"format": 1, "labels": {}, "classes": [{"name": "海", "pictures": []}, {"na'
    )
    assert [one.name for one in open_panel().session.state.classes] == ["海"]
    assert [one.name for one in open_panel().session.state.classes] == ["海"]
    assert len(context.errors) == 1 and "remembered.json" in str(context.errors[0])


def test_the_panel_opens_without_torch_or_cv2(repository: Path) -> None:
    code = (
        "import sys, kirara_paintings.panel\n"
        "assert not {'torch', 'cv2'} & set(sys.modules), set(sys.modules)"
    )
    path = os.pathsep.join([str(repository), str(repository / "plugins")])
    environment = {**os.environ, "PYTHONPATH": path}
    subprocess.run([sys.executable, "-c", code], check=True, cwd=repository, env=environment)


def test_one_click_shows_the_samples_under_their_styles(
    panel: PaintingsPanel, context: Context
) -> None:
    assert panel.welcome.isVisible() and not panel.primary.isEnabled()
    QTest.mouseClick(panel.welcome.samples, LEFT)
    wait_for(lambda: len(panel.session.collection) == 12 and is_quiet(panel))
    assert panel.gallery.isVisible() and context.errors == []
    for method in (NETWORK, FEATURES):
        panel.controls.method.chosen.emit((NETWORK, FEATURES).index(method))
        planes = [name for name in in_group(panel, NEO_PLASTICISM) if name.startswith("planes")]
        assert len(planes) >= 2, method
        assert "landscape-2" in in_group(panel, IMPRESSIONISM), method
        assert "page" in in_group(panel, NONE), method
    wait_for(lambda: len(panel.thumbnails) >= 6)
    assert panel.undo_stack.canUndo(), "another grouping can be undone"


def test_what_cannot_be_read_stands_apart_with_the_reason(
    panel: PaintingsPanel, context: Context, tmp_path: Path
) -> None:
    session = panel.session
    (tmp_path / "letter.png").write_text("Dear reader")
    Image.new("RGB", (1, 1), "red").save(tmp_path / "dot.png")
    panel.dropped.emit([tmp_path])
    wait_for(lambda: len(session.collection) == 2 and is_quiet(panel))
    assert in_group(panel, UNREAD) == ["letter"] and context.errors == []
    click(panel, number_of(panel, "letter"))
    wait_for(lambda: "not a picture" in panel.detail_view.canvas.accessibleDescription())
    session.step(-1)
    wait_for(lambda: session.detail.explained is not None)
    assert session.detail.explained.size == (1, 1)


def test_a_folder_without_pictures_is_reported(
    panel: PaintingsPanel, context: Context, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("nothing")
    panel.dropped.emit([tmp_path])
    wait_for(lambda: context.errors)
    assert "There are no pictures" in str(context.errors[0])
    wait_for(lambda: panel.welcome.isVisible())


def many(tmp_path: Path, count: int) -> Path:
    folder = tmp_path / "many"
    folder.mkdir()
    Image.new("RGB", (64, 64), "yellow").save(folder / "0000.png")
    for number in range(1, count):
        shutil.copy(folder / "0000.png", folder / f"{number:04d}.png")
    return folder


def test_results_stream_in_and_stop_stops(panel: PaintingsPanel, tmp_path: Path) -> None:
    session = panel.session
    panel.dropped.emit([many(tmp_path, 100)])
    wait_for(lambda: session.classification.progress[0] > 20)
    assert panel.busy and sum(len(group.numbers) for group in panel.session.groups) > 20
    panel.press_primary()
    wait_for(lambda: is_quiet(panel))
    prediction = sum(outcome is not None for outcome in session.collection.outcomes)
    assert 0 < prediction < 100 and panel.primary.isEnabled()
    panel.press_primary()
    wait_for(lambda: is_quiet(panel) and None not in session.collection.outcomes)
    assert len(panel.thumbnails) <= 100


def test_an_opened_picture_is_answered_between_thousands(
    panel: PaintingsPanel, tmp_path: Path
) -> None:
    session = panel.session
    panel.dropped.emit([many(tmp_path, 150)])
    wait_for(lambda: session.classification.progress[0] > 20)
    session.open(0)
    wait_for(lambda: session.detail.explained is not None)
    assert panel.busy, "the rest goes on"


# The gallery


def test_sorting_and_filtering_are_undone(sampled: PaintingsPanel) -> None:
    panel = sampled
    session = panel.session
    before = list(panel.session.order)
    panel.controls.sort.chosen.emit(1)
    group = next(group for group in panel.session.groups if len(group.numbers) > 1)
    names = [session.collection.paths[number].name for number in group.numbers]
    assert names == sorted(names)
    panel.controls.only.chosen.emit(FILTERS.index(DISAGREE))
    assert all(number in session.collection.disputed for number in panel.session.order)
    panel.controls.only.chosen.emit(FILTERS.index(CORRECTED))
    assert panel.session.order == []
    for _ in range(3):
        panel.undo_stack.undo()
    assert panel.session.order == before and session.state.only == ALL


def test_keys_walk_open_and_give_styles(sampled: PaintingsPanel) -> None:
    panel, gallery = sampled, sampled.gallery
    session = panel.session
    view = panel.detail_view
    press(gallery, Qt.Key.Key_Home)
    assert gallery.current == session.order[0]
    press(gallery, Qt.Key.Key_Right)
    second = session.order[1]
    assert gallery.current == second
    press(gallery, Qt.Key.Key_4)
    assert session.state.labels == {second: STYLES[3]}
    assert second in next(g for g in session.groups if g.name == COLOUR_FIELD).numbers
    panel.undo_stack.undo()
    assert session.state.labels == {} and session.order[1] == second
    press(gallery, Qt.Key.Key_End)
    assert gallery.current == session.order[-1]
    press(gallery, Qt.Key.Key_Return)
    assert view.isVisible() and session.detail.number == session.order[-1]
    press(view, Qt.Key.Key_Left)
    assert session.detail.number == session.order[-2]
    press(view, Qt.Key.Key_Escape)
    assert gallery.isVisible() and gallery.current == session.order[-2]


def test_several_are_chosen_and_corrected_together(sampled: PaintingsPanel) -> None:
    panel, gallery = sampled, sampled.gallery
    session = panel.session
    first, third = session.order[0], session.order[2]
    click(panel, first, CTRL)
    click(panel, third, SHIFT)
    assert gallery.chosen == session.order[:3]
    press(gallery, Qt.Key.Key_5)
    assert set(session.state.labels.values()) == {NONE} and len(session.state.labels) == 3
    menu = PictureMenu(session, first, gallery.selection())
    texts = {action.text(): action for action in menu.actions()}
    assert texts["None of these"].isChecked()
    texts["Use the classifiers' answer"].trigger()
    assert session.collection.labels(session.state) == {}
    press(gallery, Qt.Key.Key_Delete)
    assert len(session.order) == 9
    panel.undo_stack.undo()
    assert len(session.order) == 12


def test_every_cell_has_a_name(sampled: PaintingsPanel) -> None:
    session, gallery = sampled.session, sampled.gallery
    session.label([session.order[0]], NONE)
    interface = QAccessible.queryAccessibleInterface(gallery)
    names = [interface.child(row).text(QAccessible.Text.Name) for row in range(12)]
    for number, name in zip(session.order, names, strict=True):
        path = session.collection.paths[number]
        style = style_name(session.collection.style(number, session.state))
        assert name.startswith(f"{path.name}, {style}")
        assert ("given by you" in name) == (number in session.state.labels)
        assert ("disagree" in name) == (number in session.collection.disputed)
    assert "Neo-plasticism: " in gallery.accessibleDescription()
    gallery.go_to(session.order[3])
    assert interface.focusChild().text(QAccessible.Text.Name) == names[3]


def test_keys_walk_between_rows_past_headings(sampled: PaintingsPanel) -> None:
    session, gallery = sampled.session, sampled.gallery
    press(gallery, Qt.Key.Key_Home)
    rows = [gallery.visualRect(gallery.currentIndex()).top()]
    while True:
        press(gallery, Qt.Key.Key_Down)
        top = gallery.visualRect(gallery.currentIndex()).top() + gallery.verticalOffset()
        if top == rows[-1]:
            break
        rows.append(top)
    tops = {
        gallery.visualRect(gallery.cells.index_of(number)).top() + gallery.verticalOffset()
        for number in session.order
    }
    assert rows == sorted(tops), "each row once, from the first to the last"
    press(gallery, Qt.Key.Key_PageUp)
    assert gallery.visualRect(gallery.currentIndex()).top() + gallery.verticalOffset() < rows[-1]
    assert gallery.chosen == [], "walking chooses nothing"
    press(gallery, Qt.Key.Key_Home)
    press(gallery, Qt.Key.Key_Right, SHIFT)
    assert gallery.chosen == session.order[:2]
    press(gallery, Qt.Key.Key_A, CTRL)
    assert gallery.chosen == session.order
    session.edit("", sort=BY_NAME)
    assert set(gallery.chosen) == set(session.order), "what is chosen stays so in another order"
    press(gallery, Qt.Key.Key_Escape)
    assert gallery.chosen == []


def test_what_arrives_does_not_scroll(sampled: PaintingsPanel) -> None:
    session, gallery = sampled.session, sampled.gallery
    sampled.resize(900, 560)
    gallery.setFocus()
    press(gallery, Qt.Key.Key_End)
    bar = gallery.verticalScrollBar()
    QTest.qWait(20)
    assert gallery.viewport().rect().contains(gallery.visualRect(gallery.currentIndex()))
    for place in (0, bar.maximum() // 2):
        bar.setValue(place)
        session.label([session.order[0], session.order[-2]], NONE)
        QTest.qWait(20)
        assert bar.value() == place
        session.document.undo_stack.undo()
        QTest.qWait(20)
        assert bar.value() == place


def test_the_mouse_drags_the_chosen_pictures(
    sampled: PaintingsPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, gallery = sampled.session, sampled.gallery
    dragged: list[list[int]] = []

    def take(drag: QDrag, *_: object) -> Qt.DropAction:
        dragged.append(gallery.cells.numbers_in(drag.mimeData()))
        return Qt.DropAction.IgnoreAction

    monkeypatch.setattr(QDrag, "exec", take)

    def drag(number: int) -> None:
        start = gallery.visualRect(gallery.cells.index_of(number)).center()
        QTest.mousePress(gallery.viewport(), LEFT, PLAIN, start)
        for distance in (10, 40):
            place = QPointF(start + QPoint(distance, 0))
            move = QMouseEvent(
                QEvent.Type.MouseMove, place, place, Qt.MouseButton.NoButton, LEFT, PLAIN
            )
            QApplication.sendEvent(gallery.viewport(), move)
        QTest.mouseRelease(gallery.viewport(), LEFT, PLAIN, start + QPoint(40, 0))

    drag(session.order[0])
    click(sampled, session.order[1], CTRL)
    click(sampled, session.order[2], CTRL)
    drag(session.order[1])
    assert dragged == [[session.order[0]], session.order[1:3]] and gallery.isVisible()


def test_a_picture_is_dragged_to_another_heading(sampled: PaintingsPanel) -> None:
    panel, gallery = sampled, sampled.gallery
    number = number_of(panel, "page")
    data = QMimeData()
    data.setData(DRAG_TYPE, json.dumps({"paintings": [number]}).encode())
    gallery.verticalScrollBar().setValue(0)
    place = centre(panel, NEO_PLASTICISM)
    move, nothing = Qt.DropAction.MoveAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place.toPoint(), move, data, LEFT, nothing)
    gallery.dragEnterEvent(enter)
    assert enter.isAccepted()
    over = QDragMoveEvent(place.toPoint(), move, data, LEFT, nothing)
    gallery.dragMoveEvent(over)
    assert over.isAccepted()
    gallery.dropEvent(QDropEvent(QPointF(place), move, data, LEFT, nothing))
    assert panel.session.state.labels == {number: NEO_PLASTICISM}
    foreign = QMimeData()
    foreign.setData(DRAG_TYPE, b"{broken")
    enter = QDragEnterEvent(place.toPoint(), move, foreign, LEFT, nothing)
    gallery.dragEnterEvent(enter)
    assert not enter.isAccepted()


# An opened picture


def opened(panel: PaintingsPanel, name: str) -> None:
    session = panel.session
    session.open(number_of(panel, name))
    wait_for(lambda: session.detail.explained is not None)


def test_a_click_opens_the_reasons_and_where_they_are(sampled: PaintingsPanel) -> None:
    panel = sampled
    view = panel.detail_view
    click(panel, number_of(panel, "planes-2"))
    wait_for(lambda: panel.session.detail.explained is not None)
    assert view.isVisible() and view.bars.isVisible()
    assert [answer.method for answer in view.bars.answers] == [NETWORK, FEATURES]
    rows = view.reasons.rows
    assert rows and "usual" in rows[0].text()
    with_regions = [row for row in rows if row.reason.regions]
    assert with_regions, "lines and planes have places"
    assert list(view.canvas.regions) == list(with_regions[0].reason.regions)
    QTest.mouseClick(view.regions, LEFT)
    view.regions.setChecked(False)
    assert list(view.canvas.regions) == []
    plain = view.canvas.grab().toImage()
    view.heat.setChecked(True)
    assert view.canvas.grab().toImage() != plain


def test_another_class_can_be_asked_for(sampled: PaintingsPanel) -> None:
    panel = sampled
    session = panel.session
    view = panel.detail_view
    opened(panel, "planes-2")
    first = session.detail.explained
    bars = view.bars
    press(bars, Qt.Key.Key_Down)
    assert bars.current == IMPRESSIONISM
    wait_for(lambda: session.detail.explained is not first)
    assert [one.style for one in session.detail.explained.explanations] == [IMPRESSIONISM] * 2
    assert view.bars.current == IMPRESSIONISM
    assert bars.styles == [*STYLES, NONE]
    interface = QAccessible.queryAccessibleInterface(bars)
    names = [interface.child(row).text(QAccessible.Text.Name) for row in range(len(bars.styles))]
    assert names[0].startswith("Neo-plasticism: Network ") and "Features " in names[0]
    assert [name.partition(":")[0] for name in names] == [style_name(one) for one in bars.styles]
    # A layout shows what it was given with the next turn of the event loop.
    reasons = view.reasons
    rows = [row for row in reasons.children() if getattr(row, "reason", None)]
    wait_for(lambda: {row for row in rows if row.isVisible()} == set(reasons.rows))


def test_the_crop_is_shown_undone_and_done_again(sampled: PaintingsPanel) -> None:
    panel = sampled
    session = panel.session
    view = panel.detail_view
    opened(panel, "framed")
    number = session.detail.number
    box = session.detail.explained.box
    assert box != WHOLE and view.canvas.box == box and view.crop.isChecked()
    view.crop.click()
    wait_for(lambda: session.detail.explained.box == WHOLE and is_quiet(panel))
    assert session.collection.outcomes[number].box == WHOLE and session.state.turned == {number}
    panel.undo_stack.undo()
    wait_for(lambda: session.detail.explained.box == box and is_quiet(panel))
    assert view.crop.isChecked() and session.collection.outcomes[number].box == box


def test_cropping_can_be_switched_off_for_all(sampled: PaintingsPanel) -> None:
    panel = sampled
    session = panel.session
    framed = number_of(panel, "framed")
    assert session.collection.outcomes[framed].box != WHOLE
    panel.controls.crop.click()
    wait_for(lambda: is_quiet(panel))
    assert all(outcome.box == WHOLE for outcome in session.collection.outcomes)
    panel.undo_stack.undo()
    wait_for(lambda: is_quiet(panel))
    assert session.collection.outcomes[framed].box != WHOLE


# Saving


def test_the_table_and_the_picture_remember_how_they_were_made(
    sampled: PaintingsPanel, tmp_path: Path
) -> None:
    panel = sampled
    session = panel.session
    table, picture = tmp_path / "styles.csv", tmp_path / "why.png"
    session.save_csv(table)
    wait_for(lambda: panel.save_button.last_saved == table)
    lines = table.read_text().splitlines()
    assert lines[0].startswith("path,method,style,confidence") and len(lines) == 1 + 2 * 12
    opened(panel, "planes-1")
    session.save_picture(picture, panel.detail_view.canvas.rendered())
    wait_for(lambda: panel.save_button.last_saved == picture)
    settings = recall(picture)
    assert settings["kind"] == "painting" and settings["picture"] == "planes-1.jpg"
    assert {one["method"] for one in settings["answers"]} == {NETWORK, FEATURES}
    assert all(one["model_fingerprint"] for one in settings["models"])
    with Image.open(picture) as saved:
        assert saved.size == session.detail.explained.size


def test_files_go_into_folders_and_come_back(panel: PaintingsPanel, tmp_path: Path) -> None:
    session = panel.session
    shutil.copytree(samples_folder(), tmp_path / "in")
    before = sorted(path.name for path in (tmp_path / "in").iterdir())
    panel.dropped.emit([tmp_path / "in"])
    wait_for(lambda: len(session.collection) == 12 and is_quiet(panel))
    session.sort_into_folders(tmp_path / "out", move=True)
    wait_for(lambda: is_quiet(panel))
    assert list((tmp_path / "in").iterdir()) == []
    assert len(list((tmp_path / "out").rglob("*.jpg"))) == 12
    assert (tmp_path / "out" / "Neo-plasticism").is_dir()
    assert all(path.exists() for path in session.collection.paths), (
        "the gallery knows where they are"
    )
    panel.undo_stack.undo()
    wait_for(lambda: is_quiet(panel))
    assert sorted(path.name for path in (tmp_path / "in").iterdir()) == before
    assert all(path.exists() for path in session.collection.paths)
    panel.undo_stack.redo()
    wait_for(lambda: is_quiet(panel))
    assert len(list((tmp_path / "out").rglob("*.jpg"))) == 12
    panel.undo_stack.undo()
    wait_for(lambda: is_quiet(panel))
    assert not list((tmp_path / "out").iterdir())


# What is remembered


def test_the_setting_is_remembered(sampled: PaintingsPanel, open_panel: OpenPanel) -> None:
    sampled.controls.method.chosen.emit(1)
    sampled.controls.sort.chosen.emit(1)
    again = open_panel()
    assert again.session.state == replace(sampled.session.state, labels={})
    assert again.controls.method.current == 1 and again.welcome.isVisible()


def test_labels_come_back_with_the_pictures(sampled: PaintingsPanel, open_panel: OpenPanel) -> None:
    page, planes = number_of(sampled, "page"), number_of(sampled, "planes-1")
    sampled.session.label([page, planes], COLOUR_FIELD)
    sampled.session.unlabel([planes])
    again = open_panel()
    again.session.add_samples()
    wait_for(lambda: len(again.session.collection) == 12 and is_quiet(again))
    page = number_of(again, "page")
    assert again.session.collection.labels(again.session.state) == {page: COLOUR_FIELD}
    assert "page" in in_group(again, COLOUR_FIELD)
    again.session.unlabel([page])
    assert "page" not in in_group(again, COLOUR_FIELD)
    again.undo_stack.undo()
    assert "page" in in_group(again, COLOUR_FIELD)


def test_an_odd_state_is_no_trouble(context: Context, open_panel: OpenPanel) -> None:
    context.state["setting"] = {"method": 5, "model": "/gone.safetensors", "crop": None}
    panel = open_panel()
    session = panel.session
    assert session.state.method == NETWORK and session.state.model == "" and session.state.crop


def test_another_language_changes_texts_only(sampled: PaintingsPanel) -> None:
    before = sampled.session.state, list(sampled.session.order)
    sampled.retranslate()
    assert before == (sampled.session.state, list(sampled.session.order)) and is_quiet(sampled)


@pytest.mark.parametrize("size", [(700, 560), (1400, 900)])
def test_it_fits_small_and_large_windows(sampled: PaintingsPanel, size: tuple[int, int]) -> None:
    sampled.resize(*size)
    QTest.qWait(20)
    gallery = sampled.gallery
    last = gallery.visualRect(gallery.cells.index_of(sampled.session.order[-1]))
    assert last.right() <= gallery.viewport().width() and last.width() >= 100
