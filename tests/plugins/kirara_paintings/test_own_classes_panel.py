"""Own classes in the panel, learnt over the network's features."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from kirara_paintings.learning.fit_result import FitResult
from kirara_paintings.panel import PaintingsPanel
from kirara_studio.api.models import read_card
from tests.plugins.panel_studio import LEFT, press, wait_for

from .panel_studio import Context, OpenPanel


def draw(kind: str, number: int) -> Image.Image:
    """A picture of circles, stripes or noise, each another."""
    random = np.random.default_rng((number, len(kind)))
    if kind == "noise":
        return Image.fromarray(random.integers(0, 255, (120, 160, 3), np.uint8))
    image = Image.new("RGB", (160, 120), "white")
    brush = ImageDraw.Draw(image)
    for _ in range(8):
        x, y = (int(value) for value in random.integers(0, 120, 2))
        if kind == "circles":
            brush.ellipse((x, y, x + 30, y + 30), fill="navy")
        else:
            brush.line((x, 0, x, 120), fill="darkred", width=5)
    return image


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    """Three folders of five pictures each; in that of circles there is one of stripes."""
    root = tmp_path / "クラス"
    for kind in ("circles", "stripes", "noise"):
        (root / kind).mkdir(parents=True)
        for number in range(5):
            shown = "stripes" if (kind, number) == ("circles", 0) else kind
            draw(shown, number + 10 * (shown != kind)).save(root / kind / f"{number}.png")
    return root


def own_page(panel: PaintingsPanel) -> None:
    press(panel.header.pages, Qt.Key.Key_Right)
    assert panel.classes_page.isVisible()


def fit(panel: PaintingsPanel, folder: Path) -> FitResult:
    own_page(panel)
    panel.dropped.emit([folder])
    wait_for(lambda: len(panel.session.state.classes) == 3)
    panel.press_primary()
    assert panel.busy
    wait_for(lambda: panel.classes_page.result is not None and not panel.busy)
    return panel.classes_page.result


def test_folders_become_classes_that_are_learnt_and_recognised(
    panel: PaintingsPanel, context: Context, folders: Path
) -> None:
    session = panel.session
    result = fit(panel, folders)
    page = panel.classes_page
    assert context.errors == []
    assert [row.name.text() for row in page.rows] == ["circles", "noise", "stripes"]
    assert result.classes == ("circles", "noise", "stripes") and len(result.labels) == 15
    assert result.right >= 13, "all but the odd one, and perhaps one that it leads astray"
    assert f"{result.right} of 15" in page.score.text()
    stripes = result.classes.index("stripes")
    page.matrix.choose(result.classes.index("circles"), stripes)
    assert "but taken for stripes" in page.cell_label.text()
    assert page.grid.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "0.png"
    wait_for(lambda: page.grid.count == 1 and page.grid.image(0) is not None)
    page.grid.picked.emit(0)
    wait_for(lambda: panel.detail_view.isVisible() and session.detail.number >= 0)
    assert session.collection.paths[session.detail.number].parent.name == "circles"


def test_classes_are_there_in_the_next_session(
    panel: PaintingsPanel, open_panel: OpenPanel, folders: Path
) -> None:
    session = panel.session
    own_page(panel)
    panel.dropped.emit([folders])
    wait_for(lambda: len(session.state.classes) == 3)
    again = open_panel()
    assert again.session.state.classes == session.state.classes
    own_page(again)
    assert [row.name.text() for row in again.classes_page.rows] == ["circles", "noise", "stripes"]
    assert again.primary.isEnabled()


def test_the_matrix_has_keys_and_a_mouse(panel: PaintingsPanel, folders: Path) -> None:
    fit(panel, folders)
    matrix = panel.classes_page.matrix
    place = matrix.visualRect(matrix.model().index(1, 2)).center()
    QTest.mouseClick(matrix.viewport(), LEFT, pos=place)
    assert (matrix.currentIndex().row(), matrix.currentIndex().column()) == (1, 2)
    press(matrix, Qt.Key.Key_Left)
    press(matrix, Qt.Key.Key_Down)
    assert "stripes, but taken for noise" in panel.classes_page.cell_label.text()
    interface = QAccessible.queryAccessibleInterface(matrix)
    cells = [interface.child(number) for number in range(interface.childCount())]
    corner = QAccessible.Role.Pane
    names = [cell.text(QAccessible.Text.Name) for cell in cells if cell.role() != corner]
    assert len(names) == 3 + 4 * 3 and all(names)
    assert any(name.startswith("stripes, taken for noise: ") for name in names)


def test_a_model_is_saved_used_exported_and_imported(
    panel: PaintingsPanel, context: Context, folders: Path, tmp_path: Path
) -> None:
    session = panel.session
    fit(panel, folders)
    page = panel.classes_page
    page.name.setText("Shapes / 形")
    page.licence.setText("CC0-1.0")
    page.notes.setText("Drawn by a test.")
    QTest.mouseClick(page.save, LEFT)
    wait_for(lambda: session.models.chosen is not None)
    model = session.models.chosen
    assert model.path.parent == context.data_folder / "models"
    card = read_card(model.path)
    assert (card.name, card.licence, card.notes) == ("Shapes / 形", "CC0-1.0", "Drawn by a test.")
    assert session.styles == ["circles", "noise", "stripes"] and context.status == "Shapes / 形"
    draw("noise", 99).save(tmp_path / "new.png")
    panel.dropped.emit([tmp_path / "new.png"])
    wait_for(lambda: len(session.collection) == 1 and session.collection.prediction(0, "network"))
    assert session.collection.prediction(0, "network")[0] == "noise"
    exported = tmp_path / "shared" / "shapes.safetensors"
    panel.model_actions.share(exported)
    wait_for(lambda: context.messages[-1:] == [f"Saved as {exported}"])
    assert not exported.with_suffix(".toml").exists() and read_card(exported) == card
    panel.model_actions.edit(name="Forms")
    assert session.models.chosen.name == "Forms"
    panel.model_actions.delete()
    assert session.models.chosen is None and session.models.own == []
    panel.undo_stack.undo()
    assert session.models.chosen is None and len(session.models.own) == 1
    panel.undo_stack.undo()
    assert session.models.chosen is not None and session.models.chosen.name == "Forms"
    panel.model_actions.delete()
    panel.dropped.emit([exported])
    wait_for(lambda: session.models.chosen is not None)
    assert session.models.chosen.name == "Shapes / 形" and len(session.models.own) == 1


def test_classes_are_renamed_filled_removed_and_all_of_it_undone(
    panel: PaintingsPanel, folders: Path
) -> None:
    session = panel.session
    own_page(panel)
    panel.dropped.emit([folders / "noise", folders / "stripes"])
    wait_for(lambda: len(session.state.classes) == 2)
    page = panel.classes_page
    page.rows[0].name.setText("snow")
    page.rows[0].name.editingFinished.emit()
    assert session.state.classes[0].name == "snow"
    page.rows[0].dropped.emit([folders / "circles" / "1.png"])
    wait_for(lambda: len(session.state.classes[0].pictures) == 6)
    page.rows[1].removed.emit()
    assert len(page.rows) == 1 and not panel.primary.isEnabled()
    for _ in range(4):
        panel.undo_stack.undo()
    assert session.state.classes == () and page.rows == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("one picture", "has only one picture"),
        ("same pictures", "have the same pictures"),
        ("same name", "Two classes are called “noise”"),
        ("no name", "has no name"),
    ],
)
def test_what_cannot_be_learnt_is_reported(
    panel: PaintingsPanel, context: Context, folders: Path, change: str, message: str
) -> None:
    session = panel.session
    own_page(panel)
    if change == "one picture":
        for path in sorted((folders / "noise").iterdir())[1:]:
            path.unlink()
    paths = [folders / "noise", folders / "stripes"]
    if change == "same pictures":
        paths = [folders / "noise", folders / "noise"]
    panel.dropped.emit(paths)
    wait_for(lambda: len(session.state.classes) == 2)
    if change != "one picture":
        session.own_classes.rename(1, {"same name": "noise", "no name": ""}.get(change, "other"))
    panel.press_primary()
    wait_for(lambda: context.errors)
    assert message in str(context.errors[0]) and not panel.busy


def test_pictures_that_cannot_be_read_are_left_out_and_named(
    panel: PaintingsPanel, folders: Path
) -> None:
    (folders / "noise" / "broken.png").write_text("no picture")
    result = fit(panel, folders)
    assert result.unread == ("broken.png",) and len(result.pictures) == 15
    assert "broken.png" in panel.classes_page.score_note.text()
