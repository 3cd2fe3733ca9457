"""An opened picture, large, with who posted it, when and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kirara_illustrations.storage.library import Item
from kirara_illustrations.words import date_text
from kirara_studio.api.widgets import Button, ImageCanvas, Inspector, Label, error_words
from kirara_studio.api.widgets.layouts import column, fill, row

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

translate = QCoreApplication.translate

_TEXT = 600  # characters of a post


class DetailView(QWidget):
    """Shows an :class:`Item`; its words and what can be done with it are in the inspector.

    Emits :attr:`left` (back to the gallery), :attr:`stepped` (−1 or 1), and what the buttons say.
    """

    left = Signal()
    stepped = Signal(int)
    favourite_toggled = Signal(bool)
    hidden_toggled = Signal(bool)
    post_requested = Signal()
    similar_requested = Signal()
    send_requested = Signal()
    train_requested = Signal()
    remove_requested = Signal()

    def __init__(self, inspector: Inspector) -> None:
        super().__init__()
        self._item: Item | None = None
        self.back = Button(icon="chevron-left")
        self.previous = Button(icon="chevron-left", kind="quiet")
        self.next = Button(icon="chevron-right", kind="quiet")
        self.author = Label(bold=True, elide=True)
        self.about = Label(size=12, tone="text_soft", elide=True)
        self.favourite = Button(icon="heart", kind="quiet")
        self.canvas = ImageCanvas()
        self.section = inspector.add_section("")
        self.text = self.section.add_text()
        self.post = Button(icon="window")
        self.similar = Button(icon="search")
        self.send = Button(icon="export")
        self.train = Button(icon="train")
        self.hide_it = Button(icon="eye")
        self.remove = Button(icon="close", kind="danger")
        for button in (
            self.post, self.similar, self.send, self.train, self.hide_it, self.remove,
        ):  # fmt: skip
            self.section.add(button)
        titles = column(self.author, self.about, spacing=1)
        top = row(self.back, (titles, 1), self.favourite, self.previous, self.next)
        fill(QVBoxLayout(self), top, (self.canvas, 1), spacing=8)
        self.back.clicked.connect(self.left)
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        self.post.clicked.connect(self.post_requested)
        self.similar.clicked.connect(self.similar_requested)
        self.send.clicked.connect(self.send_requested)
        self.train.clicked.connect(self.train_requested)
        self.hide_it.clicked.connect(
            lambda: self._item is not None and self.hidden_toggled.emit(not self._item.hidden)
        )
        self.remove.clicked.connect(self.remove_requested)
        self.favourite.clicked.connect(self._toggle)
        self.canvas.file_for_drag = lambda: None
        self.setFocusProxy(self.canvas)

    def _toggle(self) -> None:
        if self._item is not None:
            self.favourite_toggled.emit(not self._item.favourite)

    def show_item(self, item: Item | None, *, first: bool, last: bool) -> None:
        """Show who posted a picture, and its text."""
        self._item = item
        self.previous.setEnabled(not first)
        self.next.setEnabled(not last)
        if item is None:
            return
        self.author.setText(item.author_name or item.author)
        parts = [item.author if item.author != item.author_name else "", date_text(item.posted)]
        parts.append(f"{item.width} × {item.height}")
        self.about.setText(" · ".join(part for part in parts if part))
        text = " ".join(item.text.split())
        tags = " ".join(f"#{tag}" for tag in item.tags)
        text = f"{text if len(text) <= _TEXT else f'{text[:_TEXT]}…'}\n{tags}".strip()
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.similar.setEnabled(bool(item.class_name))
        self.hide_it.set_content(
            translate("illustrations", "Show again")
            if item.hidden
            else translate("illustrations", "Hide")
        )
        self.canvas.setAccessibleName(item.description or translate("illustrations", "Picture"))
        self.favourite.kind = "plain" if item.favourite else "quiet"
        self.favourite.set_purpose(
            translate("illustrations", "No favourite any more")
            if item.favourite
            else translate("illustrations", "Favourite")
        )
        self.favourite.update()
        self.post.set_content(
            translate("illustrations", "Open the post")
            if item.address
            else translate("illustrations", "Show the folder")
        )

    def show_waiting(self) -> None:
        """Show no picture until it is read."""
        self.canvas.set_message(translate("illustrations", "Reading the picture…"))
        self.canvas.set_picture(None)

    def show_pixels(self, found: object) -> None:
        """Show a picture, or why it cannot be read."""
        if isinstance(found, Exception):
            self.canvas.set_message(str(error_words(found)))
            self.canvas.set_picture(None)
        else:
            self.canvas.set_picture(found)  # type: ignore[arg-type]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Left:
            self.stepped.emit(-1)
        elif event.key() == Qt.Key.Key_Right:
            self.stepped.emit(1)
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_requested.emit()
        elif event.key() == Qt.Key.Key_F:
            self._toggle()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Set the texts again."""
        self.back.set_content(translate("illustrations", "Gallery"))
        self.previous.set_purpose(translate("illustrations", "The picture before"))
        self.next.set_purpose(translate("illustrations", "The next picture"))
        self.similar.set_content(translate("illustrations", "More like this"))
        self.send.set_content(translate("illustrations", "Send"))
        self.train.set_content(translate("illustrations", "To Characters"))
        self.remove.set_content(translate("illustrations", "Delete"))
        self.section.set_title(translate("illustrations", "This picture"))
        if self._item is not None:
            first, last = not self.previous.isEnabled(), not self.next.isEnabled()
            self.show_item(self._item, first=first, last=last)
