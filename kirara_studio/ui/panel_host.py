"""The place of one panel in a window: opened lazily, guarded, with room for banners."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from kirara_studio.api.errors import one_line
from kirara_studio.api.panel import Panel
from kirara_studio.api.widgets import Icon
from kirara_studio.api.widgets.mixins import Translated
from kirara_studio.ui.banner import BannerArea
from kirara_studio.ui.context import StudioPanelContext
from kirara_studio.ui.faults import Fault, describe_fault, is_fatal
from kirara_studio.ui.panel_guard import PanelGuard, explain_held
from kirara_studio.ui.services import WindowServices

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent

    from kirara_studio.ui.fault_views import FaultPage

log = logging.getLogger(__name__)


class PanelHost(Translated, QWidget):
    """Holds a panel, wherever it is shown: in the main window or in one of its own.

    The widget is made after the place was painted for the first time: the window is there at
    once. Errors while it is made become a page; errors later become banners, since
    what the user was doing must not vanish.
    """

    loaded = Signal()
    message = Signal(str)
    status_changed = Signal(str)
    files_given = Signal(str, list, str)
    switch_off_wanted = Signal(str)

    def __init__(self, panel: Panel, services: WindowServices) -> None:
        super().__init__()
        self.panel = panel
        self.status = ""
        self._closed = False
        self.widget: QWidget | None = None
        self._services = services
        self._context: StudioPanelContext | None = None
        self._guard = PanelGuard(panel, services.registry, self)
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.banners = BannerArea()
        opening = OpeningPage()
        opening.painted.connect(lambda: QTimer.singleShot(0, self, self._load_first))
        self.fault_page: FaultPage | None = None
        self._error: BaseException | None = None
        place = QWidget()
        self._place = QStackedLayout(place)
        self._place.addWidget(opening)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banners)
        column.addWidget(place, 1)

    @property
    def title(self) -> str:
        """The panel's title in the language shown."""
        return QCoreApplication.translate(self.panel.id, self.panel.title)

    @property
    def fault(self) -> Fault | None:
        """Why the panel could not be opened, or None."""
        return self.fault_page.fault if self.fault_page is not None else None

    def load(self) -> None:
        """Make the panel's widget, unless it is there, was refused, or ended the last session."""
        self._closed = False
        if self.widget is not None or self.fault_page is not None:
            return
        if (held := self._guard.held) is not None:
            self.show_fault(explain_held(held, self.title))
        else:
            self._make()

    def _load_first(self) -> None:
        if not self._closed:
            self.load()

    def open_files(self, paths: list[Path], purpose: str = "") -> None:
        """Give files to the panel, which is made if need be."""
        self.load()
        if self.widget is not None:
            # A panel that was written before version 1.4 takes no purpose.
            purposes = [purpose] if purpose else []
            self.widget.open_files(paths, *purposes)  # type: ignore[attr-defined]

    def unload(self) -> None:
        """Close the panel: keep its state, stop its jobs, destroy its widget.

        :meth:`load` makes it again.
        """
        self._closed = True
        self.save_state()
        self._remove_fault()
        if self._context is not None:
            self._context.close()
            self._context = None
        if self.widget is not None:
            widget, self.widget = self.widget, None
            self._place.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def try_again(self) -> None:
        """Make the widget once more after it failed, or was held."""
        if self.widget is not None:
            return
        self._guard.release()
        self._remove_fault()
        self._make()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._guard.set_in_sight(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._guard.set_in_sight(False)

    def _retranslate(self) -> None:
        held = self._guard.held
        if held is not None and self._error is not None:
            self._error = explain_held(held, self.title)
        if self._error is not None:
            self.show_fault(self._error)

    def show_error(self, error: BaseException) -> None:
        """Show an error that happened in the panel, as a banner."""
        fault = describe_fault(error, self._services.registry, self.panel.id)
        if fault.expected:
            log.info("%s: %s", self.panel.id, error)
        else:
            log.error("%s", one_line(error), exc_info=error)
            self._services.registry.figures(fault.plugin).errors += 1
        switch_off = (
            lambda: self.tr("Switch this plugin off"),
            lambda: self.switch_off_wanted.emit(fault.plugin),
        )
        offered = fault.plugin and not fault.expected
        self.banners.show_fault(fault, [switch_off] if offered else [])

    def set_status(self, text: str) -> None:
        """What the panel runs on."""
        self.status = text
        self.status_changed.emit(text)

    def save_state(self) -> None:
        """Remember what the widget's ``save_state`` returns, if it has one (PanelWidget does)."""
        save = getattr(self.widget, "save_state", None)
        if save is None or self._context is None:
            return
        try:
            self._context.state.update(save())
        except Exception:  # one panel's mistake must not keep the window from closing
            log.exception("The panel %s failed to save its state", self.panel.id)

    def focus_content(self) -> None:
        """Give the panel the keyboard."""
        target = self.widget or self.fault_page or self
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not target.hasFocus():
            target.focusNextChild()

    def _make(self) -> None:
        registry = self._services.registry
        try:
            context = StudioPanelContext(
                self.panel,
                self._services,
                show_error=self.show_error,
                offer=self.banners.offer,
                show_message=self.message.emit,
                set_status=self.set_status,
                give_files=self.files_given.emit,
            )
            with self._guard.opening():
                widget = registry.load_panel_class(self.panel)(context)
            if not isinstance(widget, QWidget):
                name = type(widget).__name__
                raise TypeError(f"{self.panel.widget} made a {name}, which is not a QWidget")
        except BaseException as error:  # a SystemExit in a plugin must not end the studio
            if is_fatal(error) and not isinstance(error, SystemExit):
                raise
            log.exception("The panel %s cannot be opened", self.panel.id)
            registry.figures(registry.plugin_of(self.panel.id)).errors += 1
            self.show_fault(error)
            return
        self.widget = widget
        self._context = context
        self._guard.watch(widget)
        self._show(widget)
        self.loaded.emit()

    def _show(self, widget: QWidget) -> None:
        self._place.addWidget(widget)
        self._place.setCurrentWidget(widget)
        # The keyboard may have been given to the place before anything was in it.
        if self.hasFocus():
            self.focus_content()

    def show_fault(self, error: BaseException) -> None:
        """Show, in the place of the panel, why it cannot be opened."""
        from kirara_studio.ui.fault_views import FaultPage

        self._remove_fault()
        fault = describe_fault(error, self._services.registry, self.panel.id)
        self._error = error
        self.fault_page = page = FaultPage(fault, self.title)
        page.again_wanted.connect(self.try_again)
        page.switch_off_wanted.connect(lambda: self.switch_off_wanted.emit(fault.plugin))
        self._show(page)

    def _remove_fault(self) -> None:
        if self.fault_page is not None:
            self._place.removeWidget(self.fault_page)
            self.fault_page.deleteLater()
            self.fault_page = self._error = None


class OpeningPage(QWidget):
    """Shown until the panel is there. Sends ``painted`` once, after it could be seen."""

    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._painted = False
        column = QVBoxLayout(self)
        column.addWidget(Icon("sparkle", "accent", 40), 0, Qt.AlignmentFlag.AlignCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self.painted.emit()
