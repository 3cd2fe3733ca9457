"""Small parts that the studio's own pages are made of."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kirara_studio.api.widgets.tokens import current_tokens
from kirara_studio.ui.icons import icon, icon_path, icon_pixmap

_THEME_EVENTS = (QEvent.Type.StyleChange, QEvent.Type.PaletteChange)
PAGE_WIDTH = 820
_GAP, _DROP = 4, 2


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """A text in one of the style sheet's roles. Plain text: what plugins say is never markup."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        result.setProperty("role", role)
    if wrap:
        result.setWordWrap(True)
        result.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        result.setMinimumWidth(80)
    return result


class ElidedLabel(QLabel):
    """One line that takes the room there is, and ends in "…" where that is too little."""

    def __init__(self, role: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, text)


def line() -> QFrame:
    """A thin line between two parts."""
    result = QFrame()
    result.setProperty("role", "line")
    return result


def set_style(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and let it look again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def copy_text(text: str) -> None:
    """Put ``text`` on the clipboard."""
    QGuiApplication.clipboard().setText(text)


class Picture(QLabel):
    """An icon in a colour of the theme."""

    def __init__(self, name: str, token: str = "text_soft", size: int = 20) -> None:
        super().__init__()
        self._name = name
        self._token = token
        self._size = size
        self.setFixedSize(size, size)
        self._draw()

    def set_icon(self, name: str, token: str) -> None:
        """Show another icon."""
        self._name, self._token = name, token
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _THEME_EVENTS:
            self._draw()

    def _draw(self) -> None:
        color = getattr(current_tokens(), self._token)
        ratio = self.devicePixelRatioF()
        self.setPixmap(icon_pixmap(icon_path(self._name), color, self._size, ratio))


class PushButton(QPushButton):
    """A button of one of the kinds: "primary", "quiet", "danger", "soft", or "" for plain."""

    def __init__(
        self, text: str = "", kind: str = "", icon_name: str = "", icon_size: int = 18
    ) -> None:
        super().__init__(text)
        self._icon_name = icon_name
        if kind:
            self.setProperty("kind", kind)
        self._size = icon_size
        self._token = {"primary": "on_accent", "danger": "loss_text"}.get(kind, "text_soft")
        self.setIconSize(QSize(icon_size + _GAP, icon_size + _DROP))
        self.setAutoDefault(False)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _THEME_EVENTS:
            self._draw()

    def _draw(self) -> None:
        if self._icon_name:
            color = getattr(current_tokens(), self._token)
            self.setIcon(_beside_text(icon(self._icon_name, color, self._size), self._size))


def _beside_text(icon: QIcon, size: int) -> QIcon:
    """The icon with a gap to the text at its right, and as low as the letters sit."""
    result = QIcon()
    for ratio in (1.0, 2.0):
        spaced = QPixmap(round((size + _GAP) * ratio), round((size + _DROP) * ratio))
        spaced.setDevicePixelRatio(ratio)
        spaced.fill(Qt.GlobalColor.transparent)
        with QPainter(spaced) as painter:
            painter.drawPixmap(0, _DROP, icon.pixmap(QSize(size, size), ratio))
        result.addPixmap(spaced)
    return result


class IconButton(QToolButton):
    """A quiet button with an icon only; what it does is its tool tip and accessible name."""

    def __init__(self, icon_name: str, size: int = 18) -> None:
        super().__init__()
        self._icon_name = icon_name
        self.setProperty("kind", "quiet")
        self.setIconSize(QSize(size, size))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._draw()

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        self._icon_name = name
        self._draw()

    def set_purpose(self, text: str) -> None:
        """Say what the button does."""
        self.setToolTip(text)
        self.setAccessibleName(text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _THEME_EVENTS:
            self._draw()

    def _draw(self) -> None:
        self.setIcon(icon(self._icon_name, current_tokens().text_soft, self.iconSize().width()))


class Card(QFrame):
    """A white box with rounded corners, and a column inside."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 16, 20, 16)
        self.column.setSpacing(current_tokens().space_m)


class Page(QScrollArea):
    """A page of the studio itself: a title, and a column of cards that scrolls."""

    def __init__(self) -> None:
        super().__init__()
        tokens = current_tokens()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scrolled = QWidget()
        scrolled.setObjectName("scrolled")
        column = QWidget()
        column.setObjectName("scrolled")
        column.setMaximumWidth(PAGE_WIDTH)
        outer = QVBoxLayout(scrolled)
        outer.setContentsMargins(tokens.space_xxl, tokens.space_xl, tokens.space_xxl, 0)
        outer.addWidget(column)
        self.column = QVBoxLayout(column)
        self.column.setContentsMargins(0, 0, 0, tokens.space_xxl)
        self.column.setSpacing(tokens.space_l)
        self.title = label(role="title")
        self.subtitle = label(role="soft", wrap=True)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.title)
        head.addWidget(self.subtitle)
        self.column.addLayout(head)
        self.setWidget(scrolled)
