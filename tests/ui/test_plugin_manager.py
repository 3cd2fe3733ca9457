"""The plugin manager: its queue, with the real installer and plugins that are really built."""

from __future__ import annotations

import functools
import http.server
import json
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QLabel

from kirara_studio.testing import wait_for
from tests.host.installation.package_index import PackageIndex, use_index
from tests.host.plugin_maker import Made
from tests.ui.conftest import MakeStudio, Studio, process_events

CODE = """
from kirara_studio.api.hooks import hookimpl
from kirara_studio.api.panel import Panel
from PySide6.QtWidgets import QLabel

@hookimpl
def kirara_panels():
    return [Panel("NAME", "TITLE", "panel", "NAME:Greeting", order=600)]

class Greeting(QLabel):
    def __init__(self, context):
        super().__init__("hello VERSION")
"""


def wheel(folder: Path, name: str, version: str = "1.0", needs: str = "") -> Path:
    """Write the wheel of a plugin that is one module."""
    path = folder / f"{name}-{version}-py3-none-any.whl"
    info = f"{name}-{version}.dist-info"
    code = CODE.replace("NAME", name).replace("TITLE", name.title()).replace("VERSION", version)
    metadata = (
        f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nSummary: Says hello\n"
        f"Author: Yuno\nLicense-Expression: MIT\n" + (f"Requires-Dist: {needs}\n" if needs else "")
    )
    files = {
        f"{name}.py": code,
        f"{info}/METADATA": metadata,
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": f"[kirara_studio.plugins]\n{name} = {name}\n",
    }
    record = "".join(f"{file},,\n" for file in (*files, f"{info}/RECORD"))
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for file, content in {**files, f"{info}/RECORD": record}.items():
            archive.writestr(file, content)
    return path


@pytest.fixture
def page(make_studio: MakeStudio) -> Any:
    studio = make_studio(find=True)
    studio.appearance.choose("language", "en")
    studio.window.show()
    studio.window.open_plugins()
    view = studio.window.page("page:plugins")
    view.studio = studio
    view.over = []
    view.changes.finished.connect(view.over.append)  # after the view's own slot
    yield view
    view.changes.close()


def states(page: Any) -> list[str]:
    return [row.state.text() for row in page.queue.rows]


def wait_until_over(page: Any) -> None:
    wait_for(lambda: all(change in page.over for change in page.changes.changes), 60)


def agree(page: Any) -> Any:
    """Agree to the next question, and return what it listed."""
    wait_for(lambda: page.consent is not None, 60)
    facts = dict(page.consent.facts)
    page.consent.agree.click()
    return facts


def install(page: Any, path: Path) -> None:
    """Install a plugin that asks once, and agree."""
    page.install(str(path))
    agree(page)
    wait_until_over(page)


def test_a_wheel_is_installed_after_consent_and_its_panel_is_there_at_once(
    page: Any, tmp_path: Path
) -> None:
    page.install_bar.field.setText(str(wheel(tmp_path, "greeting")))
    page.install_bar.install.click()
    facts = agree(page)
    assert facts["Author"] == "Yuno" and facts["Licence"] == "MIT"
    assert facts["Adds"] == "greeting = greeting"
    wait_until_over(page)
    assert states(page) == ["installed"], page.queue.rows[0].change.lines
    wait_for(lambda: page.cards["greeting"].state_text == "on" and not page.restart_offered)
    studio: Studio = page.studio
    studio.window.rail.button("greeting").click()
    widget = studio.opened("greeting")
    assert isinstance(widget, QLabel) and widget.text() == "hello 1.0"

    page.install(str(wheel(tmp_path, "greeting", "1.1")))
    assert agree(page)["Replaces"] == "1.0"
    wait_until_over(page)
    # The cards are made again soon after.
    wait_for(lambda: page.cards["greeting"].state_text == "new version from the next start")
    assert page.restart_offered and widget.text() == "hello 1.0"


def test_a_plugin_in_use_is_removed_at_the_next_start(page: Any, tmp_path: Path) -> None:
    install(page, wheel(tmp_path, "farewell"))
    page.cards["farewell"].remove_plugin.trigger()
    wait_until_over(page)
    wait_for(lambda: page.cards["farewell"].state_text == "removed at the next start")
    assert page.restart_offered


def test_the_newest_change_can_be_undone(page: Any, tmp_path: Path) -> None:
    install(page, wheel(tmp_path, "again"))
    page.cards["again"].remove_plugin.trigger()
    wait_until_over(page)
    wait_for(lambda: page.cards["again"].state_text == "removed at the next start")
    installed, removed = page.queue.rows
    assert installed.undo.isHidden() and not removed.undo.isHidden()
    removed.undo.click()
    wait_until_over(page)
    assert states(page)[-1] == "undone"
    wait_for(lambda: page.cards["again"].state_text == "on")
    wait_for(lambda: not page.restart_offered)
    assert all(row.undo.isHidden() for row in page.queue.rows)


def test_what_was_installed_last_can_be_undone(page: Any, tmp_path: Path) -> None:
    install(page, wheel(tmp_path, "mistaken"))
    page.queue.rows[-1].undo.click()
    wait_until_over(page)
    assert states(page)[-1] == "undone"
    wait_for(lambda: page.cards["mistaken"].state_text == "removed at the next start")


