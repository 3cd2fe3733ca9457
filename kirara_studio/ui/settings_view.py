"""The settings: a page of cards, one per settings page, with a search field above."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from kirara_studio.api.settings import Choice, Field, SettingsPage
from kirara_studio.api.widgets import Form, Label
from kirara_studio.api.widgets.icons import make_icon
from kirara_studio.api.widgets.tokens import current_tokens
from kirara_studio.ui.fuzzy import fold
from kirara_studio.ui.language import Language
from kirara_studio.ui.page import Card, Page
from kirara_studio.ui.services import WindowServices
from kirara_studio.ui.studio_settings import STUDIO_PAGE


class SettingsView(Page):
    """All settings pages, the studio's own first."""

    def __init__(self, services: WindowServices, language: Language) -> None:
        super().__init__()
        self._services = services
        self._language = language
        self._sections: dict[str, Section] = {}
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setProperty("role", "search")
        self._search_icon = QAction(self.search)
        self.search.addAction(self._search_icon, QLineEdit.ActionPosition.LeadingPosition)
        self._nothing = Label(tone="text_soft")
        self._nothing.hide()
        self.column.addWidget(self.search)
        self.column.addWidget(self._nothing)
        for page in pages_of(services):
            section = Section(page, Form(page, services.settings.page(page)))
            self._sections[page.id] = section
            self.column.addWidget(section)
        self.column.addStretch(1)
        self.search.textChanged.connect(self._filter)
        self._filter("")
        self._draw()
        self._retranslate()

    @property
    def sections(self) -> dict[str, Section]:
        """The cards by the id of their page."""
        return self._sections

    def show_page(self, page_id: str) -> None:
        """Scroll to a page and give its first setting the keyboard."""
        self.search.clear()
        section = self._sections.get(page_id)
        if section is None:
            return
        rows = list(section.form.rows.values())
        if rows:
            rows[0].control.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        # Its place is known once the layout has run.
        QTimer.singleShot(0, section, lambda: self.ensureWidgetVisible(section, 0, 24))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self._draw()

    def _filter(self, text: str) -> None:
        words = fold(text).split()
        found = 0
        for section in self._sections.values():
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
        self._nothing.setVisible(not found)

    def _folded(self, context: str, texts: Sequence[str]) -> str:
        names = [
            name
            for text in texts
            if text
            for name in self._language.in_every_language(context, text)
        ]
        return fold("\n".join(names))

    def _draw(self) -> None:
        if hasattr(self, "_search_icon"):
            self._search_icon.setIcon(make_icon("search", current_tokens().text_soft, 18))

    def _retranslate(self) -> None:
        self.title.setText(self.tr("Settings"))
        self.subtitle.setText(
            self.tr("Every change holds at once. Double-click a name to go back to the default.")
        )
        self.search.setPlaceholderText(self.tr("Search the settings"))
        self.search.setAccessibleName(self.tr("Search the settings"))
        self._search_icon.setText(self.tr("Search the settings"))
        self._nothing.setText(self.tr("No setting fits."))


class Section(Card):
    """The card of one settings page."""

    def __init__(self, page: SettingsPage, form: Form) -> None:
        super().__init__()
        self.page = page
        self.form = form
        self._heading = Label(size=17, bold=True)
        self.column.addWidget(self._heading)
        self.column.addWidget(form)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        context = self.page.context or self.page.id
        self._heading.setText(QCoreApplication.translate(context, self.page.title))


def pages_of(services: WindowServices) -> list[SettingsPage]:
    """The studio's own page, then those of the plugins; pages without fields are left out."""
    pages = [STUDIO_PAGE, *services.registry.settings_pages]
    return [page for page in pages if page.fields]
