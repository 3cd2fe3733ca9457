"""Pictures, canvas, buttons, transport, segments, curves."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt, QTranslator
from PySide6.QtGui import QAccessible, QGuiApplication, QImage, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kirara_studio.api.resources import resource_folder
from kirara_studio.api.widgets import (
    Button,
    Curve,
    DropZone,
    EmptyState,
    Filmstrip,
    ImageCanvas,
    PictureGrid,
    Segments,
    Transport,
    to_image,
)
from kirara_studio.api.widgets.curve import nice_steps
from kirara_studio.api.widgets.icons import paint_icon
from kirara_studio.api.widgets.style import Animation, blend, color
from kirara_studio.api.widgets.tokens import DARK, LIGHT, set_current_tokens

from .conftest import Heard, plain

LEFT = Qt.MouseButton.LeftButton


def pixels_of(image: QImage) -> np.ndarray:
    """(height, width, 3) bytes, red green blue."""
    columns = range(image.width())
    rows = [[image.pixelColor(x, y).getRgb()[:3] for x in columns] for y in range(image.height())]
    return np.array(rows, np.uint8)


def test_names_follow_the_language(show: Callable[..., Any]) -> None:
    window = QWidget()
    layout = QVBoxLayout(window)
    widgets = [Transport(), Filmstrip(), Curve(), ImageCanvas(), PictureGrid(), PictureGrid()]
    for widget in widgets:
        layout.addWidget(widget)
    widgets[-1].setAccessibleName("Candidates")
    show(window, 400, 900)
    translator = QTranslator()
    assert translator.load(str(resource_folder() / "translations" / "ja.qm"))
    QCoreApplication.installTranslator(translator)
    try:
        QTest.qWait(1)
        transport, *others, named = widgets
        names = [widget.accessibleName() for widget in others]
        assert not any(name.isascii() for name in [*names, transport.bar.accessibleName()]), names
        assert not transport.button.toolTip().isascii()
        assert named.accessibleName() == "Candidates"
    finally:
        QCoreApplication.removeTranslator(translator)


def test_arrays_become_pictures() -> None:
    picture = np.random.default_rng(1).integers(0, 256, (7, 5, 3), np.uint8)
    np.testing.assert_array_equal(pixels_of(to_image(picture)), picture)
    grey = picture[..., 0]
    np.testing.assert_array_equal(pixels_of(to_image(grey))[..., 2], grey)
    strided = np.repeat(picture, 2, axis=1)[:, ::2]
    np.testing.assert_array_equal(pixels_of(to_image(strided)), picture)


@pytest.mark.parametrize(
    "wrong",
    [np.zeros((4, 4, 3), np.float32), np.zeros((4, 4, 4), np.uint8), np.zeros((0, 4, 3), np.uint8)],
)
def test_other_arrays_are_refused(wrong: np.ndarray) -> None:
    with pytest.raises(ValueError, match="a picture"):
        to_image(wrong)


def test_the_canvas_fits_zooms_and_pans(show: Callable[..., Any]) -> None:
    canvas = show(ImageCanvas(), 400, 200)
    halves = np.concatenate([plain(255, 0, 0, 64), plain(0, 0, 255, 64)], axis=1)[:, 32:96]
    canvas.set_picture(halves)
    assert canvas.fitted_box().getRect() == (100, 0, 200, 200)
    corner = QPointF(100, 0)
    canvas.set_zoom(4, around=corner)
    box = canvas.picture_box()
    assert (box.topLeft() - corner).manhattanLength() < 1e-6
    assert canvas.grab().toImage().pixelColor(200, 100).red() > 200
    QTest.mousePress(canvas, LEFT, pos=QPoint(200, 100))
    QTest.mouseMove(canvas, QPoint(-4000, 100))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(-4000, 100))
    assert canvas.grab().toImage().pixelColor(200, 100).blue() > 200
    assert canvas.picture_box().right() == pytest.approx(canvas.fitted_box().right())
    QTest.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.zoom == 1


def test_the_canvas_copies_and_hands_out_a_file(show: Callable[..., Any]) -> None:
    canvas = show(ImageCanvas(), 100, 100)
    canvas.set_message("Soon")
    canvas.grab()
    canvas.set_picture(plain(1, 2, 3))
    canvas.copy()
    assert QGuiApplication.clipboard().image().pixelColor(3, 3).getRgb()[:3] == (1, 2, 3)
    path = canvas.file_for_drag()
    assert path is not None and QImage(str(path)).size().width() == 16
    clicked = Heard(canvas.clicked)
    QTest.mouseClick(canvas, LEFT, pos=QPoint(50, 50))
    assert len(clicked) == 1


def test_a_button_is_pressed_by_click_and_enter(show: Callable[..., Any]) -> None:
    button = show(Button("Go", icon="play", hint="Ctrl+G"), 120, 40)
    clicked = Heard(button.clicked)
    QTest.mouseClick(button, LEFT)
    QTest.keyClick(button, Qt.Key.Key_Return)
    button.setEnabled(False)
    QTest.mouseClick(button, LEFT)
    assert len(clicked) == 2
    narrow = button.sizeHint().width()
    button.set_content("Go a long way")
    assert button.sizeHint().width() > narrow


def test_transport_scrubs_by_mouse_and_keyboard(show: Callable[..., Any]) -> None:
    transport = show(Transport(), 400, 44)
    transport.set_time(1.0, 4.0)
    scrubbed, toggled = Heard(transport.scrubbed), Heard(transport.toggled)
    QTest.mouseClick(transport.bar, LEFT, pos=transport.bar.rect().center())
    QTest.keyClick(transport.bar, Qt.Key.Key_Right)
    QTest.keyClick(transport.bar, Qt.Key.Key_End)
    QTest.mouseClick(transport.button, LEFT)
    assert scrubbed[0] == pytest.approx(2.0, abs=0.05)
    assert scrubbed[1:] == [pytest.approx(1.1), 4.0] and len(toggled) == 1
    assert transport.time.text() == "1.0 / 4.0 s"


def test_segments_choose_by_mouse_and_keyboard(show: Callable[..., Any]) -> None:
    segments = show(Segments(["Create", "Train", "Look"]), 300, 36)
    chosen = Heard(segments.chosen)
    QTest.mouseClick(segments, LEFT, pos=QPoint(150, 18))
    QTest.keyClick(segments, Qt.Key.Key_Right)
    QTest.keyClick(segments, Qt.Key.Key_Right)
    assert chosen == [1, 2] and segments.current == 2
    segments.set_current(0)
    assert chosen == [1, 2]


def test_zone_and_empty_state_ask(show: Callable[..., Any]) -> None:
    zone, empty = show(DropZone("Drop"), 200, 90), show(EmptyState("No", "Nothing", "Go"), 400, 300)
    asked = Heard(zone.clicked, empty.clicked)
    QTest.mouseClick(zone, LEFT)
    QTest.keyClick(zone, Qt.Key.Key_Return)
    QTest.mouseClick(empty.button, LEFT)
    assert len(asked) == 3
    empty.set_content("No", "Nothing")
    assert empty.button.isHidden()


def test_curves_take_anything_that_a_training_may_report(show: Callable[..., Any]) -> None:
    curve = show(Curve(), 400, 240)
    curve.set_empty_text("Nothing yet")
    empty = curve.grab().toImage()
    curve.set_series({"one": [(0, 1.0)]})
    assert curve.grab().toImage() == empty
    nan = float("nan")
    points = [(i, np.sin(i / 50)) for i in range(5000)]
    curve.set_series(
        {"loss": [*points, (5000, nan), (5001, float("inf"))], "flat": [(0, 2), (9, 2)]}
    )
    assert curve.grab().toImage() != empty


def test_a_curve_marks_a_moment_and_tells_its_values(show: Callable[..., Any]) -> None:
    curve = show(Curve(), 400, 240)
    curve.set_series({"error": [(1, 5.0), (2, 7.0), (3, 9.0)]})
    without = curve.grab().toImage()
    curve.set_mark(2)
    marked = curve.grab().toImage()
    assert marked != without
    curve.set_mark(7)
    assert curve.grab().toImage() == without, "there is no such place"
    curve.set_mark(None)
    assert curve.grab().toImage() == without


@pytest.mark.parametrize(("low", "high"), [(0, 1), (-3.2, 88), (1e-7, 2e-7), (5, 5), (0, 1e6)])
def test_axis_steps_are_round_and_inside(low: float, high: float) -> None:
    steps = nice_steps(low, high, 5)
    assert all(low <= step <= high for step in steps)
    assert len(steps) <= 12 and (steps or low == high)


def test_every_icon_draws_something(application: object) -> None:
    for path in (resource_folder() / "icons").glob("*.svg"):
        name = path.stem
        pixmap = QPixmap(32, 32)
        pixmap.fill(Qt.GlobalColor.white)
        before = pixmap.toImage()
        with QPainter(pixmap) as painter:
            paint_icon(painter, name, pixmap.rect().toRectF(), color("text"))
        assert pixmap.toImage() != before, name


def test_widgets_take_the_colours_of_the_theme(show: Callable[..., Any]) -> None:
    button = show(Button("Go", kind="primary"), 120, 40)
    light = button.grab().toImage().pixelColor(20, 6)
    set_current_tokens(DARK)
    try:
        dark = button.grab().toImage().pixelColor(20, 6)
    finally:
        set_current_tokens(LIGHT)
    assert light.name().upper() == LIGHT.accent_fill
    assert dark.name().upper() == DARK.accent_fill


def test_a_glide_arrives(show: Callable[..., Any]) -> None:
    button = show(Button("Go"), 100, 40)
    places: list[float] = []
    animation = Animation(button, lambda: places.append(animation.value))
    animation.animate_to(1.0)
    QTest.qWait(400)
    assert animation.value == 1.0 and len(places) > 2
    assert blend(color("text"), color("ground"), 0.0).rgb() == color("text").rgb()


def test_the_tokens_alone_need_no_qt(repository: Path) -> None:
    code = (
        "import sys, kirara_studio.api.widgets.tokens\n"
        "assert not [m for m in sys.modules if m.startswith(('PySide6', 'numpy'))]"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=repository)


def test_what_painted_widgets_are_to_a_screen_reader(show: Callable[..., Any]) -> None:
    segments = show(Segments(["Smooth", "Steady"]), 200, 36)
    segments.set_name("Easing")
    row = QAccessible.queryAccessibleInterface(segments)
    names = [row.child(index).text(QAccessible.Text.Name) for index in range(2)]
    assert names == ["Easing: Smooth", "Easing: Steady"]
    curve = show(Curve(), 300, 200)
    curve.set_series({"MSE": [(0, 2.0), (1, 1.5)]})
    chart = QAccessible.queryAccessibleInterface(curve)
    assert chart.role() == QAccessible.Role.Chart
    assert chart.text(QAccessible.Text.Description) == "MSE 1.5"
