"""Japanese and English, switched while the studio runs; a catalogue per plugin."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from kirara_studio.api.files import is_file
from kirara_studio.api.resources import resource_folder
from kirara_studio.api.text import QT_TRANSLATE_NOOP

log = logging.getLogger(__name__)

SYSTEM = "system"
TRANSLATED = ("ja",)
LANGUAGES = ("en", *TRANSLATED)

QT_TEXTS = (
    ("QFileDialog", QT_TRANSLATE_NOOP("QFileDialog", "&Look in:")),
    ("QFileDialog", QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:")),
    ("QAbstractFileIconProvider", QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Drive")),
    ("QAbstractFileIconProvider", QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Folder")),
    ("QAbstractFileIconProvider", QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "File Folder")),
    ("QAbstractFileIconProvider", QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "File")),
    ("QAbstractFileIconProvider", QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "%1 File")),
    ("QAbstractFileIconProvider", QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Shortcut")),
    ("QAbstractFileIconProvider", QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Alias")),
    ("QAbstractFileIconProvider", QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Unknown")),
)
"""Texts of Qt's file dialog, with their contexts, that Qt's own catalogues lack; ours has them."""


class Language(QObject):
    """The language of the application.

    Texts in the code are English. Every other language has a compiled catalogue ``CODE.qm`` in
    the studio's own folder and in each folder that a plugin names. When the language changes,
    Qt sends every widget ``QEvent.Type.LanguageChange``.
    """

    changed = Signal(str)

    def __init__(self, application: QCoreApplication, choice: str = SYSTEM) -> None:
        super().__init__(application)
        self._application = application
        self._folders: list[Path] = [resource_folder() / "translations"]
        self._installed: list[QTranslator] = []
        self._for_search: list[QTranslator] | None = None
        self._code = ""
        self._choice = ""
        self.choose(choice)

    @property
    def code(self) -> str:
        """The language shown: "en" or "ja"."""
        return self._code

    @property
    def choice(self) -> str:
        """What was chosen: "system", "en" or "ja"."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Show a language, or that of the "system"; anything else counts as "system"."""
        self._choice = choice if choice in LANGUAGES else SYSTEM
        code = self._choice if self._choice != SYSTEM else system_language()
        if code == self._code:
            return
        self._code = code
        QLocale.setDefault(_locale(code))
        self._install()
        self.changed.emit(code)

    def add_folders(self, folders: Iterable[Path]) -> None:
        """Add the catalogues of plugins; what is not there is left out."""
        new = [Path(folder) for folder in folders if Path(folder) not in self._folders]
        if new:
            self._folders += new
            self._for_search = None
            self._install()

    def reload(self) -> None:
        """Read the catalogues again, after a file changed."""
        self._for_search = None
        self._install()

    def in_every_language(self, context: str, text: str) -> tuple[str, ...]:
        """``text`` in English and in each translation that there is, for searching."""
        if self._for_search is None:
            self._for_search = [
                translator for code in TRANSLATED for translator in self._load(code)
            ]
        found = [text]
        for translator in self._for_search:
            translated = translator.translate(context, text)
            if translated and translated not in found:
                found.append(translated)
        return tuple(found)

    def _install(self) -> None:
        for translator in self._installed:
            self._application.removeTranslator(translator)
        self._installed = [] if self._code == "en" else self._load(self._code)
        for translator in self._installed:
            self._application.installTranslator(translator)

    def _load(self, code: str) -> list[QTranslator]:
        """Qt's own texts first, since the last installed is asked first."""
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        files = [Path(qt_folder) / f"qtbase_{code}.qm"]
        files += [folder / f"{code}.qm" for folder in self._folders]
        translators = []
        for file in files:
            if not is_file(file):
                continue
            translator = QTranslator(self)
            if translator.load(str(file)):
                translators.append(translator)
            else:
                log.warning("The translation “%s” cannot be read", file)
        return translators


def system_language() -> str:
    """The first language of the system that the studio has; English if it has none."""
    for name in QLocale.system().uiLanguages():
        code = name.replace("_", "-").partition("-")[0].lower()
        if code in LANGUAGES:
            return code
    return "en"


def _locale(code: str) -> QLocale:
    """The system's own formats of numbers and dates, if they are of the same language."""
    system = QLocale.system()
    return system if system.name().startswith(code) else QLocale(code)
