"""The Foresight panel: its widgets, connected to the session."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QStackedWidget

from kirara_foresight.session import Session
from kirara_foresight.setting import Setting
from kirara_foresight.view.controls import Controls, number_names
from kirara_foresight.view.fine_tuning_section import FineTuningSection
from kirara_foresight.view.moment_strip import MomentStrip
from kirara_foresight.view.open_button import OpenButton
from kirara_foresight.view.welcome import Welcome
from kirara_foresight.view.workspace import Workspace
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import (
    EmptyState,
    ImageCanvas,
    ModelActions,
    PanelWidget,
    SaveButton,
    SaveItem,
    model_name,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent

translate = QCoreApplication.translate


class ForesightPanel(PanelWidget):
    """A clip, a moment in it, and three forecasts of its future."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self.session = Session(context, self.undo_stack, self)
        self.workspace = Workspace()
        self.strip = MomentStrip()
        self.welcome = Welcome()
        self.waiting = EmptyState("", "")
        self.live = ImageCanvas()  # what the camera sees
        self.controls = Controls(self.inspector)
        self.learning = FineTuningSection(self.inspector, self.session.fine_tuning, self.undo_stack)
        self.model_actions = ModelActions(
            context, self.undo_stack, lambda: self.session.model, self
        )
        self.open_button = OpenButton()
        self.save_button = SaveButton(context)

        self._assemble()
        self._connect_session()
        self._connect_widgets()
        self.retranslate()
        self.restore_state(context.state)

    # Construction

    def _assemble(self) -> None:
        self._stack = QStackedWidget()
        for page in (self.welcome, self.waiting, self.live, self.workspace):
            self._stack.addWidget(page)
        self.set_canvas(self._stack)
        self.set_strip(self.strip)
        self.add_action(self.open_button)
        self.add_action(self.save_button)

    def _connect_session(self) -> None:
        session = self.session
        session.document.shown.connect(self._show_setting)
        session.clip_changed.connect(self._show_clip)
        session.result_changed.connect(self._show_result)
        session.models_changed.connect(self._show_models)
        session.changed.connect(self._show_page)
        session.saved.connect(self.save_button.report)

    def _connect_widgets(self) -> None:
        session = self.session
        self.strip.changing.connect(lambda start: session.preview(start=start))
        self.strip.changed.connect(session.move_to)
        self.workspace.moved.connect(self.strip.set_playhead)
        self.welcome.file_requested.connect(self.open_button.ask_file)
        self.welcome.folder_requested.connect(self.open_button.ask_folder)
        self.welcome.sample_requested.connect(session.open)
        self.open_button.chosen.connect(session.take)
        self.open_button.camera_requested.connect(session.record)
        self.controls.model_chosen.connect(session.choose_model)
        self.controls.model_section.manage(self.model_actions)
        self.model_actions.changed.connect(session.refresh_models)
        self.model_actions.leaving.connect(lambda: session.choose_model(""))
        self.controls.radar_chosen.connect(session.read_as_radar)
        self.controls.import_requested.connect(self.open_button.ask_model)
        for name, slider in self.controls.sliders.items():
            slider.changing.connect(lambda value, n=name: session.preview(**{n: int(value)}))
            slider.changed.connect(
                lambda value, n=name: session.edit(number_names()[n], n, **{n: int(value)})
            )
        self.learning.toggled.connect(session.fine_tune)
        for dropped in (self.dropped, self.welcome.dropped):
            dropped.connect(lambda paths: session.take(paths[0]))
        self.play_pressed.connect(self.workspace.player.toggle)
        self.add_shortcut("Ctrl+O", self.open_button.ask_file)
        self.add_shortcut("Ctrl+S", self._ask_film)

    # What the session has

    def _show_setting(self, setting: Setting) -> None:
        self.controls.show_setting(setting)
        self.strip.show_moment(setting.start, setting.seen, setting.frames)

    def _show_clip(self) -> None:
        self.strip.show_clip(self.session.clip)
        self.controls.show_clip(self.session.clip)
        self._show_result()

    def _show_result(self) -> None:
        session = self.session
        name = model_name(session.model.name) if session.model is not None else ""
        self.workspace.show_result(session.result, session.clip, name)
        self.controls.show_result(session.result)

    def _show_models(self) -> None:
        session = self.session
        self.workspace.stage.set_advice(
            translate("foresight", "No network is in use.")
            if session.models
            else translate(
                "foresight",
                "There is no network yet.\n\nTrain one on this clip, or drop a file of one here: "
                "the studio's (.safetensors) or the blog author's (.npz).",
            )
        )
        self.controls.show_models(session.models, session.setting, session.model)
        self.context.set_status(model_name(session.model.name) if session.model is not None else "")

    def _show_page(self) -> None:
        """Show the camera, the forecasts or the welcome page; the primary button may be Stop."""
        session = self.session
        there = session.clip is not None
        if session.live is not None:
            self.live.set_picture(session.live)
            page: Any = self.live
        else:
            page = self.workspace if there else self.waiting if session.opening else self.welcome
        self._stack.setCurrentWidget(page)
        self.set_strip_visible(there and session.live is None)
        self.save_button.setVisible(there)
        self.primary.setEnabled(there or session.busy)
        self.set_busy(session.busy)
        for section in (self.controls.moment, self.controls.model_section, self.learning.section):
            section.setVisible(there)

    # Saving

    def _ask_film(self, suffix: str = ".mp4") -> None:
        kinds = {".gif": "GIF (*.gif)", ".webp": "WebP (*.webp)", ".mp4": "MP4 (*.mp4)"}
        if self._has_result():
            path = self.save_button.ask("forecast", suffix, kinds.get(suffix, ""))
            if path is not None:
                self.session.save_film(path, self.workspace.fps)

    def _ask_scores(self) -> None:
        path = self.save_button.ask("scores", ".csv", "CSV (*.csv)")
        if path is not None:
            self.session.save_scores(path)

    def _has_result(self) -> bool:
        return self.session.result is not None

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        player = self.workspace.player
        key, ends = Qt.Key(event.key()), player.count
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        steps |= {Qt.Key.Key_Home: -ends, Qt.Key.Key_End: ends}
        if key in steps and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            player.step(steps[key])
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.workspace.player.pause()

    # State and language

    def save_state(self) -> dict[str, Any]:
        setting = self.session.document.settled_value
        return {**super().save_state(), "setting": setting.to_dict()}

    def restore_state(self, state: dict[str, Any]) -> None:
        super().restore_state(state)
        self.session.restore(state.get("setting"))

    def set_inspector_visible(self, visible: bool) -> None:
        super().set_inspector_visible(visible)
        self.context.state["inspector"] = visible

    def retranslate(self) -> None:
        super().retranslate()
        session = self.session
        self.set_primary(
            translate("foresight", "Predict"), lambda: session.forecast(again=True), session.stop
        )
        self.set_drop_text(
            translate(
                "foresight",
                "Drop a video, a GIF or a folder of pictures to look ahead in it, a saved film to "
                "continue it, a network to import it",
            )
        )
        self.live.setAccessibleName(translate("foresight", "What the camera sees"))
        self.waiting.set_content(translate("foresight", "Opening the clip…"), "")
        self.save_button.set_items(self._save_items())
        for part in (
            self.open_button, self.welcome, self.workspace, self.strip, self.controls, self.learning
        ):  # fmt: skip
            part.retranslate()
        self.controls.show_clip(session.clip)
        self.controls.show_result(session.result)
        self._show_models()
        self._show_setting(session.setting)
        self._show_page()

    def _save_items(self) -> list[SaveItem | None]:
        films = [
            SaveItem(text, partial(self._ask_film, suffix), self._has_result)
            for text, suffix in (
                (translate("foresight", "Film as MP4…"), ".mp4"),
                (translate("foresight", "Film as GIF…"), ".gif"),
                (translate("foresight", "Film as animated WebP…"), ".webp"),
                (translate("foresight", "Film as a folder of PNG frames…"), ""),
            )
        ]
        scores = SaveItem(
            translate("foresight", "Scores as CSV…"), self._ask_scores, self._has_result
        )
        return [*films, None, scores]
