"""Adds a source, or changes one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from kirara_illustrations.collecting.collector import EVERY
from kirara_illustrations.session import Session
from kirara_illustrations.sources import SOURCES, make_source
from kirara_illustrations.storage.library import SourceRow
from kirara_illustrations.words import kind_title, setting_title
from kirara_studio.api.errors import UserError
from kirara_studio.api.text import QT_TRANSLATE_NOOP
from kirara_studio.api.widgets import (
    Button,
    Dialog,
    KeyboardFocus,
    Label,
    Problem,
    Segments,
    add_field,
    error_words,
)
from kirara_studio.api.widgets.form import CalmComboBox, CalmSpinBox
from kirara_studio.api.widgets.layouts import fill, row

translate = QCoreApplication.translate

_CHOICES = ("account", "list", "hashtag", "feed")
"""Settings of which a source has one."""
_ACCOUNTS = {"bluesky": "yuno.example.org", "x": "@yuno"}
_EXAMPLES = {
    "address": "https://example.org/feed.xml",
    "host": "example.org",
    "account": "@yuno@example.org",
    "list": "12",
    "hashtag": "illustration",
    "feed": "at://did:plc:…/app.bsky.feed.generator/…",
    "login": "yuno.example.org",
}
_FIXED = {"x": ("host",)}
"""Settings that no user needs to change."""
_HINTS = {
    "folder": QT_TRANSLATE_NOOP(
        "illustrations", "Your files stay where they are. Folders in it count, too."
    ),
    "feed": QT_TRANSLATE_NOOP(
        "illustrations", "Many blogs and galleries have one; their page often links to it."
    ),
    "mastodon": QT_TRANSLATE_NOOP(
        "illustrations",
        "Public accounts and tags need no token. A list needs yours, from the settings of your "
        "account: Development.",
    ),
    "misskey": QT_TRANSLATE_NOOP(
        "illustrations",
        "Public accounts and tags need no token. A list needs yours, from the settings of your "
        "account: API.",
    ),
    "bluesky": QT_TRANSLATE_NOOP(
        "illustrations",
        "Public accounts need no login. If you log in, use an app password, never your own.",
    ),
    "x": QT_TRANSLATE_NOOP(
        "illustrations", "Needs a bearer token of your own for the API; reading may cost money."
    ),
    "gallery_dl": QT_TRANSLATE_NOOP(
        "illustrations",
        "The program gallery-dl must be installed. It knows hundreds of sites; see its list.",
    ),
}
_WIDTH = 440
_LEAST, _MOST = 5, 10_080  # minutes


class SourceDialog(Dialog):
    """The fields of a kind of source. "Try it" looks what is there without collecting."""

    def __init__(self, session: Session, before: SourceRow | None, parent: QWidget | None) -> None:
        title = (
            translate("illustrations", "Add a source")
            if before is None
            else translate("illustrations", "Change the source")
        )
        super().__init__(title, translate("illustrations", "Save"), parent, hint="Ctrl+↵")
        self._session, self.before = session, before
        self.kind = CalmComboBox()
        for kind in SOURCES:
            self.kind.addItem(kind_title(kind), kind)
        self.name = QLineEdit()
        self.name.setMaxLength(80)
        self.hint = Label(size=12, tone="text_soft", wrap=True)
        self.problem, self.found = Problem(), Label(size=12, tone="success_text", wrap=True)
        self.found.hide()
        self.attempt = Button(translate("illustrations", "Try it"), icon="search")
        self.attempt.clicked.connect(self._try)
        self.setMinimumWidth(_WIDTH)

        add_field(self.column, translate("illustrations", "Where from"), self.kind)
        self._place = QWidget()
        self._fields = fill(QVBoxLayout(self._place), spacing=4)
        self.column.addWidget(self._place)
        add_field(self.column, translate("illustrations", "Name"), self.name)
        self.column.addWidget(self.hint)
        self.column.addWidget(self.problem)
        self.column.addWidget(self.found)
        self.column.addLayout(row(self.attempt, None))
        self.add_buttons()

        if before is not None:
            self.kind.setCurrentIndex(self.kind.findData(before.kind))
            self.kind.setEnabled(False)
            self.name.setText(before.name)
        self.kind.currentIndexChanged.connect(lambda _: self._show_kind())
        session.gathering.tried.connect(self._show_tried)
        self.finished.connect(lambda _: session.gathering.stop_trying())
        self._show_kind()

    @property
    def _kind(self) -> str:
        return str(self.kind.currentData())

    # Fields

    def _show_kind(self) -> None:
        while (item := self._fields.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        kind, before = self._kind, self.before
        values = dict(before.settings) if before is not None else {}
        default = SOURCES[kind].settings()
        names = [one.name for one in fields(default) if one.name not in _FIXED.get(kind, ())]
        self.edits: dict[str, QLineEdit] = {}
        self.switches: dict[str, QCheckBox] = {}
        self._choices = [name for name in names if name in _CHOICES]
        if self._choices:
            self._add_choice(values)
        for name in names:
            if name not in self._choices and not isinstance(getattr(default, name), bool):
                self._add_edit(name, str(values.get(name, getattr(default, name))))
        if secret := SOURCES[kind].secret:
            kept = self._session.gathering.secret_of(before) if before is not None else ""
            self.secret = self._add_edit(secret, kept)
            self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        for name in names:
            if isinstance(getattr(default, name), bool):
                box = QCheckBox(setting_title(name))
                KeyboardFocus(box)
                box.setChecked(bool(values.get(name, getattr(default, name))))
                self.switches[name] = box
                self._fields.addWidget(box)
        self.every = CalmSpinBox()
        self.every.setDecimals(0)
        self.every.setRange(_LEAST, _MOST)
        self.every.setSuffix(" " + translate("illustrations", "min"))
        self.every.setValue(float(values.get("every", EVERY)) / 60)
        self._add(setting_title("every"), self.every)
        self.hint.setText(translate("illustrations", _HINTS[kind]))
        self._show_problem("")

    def _add(self, title: str, *widgets: QWidget) -> None:
        label = Label(title, size=12, tone="text_soft")
        label.setBuddy(widgets[0])
        widgets[0].setAccessibleName(title)
        for widget in (label, *widgets):
            self._fields.addWidget(widget)
        self._fields.addSpacing(8)

    def _add_edit(self, name: str, value: str) -> QLineEdit:
        edit = QLineEdit(value)
        edit.setPlaceholderText(_EXAMPLES.get(name, ""))
        self.edits[name] = edit
        if name == "path":
            choose = Button(translate("illustrations", "Choose…"), icon="folder", small=True)
            choose.clicked.connect(lambda: self._choose_folder(edit))
            self._add(setting_title(name), edit, choose)
        else:
            self._add(setting_title(name), edit)
        edit.textChanged.connect(lambda _: self._show_problem(""))
        return edit

    def _add_choice(self, values: Mapping[str, Any]) -> None:
        """One line for what is chosen of account, list, tag and feed."""
        self.choice = Segments([setting_title(name) for name in self._choices])
        self.choice.set_name(translate("illustrations", "What to collect"))
        chosen = next((n for n, name in enumerate(self._choices) if values.get(name)), 0)
        edit = QLineEdit(str(values.get(self._choices[chosen], "")))
        edit.setAccessibleName(translate("illustrations", "What to collect"))
        edit.textChanged.connect(lambda _: self._show_problem(""))
        self.edits["choice"] = edit
        self._fields.addWidget(self.choice)
        self._fields.addWidget(edit)
        self._fields.addSpacing(8)

        def show(index: int) -> None:
            name = self._choices[index]
            example = _ACCOUNTS.get(self._kind, "") if name == "account" else ""
            edit.setPlaceholderText(example or _EXAMPLES[name])

        self.choice.set_current(chosen)
        self.choice.chosen.connect(show)
        show(chosen)

    def _choose_folder(self, edit: QLineEdit) -> None:
        title = translate("illustrations", "Folder with pictures")
        if folder := QFileDialog.getExistingDirectory(self, title, edit.text()):
            edit.setText(folder)
            if not self.name.text().strip():
                self.name.setText(Path(folder).name)

    def values(self) -> dict[str, Any]:
        """The settings as they are entered."""
        values: dict[str, Any] = {"every": 60.0 * self.every.value()}
        secret = SOURCES[self._kind].secret
        for name, edit in self.edits.items():
            text = edit.text().strip()
            if name == "choice":
                values[self._choices[self.choice.current]] = text
            elif name == "path" and text:
                values[name] = str(Path(text).expanduser().absolute())
            elif name != secret:
                values[name] = text
        values.update({name: box.isChecked() for name, box in self.switches.items()})
        return values

    def _secret_text(self) -> str:
        secret = SOURCES[self._kind].secret
        return self.edits[secret].text().strip() if secret else ""

    # Trying and saving

    def _try(self) -> None:
        self._show_problem("")
        self.attempt.setEnabled(False)
        self._session.gathering.try_source(self._kind, self.values(), self._secret_text())

    def _show_tried(self, found: object) -> None:
        self.attempt.setEnabled(True)
        if isinstance(found, str):
            self._show_problem("")
            self.found.setText(translate("illustrations", "It works: {0}").format(found))
            self.found.show()
        elif isinstance(found, Exception):
            self._show_problem(str(error_words(found)))

    def _show_problem(self, text: str) -> None:
        self.problem.show_text(text)
        self.found.hide()

    def submit(self) -> None:
        values, secret, kind = self.values(), self._secret_text(), self._kind
        name = self.name.text().strip() or self._proposal(values)
        try:
            make_source(kind, values, {SOURCES[kind].secret: secret})
            self._session.gathering.put(self.before, name, kind, values, secret)
        except UserError as error:
            self._show_problem(str(error_words(error)))
            return
        self.accept()

    def _proposal(self, values: Mapping[str, Any]) -> str:
        """A name after what is collected, if the user gave none."""
        names = ("account", "hashtag", "list", "feed", "address", "path", "host")
        found = next((str(values[name]) for name in names if values.get(name)), "")
        return Path(found).name if values.get("path") else found
