"""The Illustrations panel: its widgets, connected to the session."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kirara_illustrations.jobs import thumbnails_job
from kirara_illustrations.session import EVERYTHING, Session
from kirara_illustrations.storage.library import SourceRow
from kirara_illustrations.view.detail_view import DetailView
from kirara_illustrations.view.filter_section import FilterSection
from kirara_illustrations.view.gallery import IllustrationsGallery
from kirara_illustrations.view.header import Header
from kirara_illustrations.view.options_section import OptionsSection
from kirara_illustrations.view.picture_menu import PictureMenu
from kirara_illustrations.view.places import Places
from kirara_illustrations.view.source_dialog import SourceDialog
from kirara_illustrations.view.verdict_section import VerdictSection
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import (
    EmptyState,
    NotificationsSection,
    PanelWidget,
    Thumbnails,
    make_menu,
    model_name,
)
from kirara_studio.api.widgets.layouts import fill

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

translate = QCoreApplication.translate

_GIGABYTE = 1e9


class IllustrationsPanel(PanelWidget):
    """A gallery of what favourite artists post, the sources, and the filter."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self.session = Session(context, self.undo_stack, self)
        self.thumbnails = Thumbnails(
            context.jobs, partial(thumbnails_job, context.data_folder), self
        )
        self.gallery = IllustrationsGallery(self.session, self.thumbnails.get)
        self.places = Places(self.session)
        self.header = Header(self.session)
        self.welcome = EmptyState("", "")
        self.nothing = EmptyState("", "")
        self.filter = FilterSection(self.inspector, self.session)
        self.detail_view = DetailView(self.inspector)
        self.verdict = VerdictSection(self.inspector)
        self.background = OptionsSection(
            self.inspector,
            context.settings,
            lambda: translate("illustrations", "In the background"),
            ("collect", "quiet", "quiet_from", "quiet_until", "disk_limit"),
            {"quiet": ("quiet_from", "quiet_until")},
        )
        self.sending = OptionsSection(
            self.inspector,
            context.settings,
            lambda: translate("illustrations", "Sending"),
            ("send", "digest", "template"),
            {},
        )
        self.messengers = NotificationsSection(
            self.inspector,
            self.session.backends,
            lambda: translate("illustrations", "Send pictures to {0}"),
        )
        self.dialog: SourceDialog | None = None

        self._assemble()
        self._connect_session()
        self._connect_widgets()
        self.retranslate()
        self.restore_state(context.state)

    def _assemble(self) -> None:
        self._found = QStackedWidget()
        self._found.addWidget(self.gallery)
        self._found.addWidget(self.nothing)
        right = QWidget()
        fill(QVBoxLayout(right), self.header, (self._found, 1), spacing=8)
        listed = QWidget()
        fill(QHBoxLayout(listed), self.places, (right, 1), spacing=8)
        self._stack = QStackedWidget()
        for page in (self.welcome, listed, self.detail_view):
            self._stack.addWidget(page)
        self._listed = listed
        self.set_canvas(self._stack)
        self.setFocusProxy(self.gallery)

    def _connect_session(self) -> None:
        session = self.session
        session.changed.connect(self._show)
        session.opened.connect(self._show_opened)
        session.arrived.connect(self.detail_view.show_pixels)
        session.busy_changed.connect(self._show_busy)
        session.filtering.second_opinion.connect(self.verdict.show_opinion)

    def _connect_widgets(self) -> None:
        session, detail = self.session, self.detail_view
        self.thumbnails.arrived.connect(self.gallery.viewport().update)
        self.gallery.opened.connect(session.open)
        self.gallery.remove_requested.connect(session.remove)
        self.gallery.menu_requested.connect(self._open_menu)
        self.places.edit_requested.connect(self.edit_source)
        self.places.menu_requested.connect(self._open_source_menu)
        self.welcome.clicked.connect(lambda: self.edit_source(None))
        self.nothing.clicked.connect(session.show_everything)
        detail.left.connect(session.close)
        detail.stepped.connect(session.step)
        detail.favourite_toggled.connect(lambda on: session.set_favourite([session.current], on))
        detail.hidden_toggled.connect(lambda on: session.set_hidden([session.current], on))
        detail.post_requested.connect(lambda: session.open_post(session.current))
        detail.similar_requested.connect(lambda: session.more_like(session.current))
        detail.send_requested.connect(lambda: session.send([session.current]))
        detail.train_requested.connect(lambda: session.copying.to_characters([session.current]))
        detail.remove_requested.connect(lambda: session.remove([session.current]))
        detail.canvas.file_for_drag = lambda: session.path(session.current)
        self.filter.learn_requested.connect(session.filtering.learn)
        self.verdict.corrected.connect(lambda name: session.correct([session.current], name))
        self.dropped.connect(session.gathering.add_folders)
        self.add_shortcut("Ctrl+F", self.header.search.setFocus)
        self.add_shortcut("Ctrl+N", lambda: self.edit_source(None))

    # What the session holds

    def _show(self) -> None:
        session = self.session
        page = self.welcome if session.empty else self._listed
        if session.current:
            page = self.detail_view
            self._show_item()
        self._stack.setCurrentWidget(page)
        self._found.setCurrentWidget(self.gallery if session.shapes else self.nothing)
        for part in (self.filter, self.background, self.sending, self.messengers):
            part.section.setVisible(page is self._listed)
        for section in (self.detail_view.section, self.verdict.section):
            section.setVisible(page is self.detail_view)
        self._show_space()
        self._show_busy()
        model = session.filtering.model
        self.context.set_status(model_name(model.name) if model is not None else "")

    def _show_space(self) -> None:
        size, count = self.session.size / _GIGABYTE, sum(self.session.gathering.counts.values())
        text = translate("illustrations", "{0} pictures, {1} GB")
        self.background.set_note(text.format(f"{count:,}", f"{size:.1f}"))

    def _show_nothing(self) -> None:
        session = self.session
        filtered = session.filtering.model is not None
        if filtered and session.busy and not session.view.words:
            self.nothing.set_content(
                translate("illustrations", "Pictures are collected and judged"),
                translate("illustrations", "What passes the filter appears here then."),
            )
        elif filtered or session.view.words or session.view.place != EVERYTHING:
            self.nothing.set_content(
                translate("illustrations", "Nothing to see here"),
                translate(
                    "illustrations", "No picture is here that fits the filter and the search."
                ),
                translate("illustrations", "Show all pictures"),
            )
        else:
            self.nothing.set_content(
                translate("illustrations", "No pictures yet"),
                translate("illustrations", "Collect, and what the sources posted appears here."),
            )

    def _show_item(self) -> None:
        session = self.session
        item = session.item(session.current)
        first, last = not session.neighbour(-1), not session.neighbour(1)
        self.detail_view.train.setVisible(session.copying.characters_there)
        self.detail_view.show_item(item, first=first, last=last)
        self.verdict.show_item(item)

    def _show_opened(self) -> None:
        session = self.session
        if session.current:
            self.detail_view.show_waiting()
            self.verdict.show_opinion(None)
        before = self._stack.currentWidget()
        self._show()
        if before is not self._stack.currentWidget():
            (self.detail_view if session.current else self.gallery).setFocus()

    def _show_busy(self) -> None:
        session, gathering = self.session, self.session.gathering
        self.set_primary(translate("illustrations", "Collect"), gathering.collect, session.stop)
        self.primary.setEnabled(session.busy or any(row.enabled for row in gathering.rows))
        self.set_busy(session.busy)
        self._show_nothing()

    # Menus and dialogs

    def _open_menu(self, place: QPoint) -> None:
        gallery = self.gallery
        menu = PictureMenu(self.session, gallery.current, gallery.selection(), gallery)
        menu.copy_requested.connect(self.ask_copy)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _open_source_menu(self, source: SourceRow, place: QPoint) -> None:
        session = self.session
        make_menu(
            self,
            [
                (
                    translate("illustrations", "Collect now"),
                    lambda: session.gathering.collect([source.id]),
                ),
                (translate("illustrations", "Change…"), lambda: self.edit_source(source)),
                (
                    translate("illustrations", "Switch off")
                    if source.enabled
                    else translate("illustrations", "Switch on"),
                    lambda: session.gathering.set_enabled(source, not source.enabled),
                ),
                None,
                (translate("illustrations", "Remove"), lambda: session.gathering.remove(source)),
            ],
        ).popup(place)

    def edit_source(self, source: SourceRow | None) -> None:
        """Open the dialog of a source, or of a new one."""
        self.dialog = SourceDialog(self.session, source, self)
        self.dialog.destroyed.connect(lambda: setattr(self, "dialog", None))
        self.dialog.open()

    def ask_copy(self, numbers: list[int]) -> None:
        """Ask for a folder, and copy pictures there."""
        title = translate("illustrations", "Copy pictures to")
        start = str(self.context.results_folder)
        if folder := QFileDialog.getExistingDirectory(self, title, start):
            self.session.copying.to_folder(numbers, Path(folder))

    # Life

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.session.watch()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.session.rest()

    def save_state(self) -> dict[str, Any]:
        return {**super().save_state(), "view": self.session.view.to_dict()}

    def restore_state(self, state: dict[str, Any]) -> None:
        super().restore_state(state)
        self.session.restore(state.get("view"))

    def retranslate(self) -> None:
        super().retranslate()
        self.set_drop_text(translate("illustrations", "Drop folders to collect their pictures"))
        self.welcome.set_content(
            translate("illustrations", "What do your favourite artists post?"),
            translate(
                "illustrations",
                "Add a folder, a feed, or an account on Mastodon, Misskey, Bluesky or X. New "
                "pictures are collected by themselves, and the filter keeps the illustrations.",
            ),
            translate("illustrations", "Add a source…"),
        )
        for part in (
            self.gallery, self.places, self.header, self.detail_view, self.filter, self.verdict,
            self.background, self.sending, self.messengers,
        ):  # fmt: skip
            part.retranslate()
        self._show()
