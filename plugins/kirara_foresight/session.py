"""The session of the panel, without widgets: a clip, a moment in it, and its forecasts."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from kirara_foresight.camera import camera_job
from kirara_foresight.fine_tuning import FineTuning
from kirara_foresight.importing import SUFFIXES, import_job
from kirara_foresight.jobs import (
    FilmRequest,
    ForecastResult,
    Opened,
    OpenRequest,
    Pixels,
    Recalled,
    film_job,
    forecast_job,
    open_job,
    save_text_job,
)
from kirara_foresight.model_choice import chosen_model, usual_model
from kirara_foresight.networks.config import CONVLSTM
from kirara_foresight.samples import sample_of, samples
from kirara_foresight.scores import scores_as_csv
from kirara_foresight.setting import Setting
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import exists
from kirara_studio.api.model_library import ModelFile, available_models, each_once
from kirara_studio.api.models import fingerprint
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import Document, Task

if TYPE_CHECKING:
    from PySide6.QtGui import QUndoStack

translate = QCoreApplication.translate

_REMEMBERED = 4  # clips that undo need not open again


class Session(QObject):
    """The document is a :class:`Setting`; when one settles, its clip and forecasts are computed.

    ``live`` is the camera's picture during a recording. :attr:`changed` is emitted when ``clip``,
    ``live`` or ``busy`` may have changed, :attr:`saved` for each file.
    """

    changed = Signal()
    clip_changed = Signal()
    result_changed = Signal()
    models_changed = Signal()
    saved = Signal(Path)

    def __init__(
        self,
        context: PanelContext,
        undo_stack: QUndoStack | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.document = Document(Setting(), undo_stack, self)
        self.clip: Opened | None = None
        self.result: ForecastResult | None = None
        self.models: list[ModelFile] = []
        self.live: Pixels | None = None
        self._report = each_once(context.show_error)
        self._known: OrderedDict[tuple[str, bool | None], Opened] = OrderedDict()
        self._wanted: Setting | None = None

        self._opening = Task(context.jobs, "open", parent=self)
        self._forecasting = Task(context.jobs, "forecast", parent=self)
        self._saving = Task(context.jobs, "save", parent=self)
        self._tasks = (self._opening, self._saving, self._forecasting)
        self.fine_tuning = FineTuning(context, self)

        for task in self._tasks:
            task.changed.connect(self.changed)
            task.failed.connect(context.show_error)
        for task, undo in ((self._opening, self._keep_clip), (self._forecasting, self._forget)):
            task.failed.connect(undo)
            task.stopped.connect(undo)
        self.document.settled.connect(self._settle)
        self.fine_tuning.trained.connect(self.use_model)

    @property
    def setting(self) -> Setting:
        """The setting that is shown; it may be a preview."""
        return self.document.value

    @property
    def opening(self) -> bool:
        """True while a clip is opened or recorded."""
        return self._opening.busy

    @property
    def busy(self) -> bool:
        """True while a task runs that can be stopped."""
        return any(task.busy for task in self._tasks)

    def stop(self) -> None:
        """Stop opening, forecasting and saving."""
        for task in self._tasks:
            task.stop()

    def restore(self, values: object) -> None:
        """Continue with the setting of an earlier session, or with the first sample."""
        self.refresh_models()
        setting = Setting.from_dict(values) if isinstance(values, dict) else Setting()
        first = next(iter(samples()), None)
        if setting.clip and exists(setting.clip):
            self.document.replace(setting)
        elif not isinstance(values, dict) and first is not None:
            self.open(first.path)
        else:
            self.document.replace(replace(setting, clip=""))
        self.fine_tuning.attach()

    # The setting

    def preview(self, **changes: Any) -> None:
        """Show changed fields of the setting during a drag."""
        self.document.preview(replace(self.setting, **changes))

    def edit(self, text: str, kind: str = "", **changes: Any) -> None:
        """Change fields of the setting, as an undo step."""
        setting = replace(self.setting, **changes)
        if self.clip is not None and setting.clip == str(self.clip.path):
            setting = setting.within(self.clip.count)
        self.document.edit(setting, text, kind)

    def move_to(self, start: int) -> None:
        """Let the future begin at another frame."""
        self.edit(translate("foresight", "Move the moment"), "start", start=start)

    def read_as_radar(self, radar: bool) -> None:
        """Read a folder as pictures of a weather radar, or as ordinary pictures."""
        self.edit(translate("foresight", "Weather radar"), radar=radar)

    def choose_model(self, model: str) -> None:
        """Use the network at a path; an empty name means the one that fits."""
        self.edit(translate("foresight", "Network"), model=model)

    def _settle(self, setting: Setting) -> None:
        self._context.state["setting"] = setting.to_dict()
        key = setting.clip, setting.radar
        if self.clip is None or key != self.clip.key:
            known = self._known.get(key)
            if known is None:
                if setting.clip:
                    self.open(Path(setting.clip), setting)
                self.changed.emit()
                return
            self._show_clip(known)
        self.models_changed.emit()
        self.forecast()
        self.changed.emit()

    # Clips

    def take(self, path: Path) -> None:
        """Import a network, or open anything else."""
        if path.suffix.lower() in SUFFIXES:
            self._import(path)
        else:
            self.open(path)

    def open(self, path: Path, setting: Setting | None = None) -> None:
        """Open a clip with ``setting`` or a default one, or the clip of a film that was saved."""

        def done(found: Opened | Recalled) -> None:
            if isinstance(found, Recalled):
                self._recall(found)
            else:
                self._opened(found, setting)

        self._opening.start(
            open_job,
            OpenRequest(path, setting.radar if setting is not None else None),
            done,
            title=translate("foresight", "Opening {0}").format(path.name),
        )

    def record(self) -> None:
        """Record some seconds from the camera, and open them."""
        self._opening.start(
            camera_job,
            self._context.data_folder / "camera",
            self.open,
            title=translate("foresight", "Recording from the camera"),
            on_part=self._show_live,
        )

    def _show_live(self, picture: Pixels) -> None:
        if self.opening:
            self.live = picture
            self.changed.emit()

    def _opened(self, clip: Opened, setting: Setting | None) -> None:
        """Show a clip, as an undo step unless it is the first."""
        first, settled = self.clip is None, self.document.settled_value
        self._known[clip.key] = clip
        self._known.move_to_end(clip.key)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        self._show_clip(clip)
        if setting is not None:
            setting = replace(setting, clip=str(clip.path)).within(clip.count)
        else:
            # The network of another clip may not fit this one.
            setting = first_setting(clip, replace(settled, model=settled.model if first else ""))
        if first or setting == settled:
            self.document.replace(setting)
        else:
            text = translate("foresight", "Open {0}").format(clip.path.name)
            self.document.edit(setting, text)

    def _show_clip(self, clip: Opened) -> None:
        self.clip, self.result, self.live = clip, None, None
        self.clip_changed.emit()

    def _keep_clip(self) -> None:
        """Go back to the clip that is shown, since no other was opened."""
        self.live = None
        if self.clip is not None and (self.setting.clip, self.setting.radar) != self.clip.key:
            setting = replace(self.setting, clip=str(self.clip.path), radar=self.clip.asked)
            self.document.replace(setting.within(self.clip.count))

    def _recall(self, found: Recalled) -> None:
        """Open the clip of a film, with the film's setting and network."""
        values = found.settings.get("setting")
        setting = Setting.from_dict(values if isinstance(values, dict) else {})
        clip = Path(setting.clip)
        if not setting.clip or not exists(clip):
            self._keep_clip()
            self._context.show_error(
                UserError(
                    "The clip “{clip}”, from which “{file}” was made, no longer exists.",
                    advice="Restore it, or open another clip.",
                    clip=clip.name,
                    file=found.path.name,
                )
            )
            return
        model = next((m for m in self.models if str(m.path) == setting.model), None)
        wanted = found.settings.get("model_fingerprint")
        if wanted and (model is None or fingerprint(model.path) != wanted):
            same = [m for m in self.models if fingerprint(m.path) == wanted]
            setting = replace(setting, model=str(same[0].path) if same else "")
            if not same:
                self._context.show_message(
                    translate(
                        "foresight",
                        "“{0}” was made with another network, “{1}”; its forecast will differ.",
                    ).format(found.path.name, found.settings.get("model", "?"))
                )
        self.open(clip, setting)

    # Forecasts

    def forecast(self, *, again: bool = False) -> None:
        """Compute the forecasts, unless they are shown or being computed already."""
        if self.clip is None:
            return
        model = self.model
        request = replace(self.setting, model=str(model.path) if model is not None else "")
        if not again and self._wanted == request and (self._forecasting.busy or self.result):
            return
        self._wanted = request
        self._forecasting.start(
            forecast_job, request, self._show_result, title=translate("foresight", "Predicting")
        )

    def _show_result(self, result: ForecastResult) -> None:
        self.result = result
        self.result_changed.emit()

    def _forget(self) -> None:
        self._wanted = None

    # Networks

    @property
    def model(self) -> ModelFile | None:
        """The network in use, or None if there is none."""
        clip = self.clip
        usual = "" if clip is None else usual_model(clip.size, radar=clip.radar)
        return chosen_model(self.models, self.setting.model, usual)

    def refresh_models(self) -> None:
        """Look for networks again."""
        self.models = available_models(CONVLSTM, self._context.data_folder, report=self._report)
        self.models_changed.emit()

    def use_model(self, path: Path) -> None:
        """Use a network that was imported or trained."""
        self.refresh_models()
        if self.clip is None:  # one is being opened: no undo step
            self.document.replace(replace(self.document.settled_value, model=str(path)))
        else:
            self.choose_model(str(path))

    def fine_tune(self, seconds: float) -> None:
        """Train on the clip up to the moment for ``seconds``, or end the training and use it."""
        if self.fine_tuning.running:
            self.fine_tuning.stop()
        elif self.clip is not None:
            self.fine_tuning.start(self.clip.path, self.setting, self.model, seconds)

    def _import(self, path: Path) -> None:
        def done(imported: Path) -> None:
            self.use_model(imported)
            self._context.show_message(
                translate("foresight", "“{0}” is now one of your networks").format(imported.stem)
            )

        self._context.jobs.submit(
            "import",
            import_job,
            (path, self._context.data_folder),
            title=translate("foresight", "Importing {0}").format(path.name),
            on_result=done,
        )

    # Saving

    def save_film(self, path: Path, fps: float) -> None:
        """Save the forecasts as a film; the suffix of ``path`` is its format."""
        if self.result is None:
            return
        settings: dict[str, Any] = {"setting": self.setting.to_dict()}
        if (model := self.model) is not None:
            settings["setting"]["model"] = str(model.path)
            settings |= {"model": model.name, "model_fingerprint": fingerprint(model.path)}
        self._saving.start(
            film_job,
            FilmRequest(self.result.request, path, fps, settings),
            self.saved.emit,
            title=translate("foresight", "Saving {0}").format(path.name),
        )

    def save_scores(self, path: Path) -> None:
        """Save the scores of each frame and forecast."""
        if self.result is None:
            return
        text = scores_as_csv({one.name: one for one in self.result.forecasts})
        self._context.jobs.submit_io(
            f"write {path}", save_text_job, (path, text), on_result=self.saved.emit
        )


def first_setting(clip: Opened, current: Setting) -> Setting:
    """The default setting of a clip: there is truth to compare with, if possible."""
    sample = sample_of(clip.path)
    late = max(1, clip.count - current.frames)
    start = sample.start if sample is not None else min(max(clip.count // 2, current.seen), late)
    return replace(current, clip=str(clip.path), start=start, radar=clip.asked).within(clip.count)
