"""The field for a grammar: mistakes are underlined where they are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip

from kirara_parikh.grammars.tokens import ARROW, BAR, QUOTED, WORD, GrammarError, tokens
from kirara_studio.api.widgets import error_words, plain_tip
from kirara_studio.api.widgets.style import color

_UNDO = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
_MOST_MARKED = 200


class GrammarEditor(QPlainTextEdit):
    """Emits :attr:`edited` with the text that the user typed. Undo is the panel's."""

    edited = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "code")
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self._errors: Sequence[GrammarError] = ()
        self._colours = _Colours(self.document())
        self._silent = False
        self.textChanged.connect(self._on_changed)

    def show_text(self, text: str) -> None:
        """Show a text, unless it is shown already; the cursor stays where something changed."""
        if text == self.toPlainText():
            return
        cursor = self.textCursor()
        at = cursor.position()
        self._silent = True
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.setPosition(min(at, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self._silent = False

    def show_errors(self, errors: Sequence[GrammarError], nonterminals: Sequence[str]) -> None:
        """Underline mistakes, and colour the nonterminals."""
        self._errors = errors[:_MOST_MARKED]
        self._colours.show_names(frozenset(nonterminals))
        self._mark()

    def _mark(self) -> None:
        marks = []
        for error in self._errors:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = self._cursor_at(error)
            look = QTextCharFormat()
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            look.setUnderlineColor(color("loss"))
            look.setBackground(color("loss_soft"))
            mark.format = look
            marks.append(mark)
        self.setExtraSelections(marks)

    def _cursor_at(self, error: GrammarError) -> QTextCursor:
        """The place of an error; Qt counts in UTF-16, errors count characters."""
        block = self.document().findBlockByNumber(error.line - 1)
        text = block.text()
        begin, end = error.column - 1, error.column - 1 + error.length
        if begin >= len(text) > 0:  # something is missing at the end
            begin = len(text) - 1
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + _units(text[:begin]))
        last = block.position() + _units(text[: max(end, begin + 1)])
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def go_to(self, error: GrammarError) -> None:
        """Put the cursor on an error."""
        cursor = self._cursor_at(error)
        cursor.setPosition(cursor.selectionStart())
        self.setTextCursor(cursor)
        self.setFocus()

    def _on_changed(self) -> None:
        if not self._silent:
            self.edited.emit(self.toPlainText())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self.cursorForPosition(self.viewport().mapFrom(self, event.pos())).position()
            for error, mark in zip(self._errors, self.extraSelections(), strict=False):
                if mark.cursor.selectionStart() <= at <= mark.cursor.selectionEnd():
                    QToolTip.showText(event.globalPos(), plain_tip(str(error_words(error))), self)
                    return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            control = event.keyCombination().toCombined()
            again = control == QKeySequence("Ctrl+Y")[0].toCombined()  # type: ignore[index]
            if again or any(event.matches(keys) for keys in _UNDO):
                event.ignore()  # the panel's
                return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._mark()
            self._colours.rehighlight()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        for action in menu.actions():
            if action.objectName() in ("edit-undo", "edit-redo"):
                menu.removeAction(action)
        menu.popup(event.globalPos())
        menu.aboutToHide.connect(menu.deleteLater)


def _units(text: str) -> int:
    """The length in Qt's UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class _Colours(QSyntaxHighlighter):
    """Nonterminals stand out; arrows and bars step back."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._names: frozenset[str] = frozenset()

    def show_names(self, names: frozenset[str]) -> None:
        if names != self._names:
            self._names = names
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        for token in tokens(text, []):
            look = QTextCharFormat()
            if token.kind in (ARROW, BAR):
                look.setForeground(color("text_soft"))
            elif token.kind == WORD and token.text in self._names:
                look.setForeground(color("accent_text"))
                look.setFontWeight(QFont.Weight.DemiBold)
            elif token.kind == QUOTED:
                look.setForeground(color("success_text"))
            else:
                continue
            begin = _units(text[: token.column - 1])
            self.setFormat(begin, _units(text[token.column - 1 :][: token.length]), look)
