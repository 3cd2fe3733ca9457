"""The panel in a real studio, whose window is painted into memory."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence
from PySide6.QtTest import QTest

from kirara_parikh.examples import EXAMPLES
from kirara_parikh.tour import run as run_tour
from kirara_parikh.view.workspace import AUTOMATON, DERIVATION, PICTURE, SET
from kirara_studio.api.kept_files import parse_json
from kirara_studio.testing import OffscreenStudio, check_plugin, press, table, wait_for

UNION = next(example for example in EXAMPLES if example.id == "union")


@pytest.fixture
def panel(studio: OffscreenStudio) -> Any:
    panel = studio.open_panel("parikh")
    studio.settle()
    wait_for(lambda: panel.session.analysis is not None)
    return panel


def type_grammar(panel: Any, text: str) -> None:
    """Replace the grammar by typing, and wait until it was read."""
    editor = panel.grammar.editor
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)
    wait_until_read(panel)


def wait_until_read(panel: Any) -> None:
    session = panel.session
    wait_for(lambda: not session._pause.isActive())
    wait_for(lambda: not session._analysing.busy)


def take(panel: Any, example: Any = UNION) -> None:
    panel.session.take_example(example)
    wait_until_read(panel)


def test_the_first_opening_shows_a_result(panel: Any) -> None:
    assert panel.workspace.isVisible() and panel.workspace.page == SET
    assert panel.workspace.set.set.toPlainText() == "ℕ·(1, 1)"
    assert panel.workspace.set.expression.toPlainText() == "(ab)*"


def test_typing_analyses_and_can_be_undone(panel: Any, studio: OffscreenStudio) -> None:
    type_grammar(panel, "S -> a S c |")
    assert panel.workspace.plane.letters == ("a", "c")
    panel.undo_button.click()
    wait_until_read(panel)
    assert panel.grammar.editor.toPlainText() == EXAMPLES[0].grammar
    assert panel.workspace.plane.letters == ("a", "b")
    assert studio.problems == []


def test_undo_in_the_editor_is_the_panels(panel: Any) -> None:
    editor = panel.grammar.editor
    editor.setFocus()
    QTest.keyClicks(editor, "x")
    QTest.keySequence(editor, QKeySequence("Ctrl+Z"))
    assert editor.toPlainText() == EXAMPLES[0].grammar


def test_a_mistake_is_underlined_where_it_is(panel: Any) -> None:
    panel.session.write(grammar="S -> 😀 S\nS -> a TU b")
    wait_until_read(panel)
    editor = panel.grammar.editor
    (mark,) = editor.extraSelections()
    assert mark.cursor.selectedText() == "TU"
    assert panel.grammar.problem.isVisible()
    assert panel.grammar.problem.text().startswith("Line 2, column 8: The nonterminal “TU”")
    assert not panel.primary.isEnabled() and not panel.question.ask.isEnabled()
    panel.session.write(grammar="😀 -> 😀 '")
    wait_until_read(panel)
    (mark,) = editor.extraSelections()
    assert mark.cursor.selectedText() == "'", "Qt counts in UTF-16"


def test_without_a_grammar_there_are_examples(panel: Any) -> None:
    panel.session.write(grammar=" ")
    wait_until_read(panel)
    assert panel.welcome.isVisible()
    panel.welcome.buttons[1][1].click()
    wait_until_read(panel)
    assert panel.workspace.isVisible()
    assert panel.grammar.editor.toPlainText() == EXAMPLES[1].grammar


def test_a_question_has_a_word_and_a_tree(panel: Any) -> None:
    take(panel)
    press(panel.question.vector, Qt.Key.Key_Return)
    wait_for(lambda: panel.session.answer is not None)
    assert panel.question.answer.text() == "Yes: aabbbb"
    panel.question.show_tree.click()
    assert panel.workspace.page == DERIVATION
    assert panel.workspace.derivation.word.text() == "aabbbb"
    panel.question.vector.setText("")
    QTest.keyClicks(panel.question.vector, "a=0, b=1")
    panel.question.ask.click()
    wait_for(lambda: panel.session.answer is not None)
    assert panel.question.answer.text() == "No word has these letter counts."
    assert not panel.question.show_tree.isVisible()


def test_what_is_no_question_is_explained(panel: Any, studio: OffscreenStudio) -> None:
    for text, words in (("a=", "not a vector"), ("z=1", "no letter z"), ("1, 2, 3", "3 numbers")):
        panel.session.ask_for(text)
        studio.settle()
        assert words in panel.question.answer.text()
    assert studio.problems == []


def test_two_grammars_are_compared(panel: Any) -> None:
    QTest.keyClicks(panel.comparison.editor, "S -> a a S b b |")
    wait_until_read(panel)
    panel.comparison.compare.click()
    wait_for(lambda: panel.session.verdict is not None)
    assert panel.comparison.result.text() == "Different letter counts"
    assert "Only the first has a=1, b=1 (ab)." in panel.comparison.details.text()
    panel.session.write(second="S -> b a S |")
    wait_until_read(panel)
    assert not panel.comparison.result.isVisible(), "it was about another grammar"
    panel.session.compare()
    wait_for(lambda: panel.session.verdict is not None)
    assert panel.comparison.result.text() == "The same letter counts"


def test_the_picture_shows_a_word_for_the_point_under_the_pointer(panel: Any) -> None:
    take(panel)
    panel.workspace.show_page(PICTURE)
    page, canvas = panel.workspace.plane, panel.workspace.plane.canvas
    assert canvas.contains((3, 6)) and not canvas.contains((3, 5))
    QTest.mouseMove(canvas, canvas.to_pixel(2, -4).toPoint())
    wait_for(lambda: "aabbbb" in page.caption.text())
    QTest.mouseMove(canvas, canvas.to_pixel(0, -1).toPoint())
    assert page.caption.text() == "a=0, b=1: not in the set"
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.to_pixel(1, 0).toPoint())
    wait_for(lambda: panel.session.answer is not None)
    assert panel.question.vector.text() == "a=1, b=0"


def test_the_picture_zooms_moves_and_fits(panel: Any) -> None:
    panel.workspace.show_page(PICTURE)
    canvas = panel.workspace.plane.canvas
    scale, origin = canvas.scale, canvas.to_pixel(0, 0)
    press(canvas, Qt.Key.Key_Plus)
    assert canvas.scale > scale
    press(canvas, Qt.Key.Key_Minus)
    press(canvas, Qt.Key.Key_Minus)
    assert canvas.scale < scale
    start = canvas.rect().center()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(canvas, start + QPoint(50, 20))
    QTest.mouseMove(canvas, start + QPoint(60, 30))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 30))
    assert canvas.to_pixel(0, 0) != origin and panel.session.answer is None
    press(canvas, Qt.Key.Key_0)
    assert canvas.scale == scale and canvas.to_pixel(0, 0) == origin


def test_the_picture_is_explored_by_keys(panel: Any) -> None:
    panel.workspace.show_page(PICTURE)
    canvas = panel.workspace.plane.canvas
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up):
        press(canvas, key)
    assert canvas.cell == (1, 1)
    press(canvas, Qt.Key.Key_Return)
    assert panel.question.vector.text() == "a=1, b=1"
    assert canvas.accessibleDescription().startswith("a=1, b=1")


def test_of_three_letters_two_are_chosen(panel: Any) -> None:
    take(panel, next(e for e in EXAMPLES if e.id == "three"))
    panel.workspace.show_page(PICTURE)
    page = panel.workspace.plane
    assert page.across.isVisible() and page.up.currentText() == "c"
    page.across.setCurrentIndex(2)
    page.up.setCurrentIndex(0)
    page.across.activated.emit(2)
    page.canvas.point_at((1, 2))
    assert page.counts() == {"b": 1, "a": 2} or page.counts() == {page.letters[2]: 1, "a": 2}


def test_states_are_explored_and_words_walked(panel: Any) -> None:
    take(panel)
    panel.workspace.show_page(AUTOMATON)
    page, canvas = panel.workspace.automaton, panel.workspace.automaton.canvas
    QTest.mouseMove(canvas, canvas.to_pixel(*canvas.place(0)).toPoint())
    assert page.caption.text().startswith("Still to derive: S.")
    press(canvas, Qt.Key.Key_Right)
    press(canvas, Qt.Key.Key_Right)
    assert canvas.selected == 1
    assert canvas.accessibleDescription() == page.caption.text() != ""
    for word, outcome in (
        ("abb", "Accepted"),
        ("ab", "May go on"),
        ("bb", "Rejected"),
        ("x", "Other letters"),
    ):
        page.word.setText(word)
        assert page.outcome.text() == outcome, word
    page.kind.setCurrentIndex(1)
    page.word.setText("abb")
    assert page.outcome.text() == "Accepted"


def test_a_large_grammar_is_not_listed_but_answered(panel: Any) -> None:
    text = "\n".join(f"A{n} -> a A{n + 1} | A{n + 1} A0 b" for n in range(9)) + "\nA9 -> |"
    panel.session.write(grammar=text)
    wait_until_read(panel)
    assert "10 nonterminals" in panel.workspace.set.set.toPlainText()
    panel.workspace.show_page(PICTURE)
    assert "10 nonterminals" in panel.workspace.plane.canvas.message
    panel.session.ask_for("a=9")
    wait_for(lambda: panel.session.answer is not None)
    assert panel.question.answer.text() == "Yes: aaaaaaaaa"


def test_a_long_set_leaves_room_for_the_rest_of_its_page(panel: Any) -> None:
    text = "S -> " + " | ".join("a" * n + "b" * (40 - n) for n in range(40))
    panel.session.write(grammar=text)
    wait_until_read(panel)
    page = panel.workspace.set
    parts = (page.heading, page.set, page.expression_title, page.expression, page.facts)

    def apart() -> bool:
        pairs = itertools.pairwise(part.geometry() for part in parts)
        return all(above.bottom() < below.top() for above, below in pairs)

    wait_for(apart, 10)


def test_stop_ends_an_analysis(panel: Any, studio: OffscreenStudio) -> None:
    studio.hold_jobs()
    panel.session.take_example(UNION)
    wait_for(lambda: panel.busy)
    panel.primary.click()
    assert not panel.busy and not panel.session._analysing.busy
    studio.release_jobs()
    studio.settle()
    panel.primary.click()
    wait_for(lambda: panel.session.analysis.text == UNION.grammar)


def test_results_are_copied_and_saved(panel: Any, studio: OffscreenStudio, tmp_path: Path) -> None:
    panel.copy_set()
    assert QGuiApplication.clipboard().text() == "ℕ·(1, 1)"
    panel.workspace.set.copy_expression.click()
    assert QGuiApplication.clipboard().text() == "(ab)*"
    panel.session.ask()
    wait_for(lambda: panel.session.answer is not None)
    panel.session.save(tmp_path / "a.json", panel.json_text())
    wait_for(lambda: panel.save_button.last_saved == tmp_path / "a.json")
    values = parse_json((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert values["set"] == [{"base": [0, 0], "periods": [[1, 1]]}]
    assert values["question"]["word"] == list("aaabbb")
    panel.session.save(tmp_path / "a.txt", panel.plain_text())
    wait_for(lambda: panel.save_button.last_saved == tmp_path / "a.txt")
    assert "ℕ·(1, 1)" in (tmp_path / "a.txt").read_text(encoding="utf-8")
    for page in (SET, PICTURE, AUTOMATON, DERIVATION):
        panel.workspace.show_page(page)
        picture = panel.workspace.picture()
        assert isinstance(picture, QImage) and picture.width() > 200
    assert studio.problems == []


def test_a_dropped_file_is_read(panel: Any, studio: OffscreenStudio, tmp_path: Path) -> None:
    file = tmp_path / "grammar.txt"
    file.write_bytes(b"S -> x S | y\r\n")
    panel.dropped.emit([file])
    wait_for(lambda: panel.session.setting.grammar == "S -> x S | y\n")
    file.write_bytes(b"\xff\xfe\x00")
    panel.dropped.emit([file])
    wait_for(lambda: studio.problems)
    assert "cannot be read as a grammar" in studio.problems[0]


def test_the_state_outlives_the_session(make_studio: Callable[..., OffscreenStudio]) -> None:
    panel = make_studio().open_panel("parikh")
    panel.session.write(grammar="S -> b S |", second="S -> b", vector="b=7")
    panel.workspace.show_page(AUTOMATON)
    again = make_studio().open_panel("parikh")
    assert again.grammar.editor.toPlainText() == "S -> b S |"
    assert again.comparison.editor.toPlainText() == "S -> b"
    assert again.question.vector.text() == "b=7" and again.workspace.page == AUTOMATON


@pytest.mark.parametrize(
    "state", [{"setting": {"grammar": 5, "vector": None}, "page": 99}, {"setting": [], "page": "x"}]
)
def test_a_state_of_another_version_does_no_harm(panel: Any, state: dict[str, Any]) -> None:
    panel.restore_state(state)
    assert panel.session.setting.grammar


def test_language_and_theme_change_while_results_are_shown(
    panel: Any, studio: OffscreenStudio
) -> None:
    take(panel)
    panel.session.ask()
    wait_for(lambda: panel.session.answer is not None)
    studio.choose(language="ja", theme="dark")
    assert panel.question.answer.text() == "あります：aabbbb"
    assert panel.workspace.tabs.tabText(0) == "集合"
    assert panel.session.answer is not None, "nothing is lost"
    for page in (SET, PICTURE, AUTOMATON, DERIVATION):
        panel.workspace.show_page(page)
        panel.grab()
    assert studio.problems == []


def test_a_tip_explains_the_mistake_under_the_pointer(panel: Any) -> None:
    from PySide6.QtGui import QHelpEvent
    from PySide6.QtWidgets import QToolTip

    panel.session.write(grammar="T")
    wait_until_read(panel)
    editor = panel.grammar.editor
    place = editor.cursorRect().center() + editor.viewport().pos()
    editor.event(QHelpEvent(QEvent.Type.ToolTip, place, editor.mapToGlobal(place)))
    assert "no arrow" in QToolTip.text()


def test_the_wheel_zooms_around_the_pointer(panel: Any) -> None:
    panel.workspace.show_page(PICTURE)
    canvas = panel.workspace.plane.canvas
    place = QPointF(100, 80)
    before = canvas.to_scene(place)
    canvas.zoom(1.5, place)
    after = canvas.to_scene(place)
    assert abs(before.x() - after.x()) < 1e-6 and abs(before.y() - after.y()) < 1e-6


def test_the_tour_does_the_panels_job(panel: Any, studio: OffscreenStudio, tmp_path: Path) -> None:
    class Guide:
        folder = tmp_path
        files: ClassVar[list[Path]] = []

        def wait_until(self, condition: Callable[[], bool], timeout: float = 60.0) -> None:
            wait_for(condition, timeout)

        def screenshot(self, name: str) -> Path:
            return studio.screenshot(tmp_path / f"{name}.png")

        def produced(self, path: Path) -> None:
            self.files.append(path)

    run_tour(panel, Guide())
    assert parse_json(Guide.files[0].read_bytes())["comparison"]["equal"] is True
    assert len(list(tmp_path.glob("parikh-*.png"))) == 5
    assert studio.problems == []


@pytest.mark.slow
def test_the_plugin_keeps_the_rules_of_the_studio() -> None:
    results = check_plugin(Path(__file__).parent.parent)
    assert all(result.passed for result in results), table(results)
