"""Adds or edits a magazine, with a live preview of its next twelve dates."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kirara_releases.calendar.magazine import Magazine, id_for
from kirara_releases.calendar.release import Release, releases_between
from kirara_releases.calendar.rules import (
    Feed,
    MonthDay,
    NthWeekday,
    Rule,
    SingleDates,
    month_later,
)
from kirara_releases.exchange.importing import usual_reminder
from kirara_releases.jobs import preview_feed
from kirara_releases.view.color_row import COLORS, ColorRow
from kirara_releases.view.corrections_editor import CorrectionsEditor
from kirara_releases.view.dates_preview import MOST, DatesPreview
from kirara_releases.view.reminder_editor import ReminderEditor
from kirara_releases.view.rule_editors import (
    DatesEditor,
    DayEditor,
    Editor,
    FeedEditor,
    RuleProblem,
    WeekdayEditor,
)
from kirara_studio.api.jobs import Jobs
from kirara_studio.api.widgets import (
    Dialog,
    Label,
    Problem,
    Segments,
    Switch,
    Task,
    add_field,
    error_words,
)
from kirara_studio.api.widgets.layouts import fill

if TYPE_CHECKING:
    from kirara_releases.feeds.entries import FeedContent

translate = QCoreApplication.translate

_KINDS = (MonthDay, NthWeekday, SingleDates, Feed)
_AHEAD = 36  # months in which the preview looks for dates


class MagazineDialog(Dialog):
    """``saved`` carries the magazine that was entered.

    ``magazine`` is the one to edit, or None for a new one, which cannot have one of the ids
    ``taken`` and starts with ``rule``. ``jobs`` fetch feeds; ``known`` are the last dates of the
    magazine's feed. The preview starts ``today``.
    """

    saved = Signal(object)

    def __init__(
        self,
        jobs: Jobs,
        magazine: Magazine | None,
        taken: Collection[str],
        today: date,
        parent: QWidget | None = None,
        known: tuple[date, ...] = (),
        rule: Rule | None = None,
    ) -> None:
        if magazine:
            title = translate("releases", "Edit “{0}”").format(magazine.title)
            super().__init__(title, translate("releases", "Save"), parent, hint="Ctrl+↵")
        else:
            title = translate("releases", "Add a magazine")
            super().__init__(title, translate("releases", "Add"), parent, hint="Ctrl+↵")
        self._old = magazine
        self._taken = set(taken)
        self._today = today
        self._fetching = Task(jobs, "feed preview", io=True, parent=self)
        rule = magazine.rule if magazine else rule or MonthDay(today.day)
        self._fetched = {rule.url: known} if isinstance(rule, Feed) and known else {}

        self.title = QLineEdit(magazine.title if magazine else "")
        self.title.setMaxLength(200)
        self.title_problem = Problem()
        self.color = ColorRow(magazine.color if magazine else _unused_color(len(taken)))
        self.kinds = Segments(
            [
                translate("releases", "Day"),
                translate("releases", "Weekday"),
                translate("releases", "Dates"),
                translate("releases", "Feed"),
            ]
        )
        self.kinds.set_name(translate("releases", "When it comes out"))
        self.feed = FeedEditor()
        self.editors: list[Editor] = [DayEditor(), WeekdayEditor(), DatesEditor(today), self.feed]
        self.rule_problem = Problem()
        self.page = QLineEdit(magazine.page if magazine else "")
        self.page.setPlaceholderText("https://")
        self.page_problem = Problem()
        self.corrections = CorrectionsEditor(today)
        self.notify = Switch()
        self.remind = ReminderEditor()
        self.preview = DatesPreview(today)

        self._assemble()
        self._show(magazine, rule)
        self._connect()
        self._update()

    def _assemble(self) -> None:
        form = fill(QVBoxLayout(), spacing=4)
        add_field(form, translate("releases", "Title"), self.title, self.title_problem)
        add_field(form, translate("releases", "Color"), self.color)
        add_field(form, translate("releases", "When it comes out"), self.kinds)
        for editor in self.editors:
            form.addWidget(editor)
        form.addWidget(self.rule_problem)
        form.addSpacing(10)
        add_field(form, translate("releases", "Corrections of single months"), self.corrections)
        add_field(form, translate("releases", "Web page"), self.page, self.page_problem)
        name = translate("releases", "Remind me of it")
        self.notify.setAccessibleName(name)
        form.addLayout(fill(QHBoxLayout(), (Label(name), 1), self.notify))
        form.addWidget(self.remind)
        form.addStretch(1)
        columns = fill(QHBoxLayout(), (form, 1), self.preview, spacing=24)
        self.column.addLayout(columns, 1)
        self.add_buttons()
        self.resize(860, 660)

    def _connect(self) -> None:
        self.title.textChanged.connect(lambda _: self._update())
        self.title.returnPressed.connect(self.submit)
        self.page.textChanged.connect(lambda _: self._update())
        self.color.changed.connect(self._update)
        self.kinds.chosen.connect(self.show_kind)
        for editor in self.editors:
            editor.changed.connect(self._update)
        self.feed.fetch_requested.connect(self._fetch)
        self._fetching.failed.connect(
            lambda error: self.feed.show_result(str(error_words(error)), "")
        )
        self._fetching.stopped.connect(lambda: self.feed.show_result("", ""))
        self.corrections.changed.connect(self._update)
        self.notify.toggled.connect(self.remind.setVisible)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.submit)

    def _show(self, magazine: Magazine | None, rule: Rule) -> None:
        kind = _KINDS.index(type(rule))
        self.editors[kind].show_rule(rule)
        self.show_kind(kind)
        self.corrections.show_corrections(magazine.corrections if magazine else {})
        self.notify.setChecked(magazine.notify if magazine else True)
        self.remind.setVisible(self.notify.isChecked())
        self.remind.show_time(magazine.remind if magazine else None)

    def show_kind(self, kind: int) -> None:
        self.kinds.set_current(kind)
        for place, editor in enumerate(self.editors):  # no room for those that are not seen
            editor.setVisible(place == kind)
        self._update()

    # What was entered

    def magazine(self) -> Magazine:
        """As it stands. Raises RuleProblem if the rule is not complete yet."""
        title = self.title.text().strip() or translate("releases", "Untitled")
        page = self.page.text().strip()
        return Magazine(
            id=self._old.id if self._old else id_for(title, self._taken),
            title=title,
            rule=self.editors[self.kinds.current].rule(),
            color=self.color.chosen,
            corrections=self.corrections.corrections,
            page=page if not self._page_problem() else "",
            notify=self.notify.isChecked(),
            remind=self.remind.time,
        )

    def submit(self) -> None:
        missing = "" if self.title.text().strip() else translate("releases", "Enter a title.")
        self.title_problem.show_text(missing)
        self.page_problem.show_text(self._page_problem())
        try:
            magazine = self.magazine()
        except RuleProblem as problem:
            self.rule_problem.show_text(str(problem))
            return
        if missing:
            self.title.setFocus()
        elif self._page_problem():
            self.page.setFocus()
        else:
            self.saved.emit(magazine)
            self.accept()

    def _page_problem(self) -> str:
        page = self.page.text().strip()
        if page and not page.lower().startswith(("http://", "https://")):
            return translate("releases", "The address of a page begins with http:// or https://.")
        return ""

    def _update(self) -> None:
        """Show what comes of what was entered so far."""
        if self.title.text().strip():
            self.title_problem.show_text("")
        self.rule_problem.show_text("")
        if not self._page_problem():
            self.page_problem.show_text("")
        try:
            magazine = self.magazine()
        except RuleProblem as problem:
            blank = Magazine("blank", self.title.text() or " ·", SingleDates(()), self.color.chosen)
            self.preview.show_dates(blank, [], str(problem))
            return
        releases = self._coming(magazine)
        hint = translate("releases", "No date in the next years.")
        if isinstance(magazine.rule, Feed) and magazine.rule.url not in self._fetched:
            hint = translate("releases", "Fetch the feed to see its dates.")
        self.preview.show_dates(magazine, releases, hint)
        self.corrections.show_coming(releases)

    def _coming(self, magazine: Magazine) -> list[Release]:
        rule, last = magazine.rule, month_later(self._today, _AHEAD)
        dates = self._fetched.get(rule.url, ()) if isinstance(rule, Feed) else ()
        return releases_between([magazine], self._today, last, {magazine.id: dates})[:MOST]

    # Feeds

    def _fetch(self, url: str) -> None:
        self._fetching.start(
            preview_feed,
            url,
            lambda content: self._on_fetched(url, content),
            title=translate("releases", "Fetching a feed"),
        )

    def _on_fetched(self, url: str, content: FeedContent) -> None:
        self._fetched[url] = content.dates
        text = translate("releases", "{0} dates").format(len(content.dates))
        titles = list(dict.fromkeys(entry.title for entry in content.entries if entry.title))
        if titles:
            text += ": " + " · ".join(titles[:3]) + (" …" if len(titles) > 3 else "")
        self.feed.show_result("", text)
        if content.name and not self.title.text().strip():
            self.title.setText(content.name)
        if self._old is None and self.remind.time is None:
            self.remind.show_time(usual_reminder(content.events))
        self._update()

    def done(self, result: int) -> None:
        self._fetching.stop()
        super().done(result)


def _unused_color(number: int) -> str:
    return COLORS[(number * 3 + 1) % len(COLORS)]
