"""Saving what was foretold: as a film, and its scores as a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu

from kirara_foresight.jobs import FilmRequest, SaveTextRequest, film_job, save_text_job
from kirara_foresight.scores import scores_as_csv
from kirara_studio.api.jobs import JobHandle
from kirara_studio.api.models import fingerprint
from kirara_studio.api.widgets import Button

if TYPE_CHECKING:
    from kirara_foresight.panel import ForesightPanel

translate = QCoreApplication.translate


class Exports(QObject):
    """The button "Save" with its menu, and what it does."""

    def __init__(self, panel: ForesightPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._context = panel.context
        self.button = Button(icon="export")
        self.menu = QMenu(self.button)
        self.button.set_menu(self.menu)
        self._actions: list[QAction] = []
        self.menu.aboutToShow.connect(self._enable)
        self.job: JobHandle | None = None

    def retranslate(self) -> None:
        """Set the texts anew."""
        self.button.set_content(translate("foresight", "Save"))
        self.menu.clear()
        self._actions = []
        for text, suffix in (
            (translate("foresight", "Film as MP4…"), ".mp4"),
            (translate("foresight", "Film as GIF…"), ".gif"),
            (translate("foresight", "Film as animated WebP…"), ".webp"),
            (translate("foresight", "Film as a folder of PNG frames…"), ""),
        ):
            action = self.menu.addAction(text)
            action.triggered.connect(lambda _=False, s=suffix: self.ask_film(s))
            self._actions.append(action)
        self.menu.addSeparator()
        scores = self.menu.addAction(translate("foresight", "Scores as CSV…"), self.ask_scores)
        self._actions.append(scores)

    def _enable(self) -> None:
        for action in self._actions:
            action.setEnabled(self._panel.result is not None)

    # Asking where

    def ask_film(self, suffix: str = ".mp4") -> None:
        """Ask where to save the film."""
        kinds = {".gif": "GIF (*.gif)", ".webp": "WebP (*.webp)", ".mp4": "MP4 (*.mp4)"}
        path = self._ask("forecast", suffix, kinds.get(suffix, ""))
        if path is not None:
            self.save_film(path)

    def ask_scores(self) -> None:
        """Ask where to save the scores."""
        path = self._ask("scores", ".csv", "CSV (*.csv)")
        if path is not None:
            self.save_scores(path)

    def _ask(self, stem: str, suffix: str, filters: str) -> Path | None:
        if self._panel.result is None:
            return None
        folder = self._context.results_folder
        start, number = folder / f"{stem}{suffix}", 2
        while start.exists():
            start = folder / f"{stem}-{number}{suffix}"
            number += 1
        title = translate("foresight", "Save")
        name, _ = QFileDialog.getSaveFileName(self._panel, title, str(start), filters)
        if not name:
            return None
        path = Path(name)
        return path if path.suffix or not suffix else path.with_suffix(suffix)

    # Saving

    def save_film(self, path: Path) -> None:
        """Foretell again, and save it as the suffix of ``path`` says; Stop leaves nothing."""
        panel = self._panel
        if panel.result is None:
            return

        def done(saved: Path) -> None:
            self._end()
            self._saved(saved)

        def failed(error: BaseException) -> None:
            self._end()
            panel.report(error)

        request = FilmRequest(panel.result.request, path, panel.desk.fps, self._settings())
        self.job = self._context.jobs.submit(
            "save",
            film_job,
            request,
            title=translate("foresight", "Saving {0}").format(path.name),
            on_result=done,
            on_error=failed,
        )
        panel.show_busy()

    def save_scores(self, path: Path) -> None:
        """Save the scores of each frame and forecast."""
        if self._panel.result is None:
            return
        text = scores_as_csv({one.name: one for one in self._panel.result.told})
        self._context.jobs.submit_io(
            f"write {path}", save_text_job, SaveTextRequest(text, path), on_result=self._saved
        )

    def stop(self) -> None:
        """Stop saving."""
        if self.job is not None:
            self.job.cancel()
            self._end()

    def _settings(self) -> dict[str, Any]:
        panel = self._panel
        settings: dict[str, Any] = {"setting": panel.setting.to_dict()}
        if (model := panel.model) is not None:
            settings["setting"]["model"] = str(model.path)
            settings |= {"model": model.name, "model_fingerprint": fingerprint(model.path)}
        return settings

    def _end(self) -> None:
        self.job = None
        self._panel.show_busy()

    def _saved(self, path: Path) -> None:
        self._panel.last_saved = path
        self._context.show_message(translate("foresight", "Saved as {0}").format(path))
