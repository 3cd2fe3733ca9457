"""The place of one panel in a window: opened lazily, guarded, with room for banners."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from kirara_studio.api.errors import one_line
from kirara_studio.api.panel import Panel
from kirara_studio.api.widgets import Button, Icon, Label
from kirara_studio.api.widgets.tokens import current_tokens
from kirara_studio.ui.banner import BannerArea
from kirara_studio.ui.context import StudioPanelContext
from kirara_studio.ui.faults import Fault, describe_fault, is_fatal
from kirara_studio.ui.page import Card
from kirara_studio.ui.services import WindowServices

log = logging.getLogger(__name__)


class PanelHost(QWidget):
    """Holds a panel, wherever it is shown: in the main window or in one of its own.

    The widget is made after the place was painted for the first time, so that the window is
    there at once. Errors while it is made become a page; errors later become banners, since
    what the user was doing must not vanish.
    """

    loaded = Signal()
    message = Signal(str)
    status_changed = Signal(str)
    switch_off_wanted = Signal(str)

    def __init__(self, panel: Panel, services: WindowServices) -> None:
        super().__init__()
        self.panel = panel
        self.status = ""
        self.widget: QWidget | None = None
        self._services = services
        self._context: StudioPanelContext | None = None
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._banners = BannerArea()
        self._opening = OpeningPage()
        self._opening.painted.connect(lambda: QTimer.singleShot(0, self, self.load))
        self._fault: FaultPage | None = None
        self._error: BaseException | None = None
        place = QWidget()
        self._place = QStackedLayout(place)
        self._place.addWidget(self._opening)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._banners)
        column.addWidget(place, 1)

    @property
    def title(self) -> str:
        """The panel's title in the language shown."""
        return QCoreApplication.translate(self.panel.id, self.panel.title)

    @property
    def banners(self) -> BannerArea:
        """The banners above the panel."""
        return self._banners

    @property
    def fault(self) -> Fault | None:
        """Why the panel could not be opened, or None."""
        return self._fault.fault if self._fault is not None else None

    def load(self) -> None:
        """Make the panel's widget, unless it is there or was refused already."""
        if self.widget is None and self._fault is None:
            self._make()

    def open_files(self, paths: list[Path]) -> None:
        """Give files to the panel, which is made if need be."""
        self.load()
        if self.widget is not None:
            self.widget.open_files(paths)  # type: ignore[attr-defined]

    def try_again(self) -> None:
        """Make the widget once more after it failed."""
        if self._fault is not None:
            self._place.removeWidget(self._fault)
            self._fault.deleteLater()
            self._fault = self._error = None
        self._make()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._fault and self._error:
            fault = describe_fault(self._error, self._services.registry, self.panel.id)
            self._fault.show_fault(fault, self.title)

    def show_error(self, error: BaseException) -> None:
        """Show an error that happened in the panel, as a banner."""
        fault = describe_fault(error, self._services.registry, self.panel.id)
        if fault.expected:
            log.info("%s: %s", self.panel.id, error)
        else:
            log.error("%s", one_line(error), exc_info=error)
        extras = []
        if not fault.expected and fault.plugin:
            plugin = fault.plugin
            extras.append(
                (self.tr("Switch this plugin off"), lambda: self.switch_off_wanted.emit(plugin))
            )
        self._banners.show_fault(fault, extras)

    def set_status(self, text: str) -> None:
        """What the panel runs on."""
        self.status = text
        self.status_changed.emit(text)

    def save_state(self) -> None:
        """Remember what the panel wants remembered: what its ``save_state`` returns, if it has
        one (:class:`kirara_studio.api.widgets.PanelWidget` does)."""
        save = getattr(self.widget, "save_state", None)
        if save is None or self._context is None:
            return
        try:
            self._context.state.update(save())
        except Exception:  # one panel's mistake must not keep the window from closing
            log.exception("The panel %s could not say what to remember", self.panel.id)

    def focus_content(self) -> None:
        """Give the panel the keyboard."""
        target = self.widget or self._fault or self
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not target.hasFocus():
            target.focusNextChild()

    def _make(self) -> None:
        registry = self._services.registry
        try:
            plugin = registry.plugin_of(self.panel.id)
            widget_class = registry.load_panel_class(self.panel)
            context = StudioPanelContext(
                self.panel,
                self._services,
                show_error=self.show_error,
                show_message=self.message.emit,
                set_status=self.set_status,
            )
            with registry.watching(plugin):
                widget = widget_class(context)
            if not isinstance(widget, QWidget):
                name = type(widget).__name__
                raise TypeError(f"{self.panel.widget} made a {name}, which is no QWidget")
        except BaseException as error:  # a SystemExit in a plugin must not end the studio
            if is_fatal(error) and not isinstance(error, SystemExit):
                raise
            log.exception("The panel %s cannot be opened", self.panel.id)
            self._show_fault(error)
            return
        self.widget = widget
        self._context = context
        self._place.addWidget(widget)
        self._place.setCurrentWidget(widget)
        self._pass_focus_on()
        self.loaded.emit()

    def _pass_focus_on(self) -> None:
        """The keyboard may have been given to the place before anything was in it."""
        if self.hasFocus():
            self.focus_content()

    def _show_fault(self, error: BaseException) -> None:
        fault = describe_fault(error, self._services.registry, self.panel.id)
        self._error = error
        self._fault = FaultPage(fault, self.title)
        self._fault.again_wanted.connect(self.try_again)
        self._fault.switch_off_wanted.connect(lambda: self.switch_off_wanted.emit(fault.plugin))
        self._place.addWidget(self._fault)
        self._place.setCurrentWidget(self._fault)
        self._pass_focus_on()


