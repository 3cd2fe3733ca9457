"""The plugins that the index knows, with picture and description."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from kirara_studio.api.errors import UserError
from kirara_studio.api.widgets import Button, EmptyState, Label, error_words
from kirara_studio.api.widgets.layouts import column, row
from kirara_studio.api.widgets.mixins import Translated
from kirara_studio.api.widgets.tokens import current_tokens
from kirara_studio.ui.page import Card

if TYPE_CHECKING:
    from kirara_studio.host.installation.index import Entry, Index
    from kirara_studio.ui.language import Language

log = logging.getLogger(__name__)

_PICTURE = QSize(128, 80)
_LARGEST_PICTURE = 2_000_000


class DiscoverView(Translated, QWidget):
    """The entries of an index. ``install_wanted`` carries what to install."""

    install_wanted = Signal(str)
    again_wanted = Signal()
    picture_read = Signal(object, QByteArray)

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._index: Index | None = None
        self._pictures: dict[str, bytes] = {}
        self.cards: list[EntryCard] = []
        self._empty = EmptyState("", "")
        self._empty.clicked.connect(self.again_wanted)
        self.problem = Label(tone="attention_text", wrap=True)
        self.problem.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(current_tokens().space_l)
        self._column.addWidget(self.problem)
        self._column.addWidget(self._empty)
        self.picture_read.connect(self._on_picture)
        self._retranslate()

    def show_index(self, index: Index, installed: Collection[str]) -> None:
        """Show an index; ``installed`` are the names of distributions that are there."""
        self._index = index
        self._show(installed)

    def show_installed(self, installed: Collection[str]) -> None:
        """Other distributions are there now."""
        if self._index is not None:
            self._show(installed)

    def _show(self, installed: Collection[str]) -> None:
        assert self._index is not None
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [EntryCard(entry, installed, self._language) for entry in self._index.entries]
        for card in self.cards:
            card.install_wanted.connect(self.install_wanted)
            self._column.addWidget(card)
        pictured = [card for card in self.cards if card.entry.picture]
        if pictured:
            threading.Thread(target=self._read, args=(pictured,), daemon=True).start()
        self._retranslate()

    def _read(self, cards: list[EntryCard]) -> None:
        for card in cards:
            try:
                address = card.entry.picture
                data = self._pictures.get(address) or _picture(address)
                self._pictures[address] = data
                self.picture_read.emit(card, QByteArray(data))
            except (UserError, OSError) as error:
                log.info("No picture of %s: %s", card.entry.name, error)
            except RuntimeError:  # the page is gone
                return

    def _on_picture(self, card: EntryCard, data: QByteArray) -> None:
        if card in self.cards:  # others are shown by now
            card.show_picture(data)

    def _retranslate(self) -> None:
        index = self._index
        self._empty.setVisible(index is None or not index.entries)
        if index is None:
            self._empty.set_content(self.tr("Reading the list of plugins…"), "")
        else:
            self._empty.set_content(
                self.tr("The list of plugins is empty"),
                self.tr("The settings have the address of another one."),
                self.tr("Read it again"),
            )
        problem = index.problem if index is not None else None
        words = error_words(problem) if problem is not None else ()
        self.problem.setText(" ".join(filter(None, words)))
        self.problem.setVisible(bool(words))


class EntryCard(Translated, Card):
    """One plugin of the index."""

    install_wanted = Signal(str)

    def __init__(self, entry: Entry, installed: Collection[str], language: Language) -> None:
        super().__init__()
        self.entry = entry
        self._language = language
        self._is_installed = entry.name in installed
        self.picture = QLabel()
        self.picture.setFixedSize(_PICTURE)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setVisible(bool(entry.picture))
        self._title = Label(bold=True)
        self._about = Label(tone="text_soft", wrap=True)
        facts = " · ".join(filter(None, (entry.name, entry.author, entry.licence)))
        self._facts = Label(facts, size=12, tone="text_soft", wrap=True)
        self._note = Label(size=12, tone="attention_text", wrap=True)
        self.install = Button()
        self.install.setEnabled(entry.fits and not self._is_installed)
        self.install.clicked.connect(lambda: self.install_wanted.emit(entry.requirement))
        texts = column(self._title, self._about, self._facts, self._note, spacing=4)
        wide = current_tokens().space_l
        self.column.addLayout(row(self.picture, (texts, 1), self.install, spacing=wide))
        self._retranslate()

    def show_picture(self, data: QByteArray) -> None:
        """Show the picture; what is not one is left out."""
        image = QImage.fromData(data)
        if image.isNull():
            return
        scale = self.devicePixelRatioF()
        mode = Qt.TransformationMode.SmoothTransformation
        fit = Qt.AspectRatioMode.KeepAspectRatio
        pixmap = QPixmap.fromImage(image.scaled(_PICTURE * scale, fit, mode))
        pixmap.setDevicePixelRatio(scale)
        self.picture.setPixmap(pixmap)

    def _retranslate(self) -> None:
        code = self._language.code
        self._title.setText(in_language(self.entry.title, code))
        self._about.setText(in_language(self.entry.description, code))
        here = self._is_installed
        self.install.setText(self.tr("Installed") if here else self.tr("Install…"))
        self.install.setAccessibleDescription(self._title.text())
        self._note.setText(self.tr("It was written for another version of the studio."))
        self._note.setVisible(not self.entry.fits)


def in_language(texts: Mapping[str, str], language: str) -> str:
    """A text in the language, or else in English."""
    return texts.get(language) or texts.get("en", "")


def _picture(address: str) -> bytes:
    """The bytes of a picture. Raises UserError or OSError."""
    if address.startswith("file:"):
        with Path(QUrl(address).toLocalFile()).open("rb") as file:
            return file.read(_LARGEST_PICTURE)
    from kirara_studio.api.http import Limits, request

    answer = request("GET", address, limits=Limits(total=20, size=_LARGEST_PICTURE))
    if answer.status != 200:
        raise UserError("The picture cannot be read.")
    return answer.body
