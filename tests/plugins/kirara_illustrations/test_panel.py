"""The panel in a studio in memory: sources, the gallery, one picture, the filter."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from kirara_illustrations.collecting.collector import Collector
from kirara_illustrations.filter.classes import GACHA, ILLUSTRATION, PHOTOGRAPH
from kirara_illustrations.panel import IllustrationsPanel
from kirara_illustrations.session import ANY, EVERYTHING, FAVOURITES, HIDDEN, REST, SOURCE
from kirara_illustrations.sources.base import Page
from kirara_illustrations.storage.library import Library
from kirara_studio.api.learning.features import Extractor
from kirara_studio.host.discovery import find_plugins
from kirara_studio.testing import OffscreenStudio, wait_for
from tests.api.cascades import save_cascade

from .picture_server import drawing, picture_site, post
from .small_filter import save_filter

Key = Qt.Key


@pytest.fixture
def studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OffscreenStudio]:
    # Whether a filter comes with the studio must not matter.
    monkeypatch.setattr("kirara_studio.api.model_library.available_models", lambda *_, **__: [])
    plugins = [one for one in find_plugins() if one.name == "illustrations"]
    with OffscreenStudio(plugins, tmp_path / "home") as studio:
        studio.window.show()
        yield studio
        assert studio.problems == []


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "drawings"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.png").write_bytes(drawing(number, side=40 + 8 * number))
    return folder


@pytest.fixture
def panel(studio: OffscreenStudio, pictures: Path) -> IllustrationsPanel:
    """The panel with a folder of six pictures."""
    panel: IllustrationsPanel = studio.open_panel("illustrations")
    panel.dropped.emit([pictures])
    wait_for(lambda: len(panel.session.shapes) == 6 and not panel.session.busy)
    return panel


@pytest.fixture
def judged(
    studio: OffscreenStudio, panel: IllustrationsPanel, tmp_path: Path
) -> IllustrationsPanel:
    """The panel with a filter; three pictures are illustrations, surely, hardly and not."""
    model = save_filter(tmp_path / "filter.safetensors", Extractor(threads=1))
    session = panel.session
    values = dict(zip(sorted(session.order), (0.9, 0.6, 0.2, 0.1, 0.1, 0.1), strict=True))
    session.library.put_verdicts(
        [
            (number, ILLUSTRATION if value > 0.5 else PHOTOGRAPH, {ILLUSTRATION: value}, b"")
            for number, value in values.items()
        ]
    )
    panel.context.settings["threshold"] = 0.5
    panel.context.settings["model"] = str(model)
    session.watch()
    return panel


def test_without_sources_the_panel_says_what_to_do(studio: OffscreenStudio) -> None:
    panel = studio.open_panel("illustrations")
    assert panel.welcome.isVisible() and not panel.primary.isEnabled()
    panel.welcome.button.click()
    assert panel.dialog is not None and panel.dialog.isVisible()
    panel.dialog.reject()


def test_a_dropped_folder_becomes_a_source_and_only_once(
    panel: IllustrationsPanel, pictures: Path
) -> None:
    assert [source.name for source in panel.session.gathering.rows] == ["drawings"]
    panel.dropped.emit([pictures, pictures / "0.png"])
    assert len(panel.session.gathering.rows) == 1
    assert panel.gallery.isVisible() and panel.gallery.cells.rowCount() == 6
    wait_for(lambda: len(panel.thumbnails) == 6)


def test_while_the_filter_judges_the_panel_says_so(
    studio: OffscreenStudio, pictures: Path, tmp_path: Path
) -> None:
    model = save_filter(tmp_path / "filter.safetensors", Extractor(threads=1))
    panel: IllustrationsPanel = studio.open_panel("illustrations")
    panel.context.settings["model"] = str(model)
    panel.session.watch()
    panel.dropped.emit([pictures])
    wait_for(lambda: panel.session.busy)

    def said() -> list[str]:
        labels = panel.nothing.findChildren(QLabel)
        return [label.text() for label in labels if label.isVisibleTo(panel.nothing)]

    wait_for(lambda: "Pictures are collected and judged" in said())
    assert not panel.nothing.button.isVisibleTo(panel.nothing)
    wait_for(lambda: not panel.session.busy, 60)
    assert panel.session.shapes or "Nothing to see here" in said()


def test_what_others_collect_appears(panel: IllustrationsPanel, pictures: Path) -> None:
    (pictures / "new.png").write_bytes(drawing(50))
    with contextlib.closing(Library(panel.context.data_folder)) as other:
        source = panel.session.gathering.rows[0].id
        other.put_page(source, Page((post(1, str(pictures / "new.png")),), {}), 1)
        Collector(other).fetch_files()
    wait_for(lambda: len(panel.session.shapes) == 7)


def test_marks_and_deleting_can_be_undone(panel: IllustrationsPanel) -> None:
    session, stack = panel.session, panel.undo_stack
    first, second = session.order[:2]
    session.set_favourite([first, second], True)
    session.go(FAVOURITES)
    assert session.order == [first, second]
    session.set_hidden([first], True)
    assert session.order == [second]
    session.go(HIDDEN)
    assert session.order == [first]
    stack.undo()
    assert session.order == []
    session.go(EVERYTHING)
    session.remove([first, second])
    assert len(session.order) == 4
    stack.undo()
    assert len(session.order) == 6
    stack.undo()
    session.go(FAVOURITES)
    assert session.order == []


def test_the_keyboard_opens_walks_and_deletes(panel: IllustrationsPanel) -> None:
    gallery, session, detail = panel.gallery, panel.session, panel.detail_view
    order = session.order
    gallery.setFocus()
    gallery.go_to(order[0])
    QTest.keyClick(gallery, Key.Key_Return)
    assert session.current == order[0] and detail.isVisible()
    wait_for(lambda: not detail.canvas.image.isNull())
    assert not detail.previous.isEnabled()
    QTest.keyClick(detail, Key.Key_Right)
    assert session.current == order[1]
    QTest.keyClick(detail, Key.Key_F)
    assert session.item(order[1]).favourite  # type: ignore[union-attr]
    QTest.keyClick(detail, Key.Key_Delete)
    assert session.current == order[2], "the next one is shown"
    QTest.keyClick(detail, Key.Key_Escape)
    assert gallery.isVisible() and len(session.order) == 5
    gallery.choose(session.order[:2])
    QTest.keyClick(gallery, Key.Key_Delete)
    assert len(session.order) == 3


def test_a_click_opens_and_search_finds(panel: IllustrationsPanel) -> None:
    gallery, session = panel.gallery, panel.session
    place = gallery.visualRect(gallery.cells.index(2, 0)).center()
    QTest.mouseClick(gallery.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.current == session.order[2]
    session.close()
    panel.header.search.setFocus()
    QTest.keyClicks(panel.header.search, "drawings")
    wait_for(lambda: session.view.words == "drawings" and len(session.shapes) == 6)
    QTest.keyClicks(panel.header.search, " nowhere")
    wait_for(lambda: not session.shapes)
    assert panel.nothing.isVisible()
    panel.nothing.button.click()
    assert len(session.shapes) == 6 and panel.header.search.text() == ""


def test_every_cell_has_a_name(judged: IllustrationsPanel) -> None:
    judged.session.set_show(ANY)
    judged.session.set_favourite([judged.session.order[0]], True)
    role = Qt.ItemDataRole.AccessibleTextRole
    names = [judged.gallery.cells.index(row, 0).data(role) for row in range(6)]
    assert all("drawings" in name and "%" in name for name in names)
    assert names[0].endswith("favourite")
    cells = judged.places.list.cells
    assert [cells.index(row, 0).data(role) for row in range(4)] == [
        "All pictures", "Favourites", "Hidden", "drawings",
    ]  # fmt: skip


def test_the_threshold_shows_what_it_does(judged: IllustrationsPanel) -> None:
    session, section = judged.session, judged.filter
    assert len(session.shapes) == 2
    assert section.note.text().startswith("2 of 6 pictures pass")
    section.threshold.changing.emit(15)
    assert section.note.text().startswith("3 of 6"), "while it is dragged"
    section.threshold.changed.emit(70)
    assert len(session.shapes) == 1 and judged.context.settings["threshold"] == 0.7
    section.shown.chosen.emit(1)
    assert session.view.show == REST and len(session.shapes) == 5


def test_a_correction_counts_and_can_be_taken_back(judged: IllustrationsPanel) -> None:
    session = judged.session
    first = session.order[0]
    session.open(first)
    bars = judged.verdict.bars
    row = bars.visualRect(bars.cells.index(3, 0)).center()
    QTest.mouseClick(bars.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert session.library.corrected()[0][2] == GACHA
    assert first not in session.order
    judged.undo_stack.undo()
    assert first in session.order and session.library.corrected() == []


def test_places_are_chosen_by_mouse_and_keys(panel: IllustrationsPanel) -> None:
    places, session = panel.places.list, panel.session
    row = places.visualRect(places.cells.index(3, 0)).center()
    QTest.mouseClick(places.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert session.view.place == SOURCE
    QTest.keyClick(places, Key.Key_Home)
    assert session.view.place == EVERYTHING
    QTest.keyClick(places, Key.Key_End)
    QTest.keyClick(places, Key.Key_Delete)
    assert session.gathering.rows == [] and session.view.place == EVERYTHING
    assert len(session.shapes) == 6, "its pictures stay"
    panel.undo_stack.undo()
    assert [source.name for source in session.gathering.rows] == ["drawings"]


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Yuno</title>
<item><guid>1</guid><link>{0}/1</link><title>one</title>
<enclosure url="{0}/a.png" type="image/png" length="1"/></item></channel></rss>"""


