"""The settings: a page of cards, one per settings page, with a search field above."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from kirara_studio.api.settings import Choice, Field, Settings, SettingsPage
from kirara_studio.api.widgets import Form, Label
from kirara_studio.api.widgets.icons import make_icon
from kirara_studio.api.widgets.mixins import Translated
from kirara_studio.api.widgets.tokens import current_tokens
from kirara_studio.ui.fuzzy import fold
from kirara_studio.ui.language import Language
from kirara_studio.ui.page import Card, Page
from kirara_studio.ui.services import WindowServices
from kirara_studio.ui.studio_settings import pages_of


class SettingsView(Page):
    """All settings pages, the studio's own first; ``sections`` by the id of their page."""

    def __init__(self, services: WindowServices, language: Language) -> None:
        super().__init__()
        self._language = language
        self.sections: dict[str, Section] = {}
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setProperty("role", "search")
        self._search_icon = QAction(self.search)
        self.search.addAction(self._search_icon, QLineEdit.ActionPosition.LeadingPosition)
        self.nothing = Label(tone="text_soft")
        self.nothing.hide()
        self.column.addWidget(self.search)
        self.column.addWidget(self.nothing)
        for page in pages_of(services):
            section = Section(page, services.settings.page(page))
            self.sections[page.id] = section
            self.column.addWidget(section)
        self.column.addStretch(1)
        self.search.textChanged.connect(self._filter)
        self._filter("")
        self._draw()
        self._retranslate()

    def show_page(self, page_id: str) -> None:
        """Scroll to a page and give its first setting the keyboard."""
        self.search.clear()
        section = self.sections.get(page_id)
        if section is None:
            return
        first = next(iter(section.form.rows.values()))
        first.control.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        # Its place is known once the layout has run.
        QTimer.singleShot(0, section, lambda: self.ensureWidgetVisible(section, 0, 24))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self._draw()

    def _filter(self, text: str) -> None:
        words = fold(text).split()
        found = 0
        for section in self.sections.values():
            page = section.page
            context = page.context or page.id
            title = self._folded(context, (page.title,))
            whole = all(word in title for word in words)

            def fits(field: Field, whole: bool = whole, context: str = context) -> bool:
                texts = [field.label, field.help]
                if isinstance(field, Choice):
                    texts += [name for _, name in field.options]
                folded = self._folded(context, texts)
                return whole or all(word in folded for word in words)

            count = section.form.show_only(fits)
            section.setVisible(count > 0)
            found += count
        self.nothing.setVisible(not found)

    def _folded(self, context: str, texts: Sequence[str]) -> str:
        found = (self._language.in_every_language(context, text) for text in texts if text)
        return fold("\n".join(itertools.chain.from_iterable(found)))

    def _draw(self) -> None:
        if hasattr(self, "_search_icon"):
            self._search_icon.setIcon(make_icon("search", current_tokens().text_soft, 18))

    def _retranslate(self) -> None:
        self.title.setText(self.tr("Settings"))
        self.subtitle.setText(
            self.tr("Every change holds at once. Double-click a name to go back to the default.")
        )
        purpose = self.tr("Search the settings")
        self.search.setPlaceholderText(purpose)
        self.search.setAccessibleName(purpose)
        self._search_icon.setText(purpose)
        self.nothing.setText(self.tr("No setting fits."))


class Section(Translated, Card):
    """The card of one settings page."""

    def __init__(self, page: SettingsPage, settings: Settings) -> None:
        super().__init__()
        self.page = page
        self.form = Form(page, settings)
        self._heading = Label(size=17, bold=True)
        self.column.addWidget(self._heading)
        self.column.addWidget(self.form)
        self._retranslate()

    def _retranslate(self) -> None:
        context = self.page.context or self.page.id
        self._heading.setText(QCoreApplication.translate(context, self.page.title))