class OpeningPage(QWidget):
    """Shown until the panel is there. Sends ``painted`` once, after it could be seen."""

    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._told = False
        column = QVBoxLayout(self)
        column.addWidget(Icon("sparkle", "accent", 40), 0, Qt.AlignmentFlag.AlignCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._told:
            self._told = True
            self.painted.emit()


class FaultPage(QWidget):
    """Instead of a panel that could not be made: what happened, whose fault, what to do."""

    again_wanted = Signal()
    switch_off_wanted = Signal()

    def __init__(self, fault: Fault, title: str) -> None:
        super().__init__()
        self.fault = fault
        self._panel_title = title
        tokens = current_tokens()
        card = Card()
        card.setMaximumWidth(620)
        card.column.setContentsMargins(28, 24, 28, 24)
        self._heading = Label(size=17, bold=True, wrap=True)
        self._message = Label(fault.message, wrap=True)
        self._message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._plugin = Label(tone="text_soft", wrap=True)
        self._advice = Label(tone="text_soft", wrap=True)
        self.again = Button(kind="primary", icon="retry")
        self.copy = Button(icon="copy")
        self.switch_off = Button(kind="danger", icon="power")
        self.switch_off.setVisible(bool(fault.plugin))

        head = QHBoxLayout()
        head.setSpacing(tokens.space_m)
        head.addWidget(Icon("alert", "loss_text", 26))
        head.addWidget(self._heading, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens.space_s)
        buttons.addWidget(self.again)
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        buttons.addWidget(self.switch_off)
        card.column.addLayout(head)
        card.column.addWidget(self._message)
        card.column.addWidget(self._advice)
        card.column.addWidget(self._plugin)
        card.column.addSpacing(tokens.space_s)
        card.column.addLayout(buttons)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card, 10)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(tokens.space_xl,) * 4)
        column.addStretch(2)
        column.addLayout(row)
        column.addStretch(3)

        self.again.clicked.connect(self.again_wanted)
        self.copy.clicked.connect(self._copy)
        self.switch_off.clicked.connect(self.switch_off_wanted)
        self.setFocusProxy(self.again)
        self._retranslate()

    def show_fault(self, fault: Fault, title: str) -> None:
        """Show it in another language."""
        self.fault = fault
        self._panel_title = title
        self._message.setText(fault.message)
        self._retranslate()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.fault.message}\n\n{self.fault.details}")
        self.copy.setText(self.tr("Copied"))

    def _retranslate(self) -> None:
        self._heading.setText(
            self.tr("“{title}” could not be opened").format(title=self._panel_title)
        )
        self._plugin.setText(self.tr("Plugin: {name}").format(name=self.fault.plugin))
        self._plugin.setVisible(bool(self.fault.plugin))
        self._advice.setText(
            self.fault.advice
            if self.fault.expected
            else self.tr(
                "The other panels go on. Try again, or switch the plugin off and report the "
                "details to its author."
            )
        )
        self.again.setText(self.tr("Try again"))
        self.copy.setText(self.tr("Copy details"))
        self.switch_off.setText(self.tr("Switch this plugin off"))
