"""The Speech panel, used by mouse and keyboard: lines, phrases, voices, undo."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QHelpEvent, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip

from kirara_speech import actions, kirara_actions
from kirara_speech.panel import SPEAK, TRAIN, SpeechPanel
from kirara_speech.project.script import Line
from kirara_speech.reading.morae import morae_of
from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.reading.words import word
from kirara_speech.speaking.prosody import Prosody
from kirara_speech.speaking.voices import OPEN_JTALK
from kirara_speech.view.menus import line_menu, voice_menu
from kirara_speech.view.phrase_layout import Hit
from kirara_speech.view.phrase_painting import PhrasePainter, times
from kirara_speech.view.phrase_view import PhraseView
from kirara_speech.view.reading_field import ReadingField
from kirara_studio.api.widgets.style import color
from tests.plugins.panel_studio import CTRL, LEFT, SHIFT, press, wait_for

from .panel_studio import Context, OpenPanel, entry, place_of, read, show, texts

KEY = Qt.Key
TEXT = "今日は、いい天気。"


def type_into(panel: SpeechPanel, text: str) -> None:
    field = panel.workspace.lines.field
    field.setFocus()
    field.insert(text)
    field.textEdited.emit(field.text())


def menu_of_line(panel: SpeechPanel) -> QMenu:
    return line_menu(panel.session, panel.workspace.lines, panel.dialogs.ask_export)


# Lines


def test_the_first_opening_shows_lines_and_how_they_are_read(panel: SpeechPanel) -> None:
    assert len(texts(panel)) == 3 and all(texts(panel))
    read(panel)
    assert "".join(p.kana for p in panel.workspace.phrases.view.edits.phrases) == "コンニチワ"
    assert panel.workspace.lines.field.isVisible()
    assert panel.workspace.lines.field.text() == texts(panel)[0]
    assert not panel.session.project.unsaved or panel.session.project.path is None


def test_what_cannot_be_read_is_marked_and_named(panel: SpeechPanel) -> None:
    lines, note = panel.workspace.lines, panel.workspace.phrases.unread
    show(panel, Line("猫です。", OPEN_JTALK), Line("犬★です。", OPEN_JTALK))
    read(panel)
    assert not note.isVisible()
    plain = lines.grab().toImage()
    show(panel, Line("猫😀です。", OPEN_JTALK), Line("犬★です。", OPEN_JTALK))
    wait_for(note.isVisible)
    assert "😀" in note.text() and "★" not in note.text()
    assert panel.session.unread_of(panel.session.script.lines[1]) == ((1, 2),)
    amber = [
        sum(
            image.pixelColor(x, y).name() == color("attention").name()
            for x in range(image.width())
            for y in range(image.height())
        )
        for image in (plain, lines.grab().toImage())
    ]
    assert amber[0] < amber[1]
    panel.session.dictionary.add(word("😀", "エガオ", priority=10))
    panel.session.read_again()
    wait_for(lambda: not note.isVisible())


def test_enter_makes_a_line_and_backspace_takes_it_away(panel: SpeechPanel) -> None:
    show(panel, Line("春です。夏です。", "open-jtalk", Prosody(speed=1.5)))
    field = panel.workspace.lines.field
    field.setFocus()
    field.setCursorPosition(4)
    QTest.keyClick(field, KEY.Key_Return)
    assert texts(panel) == ["春です。", "夏です。"]
    assert panel.session.script.row == 1 and field.hasFocus() and field.cursorPosition() == 0
    new = panel.session.script.line
    assert (new.voice, new.prosody.speed) == ("open-jtalk", 1.5)
    QTest.keyClick(field, KEY.Key_Backspace)
    assert texts(panel) == ["春です。夏です。"] and field.cursorPosition() == 4
    field.end(False)
    QTest.keyClick(field, KEY.Key_Return)
    assert texts(panel) == ["春です。夏です。", ""]
    QTest.keyClick(field, KEY.Key_Backspace)
    assert texts(panel) == ["春です。夏です。"] and field.hasFocus()


def test_arrows_go_from_line_to_line_while_typing(panel: SpeechPanel) -> None:
    show(panel, "一二三", "四", "五六")
    field = panel.workspace.lines.field
    field.setFocus()
    field.setCursorPosition(2)
    QTest.keyClick(field, KEY.Key_Down)
    assert (panel.session.script.row, field.text(), field.cursorPosition()) == (1, "四", 1)
    QTest.keyClick(field, KEY.Key_Up)
    QTest.keyClick(field, KEY.Key_Up)
    assert panel.session.script.row == 0 and field.hasFocus()


def test_typing_is_read_and_undone_as_one_step(panel: SpeechPanel) -> None:
    show(panel, "")
    type_into(panel, "は")
    type_into(panel, "い。")
    assert texts(panel) == ["はい。"]
    wait_for(lambda: [p.kana for p in panel.workspace.phrases.view.edits.phrases] == ["ハイ"])
    QTest.keyClick(panel.workspace.lines.field, KEY.Key_Z, CTRL)
    assert texts(panel) == [""] and panel.workspace.lines.field.text() == ""
    QTest.keyClick(panel.workspace.lines.field, KEY.Key_Z, CTRL | SHIFT)
    assert texts(panel) == ["はい。"] and panel.workspace.lines.field.text() == "はい。"


def test_sound_is_saved_by_its_keys_while_typing_too(panel: SpeechPanel) -> None:
    field = panel.workspace.lines.field
    event = QKeyEvent(QEvent.Type.ShortcutOverride, KEY.Key_E, CTRL)
    # On X11 a field of Qt's would take these keys for the end of the line.
    assert field.eventFilter(field, event) and not event.isAccepted()
    field.setFocus()
    QTest.keyClick(field, KEY.Key_E, CTRL)
    assert panel.dialogs.export is not None and panel.dialogs.export.isVisible()
    panel.dialogs.export.reject()


def test_several_sentences_pasted_become_several_lines(panel: SpeechPanel) -> None:
    show(panel, "まず。おわり。")
    field = panel.workspace.lines.field
    field.setFocus()
    field.setCursorPosition(3)
    QGuiApplication.clipboard().setText("春です。夏です！\n秋")
    QTest.keyClick(field, KEY.Key_V, CTRL)
    assert texts(panel) == ["まず。春です。", "夏です！", "秋おわり。"]
    assert panel.session.script.row == 2 and field.cursorPosition() == 1
    panel.undo_stack.undo()
    assert texts(panel) == ["まず。おわり。"]
    QGuiApplication.clipboard().setText("一つ")
    field.selectAll()
    QTest.keyClick(field, KEY.Key_V, CTRL)
    assert texts(panel) == ["一つ"]


def test_lines_are_chosen_copied_moved_and_removed_by_keyboard(panel: SpeechPanel) -> None:
    show(panel, "一", "二", "三", "四")
    lines = panel.workspace.lines
    press(lines, KEY.Key_Down)
    press(lines, KEY.Key_Down, SHIFT)
    assert lines.chosen == [1, 2]
    press(lines, KEY.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "二\n三"
    press(lines, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert texts(panel) == ["一", "四", "二", "三"] and lines.chosen == [2, 3]
    press(lines, KEY.Key_D, CTRL)
    assert texts(panel) == ["一", "四", "二", "三", "二", "三"] and lines.chosen == [4, 5]
    panel.undo_stack.undo()
    assert lines.chosen == [2, 3]
    press(lines, KEY.Key_Delete)
    assert texts(panel) == ["一", "四"]
    press(lines, KEY.Key_A, CTRL)
    press(lines, KEY.Key_Delete)
    assert texts(panel) == [""]
    press(lines, KEY.Key_V, CTRL)
    assert texts(panel) == ["二", "三"]


def test_the_copy_of_a_line_is_selected_alone(panel: SpeechPanel) -> None:
    show(panel, "一", "二", "三")
    lines = panel.workspace.lines
    lines.setFocus()
    for keys in (KEY.Key_D, KEY.Key_L):
        QTest.keyPress(lines, KEY.Key_Control, CTRL)
        QTest.keyClick(lines, keys, CTRL)
        assert lines.chosen == [1]
        QTest.keyClick(lines, KEY.Key_Z, CTRL)
        assert texts(panel) == ["一", "二", "三"] and lines.chosen == [0]
        QTest.keyRelease(lines, KEY.Key_Control)
    lines.setFocus()
    QTest.keyClick(lines, KEY.Key_D, CTRL)
    QTest.keyClick(lines, KEY.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert texts(panel) == ["一", "一", "二", "三"] and lines.chosen == [0]
    press(lines, KEY.Key_Delete)
    assert texts(panel) == ["一", "二", "三"]


def test_a_letter_in_the_list_goes_into_the_line(panel: SpeechPanel) -> None:
    show(panel, "a")
    press(panel.workspace.lines, KEY.Key_B)
    assert texts(panel) == ["ab"] and panel.workspace.lines.field.hasFocus()


def test_a_click_writes_at_that_place_and_one_on_the_badge_asks_for_the_voice(
    panel: SpeechPanel,
) -> None:
    show(panel, "一", "二二二二")
    lines = panel.workspace.lines
    row = lines.visualRect(lines.lines.index(1, 0))
    text = QPoint(lines.text_box(row).left() + 1, row.center().y())
    QTest.mouseClick(lines.viewport(), LEFT, pos=text)
    assert panel.session.script.row == 1
    assert lines.field.hasFocus() and lines.field.cursorPosition() <= 1
    asked: list[QPoint] = []
    lines.voice_wanted.disconnect()
    lines.voice_wanted.connect(asked.append)
    QTest.mouseClick(lines.viewport(), LEFT, pos=QPoint(20, row.center().y()))
    assert len(asked) == 1


def test_lines_are_dropped_between_others(panel: SpeechPanel) -> None:
    show(panel, "一", "二", "三")
    lines = panel.workspace.lines
    row = lines.visualRect(lines.lines.index(2, 0))
    assert lines.target_at(QPoint(50, row.top() + 2)) == 2
    assert lines.target_at(QPoint(50, row.bottom() - 2)) == 3
    assert lines.target_at(QPoint(50, row.bottom() + 200)) == 3
    panel.session.edits.move([0], lines.target_at(row.bottomLeft()))
    assert texts(panel) == ["二", "三", "一"] and panel.session.script.line.text == "一"


def test_hundreds_of_lines_are_shown(panel: SpeechPanel) -> None:
    panel.session.edits.paste(0, "", [f"{n}番です。" for n in range(800)], "")
    assert panel.session.script.row == 799 and panel.workspace.lines.field.isVisible()
    panel.session.select([400], 400)
    assert panel.workspace.lines.field.text() == "400番です。"
    assert not panel.grab().isNull()


def test_the_menu_of_a_line_does_what_it_says(panel: SpeechPanel) -> None:
    show(panel, "一", "二")
    entry(menu_of_line(panel), "Duplicate")
    assert texts(panel) == ["一", "一", "二"]
    entry(menu_of_line(panel), "Move down")
    assert texts(panel) == ["一", "二", "一"]
    entry(menu_of_line(panel), "Remove")
    assert texts(panel) == ["一", "二"]


# Voices and prosody


def test_voice_and_manner_change_for_all_selected_lines(panel: SpeechPanel) -> None:
    show(panel, Line("一", "gone"), Line("二", "gone"), Line("三", "gone"))
    assert "not here" in panel.voice.card.text()
    panel.session.select([0, 1], 0)
    voices = voice_menu(panel.session.voices, "", panel.session.edits.set_voice, panel)
    entry(voices, "Open JTalk (mei)")
    assert [line.voice for line in panel.session.script.lines] == [OPEN_JTALK, OPEN_JTALK, "gone"]
    assert "CC BY" in panel.voice.card.text()
    press(panel.prosody.sliders["speed"], KEY.Key_Right)
    assert [line.prosody.speed for line in panel.session.script.lines] == [1.05, 1.05, 1.0]
    panel.prosody.sliders["speed"].reset()
    assert panel.session.script.line.prosody == Prosody()


def test_the_sliders_stay_where_they_are_whatever_the_voice(panel: SpeechPanel) -> None:
    show(panel, Line("一", OPEN_JTALK), Line("二", "gone"))
    slider = panel.prosody.sliders["speed"]
    before = slider.mapTo(panel, QPoint(0, 0))
    panel.voice.card.setText("A card of many lines.\n" * 6)
    QTest.qWait(20)
    assert slider.mapTo(panel, QPoint(0, 0)) == before
    assert panel.voice.card.mapTo(panel, QPoint(0, 0)).y() > before.y()


def test_damaged_presets_are_kept_and_the_user_is_told_once(
    panel: SpeechPanel, context: Context
) -> None:
    panel.session.save_preset("quick")
    (file,) = context.data_folder.glob("manners.json")
    content = file.read_bytes()[:-4]
    file.write_bytes(content)
    panel.session.save_preset("slow")
    names = [action.text() for action in panel.presets.make_menu().actions()]
    assert names[:2] == ["quick", "slow"]
    assert [str(error).split("”")[0] for error in context.errors] == ["“manners.json"]
    (aside,) = context.data_folder.glob("manners.damaged-*.json")
    assert aside.read_bytes() == content


def test_presets_are_saved_and_applied(panel: SpeechPanel) -> None:
    show(panel, Line("一", OPEN_JTALK, Prosody(speed=1.5)), Line("二"))
    panel.session.save_preset("quick")
    panel.session.select([1], 1)
    entry(panel.presets.make_menu(), "quick")
    line = panel.session.script.line
    assert (line.prosody.speed, line.voice) == (1.5, OPEN_JTALK)
    panel.session.remove_preset("quick")
    assert "quick" not in [action.text() for action in panel.presets.make_menu().actions()]


# Phrases


@pytest.fixture
def phrases(panel: SpeechPanel) -> SpeechPanel:
    """The panel with a line of several phrases, the keyboard at its second mora."""
    show(panel, Line(TEXT, OPEN_JTALK))
    read(panel)
    panel.workspace.phrases.view.edits.go(0, 1)
    return panel


def now(panel: SpeechPanel) -> tuple[AccentPhrase, ...]:
    return panel.workspace.phrases.view.edits.phrases


def click(panel: SpeechPanel, hit: Hit) -> None:
    QTest.mouseClick(panel.workspace.phrases.view.viewport(), LEFT, pos=place_of(panel, hit))


def test_a_click_puts_the_accent_there_and_undo_takes_it_back(phrases: SpeechPanel) -> None:
    before = now(phrases)
    click(phrases, Hit("accent", 0, 2))
    assert now(phrases)[0].accent == 2
    assert phrases.session.script.line.phrases == now(phrases)
    click(phrases, Hit("accent", 0, 0))
    assert now(phrases)[0].accent == 0
    phrases.undo_stack.undo()
    phrases.undo_stack.undo()
    assert now(phrases) == before and phrases.session.script.line.phrases is None


def test_pitch_is_dragged_in_one_step(phrases: SpeechPanel) -> None:
    view = phrases.workspace.phrases.view
    start = place_of(phrases, Hit("pitch", 0, 1))
    QTest.mousePress(view.viewport(), LEFT, pos=start)
    QTest.mouseMove(view.viewport(), start - QPoint(0, 8))
    QTest.mouseMove(view.viewport(), start - QPoint(0, 16))
    halfway = now(phrases)[0].morae[1].pitch
    assert halfway > 0 and phrases.undo_stack.count() == 0
    assert f"{halfway:+.1f}" in painted(view)
    QTest.mouseRelease(view.viewport(), LEFT, pos=start - QPoint(0, 16))
    assert f"{halfway:+.1f}" not in painted(view)
    assert phrases.undo_stack.count() == 1
    assert phrases.session.script.line.phrases[0].morae[1].pitch == pytest.approx(halfway)
    QTest.mouseDClick(view.viewport(), LEFT, pos=start)
    assert now(phrases)[0].morae[1].pitch == 0


def painted(view: PhraseView) -> list[str]:
    """The numbers that are painted, with a ground of their own."""
    found: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        plain = PhrasePainter.paint_number
        patch.setattr(
            PhrasePainter, "paint_number",
            lambda self, middle, text: (found.append(text), plain(self, middle, text)),
        )  # fmt: skip
        view.grab()
    return found


def test_what_is_dragged_may_go_away(phrases: SpeechPanel) -> None:
    view = phrases.workspace.phrases.view
    last = len(now(phrases)) - 1
    start = place_of(phrases, Hit("pause", 0))
    QTest.mousePress(view.viewport(), LEFT, pos=place_of(phrases, Hit("pitch", last, 0)))
    phrases.session.edits.type(0, "はい。")
    wait_for(lambda: len(now(phrases)) == 1)
    before = phrases.undo_stack.count()
    QTest.mouseMove(view.viewport(), start)
    QTest.mouseRelease(view.viewport(), LEFT, pos=start)
    assert phrases.undo_stack.count() == before


def test_lengths_are_dragged_and_turned(phrases: SpeechPanel) -> None:
    view = phrases.workspace.phrases.view
    start = place_of(phrases, Hit("edge", 0, 1))
    width = round(view.layout_now.column_width)
    QTest.mousePress(view.viewport(), LEFT, pos=start)
    QTest.mouseMove(view.viewport(), start + QPoint(width // 2, 0))
    QTest.mouseRelease(view.viewport(), LEFT, pos=start + QPoint(width, 0))
    assert now(phrases)[0].morae[1].length == pytest.approx(2.0, abs=0.1)
    assert times(now(phrases)[0].morae[1].length) in painted(view)
    wheel(phrases, Hit("edge", 0, 0), -120)
    assert now(phrases)[0].morae[0].length == pytest.approx(0.9)


def wheel(panel: SpeechPanel, hit: Hit, turned: int) -> None:
    view = panel.workspace.phrases.view
    point = QPointF(place_of(panel, hit))
    event = QWheelEvent(
        point, view.viewport().mapToGlobal(point), QPoint(), QPoint(0, turned),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)


def test_pauses_joints_splits_and_vowels_are_clicked(phrases: SpeechPanel) -> None:
    assert now(phrases)[0].pause
    wheel(phrases, Hit("pause", 0), 120)
    assert now(phrases)[0].pause_length == 1.25
    click(phrases, Hit("pause", 0))
    assert not now(phrases)[0].pause
    count = len(now(phrases))
    click(phrases, Hit("join", 0))
    assert len(now(phrases)) == count - 1
    click(phrases, Hit("split", 0, 2))
    assert len(now(phrases)) == count
    click(phrases, Hit("vowel", 0, 0))
    assert now(phrases)[0].morae[0].devoiced


def test_what_is_between_morae_and_phrases_is_seen_before_the_pointer_is_there(
    phrases: SpeechPanel,
) -> None:
    view = phrases.workspace.phrases.view
    phrases.session.edits.type(0, "今日はいい天気。")
    wait_for(lambda: len(now(phrases)) == 3 and not now(phrases)[0].pause)
    view.leaveEvent(QEvent(QEvent.Type.Leave))
    image, layout = view.grab().toImage(), view.layout_now
    card, (top, bottom) = layout.cards[0], layout.kana_band
    join = QRect(int(card.right) + 3, int(top) + 4, 14, int(bottom - top) - 8)
    split = QRect(int(card.columns[1].left) - 1, int(top) + 5, 3, int(bottom - top) - 8)
    for place in (join, split):
        shown = image.copy(place)
        colors = {shown.pixel(x, y) for x in range(shown.width()) for y in range(shown.height())}
        assert len(colors) > 1, place


def test_a_pause_says_that_its_number_is_a_factor(phrases: SpeechPanel) -> None:
    view = phrases.workspace.phrases.view
    wheel(phrases, Hit("pause", 0), 120)
    point = place_of(phrases, Hit("pause", 0))
    QApplication.sendEvent(
        view.viewport(), QHelpEvent(QEvent.Type.ToolTip, point, view.viewport().mapToGlobal(point))
    )
    assert "1.25 times as long" in QToolTip.text()
    assert [times(factor) for factor in (0.0, 1.25, 10.0)] == ["×0.0", "×1.2", "×10"]


def test_a_phrase_is_reset_with_its_pause_and_question(phrases: SpeechPanel) -> None:
    view, before = phrases.workspace.phrases.view, now(phrases)
    last = len(before) - 1
    for number in (0, 1, last):
        view.edits.go(number, 0)
        for key in (KEY.Key_P, KEY.Key_Q, KEY.Key_D):
            press(view, key)
        press(view, KEY.Key_Up, SHIFT)
        changed = now(phrases)[number]
        assert changed.pause != before[number].pause and changed.question
        press(view, KEY.Key_Delete, SHIFT)
        assert now(phrases) == before and phrases.session.script.line.phrases is None


def test_a_dot_marks_what_was_changed_until_it_is_taken_back(phrases: SpeechPanel) -> None:
    lines, view = phrases.workspace.lines, phrases.workspace.phrases.view
    row = lines.visualRect(lines.lines.index(0, 0))
    place = QPoint(lines.text_box(row).left() - 15, row.center().y())

    def dot() -> bool:
        image = lines.viewport().grab().toImage()
        return image.pixelColor(place) != image.pixelColor(place - QPoint(0, 8))

    assert not dot()
    for there, back in (
        ((KEY.Key_Q,), (KEY.Key_Q,)),
        ((KEY.Key_Up, SHIFT), (KEY.Key_Down, SHIFT)),
        ((KEY.Key_P,), (KEY.Key_P,)),
    ):
        press(view, *there)
        assert phrases.session.script.line.phrases is not None and dot(), there
        press(view, *back)
        assert phrases.session.script.line.phrases is None and not dot(), there


def test_a_phrase_that_asks_has_a_mark_that_is_clicked(phrases: SpeechPanel) -> None:
    view = phrases.workspace.phrases.view
    last = len(now(phrases)) - 1
    QTest.mouseMove(view.viewport(), place_of(phrases, Hit("kana", 0, 0)))
    before = view.grab().toImage()
    click(phrases, Hit("question", last))
    assert now(phrases)[last].question
    QTest.mouseMove(view.viewport(), place_of(phrases, Hit("kana", 0, 0)))
    view.edits.go(0, 1)
    place = QPoint(int(view.layout_now.cards[last].right) + 5, 17)
    assert view.grab().toImage().pixelColor(place) != before.pixelColor(place)
    press(view, KEY.Key_End)
    assert "question" in view.accessibleDescription()
    click(phrases, Hit("question", last))
    assert not now(phrases)[last].question


def test_the_keyboard_does_all_of_it(phrases: SpeechPanel) -> None:
    view = phrases.workspace.phrases.view
    count = len(now(phrases))
    for key, modifier, check in (
        (KEY.Key_A, None, lambda p: p[0].accent == 2),
        (KEY.Key_0, None, lambda p: p[0].accent == 0),
        (KEY.Key_Up, SHIFT, lambda p: p[0].morae[1].pitch == 0.5),
        (KEY.Key_Down, SHIFT, lambda p: p[0].morae[1].pitch == 0),
        (KEY.Key_Right, SHIFT, lambda p: p[0].morae[1].length == 1.1),
        (KEY.Key_Left, SHIFT, lambda p: p[0].morae[1].length == 1),
        (KEY.Key_D, None, lambda p: p[0].morae[1].devoiced),
        (KEY.Key_BracketRight, None, lambda p: p[0].pause_length == 1.25),
        (KEY.Key_BracketLeft, None, lambda p: p[0].pause_length == 1),
        (KEY.Key_P, None, lambda p: not p[0].pause),
        (KEY.Key_Q, None, lambda p: p[0].question),
        (KEY.Key_S, None, lambda p: len(p) == count + 1),
        (KEY.Key_J, None, lambda p: True),
    ):
        press(view, key, modifier or Qt.KeyboardModifier.NoModifier)
        assert check(now(phrases)), key
    press(view, KEY.Key_Delete, CTRL)
    assert phrases.session.script.line.phrases is None
    press(view, KEY.Key_Home)
    press(view, KEY.Key_Right)
    assert view.edits.place == (0, 1)
    press(view, KEY.Key_End)
    assert view.edits.place == (count - 1, len(now(phrases)[-1].morae) - 1)
    press(view, KEY.Key_Left, CTRL)
    assert view.edits.place == (count - 2, 0)


def test_a_reading_is_typed_and_what_is_no_kana_is_told_at_the_field(
    phrases: SpeechPanel, context: Context
) -> None:
    view = phrases.workspace.phrases.view

    def reading() -> ReadingField:
        (field,) = (field for field in view.findChildren(ReadingField) if field.isVisible())
        return field

    press(view, KEY.Key_F2)
    assert reading().text() == now(phrases)[0].kana
    reading().setText("こんにちは")
    QTest.keyClick(reading(), KEY.Key_Return)
    assert now(phrases)[0].kana == "コンニチハ" and view.hasFocus()
    press(view, KEY.Key_F2)
    field = reading()
    for wrong in ("abc漢字", ""):
        field.setText(wrong)
        QTest.keyClick(field, KEY.Key_Return)
        assert reading() is field and field.hasFocus() and field.text() == wrong
        assert "kana" in field.note.text() and field.note.isVisible()
    QTest.keyClicks(field, "x")
    assert not field.note.isVisible()
    field.setText("さようなら")
    QTest.keyClick(field, KEY.Key_Return)
    assert now(phrases)[0].kana == "サヨウナラ" and not context.errors and view.hasFocus()
    phrases.undo_stack.undo()
    press(view, KEY.Key_F2)
    reading().setText("ハ")
    QTest.keyClick(reading(), KEY.Key_Escape)
    assert now(phrases)[0].kana == "コンニチハ" and view.hasFocus()


def test_a_screen_reader_reads_the_morae_one_by_one(phrases: SpeechPanel) -> None:
    view = phrases.workspace.phrases.view
    reader = QAccessible.queryAccessibleInterface(view)
    assert reader.role() == QAccessible.Role.List and reader.text(QAccessible.Text.Name)
    cells = [reader.child(row) for row in range(len(view.edits.places))]
    names = [cell.text(QAccessible.Text.Name) for cell in cells]
    morae = [mora for phrase in now(phrases) for mora in phrase.morae]
    assert len(names) == len(morae) == 8
    assert all(name.startswith(mora.kana) for name, mora in zip(names, morae, strict=True))
    assert {cell.role() for cell in cells} == {QAccessible.Role.ListItem}
    assert cells[0].text(QAccessible.Text.Description).startswith(now(phrases)[0].kana)
    assert view.currentIndex().row() == 1
    press(view, KEY.Key_Right)
    press(view, KEY.Key_Up, SHIFT)
    assert view.currentIndex().row() == 2
    assert "+0.5 semitones" in reader.child(2).text(QAccessible.Text.Name)
    left, right = (view.visualRect(view.model().index(row, 0)) for row in (1, 2))
    assert left.right() <= right.left() and right.height() == view.viewport().height()


def test_what_cannot_be_devoiced_is_told_and_gone_after_a_while(
    phrases: SpeechPanel, context: Context
) -> None:
    phrases.session.edits.type(0, "散歩。")
    wait_for(lambda: len(now(phrases)) == 1)
    phrases.workspace.phrases.view.edits.go(0, 1)
    press(phrases.workspace.phrases.view, KEY.Key_D)
    assert "ン" in context.messages[-1] and not context.errors


def test_edits_stay_when_the_text_goes_on(phrases: SpeechPanel) -> None:
    phrases.workspace.phrases.view.edits.set_pitch((0, 1), 3.0)
    phrases.session.edits.type(0, TEXT + "散歩しよう。")
    wait_for(lambda: len(now(phrases)) > 3)
    assert now(phrases)[0].morae[1].pitch == 3.0
    phrases.session.edits.type(0, TEXT)
    wait_for(lambda: now(phrases) == phrases.session.script.line.phrases)


def test_the_menu_and_the_tips_say_what_there_is(phrases: SpeechPanel) -> None:
    view = phrases.workspace.phrases.view
    entry(view.menu(), "Higher")
    assert now(phrases)[0].morae[1].pitch == 0.5
    entry(view.menu(), "Reset this mora")
    assert now(phrases)[0].morae[1].pitch == 0
    entry(view.menu(), "Accent here")
    entry(view.menu(), "Reset this phrase")
    between = ("question", "pause", "join")
    for kind in ("accent", "pitch", "kana", "vowel", "edge", "split", *between):
        point = place_of(phrases, Hit(kind, 0, 1 if kind not in between else 0))
        QTest.mouseMove(view.viewport(), point)
        event = QHelpEvent(QEvent.Type.ToolTip, point, view.viewport().mapToGlobal(point))
        QApplication.sendEvent(view.viewport(), event)
        assert QToolTip.text(), kind
        assert not view.grab().isNull()
    assert view.accessibleDescription()


def test_an_empty_line_and_one_without_words_say_so(panel: SpeechPanel) -> None:
    show(panel, "")
    assert "appear here" in panel.workspace.phrases.view.accessibleDescription()
    panel.session.edits.type(0, "……")
    wait_for(lambda: "nothing to say" in panel.workspace.phrases.view.accessibleDescription())


# Projects in the menu, and what is remembered


def test_what_was_open_is_there_again(open_panel: OpenPanel, context: Context) -> None:
    panel = open_panel()
    show(panel, "一", Line("二").edited((AccentPhrase(morae_of("ニ"), 1),)))
    panel.session.select([1], 1)
    context.state.update(panel.save_state())
    again = open_panel()
    assert [replace(line, key="") for line in again.session.script.lines] == [
        replace(line, key="") for line in panel.session.script.lines
    ]
    assert again.session.script.row == 1 and again.session.project.unsaved


def test_a_damaged_state_does_not_keep_the_panel_from_opening(
    open_panel: OpenPanel, context: Context
) -> None:
    context.state.update(script={"lines": [3]}, path=7, sizes="x", saved="y", recent=[1])
    assert open_panel().session.script.lines and not context.errors


def test_every_text_is_translatable_and_menus_open(panel: SpeechPanel) -> None:
    panel.retranslate()
    QApplication.sendEvent(panel, QEvent(QEvent.Type.LanguageChange))
    assert [a.text().split("\t")[0] for a in panel.make_more_menu().actions()][:2] == [
        "New project",
        "Open…",
    ]


class PanelOpener:
    """What actions get; it opens the panel when it is asked to."""

    def __init__(self, open_panel: OpenPanel) -> None:
        self._open = open_panel
        self.panel: SpeechPanel | None = None

    def open_panel(self, panel_id: str) -> None:
        assert panel_id == "speech"
        self.panel = self.panel or self._open()


def test_the_palette_opens_the_dictionary_from_anywhere(open_panel: OpenPanel) -> None:
    studio = PanelOpener(open_panel)
    for _ in range(2):  # the panel is made by the first
        actions.dictionary(studio)  # type: ignore[arg-type]
        wait_for(lambda: studio.panel is not None and studio.panel.dialogs.dictionary is not None)
        assert studio.panel is not None and studio.panel.dialogs.dictionary is not None
        assert studio.panel.dialogs.dictionary.isVisible()
        studio.panel.dialogs.dictionary.reject()
        studio.panel.dialogs.dictionary = None
        actions.train(studio)  # type: ignore[arg-type]
        assert studio.panel.training is not None and studio.panel.pages.current == TRAIN


def test_what_the_palette_lists_is_there() -> None:
    for action in kirara_actions():
        name = action.run.removeprefix("kirara_speech.actions:")
        assert callable(getattr(actions, name)) and action.id == f"speech.{name}"


def test_the_page_for_training_has_the_panel_for_itself(
    open_panel: OpenPanel, context: Context
) -> None:
    panel = open_panel()
    show(panel, "一")
    panel.pages.setCurrentIndex(TRAIN)
    assert panel.training is not None and panel.training.isVisible()
    assert panel.inspector.isHidden() and panel.primary.isHidden()
    QTest.keyClick(panel, KEY.Key_D, CTRL)
    panel.press_primary()
    assert texts(panel) == ["一"] and not panel.busy
    assert panel.save_state()["inspector"] is True
    panel.pages.setCurrentIndex(SPEAK)
    assert panel.workspace.isVisible() and panel.inspector.isVisible() and panel.primary.isVisible()
    QTest.keyClick(panel, KEY.Key_D, CTRL)
    assert texts(panel) == ["一", "一"]
    panel.training.task.voice_made.emit(OPEN_JTALK)
    assert panel.session.script.line.voice == OPEN_JTALK and not context.errors