def test_refused_or_wrong_ones_leave_the_queue_going(page: Any, tmp_path: Path) -> None:
    broken = tmp_path / "broken-1.0-py3-none-any.whl"
    broken.write_bytes(b"not a wheel")
    for path in (wheel(tmp_path, "refused"), broken, wheel(tmp_path, "welcome")):
        page.install(str(path))
    wait_for(lambda: page.consent is not None, 60)
    page.consent.refuse.click()
    assert agree(page)["Adds"] == "welcome = welcome"
    wait_until_over(page)
    refused, failed, done = states(page)
    assert refused == "not installed, nothing was changed" and done == "installed"
    assert "broken-1.0" in failed
    assert "welcome" in page.cards and "refused" not in page.cards
    page.queue.clear_button.click()
    assert page.queue.rows == [] and page.queue.isHidden()


def test_a_change_that_waits_or_asks_can_be_cancelled(page: Any, tmp_path: Path) -> None:
    page.install(str(wheel(tmp_path, "first")))
    page.install(str(wheel(tmp_path, "second")))
    wait_for(lambda: page.consent is not None, 60)
    first, second = page.queue.rows
    second.cancel.click()
    first.cancel.click()
    wait_until_over(page)
    assert states(page) == ["cancelled, nothing was changed"] * 2
    assert page.consent is None and "first" not in page.cards


def drop(page: Any, path: Path) -> None:
    """Drop a file or folder on a panel of the window."""
    window = page.studio.window
    window.open_panel("sample")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(400, 300),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window.windowHandle(), event)
    assert window.windowTitle().startswith("Plugins")


def test_a_wheel_that_is_dropped_on_the_window_is_installed(page: Any, tmp_path: Path) -> None:
    drop(page, wheel(tmp_path, "dropped"))
    assert agree(page)["Source"].endswith("dropped-1.0-py3-none-any.whl")
    wait_until_over(page)
    assert "dropped" in page.cards


def test_a_folder_that_is_dropped_on_the_window_is_installed(page: Any, tmp_path: Path) -> None:
    drop(page, Made("folded").source(tmp_path, tmp_path / "built"))
    agree(page)
    assert not (tmp_path / "built").exists(), "it is built only now"
    assert agree(page)["Adds"] == "folded = made_folded"
    wait_until_over(page)
    assert states(page) == ["installed"] and (tmp_path / "built").exists()


def test_updates_are_looked_for_when_the_user_asks(
    page: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with PackageIndex(tmp_path / "index").running() as index:
        use_index(monkeypatch, index.address)
        wheel(index.folder, "often")
        page.install("often")
        agree(page)
        wait_until_over(page)
        assert states(page) == ["installed"]
        page.look_for_updates.click()
        wait_for(page.look_for_updates.isEnabled, 60)
        assert page.look_for_updates.text() == "Everything is current"
        wheel(index.folder, "often", "1.1")
        page.look_for_updates.click()
        wait_for(page.look_for_updates.isEnabled, 60)
        assert page.look_for_updates.text() == "Updates: 1"
        button = page.cards["often"].update_button
        assert button.text() == "Update to 1.1" and button.isVisible()
        button.click()
        agree(page)
        wait_until_over(page)
        assert states(page)[-1] == "updated"
        wait_for(lambda: page.cards["often"].state_text == "new version from the next start")
    page.look_for_updates.click()
    wait_for(page.look_for_updates.isEnabled, 60)
    assert page.studio.window.banners.banners, "the index is gone"


@pytest.fixture
def community(tmp_path: Path) -> Iterator[str]:
    """A web server with an index, a picture and a wheel; its address."""
    folder = tmp_path / "web"
    file = wheel(folder, "listed")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        picture = QImage(64, 64, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.magenta)
        picture.save(str(folder / "listed.png"))
        entry = {
            "name": "listed",
            "title": {"en": "Listed", "ja": "掲載"},
            "description": {"en": "Is in the list"},
            "picture": "listed.png",
            "requirement": f"listed @ {address}/{file.name}",
        }
        index = {"format": 1, "plugins": [entry, {**entry, "name": "later", "api": ">=9"}]}
        (folder / "index.json").write_text(json.dumps(index), encoding="utf-8")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"{address}/index.json"
        server.shutdown()


def test_discover_lists_what_the_index_knows(page: Any, community: str) -> None:
    studio: Studio = page.studio
    studio.appearance.choose("plugin_index", community)
    page.show_page(1)
    wait_for(lambda: page.discover.cards, 60)
    cards = {card.entry.name: card for card in page.discover.cards}
    assert not cards["later"].install.isEnabled(), "for another version of the studio"
    wait_for(lambda: not cards["listed"].picture.pixmap().isNull(), 20)
    cards["listed"].install.click()
    assert agree(page)["Adds"] == "listed = listed"
    wait_until_over(page)
    assert states(page) == ["installed"]
    wait_for(lambda: page.cards["listed"].state_text == "on")
    cards = {card.entry.name: card for card in page.discover.cards}
    assert cards["listed"].install.text() == "Installed" and not cards["listed"].install.isEnabled()
    studio.appearance.choose("language", "ja")
    process_events(50)
    assert "掲載" in [label.text() for label in cards["listed"].findChildren(QLabel)]


def test_an_index_that_cannot_be_read_leaves_the_one_of_the_program(page: Any) -> None:
    page.studio.appearance.choose("plugin_index", "http://127.0.0.1:9/index.json")
    page.show_page(1)
    wait_for(lambda: page.discover.cards, 60)
    assert page.discover.problem.text()
