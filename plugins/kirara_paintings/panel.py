"""The Paintings panel: its widgets, connected to the session."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from kirara_paintings.jobs import thumbnails_job
from kirara_paintings.pictures.finding import samples_folder
from kirara_paintings.session import CLASSES, DETAIL, GALLERY, WELCOME, Session
from kirara_paintings.view.add_button import AddButton
from kirara_paintings.view.controls import Controls
from kirara_paintings.view.detail_view import DetailView
from kirara_paintings.view.gallery import PaintingsGallery
from kirara_paintings.view.header import Header
from kirara_paintings.view.own_classes import OwnClassesPage
from kirara_paintings.view.welcome import Welcome
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import (
    ModelActions,
    PanelWidget,
    SaveButton,
    SaveItem,
    Thumbnails,
    error_words,
    model_name,
)

translate = QCoreApplication.translate


class PaintingsPanel(PanelWidget):
    """A gallery that sorts itself into styles, the reasons, and classes of the user's own."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self.session = Session(context, self.undo_stack, self)
        self.thumbnails = Thumbnails(context.jobs, thumbnails_job, self)
        self.gallery = PaintingsGallery(self.session, self.thumbnails.get)
        self.welcome = Welcome(samples=samples_folder() is not None)
        self.controls = Controls(self.inspector)
        self.detail_view = DetailView(self.inspector)
        self.classes_page = OwnClassesPage(self.inspector, self.thumbnails.get)
        self.header = Header(self.session)
        self.add_button = AddButton()
        self.save_button = SaveButton(context)
        self.model_actions = ModelActions(
            context, self.undo_stack, lambda: self.session.models.chosen, self
        )

        self._assemble()
        self._connect_session()
        self._connect_widgets()
        self.retranslate()
        self.restore_state(context.state)

    def _assemble(self) -> None:
        self._widgets = {
            WELCOME: self.welcome,
            GALLERY: self.gallery,
            DETAIL: self.detail_view,
            CLASSES: self.classes_page,
        }
        self._stack = QStackedWidget()
        for page in self._widgets.values():
            self._stack.addWidget(page)
        canvas = QWidget()
        column = QVBoxLayout(canvas)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)
        self.set_canvas(canvas)
        self.add_action(self.add_button)
        self.add_action(self.save_button)

    def _connect_session(self) -> None:
        session, detail = self.session, self.session.detail
        session.changed.connect(self._show)
        session.models_changed.connect(self._show_models)
        session.saved.connect(self.save_button.report)
        session.noted.connect(lambda note: self.context.show_message(str(error_words(note))))
        detail.opened.connect(self._show_opened)
        detail.arrived.connect(self._show_explained)
        detail.failed.connect(lambda error: self.detail_view.show_problem(str(error_words(error))))

    def _connect_widgets(self) -> None:
        session, controls, classes = self.session, self.controls, self.session.own_classes
        self.thumbnails.arrived.connect(self.gallery.viewport().update)
        self.thumbnails.arrived.connect(self.classes_page.show_arrived)
        self.detail_view.left.connect(session.show_gallery)
        self.detail_view.stepped.connect(session.step)
        self.detail_view.crop_changed.connect(lambda _: session.turn_crop(session.detail.number))
        self.detail_view.asked.connect(session.detail.ask)
        self.add_button.samples_requested.connect(session.add_samples)
        self.add_button.clear_requested.connect(session.clear)
        self.welcome.files_requested.connect(self.add_button.ask_files)
        self.welcome.folder_requested.connect(self.add_button.ask_folder)
        self.welcome.samples_requested.connect(session.add_samples)
        for paths in (self.dropped, self.welcome.dropped, self.add_button.chosen):
            paths.connect(session.take)
        controls.edited.connect(lambda text, name, value: session.edit(text, **{name: value}))
        controls.import_requested.connect(self.add_button.ask_model)
        controls.model_section.manage(self.model_actions)
        self.model_actions.changed.connect(session.refresh_models)
        self.model_actions.leaving.connect(session.leave_model)
        controls.learn_requested.connect(session.learn_from_corrections)
        page = self.classes_page
        page.renamed.connect(classes.rename)
        page.added.connect(lambda index, paths: classes.add(paths, index))
        page.removed.connect(classes.remove)
        page.dropped.connect(classes.add)
        page.save_requested.connect(classes.save)
        page.picture_opened.connect(session.open_file)
        self.add_shortcut("Ctrl+O", self.add_button.ask_files)
        self.add_shortcut("Ctrl+S", self._ask_csv)

    def _show(self) -> None:
        session, state = self.session, self.session.state
        labels = session.collection.labels(state).keys() - state.removed
        self.controls.show_state(state, len(labels))
        self.detail_view.show_place(session.has_neighbour(-1), session.has_neighbour(1))
        self.detail_view.crop.setChecked(state.crops(session.detail.number))
        self.classes_page.show_classes(state.classes)
        self.classes_page.show_result(session.own_classes.result)
        self.context.set_status(
            " + ".join(model_name(model.name) for model in session.models.in_use())
        )
        self._show_page()
        self._show_busy()

    def _show_page(self) -> None:
        page = self.session.page
        before, widget = self._stack.currentWidget(), self._widgets[page]
        if before is not widget:
            self._stack.setCurrentWidget(widget)
            widget.setFocus()
            if page == GALLERY:
                self.gallery.go_to(self.session.detail.number)
        self.header.setVisible(page != DETAIL)
        self.save_button.setVisible(page in (GALLERY, DETAIL))
        self.add_button.setVisible(page != CLASSES)
        for sections, shown in (
            (self.controls.sections, page in (WELCOME, GALLERY)),
            (self.detail_view.sections, page == DETAIL),
            (self.classes_page.sections, page == CLASSES),
        ):
            for section in sections:
                section.setVisible(shown)

    def _show_busy(self) -> None:
        session = self.session
        text = (
            translate("paintings", "Learn")
            if session.page == CLASSES
            else translate("paintings", "Classify")
        )
        self.set_primary(text, session.start, session.stop)
        self.primary.setEnabled(session.can_start or session.busy)
        self.set_busy(session.busy)

    def _show_opened(self) -> None:
        session = self.session
        number = session.detail.number
        name = session.collection.paths[number].name
        self.detail_view.show_waiting(name, crops=session.state.crops(number))

    def _show_explained(self) -> None:
        detail = self.session.detail
        if detail.explained is not None:
            self.detail_view.show_explained(detail.explained, detail.style, self.session.styles)

    def _show_models(self) -> None:
        self.controls.show_models(self.session.models)

    def _ask_csv(self) -> None:
        path = self.save_button.ask("styles", ".csv", "CSV (*.csv)")
        if path is not None:
            self.session.save_csv(path)

    def _ask_picture(self) -> None:
        explained = self.session.detail.explained
        if explained is not None:
            stem = f"{explained.request.item.path.stem}-why"
            path = self.save_button.ask(stem, ".png", "PNG (*.png);;WebP (*.webp)")
            if path is not None:
                self.session.save_picture(path, self.detail_view.canvas.rendered())

    def _ask_sort(self, *, move: bool) -> None:
        title = (
            translate("paintings", "Move into folders in")
            if move
            else translate("paintings", "Copy into folders in")
        )
        start = str(self.context.results_folder)
        if folder := QFileDialog.getExistingDirectory(self, title, start):
            self.session.sort_into_folders(Path(folder), move=move)

    def save_state(self) -> dict[str, Any]:
        return {**super().save_state(), "setting": self.session.state.to_dict()}

    def restore_state(self, state: dict[str, Any]) -> None:
        super().restore_state(state)
        self.session.restore(state.get("setting"))

    def retranslate(self) -> None:
        super().retranslate()
        self.set_drop_text(
            translate("paintings", "Drop pictures or folders to sort them, a model to use it")
        )
        self.save_button.set_items(self._save_items())
        for part in (
            self.header, self.add_button, self.gallery, self.welcome, self.controls,
            self.detail_view, self.classes_page,
        ):  # fmt: skip
            part.retranslate()
        self._show_models()
        self._show_explained()
        self._show()

    def _save_items(self) -> list[SaveItem | None]:
        session = self.session
        # Files that are being read must not move away.
        idle = lambda: not session.busy  # noqa: E731
        return [
            SaveItem(translate("paintings", "Answers as CSV…"), self._ask_csv),
            SaveItem(
                translate("paintings", "This picture, as it is shown…"),
                self._ask_picture,
                lambda: session.detail.explained is not None,
            ),
            None,
            SaveItem(
                translate("paintings", "Copy into folders by style…"),
                partial(self._ask_sort, move=False),
                idle,
            ),
            SaveItem(
                translate("paintings", "Move into folders by style…"),
                partial(self._ask_sort, move=True),
                idle,
            ),
        ]
