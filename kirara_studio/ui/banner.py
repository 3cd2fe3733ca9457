"""Banners: an error where it happened, as a sentence and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kirara_studio.api.widgets import Button, Icon, Label
from kirara_studio.api.widgets.tokens import current_tokens
from kirara_studio.ui.faults import Fault

MOST = 3
"""Banners shown at once; an older one makes way."""

_ICONS = {"loss": "alert", "attention": "alert", "info": "info"}

Extra = tuple[str, Callable[[], object]]


class Banner(QFrame):
    """One message, with "copy details" where there are details, and a button to close it."""

    closed = Signal()

    def __init__(
        self,
        message: str,
        advice: str = "",
        *,
        details: str = "",
        kind: str = "loss",
        extras: Sequence[Extra] = (),
    ) -> None:
        super().__init__()
        tokens = current_tokens()
        self.message = message
        self.advice = advice
        self._details = details
        self._count = 1
        self.setProperty("banner", kind)
        self._text = Label(message, bold=True, wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._more = Label(advice, wrap=True)
        self._more.setVisible(bool(advice))
        self._copy = Button(icon="copy", kind="quiet", small=True)
        self._copy.setVisible(bool(details))
        self._close = Button(icon="close", kind="quiet", small=True)

        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._text)
        texts.addWidget(self._more)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.space_l, tokens.space_s, tokens.space_s, tokens.space_s)
        row.setSpacing(tokens.space_s)
        token = "text_soft" if kind == "info" else f"{kind}_text"
        row.addWidget(Icon(_ICONS[kind], token))
        row.addSpacing(tokens.space_xs)
        row.addLayout(texts, 1)
        for text, function in extras:
            button = Button(text, kind="quiet", small=True)
            button.clicked.connect(function)
            row.addWidget(button)
        row.addWidget(self._copy)
        row.addWidget(self._close)

        self._copy.clicked.connect(self._copy_details)
        self._close.clicked.connect(self.closed)
        self.setAccessibleName(f"{message} {advice}".strip())
        self._retranslate()

    def count_again(self) -> None:
        """The same happened once more."""
        self._count += 1
        self._text.setText(f"{self.message}  (×{self._count})")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.message} {self.advice}\n\n{self._details}")
        self._copy.setText(self.tr("Copied"))

    def _retranslate(self) -> None:
        self._copy.setText(self.tr("Copy details"))
        self._close.set_purpose(self.tr("Close this message"))


class BannerArea(QWidget):
    """Banners above each other, the newest first; nothing at all where there are none."""

    def __init__(self) -> None:
        super().__init__()
        tokens = current_tokens()
        self._banners: list[Banner] = []
        self._column = QVBoxLayout(self)
        around = (tokens.space_l, tokens.space_m, tokens.space_l, tokens.space_xs)
        self._column.setContentsMargins(*around)
        self._column.setSpacing(tokens.space_s)
        self.hide()

    @property
    def banners(self) -> list[Banner]:
        """The banners that are shown, newest first."""
        return list(self._banners)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def show_fault(self, fault: Fault, extras: Sequence[Extra] = ()) -> Banner:
        """Show an error. The same message again is counted, not repeated."""
        kind = "attention" if fault.expected else "loss"
        # Details of an expected error help nobody: the message says it all.
        details = "" if fault.expected else fault.details
        return self.show_banner(
            Banner(fault.message, fault.advice, details=details, kind=kind, extras=extras)
        )

    def show_banner(self, banner: Banner) -> Banner:
        """Show ``banner``, unless one that says the same is shown already."""
        for shown in self._banners:
            if (shown.message, shown.advice) == (banner.message, banner.advice):
                banner.deleteLater()
                shown.count_again()
                return shown
        self._banners.insert(0, banner)
        self._column.insertWidget(0, banner)
        banner.closed.connect(lambda: self._remove(banner))
        while len(self._banners) > MOST:
            self._remove(self._banners[-1])
        self.show()
        return banner

    def clear(self) -> None:
        """Take all banners away."""
        for banner in self.banners:
            self._remove(banner)

    def _remove(self, banner: Banner) -> None:
        if banner not in self._banners:
            return
        self._banners.remove(banner)
        self._column.removeWidget(banner)
        banner.hide()
        banner.deleteLater()
        self.setVisible(bool(self._banners))
