"""The Foresight panel: a clip, a moment in it, and what three forecasts say comes next."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QStackedWidget

from kirara_foresight.controls import Controls, number_names
from kirara_foresight.exports import Exports
from kirara_foresight.files import Files, first_setting
from kirara_foresight.jobs import Foretelling, ForetellRequest, Opened, foretell_job
from kirara_foresight.lessons import Lessons
from kirara_foresight.model_choice import available_models, chosen_model, usual_model
from kirara_foresight.samples import samples
from kirara_foresight.setting import Setting
from kirara_foresight.view.desk import Desk
from kirara_foresight.view.moment_strip import MomentStrip
from kirara_foresight.view.welcome import Welcome, sample_name
from kirara_studio.api.jobs import Cancelled, JobHandle
from kirara_studio.api.model_library import ModelFile
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import Button, EmptyState, ImageCanvas, PanelWidget, Picture
from kirara_studio.api.widgets.undo import ValueEdit

translate = QCoreApplication.translate


class ForesightPanel(PanelWidget):
    """What the user sees is one :class:`Setting`; every edit shows another (:meth:`edit`)."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self.setting = Setting()
        self._settled = self.setting  # the setting before what is being dragged now
        self.clip: Opened | None = None
        self.result: Foretelling | None = None
        self.models: list[ModelFile] = []
        self.last_saved: Path | None = None
        self._job: JobHandle | None = None
        self._wanted: ForetellRequest | None = None

        self.desk = Desk()
        self.strip = MomentStrip()
        self.welcome = Welcome()
        self.waiting = EmptyState("", "")
        self.live = ImageCanvas()  # what the camera sees
        self.controls = Controls(self.inspector)
        self.exports = Exports(self)
        self.files = Files(self)
        self.lessons = Lessons(self)
        self.open_button = Button(icon="folder")
        self.open_menu = QMenu(self.open_button)
        self.open_button.set_menu(self.open_menu)

        self._assemble()
        self._connect()
        self.retranslate()
        self.restore_state(context.state)

    # Construction

    def _assemble(self) -> None:
        self._stack = QStackedWidget()
        for page in (self.welcome, self.waiting, self.live, self.desk):
            self._stack.addWidget(page)
        self.set_canvas(self._stack)
        self.set_strip(self.strip)
        self.add_action(self.open_button)
        self.add_action(self.exports.button)

    def _connect(self) -> None:
        self.strip.changing.connect(lambda start: self._preview(replace(self.setting, start=start)))
        self.strip.changed.connect(self.move_to)
        self.desk.moved.connect(self.strip.set_playhead)
        self.welcome.file_requested.connect(self.files.ask_file)
        self.welcome.folder_requested.connect(self.files.ask_folder)
        self.welcome.sample_requested.connect(self.files.open)
        self.welcome.dropped.connect(self.files.take)
        self.controls.model_chosen.connect(self.choose_model)
        self.controls.import_requested.connect(self.files.ask_model)
        for name, slider in self.controls.sliders.items():
            slider.changing.connect(lambda value, n=name: self._preview(self._with(n, value)))
            slider.changed.connect(
                lambda value, n=name: self.edit(self._with(n, value), number_names()[n], n)
            )
        self.dropped.connect(self.files.take)
        self.play_pressed.connect(self.desk.player.toggle)
        self.add_shortcut("Ctrl+O", self.files.ask_file)
        self.add_shortcut("Ctrl+S", self.exports.ask_film)

    # The setting

    def edit(self, setting: Setting, text: str, kind: str = "") -> None:
        """Show another setting, as a step that can be undone."""
        if self.clip is not None and setting.clip == str(self.clip.path):
            setting = setting.within(self.clip.count)
        before, self._settled = self._settled, setting
        if setting != before:
            self.undo_stack.push(ValueEdit(before, setting, text, self.show_setting, kind))

    def move_to(self, start: int) -> None:
        """Let the future begin at another frame."""
        text = translate("foresight", "Move the moment")
        self.edit(replace(self.setting, start=start), text, "start")

    def choose_model(self, model: str) -> None:
        """Ask another network; an empty name means the one that fits."""
        self.edit(replace(self.setting, model=model), translate("foresight", "Network"))

    def _with(self, name: str, value: float) -> Setting:
        """The setting with one of its numbers changed."""
        changes: dict[str, Any] = {name: int(value)}
        return replace(self.setting, **changes)

    def _preview(self, setting: Setting) -> None:
        """Show numbers while something is being dragged; nothing is computed yet."""
        self.setting = setting
        self._show_numbers()

    def show_setting(self, setting: Setting) -> None:
        """Show a setting; what is missing for it is computed."""
        self.setting = self._settled = setting
        self.context.state["setting"] = setting.to_dict()
        self._show_numbers()
        if self.clip is None or setting.clip != str(self.clip.path):
            known = self.files.known(setting.clip)
            if known is None:
                if setting.clip:
                    self.files.open(Path(setting.clip), setting)
                self.show_page()
                return
            self._show_clip(known)
        self._show_models()
        self.foretell()
        self.show_page()

    def _show_numbers(self) -> None:
        self.controls.show_setting(self.setting)
        self.strip.show_moment(self.setting.start, self.setting.seen, self.setting.frames)

    # Clips

    def show_opened(self, clip: Opened, setting: Setting | None) -> None:
        """A clip was opened: show it, as a step that can be undone unless it is the first."""
        first = self.clip is None
        self._show_clip(clip)
        if setting is not None:
            setting = replace(setting, clip=str(clip.path)).within(clip.count)
        else:
            # A network that was chosen for another clip need not fit this one.
            model = self._settled.model if first else ""
            setting = first_setting(clip, replace(self._settled, model=model))
        if first or setting == self._settled:
            self.show_setting(setting)
        else:
            self.edit(setting, translate("foresight", "Open {0}").format(clip.path.name))

    def clip_failed(self, error: BaseException) -> None:
        """A clip could not be opened: what was shown before stays."""
        self.report(error)
        if self.clip is not None and self.setting.clip != str(self.clip.path):
            self.setting = self._settled = replace(self.setting, clip=str(self.clip.path)).within(
                self.clip.count
            )
            self._show_numbers()
        self.show_page()

    def show_live(self, picture: Picture) -> None:
        """Show what the camera sees while it is being recorded."""
        if self.files.job is not None:
            self.live.set_picture(picture)
            self._stack.setCurrentWidget(self.live)
            self.set_strip_visible(False)

    def _show_clip(self, clip: Opened) -> None:
        self.clip = clip
        self.result = None
        self.desk.show_foretelling(None, clip)
        self.strip.show_clip(clip)
        self.controls.show_clip(clip)
        self.controls.show_result(None)

    def show_page(self) -> None:
        """Show the pictures, or where to get some."""
        opening = self.files.job is not None
        page = self.desk if self.clip is not None else self.waiting if opening else self.welcome
        self._stack.setCurrentWidget(page)
        there = self.clip is not None
        self.set_strip_visible(there)
        self.exports.button.setVisible(there)
        self.primary.setEnabled(there)
        for section in (self.controls.moment, self.controls.model_section, self.lessons.section):
            section.setVisible(there)

    # Foretelling

    def foretell(self, *, again: bool = False) -> None:
        """Ask the forecasts, unless what they would say is shown already."""
        if self.clip is None:
            return
        request = self._request()
        if not again and self._wanted == request and (self._job or self.result):
            return
        self._wanted = request

        def done(result: Foretelling) -> None:
            self._job = None
            self.result = result
            self.desk.show_foretelling(result, self.clip, self.model.name if self.model else "")
            self.controls.show_result(result)
            self.show_busy()

        def failed(error: BaseException) -> None:
            self._job = None
            self._wanted = None
            self.show_busy()
            self.report(error)

        self._job = self.context.jobs.submit(
            "foretell",
            foretell_job,
            request,
            title=translate("foresight", "Foretelling"),
            on_result=done,
            on_error=failed,
        )
        self.show_busy()

    def _request(self) -> ForetellRequest:
        setting, model = self.setting, self.model
        return ForetellRequest(
            Path(setting.clip),
            setting.start,
            setting.seen,
            setting.frames,
            setting.longest,
            model.path if model is not None else None,
        )

    def stop(self) -> None:
        """Stop what is being opened, foretold or saved."""
        self.files.stop()
        self.exports.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = self._wanted = None
        self.show_busy()

    def show_busy(self) -> None:
        """Make the primary button Stop while something goes on."""
        self.set_busy(any((self._job, self.files.job, self.exports.job)))

    def report(self, error: BaseException) -> None:
        """Show an error as a banner; a Stop is none."""
        if not isinstance(error, Cancelled):
            self.context.show_error(error)

    # Networks

    @property
    def model(self) -> ModelFile | None:
        """The network that is asked, or None where there is none."""
        clip = self.clip
        usual = "" if clip is None else usual_model(clip.size, radar=clip.radar)
        return chosen_model(self.models, self.setting.model, usual)

    def refresh_models(self) -> None:
        """Look for networks anew, after one was imported or trained."""
        self.models = available_models(self.context.data_folder)
        self._show_models()

    def take_model(self, path: Path) -> None:
        """Ask a network that has just come."""
        self.refresh_models()
        if self.clip is None:  # one is being opened, and this is no step to be undone
            self.setting = self._settled = replace(self._settled, model=str(path))
        else:
            self.choose_model(str(path))

    def _show_models(self) -> None:
        self.desk.stage.set_advice(
            translate("foresight", "No network is asked.")
            if self.models
            else translate(
                "foresight",
                "There is no network yet.\n\nLet one learn from this clip, or drop a file of one "
                "here: the studio's (.safetensors) or the blog author's (.npz).",
            )
        )
        self.controls.show_models(self.models, self.setting, self.model)
        self.context.set_status(self.model.name if self.model else "")

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        player = self.desk.player
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in steps:
            player.step(steps[key])
        elif key == Qt.Key.Key_Home:
            player.step(-player.count)
        elif key == Qt.Key.Key_End:
            player.step(player.count)
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.desk.player.pause()

    # What is remembered, and language

    def save_state(self) -> dict[str, Any]:
        return {**super().save_state(), "setting": self._settled.to_dict()}

    def restore_state(self, state: dict[str, Any]) -> None:
        super().restore_state(state)
        self.refresh_models()
        values = state.get("setting")
        setting = Setting.from_dict(values) if isinstance(values, dict) else Setting()
        first = next(iter(samples()), None)
        if setting.clip and Path(setting.clip).exists():
            self.show_setting(setting)
        elif not isinstance(values, dict) and first is not None:
            self.files.open(first.path)  # so that there is something to see
            self.show_page()
        else:
            self.show_setting(replace(setting, clip=""))
        self.lessons.attach()

    def set_inspector_visible(self, visible: bool) -> None:
        super().set_inspector_visible(visible)
        self.context.state["inspector"] = visible

    def retranslate(self) -> None:
        super().retranslate()
        self.set_primary(translate("foresight", "Foretell"), self._again, self.stop)
        self.set_drop_text(
            translate(
                "foresight",
                "Drop a video, a GIF or a folder of pictures to look ahead in it, a saved film to "
                "continue it, a network to import it",
            )
        )
        self.live.setAccessibleName(translate("foresight", "What the camera sees"))
        self.waiting.set_content(translate("foresight", "Opening the clip…"), "")
        self.open_button.set_content(translate("foresight", "Open"))
        self._fill_open_menu()
        self.welcome.retranslate()
        self.desk.retranslate()
        self.strip.retranslate()
        self.exports.retranslate()
        self.lessons.retranslate()
        self.controls.retranslate()
        self.controls.show_clip(self.clip)
        self.controls.show_result(self.result)
        self._show_models()
        self._show_numbers()
        self.show_page()

    def _fill_open_menu(self) -> None:
        menu = self.open_menu
        menu.clear()
        action = menu.addAction(translate("foresight", "Video or animation…"), self.files.ask_file)
        action.setShortcut("Ctrl+O")
        action.setShortcutVisibleInContextMenu(True)
        menu.addAction(translate("foresight", "Folder of pictures…"), self.files.ask_folder)
        menu.addAction(translate("foresight", "Camera, 5 seconds"), self.files.record)
        menu.addSeparator()
        for sample in samples():
            name = translate("foresight", "Sample: {0}").format(sample_name(sample))
            action = menu.addAction(name)
            action.triggered.connect(lambda _=False, s=sample: self.files.open(s.path))

    def _again(self) -> None:
        self.foretell(again=True)