def test_a_feed_is_added_tried_and_collected(studio: OffscreenStudio) -> None:
    panel = studio.open_panel("illustrations")
    with picture_site() as site:
        site.add("a.png", drawing(7))
        address = site.add("feed.xml", FEED.format(site.address).encode())
        panel.edit_source(None)
        dialog = panel.dialog
        dialog.kind.setCurrentIndex(dialog.kind.findData("feed"))
        dialog.submit()
        assert "not complete" in dialog.problem.text() and panel.session.gathering.rows == []
        dialog.edits["address"].setText(site.address + "/nothing.xml")
        dialog.attempt.click()
        wait_for(lambda: bool(dialog.problem.text()))
        dialog.edits["address"].setText(address)
        dialog.attempt.click()
        wait_for(dialog.found.isVisible)
        dialog.name.setText("Yuno")
        dialog.submit()
        wait_for(lambda: len(panel.session.shapes) == 1 and not panel.session.busy)
        assert panel.session.item(panel.session.order[0]).text.startswith("one")
        # Collecting again fetches no picture again.
        panel.press_primary()
        wait_for(lambda: not panel.session.busy)
        assert site.asked["/a.png"] == 1


def test_a_source_that_fails_says_so_beside_its_name(studio: OffscreenStudio) -> None:
    panel = studio.open_panel("illustrations")
    with picture_site() as site:
        panel.session.gathering.put(None, "gone", "feed", {"address": f"{site.address}/no.xml"}, "")
        wait_for(lambda: not panel.session.busy)
    role = Qt.ItemDataRole.AccessibleDescriptionRole
    assert "has nothing at this address" in panel.places.list.cells.index(3, 0).data(role)


