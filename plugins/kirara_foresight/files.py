"""What happens to files that are opened in the panel or dropped on it."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QFileDialog

from kirara_foresight.camera import CameraRequest, camera_job
from kirara_foresight.importing import SUFFIXES, ImportRequest, import_job
from kirara_foresight.jobs import Opened, OpenRequest, Recalled, open_job
from kirara_foresight.samples import sample_of
from kirara_foresight.setting import Setting
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import JobHandle
from kirara_studio.api.models import fingerprint

if TYPE_CHECKING:
    from kirara_foresight.panel import ForesightPanel

translate = QCoreApplication.translate

_CLIPS = "*.mp4 *.mkv *.webm *.mov *.avi *.m4v *.mpg *.mpeg *.gif *.webp *.png *.apng *.avif"
_REMEMBERED = 4  # clips that undo finds at once


class Files(QObject):
    """Opens clips, imports networks, recalls films."""

    def __init__(self, panel: ForesightPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._context = panel.context
        self._known: OrderedDict[str, Opened] = OrderedDict()
        self.job: JobHandle | None = None

    # Asking

    def ask_file(self) -> None:
        """Ask for a video or an animation."""
        name = translate("foresight", "Videos and animations")
        everything = translate("foresight", "All files")
        path, _ = QFileDialog.getOpenFileName(
            self._panel, translate("foresight", "Open a clip"), "",
            f"{name} ({_CLIPS});;{everything} (*)",
        )  # fmt: skip
        if path:
            self.take([Path(path)])

    def ask_folder(self) -> None:
        """Ask for a folder of pictures."""
        title = translate("foresight", "Folder with pictures")
        path = QFileDialog.getExistingDirectory(self._panel, title)
        if path:
            self.take([Path(path)])

    def ask_model(self) -> None:
        """Ask for a network."""
        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        name = translate("foresight", "Networks")
        path, _ = QFileDialog.getOpenFileName(
            self._panel, translate("foresight", "Import a network"), "", f"{name} ({patterns})"
        )
        if path:
            self.take([Path(path)])

    def take(self, paths: list[Path]) -> None:
        """Do the obvious thing with the first of ``paths``."""
        path = paths[0]
        if path.suffix.lower() in SUFFIXES:
            self._import(path)
        else:
            self.open(path)

    # Clips

    def known(self, path: str) -> Opened | None:
        """What was found out about a clip that was opened before."""
        return self._known.get(path)

    def open(self, path: Path, setting: Setting | None = None) -> None:
        """Look into a clip, and show it: with ``setting``, or as it is opened for the first time.

        What the panel saved brings back the clip that it was made of.
        """

        def done(found: Opened | Recalled) -> None:
            self._end()
            if isinstance(found, Recalled):
                self._recalled(found)
            else:
                self._remember(found)
                self._panel.show_opened(found, setting)

        def failed(error: BaseException) -> None:
            self._end()
            self._panel.clip_failed(error)

        self.job = self._context.jobs.submit(
            "open",
            open_job,
            OpenRequest(path),
            title=translate("foresight", "Opening {0}").format(path.name),
            on_result=done,
            on_error=failed,
        )
        self._panel.show_busy()

    def record(self) -> None:
        """Keep some seconds of what the camera sees, and open them."""

        def done(path: Path) -> None:
            self._end()
            self.open(path)

        def failed(error: BaseException) -> None:
            self._end()
            self._panel.clip_failed(error)

        self.job = self._context.jobs.submit(
            "open",
            camera_job,
            CameraRequest(self._context.data_folder / "camera"),
            title=translate("foresight", "Recording from the camera"),
            on_result=done,
            on_error=failed,
            on_part=self._panel.show_live,
        )
        self._panel.show_busy()

    def stop(self) -> None:
        """Stop opening, or recording."""
        if self.job is not None:
            self.job.cancel()
            self._end()
            self._panel.show_page()

    def _end(self) -> None:
        self.job = None
        self._panel.show_busy()

    def _remember(self, clip: Opened) -> None:
        key = str(clip.path)
        self._known[key] = clip
        self._known.move_to_end(key)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)

    def _recalled(self, found: Recalled) -> None:
        values = found.settings.get("setting")
        setting = Setting.from_dict(values if isinstance(values, dict) else {})
        clip = Path(setting.clip)
        if not setting.clip or not clip.exists():
            self._panel.clip_failed(
                UserError(
                    "The clip “{clip}”, of which “{file}” was made, is not there any more.",
                    advice="Bring it back to where it was, or open another clip.",
                    clip=clip.name,
                    file=found.path.name,
                )
            )
            return
        model = next((m for m in self._panel.models if str(m.path) == setting.model), None)
        wanted = found.settings.get("model_fingerprint")
        if wanted and (model is None or fingerprint(model.path) != wanted):
            same = [m for m in self._panel.models if fingerprint(m.path) == wanted]
            setting = replace(setting, model=str(same[0].path) if same else "")
            if not same:
                self._context.show_message(
                    translate(
                        "foresight",
                        "“{0}” was made with another network, “{1}”; its forecast will differ.",
                    ).format(found.path.name, found.settings.get("model", "?"))
                )
        self.open(clip, setting)

    # Networks

    def _import(self, path: Path) -> None:
        self._context.jobs.submit(
            "import",
            import_job,
            ImportRequest(path, self._context.data_folder),
            title=translate("foresight", "Importing {0}").format(path.name),
            on_result=self._imported,
        )

    def _imported(self, path: Path) -> None:
        self._panel.take_model(path)
        self._context.show_message(
            translate("foresight", "“{0}” is now one of your networks").format(path.stem)
        )


def first_setting(clip: Opened, current: Setting) -> Setting:
    """How a clip is shown at first: the future begins where there is truth to compare with."""
    sample = sample_of(clip.path)
    late = max(1, clip.count - current.frames)
    start = sample.start if sample is not None else min(max(clip.count // 2, current.seen), late)
    return replace(current, clip=str(clip.path), start=start).within(clip.count)
