"""The inspector of the Releases panel: magazines, reminders, routes, messengers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.calendar.rules import MonthDay
from kirara_releases.notifications.messengers import ReminderMessengers
from kirara_releases.panel import ReleasesPanel
from kirara_releases.storage.catalogue import Catalogue
from kirara_releases.storage.store import ReleaseStore
from kirara_studio.api.messengers import Messengers
from kirara_studio.api.notices import NoticeBackend
from kirara_studio.api.widgets import MessengerDialog
from kirara_studio.api.widgets.notification_backends import REFUSED, UNTESTED, WORKS
from tests.plugins.panel_studio import wait_for

from .panel_studio import Context, Drawer, OpenPanel


class Hook(BaseHTTPRequestHandler):
    """A webhook; those below /refuse answer 404."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(404 if self.path.startswith("/refuse") else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hooks() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Hook)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"json://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def messenger_dialog(panel: ReleasesPanel) -> MessengerDialog:
    panel.backends.add.click()
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, MessengerDialog)]
    return next(dialog for dialog in found if dialog.isVisible())


def add_messenger(panel: ReleasesPanel, name: str, url: str) -> None:
    dialog = messenger_dialog(panel)
    dialog.name.setText(name)
    dialog.url.setText(url)
    dialog.save.click()
    wait_for(lambda: f"messenger/{name}" in panel.backends.rows)


# Magazines


def test_the_switch_decides_whether_one_is_reminded(panel: ReleasesPanel, context: Context) -> None:
    switch = panel.magazines.rows["kirara"].switch
    switch.click()
    assert not Catalogue(context.data_folder).get("kirara").notify
    assert "not be reminded" in panel.workspace.card.reminder.text()
    panel.undo_stack.undo()
    assert Catalogue(context.data_folder).get("kirara").notify and switch.isChecked()


def test_a_magazine_is_removed_and_brought_back_in_its_place(
    panel: ReleasesPanel, context: Context
) -> None:
    magazine = panel.session.model.magazine("max")
    assert magazine is not None
    menu = panel.menus.of_magazine(magazine)
    next(action for action in menu.actions() if action.text() == "Remove").trigger()
    assert list(panel.magazines.rows) == ["kirara", "forward", "carat"]
    assert any("Ctrl+Z" in message for message in context.messages)
    panel.undo_stack.undo()
    assert list(panel.magazines.rows) == ["kirara", "max", "forward", "carat"]


def test_a_page_can_be_opened(
    context: Context, open_panel: OpenPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtGui import QDesktopServices

    opened: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(url.toString()) or False
    )
    page = "https://example.org/x"
    Catalogue(context.data_folder).put(Magazine("x", "X", MonthDay(3), page=page))
    panel = open_panel()
    magazine = panel.session.model.magazine("x")
    assert magazine is not None
    menu = panel.menus.of_magazine(magazine)
    next(action for action in menu.actions() if action.text() == "Open its page").trigger()
    assert opened == [page] and len(context.errors) == 1  # there is no browser here


# Reminders


def test_the_reminders_are_settings(panel: ReleasesPanel, context: Context) -> None:
    rows = panel.reminders.form.rows
    assert not rows["hour_before"].isVisible()
    rows["day_before"].control.editor.click()
    assert context.settings["day_before"] is True
    assert rows["hour_before"].isVisible()
    assert panel.workspace.card.reminder.text() == "Reminder: Tue, Dec 8, 20:00"
    rows["hour_before"].control.editor.setValue(18)
    assert context.settings["hour_before"] == 18
    assert panel.workspace.card.reminder.text() == "Reminder: Tue, Dec 8, 18:00"
    context.settings["hour"] = 7  # on the page of settings
    assert rows["hour"].control.editor.value() == 7


def test_the_sentence_is_previewed_while_it_is_written(
    panel: ReleasesPanel, context: Context
) -> None:
    preview, edit = panel.reminders.previews["message"], panel.reminders.edit("message")
    assert preview.text() == "“今日はまんがタイムきららの発売日です。”"
    edit.setText("Buy %s!")
    assert preview.text() == "“Buy まんがタイムきらら!”"
    edit.editingFinished.emit()
    assert context.settings["message"] == "Buy %s!"


def test_settings_may_change_after_the_panel_is_gone(
    open_panel: OpenPanel, context: Context
) -> None:
    from PySide6.QtCore import QCoreApplication, QEvent

    panel = open_panel()
    panel.close()
    panel.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    context.settings["hour"] = 5
    assert context.errors == []