def test_pictures_are_copied(panel: IllustrationsPanel, tmp_path: Path) -> None:
    panel.session.copying.to_folder(panel.session.order, tmp_path / "copies")
    wait_for(lambda: not panel.session.busy)
    copies = sorted((tmp_path / "copies").iterdir())
    assert len(copies) == 6 and copies[0].read_bytes().startswith(b"\x89PNG")


def test_what_is_shown_comes_back(studio: OffscreenStudio, judged: IllustrationsPanel) -> None:
    judged.session.set_show(REST)
    judged.session.go(SOURCE, judged.session.gathering.rows[0].id)
    panel = studio.reopen_panel("illustrations")
    assert panel.session.view.place == SOURCE and panel.session.view.show == REST


def test_a_large_collection_is_shown_at_once(studio: OffscreenStudio) -> None:
    panel = studio.open_panel("illustrations")
    posts = tuple(post(n, f"/nowhere/{n}.png") for n in range(3000))
    with contextlib.closing(Library(panel.context.data_folder)) as library:
        number = library.add_source("many", "folder", {"path": "/nowhere"})
        library.put_page(number, Page(posts, {}), 0.0)
        library.write(
            "UPDATE picture SET state = 'kept', file = address, width = 100,"
            " height = 100 + 37 * (id % 5)"
        )
    wait_for(lambda: len(panel.session.shapes) == 3000)
    bar = panel.gallery.verticalScrollBar()
    for value in range(0, bar.maximum(), bar.maximum() // 20):
        bar.setValue(value)
        studio.window.grab()
    assert panel.gallery.indexAt(QPoint(30, 30)).isValid()


def test_a_cascade_gives_a_second_opinion(
    studio: OffscreenStudio, panel: IllustrationsPanel, tmp_path: Path
) -> None:
    session, opinion = panel.session, panel.verdict.opinion
    session.open(session.order[0])
    studio.settle()
    assert opinion.isHidden(), "there is no cascade"
    session.close()
    panel.context.settings["cascade"] = str(save_cascade(tmp_path / "cascade.xml"))
    session.open(session.order[0])
    wait_for(opinion.isVisible)
    assert opinion.text().startswith("Second opinion: drawn faces were found")
