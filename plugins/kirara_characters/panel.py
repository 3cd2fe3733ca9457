"""The Characters panel: its widgets, connected to the session."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QPoint, QTimer
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from kirara_characters.jobs import MODEL_SUFFIXES
from kirara_characters.networks.character import Character
from kirara_characters.recalling import PICTURES, SAVED
from kirara_characters.scene import LONGEST, SHORTEST
from kirara_characters.session import Session
from kirara_characters.view.controls import Controls, number_names
from kirara_characters.view.menus import candidate_menu, favourite_menu, pin_menu, segment_menu
from kirara_characters.view.save_menu import SaveMenu
from kirara_characters.view.scene_view import SceneView
from kirara_characters.view.training_page import TrainingPage
from kirara_characters.view.wall import WallView
from kirara_studio.api.kept_files import parse_json
from kirara_studio.api.panel import TRAINING, PanelContext
from kirara_studio.api.widgets import (
    EmptyState,
    Filmstrip,
    ModelActions,
    PanelWidget,
    Segments,
    model_name,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent

translate = QCoreApplication.translate


class CharactersPanel(PanelWidget):
    """Candidates, pins, and the film that leads from one to the next."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self.session = Session(context, self.undo_stack, self)
        self.wall = WallView()
        self.strip = Filmstrip(shortest=SHORTEST, longest=LONGEST)
        self.scene_view = SceneView(self.session, self.wall, self.strip, self)
        self.player = self.scene_view.player
        self.training = TrainingPage(self.session.training, self.undo_stack)
        self.no_model = EmptyState("", "")
        self.pages = Segments(["", ""])
        self.controls = Controls(context, self.session.edits, self.inspector)
        self.training_section = self.inspector.add_section("")
        self.save_button = SaveMenu(context, self.session, lambda: self.player.seconds)
        self.model_actions = ModelActions(
            context, self.undo_stack, lambda: self.session.model, self
        )
        # The button must not flicker when candidates are drawn quickly.
        self._busy_soon = QTimer(self, singleShot=True, interval=250)

        self._assemble()
        self._connect_session()
        self._connect_widgets()
        self._connect_controls()
        self._connect_strip()
        self.retranslate()
        self.restore_state(context.state)

    # Construction

    def _assemble(self) -> None:
        self._stack = QStackedWidget()
        for page in (self.wall, self.training, self.no_model):
            self._stack.addWidget(page)
        self.set_canvas(self._stack)
        self.set_strip(self.strip)
        self.add_action(self.pages)
        self.add_action(self.save_button)
        self.training.fill(self.training_section)

    def _connect_session(self) -> None:
        session = self.session
        session.document.shown.connect(self.controls.show_scene)
        session.models_changed.connect(self._show_models)
        session.history_changed.connect(self._show_history)
        session.changed.connect(self._show_page)
        session.training.changed.connect(self._update_primary)
        self._busy_soon.timeout.connect(lambda: self.set_busy(session.busy))

    def _connect_widgets(self) -> None:
        session = self.session
        self.dropped.connect(session.take)
        self.play_pressed.connect(self._toggle)
        self.pages.chosen.connect(lambda page: session.show_training(page == 1))
        self.no_model.clicked.connect(self._ask_file)
        grid = self.wall.grid
        grid.picked.connect(session.toggle_pin)
        grid.menu_requested.connect(self._open_candidate_menu)
        self.wall.history.picked.connect(session.show_earlier)
        favourites = self.wall.favourites
        favourites.picked.connect(lambda index: session.pin(session.favourites[index]))
        favourites.menu_requested.connect(
            lambda index, at: favourite_menu(session, index, self).popup(at)
        )
        self.wall.canvas.save_requested.connect(self.save_button.ask_picture)
        self.training.folder_requested.connect(self._ask_folder)
        self.training.files_requested.connect(self._ask_pictures)
        self.training.use_requested.connect(session.use_run)
        self.training.dropped.connect(session.train_on)
        self.add_shortcut("R", session.surprise)
        self.add_shortcut("Ctrl+S", self.save_button.ask_picture)
        self.add_shortcut("Ctrl+E", self.save_button.ask_film)
        self.add_shortcut("Ctrl+Shift+S", self.save_button.ask_project)
        self.add_shortcut("Ctrl+O", self._ask_file)

    def _connect_controls(self) -> None:
        session, controls = self.session, self.controls
        for name, slider in controls.sliders.items():
            kind = float if name in ("truncation", "distance") else int
            slider.changing.connect(lambda value, n=name, k=kind: session.preview(**{n: k(value)}))
            slider.changed.connect(
                lambda value, n=name, k=kind: session.edit(number_names()[n], n, **{n: k(value)})
            )
        controls.model_section.manage(self.model_actions)
        self.model_actions.changed.connect(session.refresh_models)
        self.model_actions.leaving.connect(session.leave_model)
        controls.surprise_requested.connect(session.surprise)
        controls.all_kinds_requested.connect(session.edits.leave_neighbours)
        controls.model_chosen.connect(session.choose_model)
        controls.file_requested.connect(self._ask_file)
        controls.files_dropped.connect(session.take)
        controls.easing.chosen.connect(
            lambda index: session.set_easing("linear" if index else "smooth")
        )
        controls.loop.toggled.connect(
            lambda on: session.edit(translate("characters", "Loop"), closed=on)
        )

    def _connect_strip(self) -> None:
        session, strip = self.session, self.strip
        strip.moved.connect(session.move_pin)
        strip.removed.connect(session.remove_pin)
        strip.seconds_changing.connect(session.preview_seconds)
        strip.seconds_changed.connect(session.set_seconds)
        strip.note_clicked.connect(lambda pin, at: segment_menu(session, pin, self).popup(at))
        strip.add_clicked.connect(session.pin_next)
        strip.menu_requested.connect(self._open_pin_menu)
        strip.dropped.connect(
            lambda text, at: session.pin(Character.from_dict(parse_json(text)), at)
        )

    # What the session holds

    def _show_models(self) -> None:
        session = self.session
        self.controls.show_models(session.models, session.scene.model)
        self.context.set_status(model_name(session.model.name) if session.model else "")
        self._show_page()

    def _show_history(self) -> None:
        self.wall.show_history(self.session.history)

    def _show_page(self) -> None:
        """Show the candidates, the training, or where to get a model."""
        session = self.session
        training = session.training_shown
        empty = not training and not session.models
        if training:
            self.player.pause()
        self.pages.set_current(int(training))
        shown = self.training if training else self.no_model if empty else self.wall
        self._stack.setCurrentWidget(shown)
        self.set_strip_visible(shown is self.wall)
        self.save_button.setVisible(shown is self.wall)
        self.training_section.setVisible(training)
        self.controls.set_shown(not training)
        self._update_primary()

    def _update_primary(self) -> None:
        """The primary button stops what it starts on this page while that runs."""
        session, training = self.session, self.session.training
        if session.training_shown:
            self._busy_soon.stop()
            text = translate("characters", "Start training")
            if training.continues:
                text = translate("characters", "Resume")
            checking = training.chooser.busy
            stop = training.chooser.stop if checking else training.stop
            self.set_primary(text, self.training.start, stop)
            self.set_busy(training.running or checking)
            free = training.folder is None or training.chooser.ready
            self.primary.setEnabled(self.busy or free)
            if training.stopping:
                self.primary.set_content(translate("characters", "Stopping…"), icon="stop")
                self.primary.setEnabled(False)
            return
        self.set_primary(translate("characters", "Generate"), session.generate, session.stop)
        self.primary.setEnabled(bool(session.models))
        if session.saver.busy or not session.busy:
            self._busy_soon.stop()
            self.set_busy(session.busy)
        elif not self.busy and not self._busy_soon.isActive():
            self._busy_soon.start()

    def _toggle(self) -> None:
        if self.session.training_shown:
            self.session.training.toggle_pause()
        else:
            self.player.toggle()

    def _open_candidate_menu(self, index: int, place: QPoint) -> None:
        candidate_menu(self.session, index, self.save_button.ask_picture, self).popup(place)

    def _open_pin_menu(self, index: int, place: QPoint) -> None:
        pin_menu(self.session, index, self.save_button.ask_picture, self).popup(place)

    # Files

    def open_files(self, paths: list[Path], purpose: str = "") -> None:
        if purpose == TRAINING:
            self.session.train_on(paths)
        else:
            super().open_files(paths, purpose)

    def _ask_file(self) -> None:
        suffixes = dict.fromkeys((*MODEL_SUFFIXES, *SAVED, *PICTURES))
        patterns = " ".join(f"*{suffix}" for suffix in suffixes)
        name = translate("characters", "Models, pictures and films")
        title = translate("characters", "Open")
        path, _ = QFileDialog.getOpenFileName(self, title, "", f"{name} ({patterns})")
        if path:
            self.session.take([Path(path)])

    def _ask_folder(self) -> None:
        title = translate("characters", "Folder with pictures")
        folder = QFileDialog.getExistingDirectory(self, title)
        if folder:
            self.session.training.choose([Path(folder)])

    def _ask_pictures(self) -> None:
        title = translate("characters", "Pictures to train on")
        paths, _ = QFileDialog.getOpenFileNames(self, title)
        if paths:
            self.session.training.choose([Path(path) for path in paths])

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.player.pause()  # a hidden film must not keep the engine busy

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.strip.setFixedHeight(min(max(int(0.145 * self.height()), 108), 164))

    # What is remembered, and language

    def save_state(self) -> dict[str, Any]:
        return {**super().save_state(), "scene": self.session.document.settled_value.to_dict()}

    def restore_state(self, state: dict[str, Any]) -> None:
        super().restore_state(state)
        self.session.restore(state.get("scene"))

    def set_inspector_visible(self, visible: bool) -> None:
        super().set_inspector_visible(visible)
        self.context.state["inspector"] = visible

    def retranslate(self) -> None:
        super().retranslate()
        self.pages.set_texts([translate("characters", "Create"), translate("characters", "Train")])
        self.training_section.set_title(translate("characters", "Your own pictures"))
        drop = translate(
            "characters",
            "Drop a saved picture or film to continue it, a model to import it, "
            "folders to train on them",
        )
        self.set_drop_text(drop)
        self.strip.set_hint(translate("characters", "Click two faces, and one becomes the other."))
        self.wall.canvas.set_message(translate("characters", "Drawing the first characters…"))
        self.no_model.set_content(
            translate("characters", "There is no model yet"),
            translate(
                "characters",
                "This copy of the studio does not include one. Import a model, "
                "or train one on your own pictures.",
            ),
            translate("characters", "Import a model…"),
        )
        for part in (self.wall, self.training, self.scene_view, self.save_button):
            part.retranslate()
        self.controls.retranslate(self.session.scene)
        self._show_history()
        self._show_page()