# Routes


def test_a_test_shows_which_backends_work_here(panel: ReleasesPanel, context: Context) -> None:
    backends = panel.backends
    assert [row.title.text() for row in backends.rows.values()] == [
        "Notification daemon",
        "Balloon",
    ]
    assert backends.rows["desktop/daemon"].state.text() == "Not tested yet"
    backends.test.click()
    wait_for(lambda: panel.session.backends.state("desktop/daemon")[0] == WORKS)
    wait_for(lambda: panel.session.backends.state("desktop/tray")[0] == REFUSED)
    assert backends.rows["desktop/tray"].state.text() == "There is no tray. Use another desktop."
    assert "Notification daemon" in context.sent[0].text
    assert context.errors == []


def test_a_backend_that_breaks_is_refused_too(panel: ReleasesPanel, context: Context) -> None:
    def explode(notice: object) -> None:
        raise OSError("boom")

    context.backends.append(NoticeBackend("odd", "Odd", explode))
    panel.session.backends.reload()
    panel.session.backends.test_all()
    wait_for(lambda: panel.session.backends.state("desktop/odd")[0] == REFUSED)
    assert "boom" in panel.backends.rows["desktop/odd"].state.text()


def test_messengers_are_added_tried_switched_and_removed(
    panel: ReleasesPanel, context: Context, hooks: str
) -> None:
    backends = panel.backends
    add_messenger(panel, "My hook", f"{hooks}/fine")
    add_messenger(panel, "Gone", f"{hooks}/refuse")
    assert context.secrets.texts["messenger/Gone"] == f"{hooks}/refuse"
    panel.session.backends.test_all()
    wait_for(lambda: panel.session.backends.state("messenger/My hook")[0] == WORKS)
    wait_for(lambda: panel.session.backends.state("messenger/Gone")[0] == REFUSED)
    assert "404" in backends.rows["messenger/Gone"].state.text()

    row = backends.rows["messenger/Gone"]
    assert row.switch.isVisible() and row.switch.isChecked()
    row.switch.click()
    assert not row.backend.enabled

    panel.session.backends.remove(row.backend)
    wait_for(lambda: "messenger/Gone" not in backends.rows)
    assert context.secrets.texts["messenger/Gone"] == ""
    assert panel.session.backends.state("messenger/My hook")[0] == WORKS
    assert context.errors == []


def test_another_address_makes_a_messenger_untried(
    panel: ReleasesPanel, context: Context, hooks: str
) -> None:
    add_messenger(panel, "Hook", f"{hooks}/refuse")
    panel.session.backends.test_all()
    wait_for(lambda: panel.session.backends.state("messenger/Hook")[0] == REFUSED)
    panel.backends.open_dialog("Hook")
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, MessengerDialog)]
    dialog = next(dialog for dialog in found if dialog.isVisible())
    assert dialog.name.text() == "Hook" and not dialog.name.isEnabled()
    dialog.url.setText(f"{hooks}/fine")
    dialog.save.click()
    wait_for(lambda: panel.session.backends.state("messenger/Hook")[0] == UNTESTED)


def test_an_address_that_nobody_knows_is_refused_in_the_dialog(
    panel: ReleasesPanel, context: Context, tmp_path: Path
) -> None:
    dialog = messenger_dialog(panel)
    assert dialog.name.text() == "Discord"
    dialog.service.setCurrentIndex(1)
    assert dialog.name.text() == "Slack"
    dialog.url.setText("nonsense")
    dialog.save.click()
    wait_for(dialog.problem.isVisible)
    assert dialog.isVisible() and dialog.save.isEnabled()
    dialog.cancel.click()
    assert context.errors == []


def test_those_of_an_earlier_version_are_shown_at_once(
    open_panel: OpenPanel, context: Context, hooks: str, tmp_path: Path
) -> None:
    store = ReleaseStore(context.data_folder)
    store.write("INSERT INTO destination VALUES ('Old', 1)")
    store.close()
    own = Drawer({"messenger/Old": f"{hooks}/fine"})
    context.messengers, context.secrets = Messengers(tmp_path / "m.json", Drawer()), own
    panel = open_panel()
    row = panel.backends.rows["messenger/Old"]
    assert row.switch.isChecked() and context.messengers.names() == []
    ReminderMessengers(panel.session.repository.store, context.messengers, own).take_over()
    panel.session.backends.test(row.backend)
    wait_for(lambda: panel.session.backends.state("messenger/Old")[0] == WORKS)
    assert own.texts == {"messenger/Old": ""}
