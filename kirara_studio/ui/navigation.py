"""The navigation rail: the panels above, the studio's own pages below."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from kirara_studio.api.widgets import Button, Icon, Label, plain_tip
from kirara_studio.api.widgets.button import PlainButton
from kirara_studio.api.widgets.icons import paint_icon
from kirara_studio.api.widgets.inspector import scroll_in
from kirara_studio.api.widgets.mixins import Translated
from kirara_studio.api.widgets.style import color, draw_focus_ring, font
from kirara_studio.api.widgets.tokens import current_tokens

WIDE, NARROW = 200, 64
_HEIGHT = 40
_ICON = 20


class RailButton(PlainButton):
    """One destination: icon and name, or the icon alone."""

    menu_wanted = Signal(QPointF)

    def __init__(self, key: str, icon: Path) -> None:
        super().__init__()
        self.key = key
        self._icon = icon
        self._narrow = False
        self._apart = False
        self._hint = ""
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_name(self, name: str, hint: str = "") -> None:
        """Name it; ``hint`` shows the keys, in the tool tip."""
        self.setText(name)
        self._hint = hint
        self.setAccessibleName(name)
        self._set_tool_tip()

    def set_icon(self, icon: Path) -> None:
        """Change the icon."""
        self._icon = icon
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone, or the name too."""
        self._narrow = narrow
        self._set_tool_tip()
        self.update()

    def set_apart(self, apart: bool) -> None:
        """Mark the panel as being in a window of its own."""
        self._apart = apart
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(NARROW, _HEIGHT)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(QPointF(event.globalPos()))

    def nextCheckState(self) -> None:
        """The rail chooses, not the click."""

    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(self.rect()).adjusted(10, 1, -10, -1)
        radius = current_tokens().radius
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            if self.isChecked():
                painter.setBrush(color("accent_soft"))
            elif self.isDown():
                painter.setBrush(color("pressed"))
            else:
                painter.setBrush(color("hover", self._hover.value))
            painter.drawRoundedRect(box, radius, radius)
            if self._keyboard.here:
                draw_focus_ring(painter, box, radius - 1)
            self._paint_content(painter, box)

    def _paint_content(self, painter: QPainter, box: QRectF) -> None:
        tokens = current_tokens()
        chosen = self.isChecked()
        ink = color("accent_text" if chosen else "text_soft")
        x = box.center().x() - _ICON / 2 if self._narrow else box.left() + tokens.space_m
        place = QRectF(x, box.center().y() - _ICON / 2, _ICON, _ICON)
        paint_icon(painter, self._icon, place, ink)
        if self._apart:
            self._paint_apart(painter, box)
        if self._narrow:
            return
        painter.setFont(font(self, tokens.size_body, bold=chosen))
        painter.setPen(color("text" if chosen or self._hover.value > 0.5 else "text_soft"))
        left = x + _ICON + tokens.space_m
        room = box.right() - left - (24 if self._apart else tokens.space_s)
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(left, box.top(), room, box.height()), flags, text)

    def _paint_apart(self, painter: QPainter, box: QRectF) -> None:
        if self._narrow:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent"))
            painter.drawEllipse(QPointF(box.right() - 8, box.top() + 9), 3, 3)
            return
        place = QRectF(box.right() - 22, box.center().y() - 7, 14, 14)
        paint_icon(painter, "window", place, color("text_soft"))

    def _set_tool_tip(self) -> None:
        name = self.text() if self._narrow else ""
        self.setToolTip(plain_tip("  ".join(part for part in (name, self._hint) if part)))


