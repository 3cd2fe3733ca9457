"""The Paintings panel: a gallery that sorts itself into styles, and why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kirara_paintings.classification import Classification
from kirara_paintings.collection import Collection
from kirara_paintings.controls import Controls
from kirara_paintings.exports import Exports
from kirara_paintings.filing_steps import FilingSteps
from kirara_paintings.lesson_jobs import (
    ExportModelRequest,
    SaveModelRequest,
    export_model_job,
    save_model_job,
)
from kirara_paintings.lessons import Lessons
from kirara_paintings.memory import Memory
from kirara_paintings.model_choice import Models
from kirara_paintings.opened import Opened
from kirara_paintings.samples import samples_folder
from kirara_paintings.setting import ALL, DISAGREE, Setting
from kirara_paintings.view.gallery import Cell, Gallery
from kirara_paintings.view.thumbnails import Thumbnails
from kirara_paintings.view.welcome import Welcome
from kirara_paintings.view.words import percent, style_name
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import Cancelled
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import Button, Label, PanelWidget, Segments
from kirara_studio.api.widgets.undo import ValueEdit

translate = QCoreApplication.translate

MODEL_SUFFIX = ".safetensors"
_GALLERY, _OWN = 0, 1
_NAMES = "*.png *.jpg *.jpeg *.webp *.avif *.gif *.tif *.tiff *.bmp"


class PaintingsPanel(PanelWidget):
    """What the user set is one :class:`Setting`; every edit shows another (:meth:`edit`). What
    there is to see is the :class:`Collection`, which fills while pictures are looked at."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self.setting = Setting()
        self.memory = Memory(context.data_folder / "remembered.json", context.show_error)
        self.collection = Collection(self.memory.label)
        self.models = Models(context.data_folder)
        self.last_saved: Path | None = None
        self.pages = Segments(["", ""])
        self.thumbnails = Thumbnails(context.jobs, self)
        self.classification = Classification(
            context.jobs, self.collection, lambda: self.setting, self.models.paths, self
        )
        self.gallery = Gallery(self._cell, self.thumbnails.get)
        self.welcome = Welcome(samples=samples_folder() is not None)
        self.controls = Controls(self.inspector)
        self.opened = Opened(self)
        self.page = self.opened.page
        self.filing = FilingSteps(self)
        self.exports = Exports(self)
        self.lessons = Lessons(self)
        self.add_button = Button(icon="plus")
        self.add_menu = QMenu(self.add_button)
        self.add_button.set_menu(self.add_menu)
        self._in_picture = False

        self._assemble()
        self._connect()
        self.retranslate()
        self.restore_state(context.state)

    # Construction

    def _assemble(self) -> None:
        self._stack = QStackedWidget()
        for page in (self.welcome, self.gallery, self.page, self.lessons.page):
            self._stack.addWidget(page)
        self.summary = Label(size=12, tone="text_soft", elide=True)
        self.summary.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.pages.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._top = QWidget()
        top = QHBoxLayout(self._top)
        top.setContentsMargins(8, 0, 12, 0)
        top.addWidget(self.pages)
        top.addWidget(self.summary, 1)
        canvas = QWidget()
        column = QVBoxLayout(canvas)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._top)
        column.addWidget(self._stack, 1)
        self.set_canvas(canvas)
        self.add_action(self.add_button)
        self.add_action(self.exports.button)

    def _connect(self) -> None:
        self.thumbnails.arrived.connect(self.gallery.viewport().update)
        self.thumbnails.arrived.connect(self.lessons.page.show_arrived)
        self.classification.changed.connect(self.show_collection)
        self.classification.failed.connect(self.report)
        self.gallery.opened.connect(self.open_picture)
        self.gallery.labelled.connect(self.give_style)
        self.gallery.removed.connect(self.remove)
        self.gallery.menu_requested.connect(self._show_menu)
        self.welcome.files_requested.connect(self.ask_files)
        self.welcome.folder_requested.connect(self.ask_folder)
        self.welcome.samples_requested.connect(self.show_samples)
        self.welcome.dropped.connect(self.take)
        self.lessons.page.picture_opened.connect(self._open_of_lesson)
        self.pages.chosen.connect(self._on_page)
        controls = self.controls
        for signal, name, text in (
            (controls.method_chosen, "method", lambda: translate("paintings", "Group")),
            (controls.sort_chosen, "sort", lambda: translate("paintings", "Sort")),
            (controls.filter_chosen, "only", lambda: translate("paintings", "Filter")),
            (controls.crop_chosen, "crop", lambda: translate("paintings", "Crop")),
            (controls.model_chosen, "model", lambda: translate("paintings", "Classes")),
        ):
            signal.connect(lambda value, n=name, t=text: self._set(n, value, t()))
        controls.import_requested.connect(self.ask_model)
        controls.export_requested.connect(self.ask_export_model)
        controls.learn_requested.connect(self.lessons.from_corrections)
        self.dropped.connect(self.take)
        self.add_shortcut("Ctrl+O", self.ask_files)
        self.add_shortcut("Ctrl+S", self.exports.ask_csv)

    # The setting

    def _set(self, name: str, value: object, text: str) -> None:
        values: dict[str, Any] = {name: value}
        if name in ("crop", "model"):
            values["turned"] = frozenset()
        if name == "model":
            values["labels"] = self.collection.labels_kept(str(value))
        self.edit(replace(self.setting, **values), text)

    def edit(self, setting: Setting, text: str, kind: str = "") -> None:
        """Show another setting, as a step that can be undone."""
        if setting != self.setting:
            self.undo_stack.push(ValueEdit(self.setting, setting, text, self.show_setting, kind))

    def show_setting(self, setting: Setting) -> None:
        """Show a setting; pictures that it changes the answers of are looked at anew."""
        old, self.setting = self.setting, setting
        self.context.state["setting"] = setting.to_dict()
        self.models.choose(setting.model)
        if setting.model != old.model:
            self._show_models()
        every = range(len(self.collection))
        again = [
            number
            for number in every
            if number not in setting.removed
            and (setting.model != old.model or setting.crops(number) != old.crops(number))
        ]
        self.classification.look_again(again)
        self.classification.look_at(
            number
            for number in old.removed - setting.removed
            if self.collection.outcomes[number] is None and number not in again
        )
        if setting.labels != old.labels or setting.classes != old.classes:
            self.keep()
        self.lessons.show_setting()
        self.show_collection()
        if self._in_picture and (self.opened.number in again or setting.model != old.model):
            self.opened.explain()

    def keep(self) -> None:
        """Keep for the next session what the user said of pictures, by where their files are."""
        paths, setting = self.collection.paths, self.setting
        labels = {paths[n]: style for n, style in self.collection.labels(setting).items()}
        try:
            self.memory.keep(setting.model, labels, paths, setting.classes)
        except UserError as error:
            self.report(error)

    @property
    def styles(self) -> list[str]:
        """The classes that are in use, in their order."""
        return list(self.models.styles())

    @property
    def _count(self) -> int:
        """How many pictures there are, whether the filter shows them or not."""
        return len(self.collection) - len(self.setting.removed)

    def confidence(self, number: int) -> float:
        """How sure the classifier is that groups the gallery; 0 where it said nothing."""
        said = self.collection.said(number, self.setting.method)
        return said[1] if said is not None else 0.0

    # Pictures

    def take(self, paths: list[Path]) -> None:
        """Do the obvious thing with files and folders that were dropped."""
        models = [path for path in paths if path.suffix.lower() == MODEL_SUFFIX]
        others = [path for path in paths if path not in models]
        for path in models:
            self.import_model(path)
        if not others:
            return
        if self.pages.current == _OWN:
            self.lessons.add_classes(others)
        else:
            self.add(others)

    def add(self, paths: list[Path]) -> None:
        """Look at pictures, and those in folders."""
        if not self.models.paths():
            self.report(
                UserError(
                    "No such model comes with this copy of the studio.",
                    advice="Drop a model file here, or learn classes of your own.",
                )
            )
        known = {
            number for path in paths if (number := self.collection.number_of(path)) is not None
        }
        back = known & self.setting.removed
        if back:
            removed = self.setting.removed - back
            text = translate("paintings", "Add pictures")
            self.edit(replace(self.setting, removed=removed), text)
        self.show_gallery()
        self.classification.add(paths)
        self.show_collection()

    def show_samples(self) -> None:
        """Look at the pictures that come with the studio."""
        folder = samples_folder()
        if folder is not None:
            self.add([folder])

    def give_style(self, numbers: list[int], style: str) -> None:
        """The user says what style pictures are of."""
        labels = {**self.setting.labels, **dict.fromkeys(numbers, style)}
        text = translate("paintings", "This is {0}").format(style_name(style))
        self.edit(replace(self.setting, labels=labels), text)

    def take_style_back(self, numbers: list[int]) -> None:
        """Go by the classifiers again."""
        labels = {**self.setting.labels, **dict.fromkeys(numbers, "")}
        text = translate("paintings", "As the classifiers say")
        self.edit(replace(self.setting, labels=labels), text)

    def remove(self, numbers: list[int]) -> None:
        """Take pictures out of the gallery; their files stay."""
        removed = self.setting.removed | frozenset(numbers)
        text = translate("paintings", "Take out of the gallery")
        self.edit(replace(self.setting, removed=removed), text)

    def clear(self) -> None:
        """Take all pictures out of the gallery."""
        self.classification.stop()
        self.remove(self.collection.shown(self.setting))

    def turn_crop(self, number: int) -> None:
        """Crop a picture, or look at all of it."""
        turned = self.setting.turned ^ {number}
        text = (
            translate("paintings", "Undo crop")
            if self.setting.crops(number)
            else translate("paintings", "Crop")
        )
        self.edit(replace(self.setting, turned=turned), text)

    # What is shown

    def show_collection(self) -> None:
        """Show what was found and said since it was shown last."""
        labels = self.collection.labels(self.setting).keys() - self.setting.removed
        self.controls.show_setting(self.setting, len(labels))
        self.gallery.show_groups(self.collection.groups(self.setting, self.styles), self.styles)
        self.gallery.set_message(
            ""
            if self.setting.only == ALL
            else translate("paintings", "The classifiers agree on every picture.")
            if self.setting.only == DISAGREE
            else translate("paintings", "You have not given any picture a style yet.")
        )
        self.opened.show_number()
        self.show_page()
        self.show_busy()

    def show_page(self) -> None:
        """Show the gallery, an opened picture, own classes, or where to get pictures."""
        own = self.pages.current == _OWN
        there = self._count > 0 or self.classification.busy
        if not there:
            self._in_picture = False
        page = (
            self.lessons.page
            if own
            else self.page
            if self._in_picture
            else self.gallery
            if there
            else self.welcome
        )
        if self._stack.currentWidget() is not page:
            self._stack.setCurrentWidget(page)
            page.setFocus()
        self._top.setVisible(own or page is not self.page)
        self.exports.button.setVisible(there and not own)
        self.add_button.setVisible(not own)
        for section in self.controls.sections:
            section.setVisible(not own and not self._in_picture)
        for section in self.lessons.page.sections:
            section.setVisible(own)
        for section in self.opened.sections:
            section.setVisible(not own and self._in_picture)
        self._show_primary_of_page()

    def _show_primary_of_page(self) -> None:
        if self.pages.current == _OWN:
            self.set_primary(translate("paintings", "Learn"), self.lessons.learn, self.stop)
            self.primary.setEnabled(len(self.setting.classes) > 1 or self.busy)
        else:
            waiting = bool(self.collection.unsaid - self.setting.removed)
            self.set_primary(
                translate("paintings", "Classify"), self.classification.go_on, self.stop
            )
            self.primary.setEnabled(waiting or self.busy)

    def show_gallery(self) -> None:
        """Go back to the gallery."""
        self._in_picture = False
        self.pages.set_current(_GALLERY)
        self.gallery.go_to(self.opened.number)
        self.show_page()

    def show_own_classes(self) -> None:
        """Go to the page of own classes."""
        self.pages.set_current(_OWN)
        self.lessons.show_setting()
        self.show_page()

    def open_picture(self, number: int) -> None:
        """Show a picture and the reasons."""
        self._in_picture = True
        self.opened.open(number)
        self.show_page()
        self.page.setFocus()

    def _open_of_lesson(self, path: Path) -> None:
        number = self.collection.number_of(path)
        if number is None:
            (number,) = self.collection.add([path])
            self.classification.look_at([number])
        self.pages.set_current(_GALLERY)
        self.open_picture(number)

    def _on_page(self, page: int) -> None:
        if page == _OWN:
            self.show_own_classes()
        else:
            self.show_page()
            self.show_busy()

    def _cell(self, number: int) -> Cell:
        path = self.collection.paths[number]
        said = self.collection.said(number, self.setting.method)
        caption = path.name if said is None else f"{percent(said[1])} · {path.name}"
        corrected = number in self.collection.labels(self.setting)
        return Cell(path, caption, number in self.collection.disputed, corrected)

    def _show_menu(self, number: int, place: QPoint) -> None:
        menu = self.picture_menu(number)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def picture_menu(self, number: int) -> QMenu:
        """What can be done with a picture of the gallery, or with all that are chosen."""
        numbers = self.gallery.selection() or [number]
        menu = QMenu(self)
        menu.addAction(translate("paintings", "Open"), lambda: self.open_picture(number))
        menu.addSeparator()
        for style in self.styles:
            action = menu.addAction(style_name(style))
            action.setCheckable(True)
            action.setChecked(self.collection.style(number, self.setting) == style)
            action.triggered.connect(lambda _=False, s=style: self.give_style(numbers, s))
        back = menu.addAction(
            translate("paintings", "As the classifiers say"), lambda: self.take_style_back(numbers)
        )
        back.setEnabled(not self.collection.labels(self.setting).keys().isdisjoint(numbers))
        menu.addSeparator()
        menu.addAction(
            translate("paintings", "Undo crop")
            if self.setting.crops(number)
            else translate("paintings", "Crop"),
            lambda: self.turn_crop(number),
        )
        menu.addAction(
            translate("paintings", "Take out of the gallery"), lambda: self.remove(numbers)
        )
        return menu

    # Busy or not

    def show_busy(self) -> None:
        """Make the primary button Stop while what it starts on this page goes on."""
        if self.pages.current == _OWN:
            self.set_busy(self.lessons.job is not None)
        else:
            self.set_busy(self.classification.busy or self.filing.job is not None)
        self.context.set_status(" + ".join(model.name for _, model in self.models.in_use()))
        self.summary.setText(self._summary())
        self._show_primary_of_page()

    def _summary(self) -> str:
        """How far it is, or how much there is to see."""
        if self.pages.current == _OWN:
            return ""
        done, total = self.classification.progress
        if self.classification.busy and total:
            return translate("paintings", "{0} of {1} pictures").format(f"{done:,}", f"{total:,}")
        if not self._count:
            return ""
        parts = [translate("paintings", "Pictures: {0}").format(f"{self._count:,}")]
        if count := len(self.collection.disputed - self.setting.removed):
            parts.append(translate("paintings", "Disagree: {0}").format(f"{count:,}"))
        return " · ".join(parts)

    def stop(self) -> None:
        """Stop what goes on on this page."""
        if self.pages.current == _OWN:
            self.lessons.stop()
        else:
            self.classification.stop()
            self.filing.stop()
        self.show_busy()

    def report(self, error: BaseException) -> None:
        """Show an error as a banner; a Stop is none."""
        if not isinstance(error, Cancelled):
            self.context.show_error(error)

    # Asking

    def ask_files(self) -> None:
        """Ask for pictures."""
        name, everything = translate("paintings", "Pictures"), translate("paintings", "All files")
        paths, _ = QFileDialog.getOpenFileNames(
            self, translate("paintings", "Add pictures"), "", f"{name} ({_NAMES});;{everything} (*)"
        )
        if paths:
            self.take([Path(path) for path in paths])

    def ask_folder(self) -> None:
        """Ask for a folder with pictures."""
        path = QFileDialog.getExistingDirectory(
            self, translate("paintings", "Folder with pictures")
        )
        if path:
            self.take([Path(path)])

    def ask_model(self) -> None:
        """Ask for a model file."""
        name = translate("paintings", "Models")
        title = translate("paintings", "Import a model")
        path, _ = QFileDialog.getOpenFileName(self, title, "", f"{name} (*{MODEL_SUFFIX})")
        if path:
            self.import_model(Path(path))

    def ask_export_model(self) -> None:
        """Ask where to put a copy of the chosen model, to be shared."""
        model = self.models.chosen
        if model is None:
            return
        start = self.context.results_folder / model.path.name
        title = translate("paintings", "Export the model")
        path, _ = QFileDialog.getSaveFileName(self, title, str(start), f"(*{MODEL_SUFFIX})")
        if path:
            self.export_model(Path(path).with_suffix(MODEL_SUFFIX))

    # Models

    def export_model(self, path: Path) -> None:
        """Copy the chosen model and its card."""
        model = self.models.chosen
        if model is None:
            return

        def done(saved: Path) -> None:
            self.last_saved = saved
            self.context.show_message(translate("paintings", "Saved as {0}").format(saved))

        request = ExportModelRequest(model.path, path)
        self.context.jobs.submit("export model", export_model_job, request, on_result=done)

    def import_model(self, path: Path) -> None:
        """Keep a model of somebody else's, and use it."""
        self.context.jobs.submit(
            "import model",
            save_model_job,
            SaveModelRequest(path, self.context.data_folder),
            title=translate("paintings", "Importing {0}").format(path.name),
            on_result=self.take_model,
        )

    def take_model(self, path: Path) -> None:
        """Use a model that has just come."""
        self.models.refresh()
        self._set("model", str(path), translate("paintings", "Classes"))

    def _show_models(self) -> None:
        self.controls.show_models(self.models.studio, self.models.own, self.models.chosen)

    # What is remembered, and language

    def save_state(self) -> dict[str, Any]:
        return {**super().save_state(), "setting": self.setting.to_dict()}

    def restore_state(self, state: dict[str, Any]) -> None:
        super().restore_state(state)
        self.models.refresh()
        values = state.get("setting")
        setting = Setting.from_dict(values) if isinstance(values, dict) else Setting()
        if setting.model not in (str(model.path) for model in self.models.own):
            setting = replace(setting, model="")
        self.show_setting(replace(setting, classes=self.memory.classes))
        self._show_models()

    def retranslate(self) -> None:
        super().retranslate()
        self.pages.set_texts(
            [translate("paintings", "Gallery"), translate("paintings", "Own classes")]
        )
        self.set_drop_text(
            translate("paintings", "Drop pictures or folders to sort them, a model to use it")
        )
        self.add_button.set_content(translate("paintings", "Add"))
        self.add_menu.clear()
        self.add_menu.addAction(translate("paintings", "Pictures…"), self.ask_files)
        self.add_menu.addAction(translate("paintings", "Folder…"), self.ask_folder)
        if samples_folder() is not None:
            self.add_menu.addAction(translate("paintings", "Samples"), self.show_samples)
        self.add_menu.addSeparator()
        self.add_menu.addAction(translate("paintings", "Clear the gallery"), self.clear)
        for part in (
            self.gallery, self.welcome, self.controls, self.opened, self.exports, self.lessons.page,
        ):  # fmt: skip
            part.retranslate()
        self._show_models()
        self.show_collection()
