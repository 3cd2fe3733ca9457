"""The frame: primary button, undo, shortcuts, drops, language, what is remembered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QUndoCommand
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit

from kirara_studio.api.panel import Panel
from kirara_studio.api.widgets import Inspector, PanelWidget

from .conftest import Heard

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Sample(PanelWidget):
    def __init__(self, context: Any) -> None:
        super().__init__(context)
        self.done: list[str] = []
        self.retranslated = 0
        self.field = QLineEdit()
        self.set_canvas(self.field)
        self.set_strip(QLabel("strip"))
        self.inspector.add_section("Section").add(QLabel("control"))
        self.set_primary("Go", lambda: self.done.append("start"), lambda: self.done.append("stop"))

    def retranslate(self) -> None:
        super().retranslate()
        self.retranslated += 1


class Step(QUndoCommand):
    def __init__(self, done: list[str]) -> None:
        super().__init__("step")
        self.done = done

    def redo(self) -> None:
        self.done.append("redo")

    def undo(self) -> None:
        self.done.append("undo")


@pytest.fixture
def panel(show: Callable[..., Any]) -> Sample:
    description = Panel(id="sample", title="Sample", icon="", widget="", subtitle="What it does")
    context = SimpleNamespace(panel=description, tr=lambda text: text, state={})
    made = show(Sample(context), 900, 600)
    made.activateWindow()
    return made


def test_ctrl_enter_starts_and_while_busy_stops(panel: Sample) -> None:
    QTest.keyClick(panel, Qt.Key.Key_Return, CONTROL)
    panel.set_busy(True)
    assert panel.primary.text() == "Stop"
    QTest.keyClick(panel, Qt.Key.Key_Return, CONTROL)
    QTest.mouseClick(panel.primary, Qt.MouseButton.LeftButton)
    panel.set_busy(False)
    assert panel.primary.text() == "Go"
    assert panel.done == ["start", "stop", "stop"]


def test_the_primary_button_is_as_wide_while_busy(panel: Sample) -> None:
    for text in ("Go", "A very long name"):
        panel.set_primary(text, lambda: None, lambda: None)
        QTest.qWait(1)
        before = panel.primary.geometry()
        panel.set_busy(True)
        QTest.qWait(1)
        assert panel.primary.text() == "Stop" and panel.primary.geometry() == before
        panel.set_busy(False)


def test_a_disabled_primary_button_has_no_shortcut_either(panel: Sample) -> None:
    panel.primary.setEnabled(False)
    QTest.keyClick(panel, Qt.Key.Key_Return, CONTROL)
    assert panel.done == []


def test_undo_and_redo_by_keys_and_buttons(panel: Sample) -> None:
    assert not panel.undo_button.isEnabled()
    panel.undo_stack.push(Step(panel.done))
    QTest.keyClick(panel, Qt.Key.Key_Z, CONTROL)
    QTest.keyClick(panel, Qt.Key.Key_Z, CONTROL | SHIFT)
    QTest.mouseClick(panel.undo_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(panel.redo_button, Qt.MouseButton.LeftButton)
    assert panel.done == ["redo", "undo", "redo", "undo", "redo"]
    assert "step" in panel.undo_button.toolTip()


def test_space_plays_unless_one_is_typing(panel: Sample) -> None:
    played = Heard(panel.play_pressed)
    panel.setFocus()
    QTest.keyClick(panel, Qt.Key.Key_Space)
    panel.field.setFocus()
    QTest.keyClick(panel.field, Qt.Key.Key_Space)
    assert len(played) == 1 and panel.field.text() == " "


def test_files_dropped_anywhere_arrive_and_text_does_not(panel: Sample, tmp_path: Path) -> None:
    dropped = Heard(panel.dropped)
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.png")), QUrl("https://example.org/b")])
    text = QMimeData()
    text.setText("hello")
    panel.set_drop_text("Drop it")
    for data in (files, text):
        enter = QDragEnterEvent(
            panel.rect().center(),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        enter.ignore()
        panel.dragEnterEvent(enter)
        assert enter.isAccepted() == (data is files)
        panel.grab()
        drop = QDropEvent(
            QPointF(9, 9),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        panel.dropEvent(drop)
    assert dropped == [[tmp_path / "a.png"]]


def test_what_is_given_arrives_as_if_dropped_whatever_it_is_for(
    panel: Sample, tmp_path: Path
) -> None:
    dropped = Heard(panel.dropped)
    panel.open_files([tmp_path / "a.png"])
    panel.open_files([tmp_path / "b.png"], "a purpose that it does not know")
    assert dropped == [[tmp_path / "a.png"], [tmp_path / "b.png"]]


def test_the_inspector_collapses_and_is_remembered(panel: Sample) -> None:
    panel.resize(1200, 700)
    QTest.mouseClick(panel.inspector_button, Qt.MouseButton.LeftButton)
    assert panel.inspector.isHidden()
    state = panel.save_state()
    panel.set_inspector_visible(True)
    panel.restore_state(state)
    assert panel.inspector.isHidden()
    panel.restore_state({"inspector": "nonsense"})
    assert panel.inspector.isHidden()


def test_a_narrow_panel_gives_the_canvas_its_whole_width(panel: Sample) -> None:
    panel.resize(1200, 700)
    assert not panel.inspector.isHidden()
    panel.resize(800, 700)
    assert panel.inspector.isHidden()
    assert panel.save_state()["inspector"] is True, "that is not what the user wanted"

    QTest.mouseClick(panel.inspector_button, Qt.MouseButton.LeftButton)
    assert not panel.inspector.isHidden()
    place = panel.inspector.geometry()
    assert place.right() == panel.rect().right() and place.bottom() == panel.rect().bottom()
    QApplication.processEvents()
    button = panel.inspector_button.mapTo(panel, panel.inspector_button.rect().center())
    assert not place.contains(button), "the way back stays in reach"
    panel.resize(820, 700)
    assert panel.inspector.geometry().right() == panel.rect().right()

    panel.resize(1200, 700)
    assert not panel.inspector.isHidden()
    assert panel.layout().indexOf(panel.inspector) >= 0


def test_a_change_of_language_sets_the_texts_anew(panel: Sample) -> None:
    before = panel.retranslated
    QCoreApplication.sendEvent(panel, QEvent(QEvent.Type.LanguageChange))
    assert panel.retranslated == before + 1


def test_an_inspector_without_sections_is_not_shown(show: Callable[..., Any]) -> None:
    description = Panel(id="sample", title="Sample", icon="", widget="")
    context = SimpleNamespace(panel=description, tr=lambda text: text, state={})
    panel = show(PanelWidget(context), 1200, 700)  # type: ignore[arg-type]
    panel.set_inspector_visible(True)
    assert panel.inspector.isHidden() and panel.inspector_button.isHidden()
    panel.inspector.add_section("Section")
    assert not panel.inspector.isHidden() and not panel.inspector_button.isHidden()


def test_the_inspector_is_as_wide_as_all_inspectors(panel: Sample) -> None:
    assert 280 <= panel.inspector.width() <= 340


def test_a_section_folds_and_opens(show: Callable[..., Any]) -> None:
    inspector = Inspector()
    section = inspector.add_section("Advanced", foldable=True)
    inner = section.add(QLabel("control"))
    show(inspector, 300, 300)
    folded: list[bool] = []
    section.folding.connect(folded.append)
    section.set_folded(True)
    assert section.folded and not inner.isVisible() and folded == []
    title = section.findChild(QAbstractButton)
    assert title is not None and title.text() == "Advanced" and not title.isChecked()
    QTest.mouseClick(title, Qt.MouseButton.LeftButton)
    assert inner.isVisible() and folded == [False]
    title.setFocus()
    QTest.keyClick(title, Qt.Key.Key_Return)
    assert not inner.isVisible() and folded == [False, True]
    plain = inspector.add_section("Model")
    plain.set_folded(True)
    assert not plain.folded and plain.findChild(QAbstractButton) is None
