"""The button "Save": the answers as CSV, an opened picture, pictures into folders by style."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QFileDialog, QMenu

from kirara_paintings.answers import Pixels
from kirara_paintings.collection import Collection
from kirara_paintings.setting import Setting
from kirara_studio.api.files import free_path, write_atomically
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.media.saving import save_picture
from kirara_studio.api.models import fingerprint
from kirara_studio.api.widgets import Button

if TYPE_CHECKING:
    from kirara_paintings.panel import PaintingsPanel

translate = QCoreApplication.translate

CSV_HEADER = ("path", "method", "style", "confidence", "model", "crop")
YOU = "you"
"""The method of styles that the user gave."""


@dataclass(frozen=True)
class SaveTextRequest:
    """Save ``text`` to ``output``."""

    text: str = field(repr=False)
    output: Path


@dataclass(frozen=True)
class SavePictureRequest:
    """Save ``pixels`` to ``output``, with ``settings`` (plain JSON values)."""

    pixels: Pixels = field(repr=False)
    output: Path
    settings: dict[str, Any]


def save_text_job(request: SaveTextRequest, tools: JobTools) -> Path:
    """Save a text; returns where. For the pool of disk work."""
    write_atomically(request.output, request.text)
    return request.output


def save_picture_job(request: SavePictureRequest, tools: JobTools) -> Path:
    """Save a picture; returns where. For the pool of disk work."""
    save_picture(request.output, request.pixels, request.settings)
    return request.output


def answers_as_csv(collection: Collection, setting: Setting, models: dict[str, str]) -> str:
    """The answers as a table: as ``paintings classify --csv`` prints, and by which model (of
    ``models``, by method) of which part of the picture (left, top, right, bottom; 0 to 1).

    Styles that the user gave come as answers of the method "you".
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(CSV_HEADER)
    labels = collection.labels(setting)
    for number in collection.shown(setting):
        outcome = collection.outcomes[number]
        path = str(collection.paths[number])
        if outcome is not None:
            box = outcome.box
            crop = " ".join(f"{x:.4f}" for x in (box.left, box.top, box.right, box.bottom))
            for answer in outcome.answers:
                model = models.get(answer.method, "")
                confidence = f"{answer.confidence:.4f}"
                table.writerow((path, answer.method, answer.style, confidence, model, crop))
        if number in labels:
            table.writerow((path, YOU, labels[number], "1.0000", "", ""))
    return text.getvalue()


class Exports(QObject):
    """The button "Save" with its menu, and what it does but for filing."""

    def __init__(self, panel: PaintingsPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._context = panel.context
        self.button = Button(icon="export")
        self.menu = QMenu(self.button)
        self.button.set_menu(self.menu)
        self._of_picture: QAction | None = None
        self._filing: list[QAction] = []
        self.menu.aboutToShow.connect(self._enable)

    def retranslate(self) -> None:
        """Set the texts anew."""
        self.button.set_content(translate("paintings", "Save"))
        self.menu.clear()
        self.menu.addAction(translate("paintings", "Answers as CSV…"), self.ask_csv)
        self._of_picture = self.menu.addAction(
            translate("paintings", "This picture, as it is shown…"), self.ask_picture
        )
        self.menu.addSeparator()
        self._filing = [
            self.menu.addAction(
                translate("paintings", "Copy into folders by style…"), self._panel.filing.ask_copy
            ),
            self.menu.addAction(
                translate("paintings", "Move into folders by style…"), self._panel.filing.ask_move
            ),
        ]

    def _enable(self) -> None:
        if self._of_picture is not None:
            self._of_picture.setEnabled(self._panel.page.explained is not None)
        for action in self._filing:  # files that are being looked at must not move away
            action.setEnabled(not self._panel.busy)

    # Asking where

    def ask_csv(self) -> None:
        """Ask where to save the answers."""
        path = self._ask("styles", ".csv", "CSV (*.csv)")
        if path is not None:
            self.save_csv(path)

    def ask_picture(self) -> None:
        """Ask where to save the opened picture."""
        explained = self._panel.page.explained
        if explained is not None:
            stem = f"{explained.request.item.path.stem}-why"
            path = self._ask(stem, ".png", "PNG (*.png);;WebP (*.webp)")
            if path is not None:
                self.save_picture(path)

    def _ask(self, stem: str, suffix: str, filters: str) -> Path | None:
        start = free_path(self._context.results_folder, stem, suffix)
        title = translate("paintings", "Save")
        name, _ = QFileDialog.getSaveFileName(self._panel, title, str(start), filters)
        if not name:
            return None
        path = Path(name)
        return path if path.suffix else path.with_suffix(suffix)

    # Saving

    def save_csv(self, path: Path) -> None:
        """Save what was said of all pictures."""
        panel = self._panel
        models = {method: f"{name} {print_}" for method, name, print_ in self._models()}
        text = answers_as_csv(panel.collection, panel.setting, models)
        self._context.jobs.submit_io(
            f"write {path}", save_text_job, SaveTextRequest(text, path), on_result=self._saved
        )

    def save_picture(self, path: Path) -> None:
        """Save the opened picture with what is drawn over it; the file says what was answered."""
        panel = self._panel
        explained = panel.page.explained
        if explained is None:
            return
        box = explained.box
        settings: dict[str, Any] = {
            "kind": "painting",
            "picture": explained.request.item.path.name,
            "box": [box.left, box.top, box.right, box.bottom],
            "answers": [
                {"method": answer.method, "probabilities": dict(answer.probabilities)}
                for answer in explained.answers
            ],
            "models": [
                {"method": method, "model": name, "model_fingerprint": print_}
                for method, name, print_ in self._models()
            ],
        }
        request = SavePictureRequest(_pixels_of(panel.page.canvas.rendered()), path, settings)
        self._context.jobs.submit_io(
            f"write {path}", save_picture_job, request, on_result=self._saved
        )

    def _models(self) -> list[tuple[str, str, str]]:
        """Method, name and fingerprint of the models that are in use."""
        return [
            (method, model.name, fingerprint(model.path))
            for method, model in self._panel.models.in_use()
        ]

    def _saved(self, path: Path) -> None:
        self._panel.last_saved = path
        self._context.show_message(translate("paintings", "Saved as {0}").format(path))


def _pixels_of(image: QImage) -> Pixels:
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3).copy()
