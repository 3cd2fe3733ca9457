"""The row above the gallery: search, and how many pictures are shown."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from kirara_illustrations.session import SIMILAR, Session
from kirara_studio.api.widgets import Label
from kirara_studio.api.widgets.layouts import fill

translate = QCoreApplication.translate

_WIDTH = 320


class Header(QWidget):
    """Finds pictures by author, text and tags."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(_WIDTH)
        self.summary = Label(size=12, tone="text_soft", elide=True)
        self.summary.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        fill(QHBoxLayout(self), (self.search, 2), (self.summary, 1), margins=(8, 0, 18, 0))
        self.search.textEdited.connect(session.search)
        session.changed.connect(self._show)
        session.busy_changed.connect(self._show)

    def _show(self) -> None:
        session = self._session
        if self.search.text() != session.view.words:
            self.search.setText(session.view.words)
        self.summary.setText(self._summary())

    def _summary(self) -> str:
        session, progress = self._session, self._session.gathering.progress
        if progress is not None:
            text = translate("illustrations", "{0}: {1} new pictures")
            return text.format(progress.source or "…", f"{progress.files:,}")
        count = f"{len(session.shapes):,}"
        if session.view.place == SIMILAR:
            return translate("illustrations", "{0} that look most like it").format(count)
        return translate("illustrations", "{0} pictures").format(count)

    def retranslate(self) -> None:
        """Set the texts again."""
        self.search.setPlaceholderText(translate("illustrations", "Search author, text and tags"))
        self.search.setAccessibleName(translate("illustrations", "Search"))
        self._show()
