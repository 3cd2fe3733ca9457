"""The menu of pictures in the gallery."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QMenu, QWidget

from kirara_illustrations.filter.classes import CLASSES
from kirara_illustrations.session import Session
from kirara_illustrations.words import class_title

translate = QCoreApplication.translate


class PictureMenu(QMenu):
    """A menu for ``numbers``, of which ``number`` was clicked. Emits :attr:`copy_requested`."""

    copy_requested = Signal(list)

    def __init__(
        self, session: Session, number: int, numbers: list[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        item = session.item(number)
        if item is None:
            return
        self.addAction(translate("illustrations", "Open"), lambda: session.open(number))
        self.addAction(
            translate("illustrations", "Open the post")
            if item.address
            else translate("illustrations", "Show the folder"),
            lambda: session.open_post(number),
        )
        self.addAction(
            translate("illustrations", "More like this"), lambda: session.more_like(number)
        )
        self.addSeparator()
        self.addAction(
            translate("illustrations", "No favourite any more")
            if item.favourite
            else translate("illustrations", "Favourite"),
            lambda: session.set_favourite(numbers, not item.favourite),
        )
        self.addAction(
            translate("illustrations", "Show again")
            if item.hidden
            else translate("illustrations", "Hide"),
            lambda: session.set_hidden(numbers, not item.hidden),
        )
        classes = self.addMenu(translate("illustrations", "What it is"))
        for name in CLASSES:
            action = classes.addAction(class_title(name))
            action.setCheckable(True)
            action.setChecked(name == (item.corrected or item.class_name))
            action.triggered.connect(lambda _=False, c=name: session.correct(numbers, c))
        back = classes.addAction(
            translate("illustrations", "Take the correction back"),
            lambda: session.correct(numbers, ""),
        )
        back.setEnabled(bool(item.corrected))
        self.addSeparator()
        self.addAction(translate("illustrations", "Send"), lambda: session.send(numbers))
        self.addAction(
            translate("illustrations", "Copy to a folder…"),
            lambda: self.copy_requested.emit(numbers),
        )
        if session.copying.characters_there:
            self._add_characters(session, numbers)
        self.addAction(translate("illustrations", "Delete"), lambda: session.remove(numbers))

    def _add_characters(self, session: Session, numbers: list[int]) -> None:
        copying, shown = session.copying, session.order
        self.addAction(
            translate("illustrations", "To Characters"), lambda: copying.to_characters(numbers)
        )
        if len(shown) > len(numbers):
            text = translate("illustrations", "All {0} that are shown to Characters")
            self.addAction(text.format(f"{len(shown):,}"), lambda: copying.to_characters(shown))
