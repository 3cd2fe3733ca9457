"""The row above the gallery: the pages, and the number of pictures."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kirara_paintings.session import CLASSES, Session
from kirara_studio.api.widgets import Label, Segments

translate = QCoreApplication.translate


class Header(QWidget):
    """Switches between the gallery and the own classes."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.pages = Segments(["", ""])
        self.pages.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.summary = Label(size=12, tone="text_soft", elide=True)
        self.summary.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 12, 0)
        row.addWidget(self.pages)
        row.addWidget(self.summary, 1)
        self.pages.chosen.connect(lambda index: session.show_classes(index == 1))
        session.changed.connect(self._show)

    def _show(self) -> None:
        self.pages.set_current(int(self._session.page == CLASSES))
        self.summary.setText(self._summary())

    def _summary(self) -> str:
        session = self._session
        if session.page == CLASSES:
            return ""
        done, total = session.classification.progress
        if session.classification.busy and total:
            return translate("paintings", "{0} of {1} pictures").format(f"{done:,}", f"{total:,}")
        if not session.count:
            return ""
        parts = [translate("paintings", "Pictures: {0}").format(f"{session.count:,}")]
        if count := len(session.collection.disputed - session.state.removed):
            parts.append(translate("paintings", "Disagree: {0}").format(f"{count:,}"))
        return " · ".join(parts)

    def retranslate(self) -> None:
        """Set the texts again."""
        self.pages.set_texts(
            [translate("paintings", "Gallery"), translate("paintings", "Own classes")]
        )
        self._show()
