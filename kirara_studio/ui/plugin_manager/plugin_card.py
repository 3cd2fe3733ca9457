"""One installed plugin: what it is, whether it is on, what it costs, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QMenu

from kirara_studio.api.widgets import Button, Label, Switch, error_words
from kirara_studio.api.widgets.layouts import column, row
from kirara_studio.api.widgets.mixins import Translated
from kirara_studio.api.widgets.tokens import current_tokens
from kirara_studio.host.discovery import BROKEN, ENABLED, LOADING, PluginRecord
from kirara_studio.host.figures import PluginFigures
from kirara_studio.ui.page import Card, CopyDetails
from kirara_studio.ui.plugin_manager.words import size_in_words

_SHOWN_MEMORY = 1_000_000
"""Bytes below which resident memory says nothing about a plugin."""


class PluginCard(Translated, Card):
    """``switch`` turns the plugin on or off; the signals carry its name.

    ``update_wanted`` carries that of its distribution.
    """

    again_wanted = Signal(str)
    update_wanted = Signal(str)
    remove_wanted = Signal(str, bool)
    """The name, and True if the plugin's data shall be removed too."""

    def __init__(
        self,
        info: PluginRecord,
        figures: PluginFigures,
        context: str,
        *,
        enabled: bool,
        removable: bool = False,
        loadable: bool = True,
    ) -> None:
        super().__init__()
        self.info = info
        self._figures = figures
        self._context = context
        self._enabled_before = enabled
        self._pending = ""
        self._newer = ""
        self._title = Label(bold=True)
        self._state = Label()
        self.origin = Label(size=12, tone="text_soft", wrap=True)
        self._summary = Label(tone="text_soft", wrap=True)
        self.figures = Label(size=12, tone="text_soft", wrap=True)
        self.reason = Label(tone="loss_text" if info.state == BROKEN else "text_soft", wrap=True)
        self.reason.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.notes = Label(tone="attention_text", wrap=True)
        self._make_buttons(enabled=enabled, removable=removable, loadable=loadable)
        self._assemble()
        self.switch.toggled.connect(lambda: self._show_state())
        self.again.clicked.connect(lambda: self.again_wanted.emit(info.name))
        self.update_button.clicked.connect(lambda: self.update_wanted.emit(info.distribution))
        self.remove_plugin.triggered.connect(lambda: self.remove_wanted.emit(info.name, False))
        self.remove_all.triggered.connect(lambda: self.remove_wanted.emit(info.name, True))
        self._retranslate()

    def _make_buttons(self, *, enabled: bool, removable: bool, loadable: bool) -> None:
        info = self.info
        self.copy = CopyDetails(
            f"{info.name} {info.version} ({info.distribution})\n{info.reason}\n\n{info.details}",
            small=True,
        )
        self.copy.setVisible(bool(info.details))
        self.again = Button(icon="retry", small=True)
        self.again.setVisible(loadable and info.state not in (ENABLED, LOADING))
        self.update_button = Button(kind="primary", small=True)
        self.remove = Button(kind="quiet", small=True)
        self.remove.setVisible(removable)
        self._menu = QMenu(self)
        self.remove_plugin = self._menu.addAction("")
        self.remove_all = self._menu.addAction("")
        self.remove.set_menu(self._menu)
        self.switch = Switch()
        self.switch.setChecked(enabled)

    def _assemble(self) -> None:
        heading = row(self._title, self._state, None)
        self._buttons = row(self.update_button, self.again, self.copy, self.remove, None)
        texts = column(
            heading,
            self._summary,
            self.origin,
            self.figures,
            self.reason,
            self.notes,
            self._buttons,
            spacing=4,
        )
        self.column.addLayout(row((texts, 1), self.switch, spacing=current_tokens().space_l))

    @property
    def changed(self) -> bool:
        """True if the switch is not as it was at the start."""
        return self.switch.isChecked() != self._enabled_before

    @property
    def state_text(self) -> str:
        """The pill beside the title."""
        return self._state.text()

    def show_update(self, newer: str) -> None:
        """A newer version is there."""
        self._newer = newer
        self._retranslate()

    def show_pending(self, text: str) -> None:
        """What the next start changes; hides what can be done until then."""
        self._pending = text
        for button in (self.again, self.update_button, self.remove):
            button.hide()
        self.switch.setEnabled(False)
        self._show_state()

    def show_figures(self) -> None:
        """Show what was measured by now."""
        found = self._figures
        parts = []
        if found.import_seconds is not None:
            ms = 1000 * found.import_seconds
            digits = 0 if ms >= 10 else 1
            parts.append(self.tr("import {ms} ms").format(ms=f"{ms:.{digits}f}"))
        if found.show_seconds is not None:
            seconds = f"{found.show_seconds:.1f}"
            parts.append(self.tr("first shown after {seconds} s").format(seconds=seconds))
        memory = (found.import_memory or 0) + (found.panel_memory or 0)
        if memory >= _SHOWN_MEMORY:
            size = size_in_words(memory)
            parts.append(self.tr("about {size} of memory").format(size=size))
        if found.errors:
            parts.append(self.tr("errors: {count}").format(count=found.errors))
        self.figures.setText(" · ".join(parts))
        self.figures.setVisible(bool(parts))
        notes = [" ".join(filter(None, error_words(note))) for note in found.notes]
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))

    def _show_state(self) -> None:
        if self._pending:
            text, pill = self._pending, "attention"
        elif self.changed:
            on = self.switch.isChecked()
            text = self.tr("on from the next start") if on else self.tr("off from the next start")
            pill = "attention"
        elif self.info.state == BROKEN:
            text, pill = self.tr("broken"), "loss"
        elif self.info.state == LOADING:
            text, pill = self.tr("loading…"), "quiet"
        elif self.info.state == ENABLED:
            text, pill = self.tr("on"), "success"
        else:
            text, pill = self.tr("off"), "quiet"
        self._state.setText(text)
        self._state.set_pill(pill)

    def _retranslate(self) -> None:
        info = self.info
        title = QCoreApplication.translate(self._context, info.title)
        self._title.setText(title)
        self.switch.setAccessibleName(title)
        origin = self.tr("comes with the studio") if info.builtin else info.distribution
        parts = [info.name, info.version, origin, "" if info.builtin else info.author]
        self.origin.setText(" · ".join(part for part in parts if part))
        # The summary of the studio's own distribution does not describe one of its plugins.
        self._summary.setText("" if info.builtin else info.summary)
        self._summary.setVisible(bool(self._summary.text()))
        self.reason.setText(QCoreApplication.translate("Plugins", info.reason))
        self.reason.setVisible(bool(info.reason))
        broken = info.state == BROKEN
        self.again.setText(self.tr("Try again") if broken else self.tr("Switch on now"))
        self.again.setAccessibleDescription(title)
        self.remove.setText(self.tr("Remove…"))
        self.remove_plugin.setText(self.tr("Remove, and keep its data"))
        self.remove_all.setText(self.tr("Remove with its data"))
        self.remove.setAccessibleName(self.tr("Remove “{title}”").format(title=title))
        self.update_button.setText(self.tr("Update to {version}").format(version=self._newer))
        self.update_button.setAccessibleDescription(title)
        self.update_button.setVisible(bool(self._newer) and not self._pending)
        self._show_state()
        self.show_figures()
