"""Make the pictures of the documentation, from the real program: run it after a visible change.

Screenshots of the studio in light, dark and Japanese, a sheet of drawn characters, and a morph.
The windows are painted into memory, so no display is needed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kirara_characters.panel import CharactersPanel
    from kirara_foresight.panel import ForesightPanel
    from kirara_illustrations.panel import IllustrationsPanel
    from kirara_paintings.panel import PaintingsPanel
    from kirara_releases.panel import ReleasesPanel
    from kirara_speech.panel import SpeechPanel

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
SHOTS = (
    ("characters-light", "light", "en", "", (1280, 800)),
    ("characters-dark", "dark", "en", "", (1280, 800)),
    ("characters-japanese", "light", "ja", "", (1280, 800)),
    ("characters-contact-sheet", "light", "en", "contact sheet", (1280, 800)),
    ("characters-attributes", "light", "en", "attributes", (1280, 800)),
    ("characters-attributes-japanese", "dark", "ja", "attributes", (1280, 800)),
    ("speech-light", "light", "en", "speech", (1280, 800)),
    ("speech-japanese", "dark", "ja", "speech", (1280, 800)),
    ("foresight-light", "light", "en", "foresight", (1280, 800)),
    ("foresight-japanese", "dark", "ja", "foresight", (1280, 800)),
    ("paintings-gallery", "light", "en", "paintings", (1280, 800)),
    ("paintings-reasons", "light", "en", "reasons", (1280, 800)),
    ("paintings-heat-map", "dark", "en", "heat map", (1280, 800)),
    ("paintings-own-classes", "dark", "en", "own classes", (1280, 800)),
    ("paintings-japanese", "dark", "ja", "paintings", (1280, 800)),
    ("illustrations-gallery", "light", "en", "illustrations", (1280, 800)),
    ("illustrations-picture", "dark", "en", "illustration", (1280, 800)),
    ("illustrations-source", "light", "en", "source", (1280, 800)),
    ("illustrations-japanese", "dark", "ja", "illustrations", (1280, 800)),
    ("releases-light", "light", "en", "releases", (1280, 800)),
    ("releases-dark", "dark", "en", "releases", (1280, 800)),
    ("releases-japanese", "dark", "ja", "releases", (1280, 800)),
    ("releases-edit", "light", "en", "magazine", (1280, 800)),
    ("settings-dark-japanese", "dark", "ja", "settings", (1280, 800)),
    ("plugins-light", "light", "en", "plugins", (1280, 800)),
    ("plugins-japanese", "dark", "ja", "plugins", (1280, 800)),
    ("palette-light", "light", "en", "palette", (1280, 800)),
)

NEW_PLUGIN = "new-plugin"
"""The panel of a plugin that was just made."""
PARIKH = (("parikh-light", "light", "en", 1), ("parikh-japanese", "dark", "ja", 2))
"""The plugin in plugins/parikh: name, theme, language, page."""

PAINTINGS = ("paintings", "reasons", "heat map", "own classes")
ILLUSTRATIONS = ("illustrations", "illustration", "source")


def photograph(name: str, theme: str, language: str, page: str, size: tuple[int, int]) -> None:
    """Take one screenshot; runs in a process of its own."""
    from kirara_studio.app import Studio, make_application
    from kirara_studio.desktop.single_instance import StartRequest
    from kirara_studio.host.folders import Folders
    from kirara_studio.ui.tour import run_until

    studio = Studio(make_application(), Folders.default(), on_tour=True)  # without reminders
    studio.preferences["theme"] = theme
    studio.preferences["language"] = language
    studio.preferences["reduce_motion"] = True
    studio.start(StartRequest())
    window = studio.window
    window.resize(*size)
    panel = page if page in ("speech", "foresight") else "characters"
    if page in PAINTINGS:
        panel = "paintings"
    elif page in ILLUSTRATIONS:
        panel = "illustrations"
    elif page in ("releases", "magazine"):
        panel = "releases"
    window.open_panel(panel)
    host = window.host(panel)
    run_until(lambda: host.widget is not None, 60)
    if page == "speech":
        speak(host.widget)
    elif page == "contact sheet":
        choose_pictures(host.widget)
    elif page == "foresight":
        look_ahead(host.widget, "digits" if theme == "light" else "radar")
    elif page == "attributes":
        change_attributes(host.widget)
    elif page in PAINTINGS:
        sort_paintings(host.widget, page)
    elif panel == "illustrations":
        collect_drawings(host.widget)
        if page == "illustration":
            host.widget.session.open(host.widget.session.order[10])
    elif panel == "releases":
        mark_releases(host.widget)
    wait_for_quiet(studio.queue)
    if page == "settings":
        window.open_settings()
    elif page == "plugins":
        window.open_plugins()
    elif page == "palette":
        window.open_palette()
    picture = window
    if page == "magazine":
        host.widget.edit_magazine(host.widget.session.model.magazines[0])
        picture = host.widget.dialog
    elif page == "source":
        host.widget.edit_source(None)
        picture = host.widget.dialog
        picture.kind.setCurrentIndex(picture.kind.findData("mastodon"))
    settle = time.monotonic() + 1.5
    run_until(lambda: time.monotonic() > settle, 10)
    picture.grab().save(str(PICTURES / f"{name}.png"))
    studio.shutdown()


def photograph_new_plugin() -> None:
    """Make a plugin, and take a screenshot of its panel; runs in a process of its own."""
    from kirara_studio.development.scaffold import new_plugin
    from kirara_studio.host.source_plugins import read_project
    from kirara_studio.testing import OffscreenStudio

    with tempfile.TemporaryDirectory() as folder:
        project = read_project(new_plugin("hello", Path(folder) / "hello"))
        project.make_importable()
        with OffscreenStudio(project.plugins, Path(folder) / "home") as studio:
            studio.window.resize(1280, 800)
            studio.open_panel("hello")
            studio.settle()
            studio.screenshot(PICTURES / f"{NEW_PLUGIN}.png")


def photograph_parikh() -> None:
    """Take the screenshots of Parikh, and its picture in the list of known plugins."""
    from PySide6.QtCore import Qt

    from kirara_studio.host.source_plugins import read_project
    from kirara_studio.testing import OffscreenStudio, wait_for

    project = read_project(ROOT / "plugins" / "parikh")
    project.make_importable()
    from kirara_parikh.examples import EXAMPLES

    example = next(example for example in EXAMPLES if example.id == "union")
    for name, theme, language, page in PARIKH:
        home = Path(os.environ["KIRARA_HOME"]) / name
        with OffscreenStudio(project.plugins, home) as studio:
            studio.choose(theme=theme, language=language)
            studio.studio.preferences["reduce_motion"] = True
            panel = studio.open_panel("parikh")
            session = panel.session
            session.take_example(example)
            grammar = example.grammar
            wait_for(lambda s=session, g=grammar: s.analysis is not None and s.analysis.text == g)
            session.ask()
            wait_for(lambda s=session: s.answer is not None)
            panel.workspace.show_page(page)
            studio.settle()
            studio.screenshot(PICTURES / f"{name}.png")
            if theme == "light":
                mode = Qt.TransformationMode.SmoothTransformation
                picture = panel.workspace.picture().scaledToWidth(512, mode)
                picture.save(str(ROOT / "resources" / "plugins" / "parikh.png"))


def change_attributes(panel: CharactersPanel) -> None:
    """Change a pin by name, and keep it and another one as favourites."""
    from PySide6.QtWidgets import QScrollArea

    from kirara_studio.ui.tour import run_until

    session = panel.session
    run_until(lambda: panel.controls.attributes.rows and len(session.scene.pins) > 1, 120)
    session.toggle_favourite(session.scene.candidates[3])
    session.edits.select(1)
    for name, value in {"glasses": "round", "hair_colour": "#3fa0c8", "yaw": 0.9}.items():
        session.edits.set(name, value, "")
    session.toggle_favourite(session.scene.pins[1].character)
    area = panel.inspector.findChild(QScrollArea)
    run_until(lambda: session.edits.values.get("glasses") == "round", 60)
    area.ensureWidgetVisible(panel.controls.attributes.rows["mark"])


def speak(panel: SpeechPanel) -> None:
    """Speak a line of the Speech panel, without asking for a device that plays it."""
    from kirara_speech.playback import Request
    from kirara_speech.project.script import Line, Script
    from kirara_studio.ui.tour import run_until

    session, phrases = panel.session, panel.workspace.phrases.view.edits
    texts = ("今日は天気がいいので、公園まで散歩に行きましょう。", "ねえ、聞いてる？", "うん！")
    session.document.edit(Script(tuple(Line(text, "kirara") for text in texts)).at(0), "")
    run_until(lambda: bool(phrases.phrases), 60)
    line, last = session.script.line, session.playback.last
    request = session.request_of(line)
    assert request is not None, "the line was read"
    session.playback.prepare(Request(line.key, request))
    run_until(lambda: line.key in last and last[line.key].complete, 240)
    phrases.raise_pitch(2.0)


def choose_pictures(panel: CharactersPanel) -> None:
    """Show the contact sheet of drawn characters, with some copies and files of other kinds."""
    from PIL import Image

    from kirara_characters.drawing.attributes import CharacterAttributes
    from kirara_characters.drawing.character import draw_character
    from kirara_studio.ui.tour import run_until

    folder = Path(os.environ["KIRARA_HOME"]) / "Pictures"
    folder.mkdir(parents=True)
    for seed in range(24):
        picture = Image.fromarray(draw_character(CharacterAttributes.from_seed(seed), 192))
        picture.save(folder / f"{seed:02d}.png")
        if seed % 5 == 2:
            picture.resize((128, 128)).save(folder / f"{seed:02d} copy.jpg", quality=60)
        elif seed % 9 == 4:
            picture.resize((40, 40)).save(folder / f"{seed:02d} small.png")
    chooser = panel.session.training.chooser
    panel.session.train_on([folder])
    run_until(lambda: chooser.ready, 60)
    crops = chooser.pictures.crops
    run_until(lambda: None not in [chooser.thumbnail(crop) for crop in crops], 60)


def look_ahead(panel: ForesightPanel, name: str) -> None:
    """Show the middle of the forecast of a sample; without a network, one trains for a minute."""
    from kirara_foresight.samples import samples
    from kirara_studio.ui.tour import run_until

    session = panel.session
    path = next(sample.path for sample in samples() if sample.id == name)
    session.open(path)
    clip = str(path)
    run_until(lambda: session.result is not None and session.result.request.clip == clip, 240)
    if session.model is None and not session.clip.radar:
        session.fine_tune(60.0)
        run_until(lambda: session.model is not None and len(session.result.forecasts) == 3, 400)
    panel.workspace.go_to_lead(5)


def mark_releases(panel: ReleasesPanel) -> None:
    """Mark what came out this month as bought, and write a note for the next release."""
    session = panel.session
    for release in session.model.releases(session.today.replace(day=1), session.today):
        if release != session.next:
            session.toggle_bought(release)
    if session.next is not None:
        session.set_note(session.next, "付録: クリアファイル")


def sort_paintings(panel: PaintingsPanel, page: str) -> None:
    """Sort the samples of the Paintings panel; open one, or learn classes from them."""
    from kirara_paintings.tour import classes_of_samples
    from kirara_studio.ui.tour import run_until

    session, view = panel.session, panel.detail_view
    session.add_samples()
    collection = session.collection
    run_until(lambda: len(collection) > 0 and None not in collection.outcomes, 240)
    if page in ("reasons", "heat map"):
        name = "planes-2" if page == "reasons" else "framed"
        number = next(n for n, path in enumerate(collection.paths) if path.stem == name)
        session.open(number)
        run_until(lambda: session.detail.explained is not None, 240)
        if page == "heat map":
            view.regions.setChecked(False)
            view.heat.setChecked(True)
    elif page == "own classes":
        session.own_classes.set_classes(classes_of_samples())
        session.show_classes()
        session.own_classes.fit()
        run_until(lambda: session.own_classes.result is not None, 240)


def collect_drawings(panel: IllustrationsPanel) -> None:
    """Collect from a folder and a feed with drawings of the drawing program."""
    import threading
    from functools import partial
    from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

    from kirara_studio.ui.tour import run_until

    session = panel.session
    folder = Path(os.environ["KIRARA_HOME"]) / "drawings"
    if session.empty:
        handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
        with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            site = f"http://127.0.0.1:{server.server_address[1]}"
            make_drawings(folder, site)
            session.gathering.put(None, "Yuno", "feed", {"address": f"{site}/feed.xml"}, "")
            run_until(lambda: not session.busy, 240)
            server.shutdown()
        session.gathering.add_folders([folder / "my drawings"])
        run_until(lambda: not session.busy, 240)
        session.set_favourite(session.order[3:5], True)
    session.set_show("any")
    run_until(lambda: len(panel.thumbnails) > _SHOWN, 240)


_SHOWN = 8  # drawings


def make_drawings(folder: Path, site: str) -> None:
    """Make a feed of drawings on ``site``, and a folder with more of them."""
    import numpy as np
    from PIL import Image

    from tools.illustrations.figures import Figures
    from tools.illustrations.gacha import Gacha
    from tools.illustrations.illustration import Illustrations

    figures = Figures(700)
    kinds = {**Illustrations(figures, [], [], []).kinds, **Gacha(figures).kinds}
    items = []
    (folder / "my drawings").mkdir(parents=True)
    for number in range(24):
        _, make = kinds[("busts", "pages", "grid", "comics", "sketches", "pages")[number % 6]]
        name = f"{number:02d}.jpg" if number % 3 else f"my drawings/{number:02d}.jpg"
        picture = Image.fromarray(make(np.random.default_rng(number)))
        picture.save(folder / name, quality=90)
        if number % 3:
            items.append(
                f"<item><guid>{number}</guid><link>{site}/{number}</link>"
                f"<author>yuno@example.org (Yuno)</author><title>ひだまりスケッチ {number}</title>"
                f"<pubDate>Sat, 28 Nov 2026 {number:02d}:00:00 +0000</pubDate>"
                f'<enclosure url="{site}/{name}" type="image/jpeg" length="1"/></item>'
            )
    feed = f'<rss version="2.0"><channel><title>Yuno</title>{"".join(items)}</channel></rss>'
    (folder / "feed.xml").write_text(feed, encoding="utf-8")


def wait_for_quiet(jobs: object) -> None:
    """Wait until no job has run for two seconds."""
    from kirara_studio.ui.tour import run_until

    quiet_since = time.monotonic()

    def quiet() -> bool:
        nonlocal quiet_since
        if jobs.busy:  # type: ignore[attr-defined]
            quiet_since = time.monotonic()
        return time.monotonic() - quiet_since > 2

    run_until(quiet, 120)


def main() -> None:
    """Make all pictures, or the one screenshot that is named."""
    if sys.argv[1:] == [NEW_PLUGIN]:
        photograph_new_plugin()
        return
    if sys.argv[1:] == ["parikh"]:
        photograph_parikh()
        return
    if len(sys.argv) > 1:
        photograph(*next(shot for shot in SHOTS if shot[0] == sys.argv[1]))
        return
    PICTURES.mkdir(parents=True, exist_ok=True)
    studio = [sys.executable, "-m", "kirara_studio", "characters"]
    sheet = ["draw", "--seed", "200", "--count", "100", "--sheet", "--size", "128"]
    subprocess.run([*studio, *sheet, "--out", PICTURES / "drawn-sheet.png"], check=True)
    faces = ["morph", "--seeds", "1", "2", "3", "--frames", "48", "--size", "128"]
    subprocess.run([*studio, *faces, "--out", PICTURES / "morph.gif"], check=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"KIRARA_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
        for name in (*(shot[0] for shot in SHOTS), NEW_PLUGIN, "parikh"):
            subprocess.run([sys.executable, __file__, name], check=True)


if __name__ == "__main__":
    main()
