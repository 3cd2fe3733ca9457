"""The canvas of the panel: four pages about a grammar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kirara_parikh.jobs import Analysis
from kirara_parikh.view.automaton_page import AutomatonPage
from kirara_parikh.view.derivation_page import DerivationPage
from kirara_parikh.view.plane_page import PlanePage
from kirara_parikh.view.set_page import SetPage
from kirara_studio.api.widgets import Segments
from kirara_studio.api.widgets.layouts import fill, row

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

translate = QCoreApplication.translate

SET, PICTURE, AUTOMATON, DERIVATION = range(4)


class Workspace(QWidget):
    """Shows the set, its picture, the automaton and a derivation, one page at a time."""

    page_changed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.tabs = Segments([""] * 4)
        self.set, self.plane = SetPage(), PlanePage()
        self.automaton, self.derivation = AutomatonPage(), DerivationPage()
        self._pages = QStackedWidget()
        for page in (self.set, self.plane, self.automaton, self.derivation):
            self._pages.addWidget(page)
        fill(QVBoxLayout(self), row(self.tabs, None), (self._pages, 1), spacing=10)
        self.tabs.chosen.connect(self.show_page)

    @property
    def page(self) -> int:
        """The page that is shown."""
        return self._pages.currentIndex()

    def show_page(self, page: int) -> None:
        """Show a page."""
        self.tabs.set_current(page)
        self._pages.setCurrentIndex(page)
        self.page_changed.emit(page)

    def show_analysis(self, analysis: Analysis | None) -> None:
        """Show what is known of the grammar on all pages."""
        for page in (self.set, self.plane, self.automaton):
            page.show_analysis(analysis)

    def picture(self) -> QImage:
        """The drawing of the page, or the page."""
        canvases = {
            PICTURE: self.plane.canvas,
            AUTOMATON: self.automaton.canvas,
            DERIVATION: self.derivation.canvas,
        }
        canvas = canvases.get(self.page)
        return self.set.grab().toImage() if canvas is None else canvas.picture()

    def retranslate(self) -> None:
        """Set the texts again."""
        self.tabs.set_texts([
            translate("parikh", "Set"), translate("parikh", "Picture"),
            translate("parikh", "Automaton"), translate("parikh", "Derivation"),
        ])  # fmt: skip
        self.tabs.set_name(translate("parikh", "Page"))
        for page in (self.set, self.plane, self.automaton, self.derivation):
            page.retranslate()
