"""The panel, imported when it is first opened."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import Document, PanelWidget, Task, ValueSlider
from kirara_studio.api.widgets.style import color

from kirara_newplugin.jobs import Request, Sunflower, grow
from kirara_newplugin.settings import FEWEST, MOST

translate = QCoreApplication.translate


class NewPluginPanel(PanelWidget):
    """A number of seeds, and the sunflower that grows of them."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        seeds = int(context.settings["seeds"])
        self.document = Document(Request(seeds), self.undo_stack, self)
        self.task = Task(context.jobs, "grow", parent=self)
        self.picture = SunflowerView()
        self.slider = ValueSlider("", FEWEST, MOST, seeds, step=10)
        self.section = self.inspector.add_section("")
        self.section.add(self.slider)
        self.set_canvas(self.picture)

        self.slider.changing.connect(lambda seeds: self.document.preview(self._request(seeds)))
        self.slider.changed.connect(self._edit)
        self.document.shown.connect(lambda request: self.slider.set_value(request.seeds))
        self.document.settled.connect(lambda _: self.start())
        self.task.changed.connect(lambda: self.set_busy(self.task.busy))
        self.task.failed.connect(context.show_error)
        self.retranslate()
        self.restore_state(context.state)
        if not self.task.busy:
            self.start()

    def start(self) -> None:
        """Let the sunflower grow; a job that still runs is replaced."""
        title = translate("newplugin", "Growing a sunflower")
        self.task.start(grow, self.document.value, self.picture.show_flower, title=title)

    def _edit(self, seeds: float) -> None:
        self.document.edit(self._request(seeds), translate("newplugin", "Number of seeds"))

    def _request(self, seeds: float) -> Request:
        return replace(self.document.value, seeds=int(seeds))

    # What outlives the session, and the language

    def save_state(self) -> dict[str, Any]:
        return {**super().save_state(), "seeds": self.document.settled_value.seeds}

    def restore_state(self, state: dict[str, Any]) -> None:
        super().restore_state(state)
        seeds = state.get("seeds")
        if isinstance(seeds, int) and FEWEST <= seeds <= MOST:
            self.document.replace(Request(seeds))

    def retranslate(self) -> None:
        super().retranslate()
        self.set_primary(translate("newplugin", "Grow"), self.start, self.task.stop)
        self.section.set_title(translate("newplugin", "Sunflower"))
        self.slider.set_label(translate("newplugin", "Seeds"))
        self.picture.setAccessibleName(translate("newplugin", "The sunflower"))


class SunflowerView(QWidget):
    """Paints a sunflower in the colours of the theme."""

    def __init__(self) -> None:
        super().__init__()
        self.flower = Sunflower(())

    def show_flower(self, flower: Sunflower) -> None:
        """Paint another one."""
        self.flower = flower
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        size = 0.46 * min(self.width(), self.height())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(self.width() / 2, self.height() / 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent"))
            radius = max(1.5, 0.75 * size / max(len(self.flower.seeds), 1) ** 0.5)
            for x, y in self.flower.seeds:
                painter.drawEllipse(QPointF(x * size, y * size), radius, radius)
