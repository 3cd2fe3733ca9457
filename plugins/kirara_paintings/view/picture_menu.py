"""The menu of pictures in the gallery."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QWidget

from kirara_paintings.session import Session
from kirara_paintings.words import style_name

translate = QCoreApplication.translate


class PictureMenu(QMenu):
    """A menu for ``numbers``, of which ``number`` was clicked."""

    def __init__(
        self, session: Session, number: int, numbers: list[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        collection, state = session.collection, session.state
        self.addAction(translate("paintings", "Open"), lambda: session.open(number))
        self.addSeparator()
        for style in session.styles:
            action = self.addAction(style_name(style))
            action.setCheckable(True)
            action.setChecked(collection.style(number, state) == style)
            action.triggered.connect(lambda _=False, s=style: session.label(numbers, s))
        back = self.addAction(
            translate("paintings", "Use the classifiers' answer"), lambda: session.unlabel(numbers)
        )
        back.setEnabled(not collection.labels(state).keys().isdisjoint(numbers))
        self.addSeparator()
        self.addAction(
            translate("paintings", "Undo crop")
            if state.crops(number)
            else translate("paintings", "Crop"),
            lambda: session.turn_crop(number),
        )
        self.addAction(
            translate("paintings", "Take out of the gallery"), lambda: session.remove(numbers)
        )