class NavigationRail(Translated, QWidget):
    """The brand, the panels, and below them plugins, settings and help.

    Panels are added before pages. ``narrow`` is True while only icons are shown.
    """

    chosen = Signal(str)
    menu_wanted = Signal(str, QPointF)
    width_wanted = Signal(bool)
    """The user asked for the narrow (True) or the wide rail."""

    def __init__(self) -> None:
        super().__init__()
        self._buttons: dict[str, RailButton] = {}
        self.narrow = False
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        tokens = current_tokens()
        self._mark = Icon("sparkle", "accent", 22)
        self._brand = Label("Kirara Studio", size=17, bold=True, tone="accent_text")
        brand = QHBoxLayout()
        brand.setContentsMargins(21, 0, tokens.space_s, 0)
        brand.setSpacing(tokens.space_s)
        brand.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignLeft)
        brand.addWidget(self._brand, 1)
        panels = QWidget()
        self._panels = QVBoxLayout(panels)
        self._panels.setContentsMargins(0, 0, 0, 0)
        self._panels.setSpacing(2)
        self._panels.setAlignment(Qt.AlignmentFlag.AlignTop)
        scroll = QScrollArea()
        scroll_in(scroll, panels)
        # The wheel and the keyboard scroll; a bar would leave no room for the icons.
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll = scroll
        self._pages = QVBoxLayout()
        self._pages.setSpacing(2)
        self._fold = Button(icon="sidebar", kind="quiet", small=True)
        fold = QHBoxLayout()
        fold.setContentsMargins(18, tokens.space_xs, 0, 0)
        fold.addWidget(self._fold)
        fold.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.space_l + 4, 0, tokens.space_m)
        column.setSpacing(0)
        column.addLayout(brand)
        column.addSpacing(tokens.space_l + 2)
        column.addWidget(scroll, 1)
        column.addSpacing(tokens.space_s)
        column.addLayout(self._pages)
        column.addLayout(fold)
        self._fold.clicked.connect(lambda: self.width_wanted.emit(not self.narrow))
        self.set_narrow(False)

    def button(self, key: str) -> RailButton:
        """The button of a destination. Raises KeyError."""
        return self._buttons[key]

    def insert_panel(self, place: int, key: str, icon: Path) -> None:
        """Add a destination to the upper group, or move it there if it is in it already."""
        button = self._buttons.get(key) or self._add(self._panels, key, icon)
        button.set_icon(icon)
        if self._panels.indexOf(button) != place:
            self._panels.removeWidget(button)
            self._panels.insertWidget(place, button)

    def keep_panels(self, keys: Sequence[str]) -> None:
        """Remove all destinations of the upper group but these, and put the keyboard in order."""
        kept = set(keys)
        for key, button in list(self._buttons.items()):
            if self._panels.indexOf(button) >= 0 and key not in kept:
                self._panels.removeWidget(button)
                del self._buttons[key]
                button.deleteLater()
        rest = {key: button for key, button in self._buttons.items() if key not in kept}
        self._buttons = {key: self._buttons[key] for key in keys} | rest
        for before, after in itertools.pairwise(self._buttons.values()):
            QWidget.setTabOrder(before, after)

    def add_page(self, key: str, icon: Path) -> RailButton:
        """Add a destination to the lower group."""
        return self._add(self._pages, key, icon)

    def choose(self, key: str) -> None:
        """Mark one destination as the current one."""
        for button in self._buttons.values():
            button.setChecked(button.key == key)
            if button.isChecked():
                self._scroll.ensureWidgetVisible(button)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons alone, or names too."""
        self.narrow = narrow
        self.setFixedWidth(NARROW if narrow else WIDE)
        self._brand.setVisible(not narrow)
        for button in self._buttons.values():
            button.set_narrow(narrow)
        self._retranslate()

    def focus_chosen(self) -> None:
        """Give the keyboard to the current destination."""
        buttons = sorted(self._buttons.values(), key=lambda button: not button.isChecked())
        buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        buttons = list(self._buttons.values())
        focused = next((i for i, button in enumerate(buttons) if button.hasFocus()), None)
        if step and focused is not None:
            target = buttons[(focused + step) % len(buttons)]
            target.setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(target)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), color("surface"))
            painter.fillRect(self.width() - 1, 0, 1, self.height(), color("line"))

    def _add(self, layout: QVBoxLayout, key: str, icon: Path) -> RailButton:
        button = RailButton(key, icon)
        button.set_narrow(self.narrow)
        button.clicked.connect(lambda: self.chosen.emit(key))
        button.menu_wanted.connect(lambda where: self.menu_wanted.emit(key, where))
        self._buttons[key] = button
        layout.addWidget(button)
        return button

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Navigation"))
        self._fold.set_purpose(
            self.tr("Show names  Ctrl+B") if self.narrow else self.tr("Show icons only  Ctrl+B")
        )
