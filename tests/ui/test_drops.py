"""Files of other programs are copied, whatever those propose."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from kirara_studio.api.widgets import DropZone
from tests.ui.conftest import Studio, process_events

COPY, MOVE = Qt.DropAction.CopyAction, Qt.DropAction.MoveAction
BUTTON, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    data.setText(data.text())  # which text fields take
    return data


def dropped(
    widget: QWidget, actions: Qt.DropAction, file: Path = Path("/a/letter.txt")
) -> list[Qt.DropAction]:
    """The answers to a drag of a file over a widget that proposes a move, as its source sees them.

    IgnoreAction where it is refused.
    """
    window = widget.window()
    place = widget.mapTo(window, QPoint(20, 10))
    data = files(file)
    answers = []
    for event in (
        QDragEnterEvent(place, actions, data, BUTTON, SHIFT),
        QDragMoveEvent(place, actions, data, BUTTON, SHIFT),
        QDropEvent(QPointF(place), actions, data, BUTTON, SHIFT),
    ):
        event.setDropAction(MOVE)
        QCoreApplication.sendEvent(window.windowHandle(), event)
        answers.append(event.dropAction() if event.isAccepted() else Qt.DropAction.IgnoreAction)
    return answers


@pytest.fixture
def dialog(studio: Studio) -> QDialog:
    """A dialog with the widgets of Qt and of the studio that take files."""
    studio.window.show()
    dialog = QDialog(studio.window)
    column = QVBoxLayout(dialog)
    for widget in (QLineEdit(), DropZone("Files")):
        column.addWidget(widget)
    dialog.show()
    dialog.activateWindow()
    assert QTest.qWaitForWindowActive(dialog)
    process_events()
    return dialog


@pytest.mark.parametrize("kind", [QLineEdit, DropZone])
def test_a_proposed_move_becomes_a_copy(dialog: QDialog, kind: type[QWidget]) -> None:
    assert dropped(dialog.findChild(kind), COPY | MOVE)[-1] == COPY


@pytest.mark.parametrize("kind", [QLineEdit, DropZone])
def test_a_source_that_only_moves_is_refused(dialog: QDialog, kind: type[QWidget]) -> None:
    assert dropped(dialog.findChild(kind), MOVE)[-1] == Qt.DropAction.IgnoreAction


def test_a_model_is_copied_wherever_it_is_dropped(studio: Studio, tmp_path: Path) -> None:
    studio.window.show()
    process_events()
    model = tmp_path / "a.model"
    model.write_text("first")
    assert dropped(studio.window.rail, COPY | MOVE, model) == [COPY, COPY, COPY]
    assert dropped(studio.window.rail, MOVE, model)[-1] == Qt.DropAction.IgnoreAction
