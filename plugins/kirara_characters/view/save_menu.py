"""The button "Save": the picture that is shown, the candidates as a sheet, the film."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from kirara_characters.networks.character import Character
from kirara_characters.project_file import SUFFIX
from kirara_characters.requests import Enlarged
from kirara_characters.saver import SIZES
from kirara_characters.session import Session
from kirara_characters.view.enlarged_dialog import EnlargedDialog
from kirara_studio.api.media.upscaling import FACTORS
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import SaveButton, SaveItem

translate = QCoreApplication.translate

_PICTURES = "PNG (*.png);;WebP (*.webp)"
_FILMS = {".gif": "GIF (*.gif)", ".webp": "WebP (*.webp)", ".mp4": "MP4 (*.mp4)"}


class SaveMenu(SaveButton):
    """Asks for a path and lets the session save; ``moment`` is the film's present second."""

    def __init__(
        self, context: PanelContext, session: Session, moment: Callable[[], float]
    ) -> None:
        super().__init__(context)
        self._panel_context = context
        self._session, self._moment = session, moment
        self._sizes = QMenu(self.menu)
        session.saver.saved.connect(self.report)
        session.saver.enlarged.connect(self.show_enlarged)

    def ask_picture(self, character: Character | None = None) -> None:
        """Ask where to save the picture that is shown, or that of a character."""
        name = "character" if character is None else f"character-{character.seed}"
        path = self.ask(name, ".png", _PICTURES)
        if path is not None:
            self._session.saver.save_picture(path, character=character, moment=self._moment())

    def ask_sheet(self) -> None:
        """Ask where to save all candidates as one picture."""
        path = self.ask(f"sheet-{self._session.scene.seed}", ".png", _PICTURES)
        if path is not None:
            self._session.saver.save_sheet(path)

    def ask_film(self, suffix: str = ".gif") -> None:
        """Ask where to save the film."""
        if not self._has_film():
            text = translate("characters", "Pin two or more to make a film.")
            self._panel_context.show_message(text)
            return
        path = self.ask("morph", suffix, _FILMS.get(suffix, ""))
        if path is not None:
            self._session.saver.save_film(path)

    def show_enlarged(self, enlarged: Enlarged) -> None:
        """Let the user look at an enlarged picture before it is saved."""
        dialog = EnlargedDialog(enlarged, self)
        dialog.accepted.connect(lambda: self._ask_enlarged(enlarged))
        dialog.open()

    def _ask_enlarged(self, enlarged: Enlarged) -> None:
        path = self.ask("character-large", ".png", _PICTURES)
        if path is not None:
            self._session.saver.save_enlarged(path, enlarged)

    def ask_project(self) -> None:
        """Ask where to save the project."""
        path = self.ask("project", SUFFIX, f"Kirara Studio (*{SUFFIX})")
        if path is not None:
            self._session.saver.save_project(path, self._session.favourites)

    def _has_film(self) -> bool:
        return self._session.scene.duration > 0

    def _size_of(self, suffix: str) -> str:
        """The expected size of the film's file."""
        size = self._session.saver.film_bytes(suffix) / 1e6
        if not size:
            return ""
        side = self._session.saver.film_size(suffix)
        text = translate("characters", "about {0} MB")
        if side:
            text = translate("characters", "{1} × {1}, about {0} MB")
        return text.format(f"{size:.1f}", side)

    def retranslate(self) -> None:
        """Set the texts again."""
        picture = SaveItem(translate("characters", "Picture…"), self.ask_picture, shortcut="Ctrl+S")
        sheet = SaveItem(translate("characters", "Sheet of all candidates…"), self.ask_sheet)
        films = (
            (translate("characters", "Film as GIF…"), ".gif"),
            (translate("characters", "Film as animated WebP…"), ".webp"),
            (translate("characters", "Film as MP4…"), ".mp4"),
            (translate("characters", "Film as a folder of PNG frames…"), ""),
        )
        items = [
            SaveItem(t, partial(self.ask_film, s), self._has_film, note=partial(self._size_of, s))
            for t, s in films
        ]
        text = translate("characters", "Project…")
        project = SaveItem(text, self.ask_project, shortcut="Ctrl+Shift+S")
        enlarged = SaveItem(
            translate("characters", "Picture, enlarged by a network…"),
            lambda: self._session.saver.enlarge(FACTORS[-1]),
            lambda: self._session.saver.can_enlarge,
        )
        self.set_items([picture, enlarged, sheet, None, *items, None, project])
        self._fill_sizes()
        self.menu.addMenu(self._sizes)

    def _fill_sizes(self) -> None:
        self._sizes.clear()
        self._sizes.setTitle(translate("characters", "Size"))
        group = QActionGroup(self._sizes)
        for size in SIZES:
            text = f"{size} × {size}" if size else translate("characters", "The model's own size")
            action = QAction(text, self._sizes, checkable=True)
            action.setChecked(size == self._session.saver.save_size)
            action.triggered.connect(lambda _=False, s=size: self._session.saver.set_save_size(s))
            group.addAction(action)
            self._sizes.addAction(action)
