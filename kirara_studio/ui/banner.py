"""Banners: an error where it happened, or a notice, as a sentence and what to do next."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kirara_studio.api.notices import Notice
from kirara_studio.api.widgets import Button, Icon, Label
from kirara_studio.api.widgets.mixins import Translated
from kirara_studio.api.widgets.tokens import current_tokens
from kirara_studio.ui.faults import Fault
from kirara_studio.ui.page import CopyDetails

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

MOST = 3
"""Banners shown at once; an older one makes way."""

_ICONS = {"loss": "alert", "attention": "alert", "info": "info"}

Text = str | Callable[[], str]
"""A text, or what gives it in the window's language at any time."""

Extra = tuple[Text, Callable[[], object]]
"""A button: its text, and the function that it calls."""


class Banner(Translated, QFrame):
    """One message, with "copy details" if there are details, and a button to close it."""

    closed = Signal()

    def __init__(
        self,
        message: str,
        advice: str = "",
        *,
        details: str = "",
        kind: str = "loss",
        extras: Sequence[Extra] = (),
        fault_kind: str = "",
    ) -> None:
        super().__init__()
        tokens = current_tokens()
        self.message = message
        self.advice = advice
        self.fault_kind = fault_kind
        self.details = details
        self._count = 1
        self.setProperty("banner", kind)
        self._text = Label(message, bold=True, wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._more = more = Label(advice, wrap=True)
        more.setVisible(bool(advice))
        self.copy = CopyDetails(f"{message} {advice}\n\n{details}", kind="quiet", small=True)
        self.copy.setVisible(bool(details))
        self.close_button = Button(icon="close", kind="quiet", small=True)

        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._text)
        texts.addWidget(more)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.space_l, tokens.space_s, tokens.space_s, tokens.space_s)
        row.setSpacing(tokens.space_s)
        token = "text_soft" if kind == "info" else f"{kind}_text"
        row.addWidget(Icon(_ICONS[kind], token))
        row.addSpacing(tokens.space_xs)
        row.addLayout(texts, 1)
        self._buttons: list[tuple[Button, Text]] = []
        for text, function in extras:
            button = Button(kind="quiet", small=True)
            button.clicked.connect(function)
            self._buttons.append((button, text))
            row.addWidget(button)
        row.addWidget(self.copy)
        row.addWidget(self.close_button)

        self.close_button.clicked.connect(self.closed)
        self.setAccessibleName(f"{message} {advice}".strip())
        self._retranslate()

    def count_again(self, message: str, advice: str) -> None:
        """The same, or the same with other names and numbers, happened once more."""
        self._count += 1
        self.message, self.advice = message, advice
        self._text.setText(f"{message}  (×{self._count})")
        self._more.setText(advice)
        self._more.setVisible(bool(advice))
        self.setAccessibleName(f"{message} {advice}".strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _retranslate(self) -> None:
        self.close_button.set_purpose(self.tr("Close this message"))
        for button, text in self._buttons:
            button.set_content(text if isinstance(text, str) else text())


class BannerArea(QWidget):
    """``banners`` above each other, the newest first; nothing at all if there are none."""

    def __init__(self) -> None:
        super().__init__()
        tokens = current_tokens()
        self.banners: list[Banner] = []
        self._column = QVBoxLayout(self)
        around = (tokens.space_l, tokens.space_m, tokens.space_l, tokens.space_xs)
        self._column.setContentsMargins(*around)
        self._column.setSpacing(tokens.space_s)
        self.hide()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def show_fault(self, fault: Fault, extras: Sequence[Extra] = ()) -> Banner:
        """Show an error; errors of one kind are one banner, with the newest text, and counted."""
        kind = "attention" if fault.expected else "loss"
        # Details of an expected error help nobody: the message is enough.
        details = "" if fault.expected else fault.details
        return self.show_banner(
            Banner(
                fault.message,
                fault.advice,
                details=details,
                kind=kind,
                extras=extras,
                fault_kind=fault.kind,
            )
        )

    def offer(self, message: str, advice: str, choices: Sequence[Extra]) -> None:
        """Show a banner with a button for each choice, which also takes the banner away."""

        def choose(function: Callable[[], object], *_: object) -> None:
            self._remove(banner)
            function()

        extras = [(text, functools.partial(choose, function)) for text, function in choices]
        banner = self.show_banner(Banner(message, advice, kind="attention", extras=extras))

    def show_banner(self, banner: Banner) -> Banner:
        """Show ``banner``, unless an equal one, or one of its kind of error, is shown already."""
        for shown in self.banners:
            same = (shown.message, shown.advice) == (banner.message, banner.advice)
            if same or (banner.fault_kind and shown.fault_kind == banner.fault_kind):
                banner.deleteLater()
                shown.count_again(banner.message, banner.advice)
                return shown
        self.banners = [banner, *self.banners]
        self._column.insertWidget(0, banner)
        banner.closed.connect(lambda: self._remove(banner))
        while len(self.banners) > MOST:
            self._remove(self.banners[-1])
        self.show()
        return banner

    def clear(self) -> None:
        """Take all banners away."""
        for banner in self.banners:
            self._remove(banner)

    def _remove(self, banner: Banner) -> None:
        if banner not in self.banners:
            return
        self.banners = [other for other in self.banners if other is not banner]
        self._column.removeWidget(banner)
        banner.hide()
        banner.deleteLater()
        self.setVisible(bool(self.banners))


class NoticeBanners(QObject):
    """Shows notices above whatever is in front.

    Signals
    -------
    read(Notice)
        The user closed the banner, or did what it offers.
    activated(Notice, str)
        The user chose an action, or "" to open the notice's panel.
    """

    read = Signal(object)
    activated = Signal(object, str)

    def __init__(self, area: BannerArea) -> None:
        super().__init__(area)
        self._area = area
        self._shown: dict[str, Banner] = {}

    def show(self, notice: Notice) -> None:
        """Show the notice, in place of one with its id."""
        self.withdraw(notice.id)
        offers: list[tuple[Text, str]] = [(action.title, action.id) for action in notice.actions]
        # A notice may have its own idea of what opening means.
        if notice.panel and "open" not in (action.id for action in notice.actions):
            offers.insert(0, (lambda: self.tr("Open"), ""))
        extras: list[Extra] = [
            (title, functools.partial(self._choose, notice, action)) for title, action in offers
        ]
        banner = Banner(notice.title, notice.text, kind="info", extras=extras)
        banner = self._area.show_banner(banner)
        banner.closed.connect(lambda: self.read.emit(notice))
        # An equal banner of another notice may stand for this one, too.
        self._shown[notice.id or _key(notice)] = banner

    def withdraw(self, notice_id: str) -> None:
        """Take the banner of the notice with this id away."""
        banner = self._shown.pop(notice_id, None)
        if banner is not None and banner in self._area.banners:
            banner.closed.emit()

    def _choose(self, notice: Notice, action: str, *_: object) -> None:
        self.withdraw(notice.id or _key(notice))
        self.activated.emit(notice, action)


def _key(notice: Notice) -> str:
    """Stands for the id of a notice that has none."""
    return f"{notice.title}\n{notice.text}"
