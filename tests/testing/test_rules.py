"""Every rule of ``check_plugin`` fails for a plugin that was made to break it, and says how."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6

from kirara_studio.development.scaffold import new_plugin
from kirara_studio.host.source_plugins import read_project
from kirara_studio.testing.check import FAILED, PASSED, SKIPPED, Result
from kirara_studio.testing.rules import chosen_rules, distribution, panels
from kirara_studio.testing.studio import the_application
from kirara_studio.testing.subject import Subject

NUMBERS = itertools.count(1)
Change = tuple[str, str, str]
"""A file, a text in it, and what stands there instead."""

INIT, PANEL, JOBS = "__init__.py", "panel.py", "jobs.py"
DOCUMENT = "        self.slider = ValueSlider("
TOP = "from __future__ import annotations\n"

BROKEN: dict[str, tuple[str, list[Change], str]] = {
    "needs torch": (
        "metadata", [("../pyproject.toml", "dependencies = []", 'dependencies = ["torch>=2"]')],
        "It needs “torch>=2”, which the studio brings along.",
    ),
    "without a description": (
        "metadata", [("../pyproject.toml", "description =", "# description =")], "no description"),
    "without a range": ("api_range", [(INIT, "KIRARA_API =", "API =")], "declares no KIRARA_API"),
    "open upwards": ("api_range", [(INIT, '">=1.3,<2"', '">=1.3"')], "has no upper bound"),
    "for a newer studio": ("api_range", [(INIT, '">=1.3,<2"', '">=9"')], "needs plugin interface"),
    "widgets at import": (
        "light_import", [(INIT, TOP, TOP + "import PySide6.QtWidgets\n")],
        "It imports PySide6.QtWidgets.",
    ),
    "slow at import": (
        "light_import", [(INIT, TOP, TOP + "sum(i * i for i in range(3_000_000))\n")],
        "of the processor",
    ),
    "another excepthook": (
        "clean_import", [(INIT, TOP, TOP + "import sys\nsys.excepthook = print\n")],
        "It changes sys.excepthook.",
    ),
    "another locale": (
        "clean_import",
        [(INIT, TOP, TOP + "import locale\nlocale.setlocale(locale.LC_ALL, 'C.UTF-8')\n")],
        "It changes the locale.",
    ),
    "a thread at import": (
        "clean_import",
        [(INIT, TOP, TOP + "import threading, time\n"
          "threading.Thread(target=time.sleep, args=(9,), daemon=True).start()\n")],
        "It changes the running threads.",
    ),
    "not a list": ("hooks", [(INIT, "return [PAGE]", "return PAGE")], "must return a list"),
    "a misspelt hook": (
        "hooks", [(INIT, "def kirara_settings", "def kirara_setings")], "kirara_setings"),
    "an id that is taken": ("ids", [(INIT, 'id="NAME"', 'id="characters"')], "is taken by"),
    "an id of no plugin": ("ids", [(INIT, 'id="NAME"', 'id="sun"')], "does not begin with"),
    "keys that are taken": (
        "shortcuts",
        [(PANEL, DOCUMENT, '        self.add_shortcut("Ctrl+K", self.start)\n' + DOCUMENT)],
        "“Ctrl+K” of the panel",
    ),
    "a missing icon": ("icons", [(INIT, '"icon.svg"', '"sun.svg"')], "There is no icon “sun.svg”."),
    "a coloured icon": ("icons", [("icon.svg", "currentColor", "#ff0000")], "colours of its own"),
    "a broken icon": ("icons", [("icon.svg", "</svg>", "<")], "cannot be drawn"),
    "a new text": (
        "translations", [(PANEL, '"Grow"', '"Grow now"')], "“Grow now” is not translated."),
    "an old .qm": (
        "translations", [("translations/ja.ts", "育てる", "さかせる")], "is older than “ja.ts”"),
    "a field that is lost": (
        "translations", [("translations/ja.ts", "種の数を {seeds} に", "種の数をその数に")],
        "other fields in braces",
    ),
    "an argument without help": (
        "commands", [("commands.py", ', help="how many; by default as the settings say"', "")],
        "“--seeds” of “kirara-studio NAME” has no help.",
    ),
    "a constructor that raises": (
        "opens",
        [(PANEL, DOCUMENT, '        raise ValueError("no seeds")\n' + DOCUMENT)], "no seeds"),
    "an error at once": (
        "opens",
        [(PANEL, DOCUMENT, '        context.show_error(ValueError("dry"))\n' + DOCUMENT)], "dry"),
    "another look of everything": (
        "opens",
        [(PANEL, DOCUMENT, "        from PySide6.QtGui import QGuiApplication, QPalette\n"
          "        QGuiApplication.setPalette(QPalette(Qt.GlobalColor.green))\n" + DOCUMENT)],
        "changed",
    ),
    "a job that fails": (
        "jobs", [(JOBS, "    seeds = []", '    raise ValueError("no sun")')], "no sun"),
    "a request that is no value": (
        "jobs", [(PANEL, "self.document.value, self.picture", "lambda: 1, self.picture")],
        "cannot be sent",
    ),
    "a nameless button": (
        "names",
        [(PANEL, "        self.set_canvas(", "        from PySide6.QtWidgets import QPushButton\n"
          "        self.section.add(QPushButton())\n        self.set_canvas(")],
        "a QPushButton has no name",
    ),
    "always white": (
        "themes",
        [(PANEL, "            painter.setRenderHint(",
          "            painter.fillRect(self.rect(), Qt.GlobalColor.white)\n"
          "            painter.setRenderHint(")],
        "is bright in the dark theme",
    ),
    "a slot that raises when the language changes": (
        "languages", [(PANEL, "        super().retranslate()\n",
                       "        super().retranslate()\n        if self.isVisible():\n"
                       "            self.absent.show()\n")],
        "AttributeError",
    ),
    "texts of the start": (
        "languages",
        [(PANEL, '        self.section.set_title(translate("NAME", "Sunflower"))',
          '        if not self.isVisible():\n'
          '            self.section.set_title(translate("NAME", "Sunflower"))')],
        "“Sunflower” in “NAME” stays English.",
    ),
    "a state that grows": (
        "state", [(PANEL, "settled_value.seeds}", "settled_value.seeds + 1}")], "but is"),
    "a state that is no JSON": (
        "state", [(PANEL, '"seeds": self.document.settled_value.seeds', '"seeds": {1, 2}')],
        "is not JSON",
    ),
    "a trusting panel": (
        "state",
        [(PANEL, "        if isinstance(seeds, int) and FEWEST <= seeds <= MOST:",
          '        if "seeds" in state:')],
        "must be real number",
    ),
    "a Stop that does nothing": (
        "stops", [(PANEL, "self.start, self.task.stop", "self.start, lambda: None")],
        "is still busy after Stop",
    ),
    "a job that does not listen": (
        "stops", [(JOBS, "        tools.progress(number, request.seeds, \"growing\")",
                   "        __import__('time').sleep(0.02)")],
        "“grow” goes on",
    ),
    "a panel in a list": (
        "closes", [(PANEL, DOCUMENT, "        KEPT.append(self)\n" + DOCUMENT),
                   (PANEL, TOP, TOP + "KEPT = []\n")],
        "is still referred to",
    ),
    "a window of its own": (
        "closes", [(PANEL, DOCUMENT, "        KEPT.append(QWidget())\n" + DOCUMENT),
                   (PANEL, TOP, TOP + "KEPT = []\n")],
        "leaves 2 widgets",
    ),
    "a timer without a parent": (
        "closes",
        [(PANEL, DOCUMENT, "        from PySide6.QtCore import QTimer\n"
          "        KEPT.append(QTimer(interval=1000))\n        KEPT[-1].start()\n" + DOCUMENT),
         (PANEL, TOP, TOP + "KEPT = []\n")],
        "leaves 2 running timers",
    ),
    "a thread that goes on": (
        "closes",
        [(PANEL, DOCUMENT, "        import threading, time\n"
          "        threading.Thread(target=time.sleep, args=(9,), daemon=True).start()\n"
          + DOCUMENT)],
        "leaves 2 threads",
    ),
    "an open file": (
        "closes",
        [(PANEL, DOCUMENT, "        KEPT.append(open(__file__))\n" + DOCUMENT),
         (PANEL, TOP, TOP + "KEPT = []\n")],
        "leaves 2 open files",
    ),
    "something deprecated": (
        "deprecated",
        [(PANEL, DOCUMENT, "        old()\n" + DOCUMENT),
         (PANEL, "class NewPluginPanel".replace("NewPlugin", "CLASS"),
          "from kirara_studio.api.deprecation import deprecated\n"
          "@deprecated('1.3', '2.0', 'use `new`')\ndef old(): pass\n\n\nclass CLASSPanel")],
        "old is deprecated since plugin interface 1.3",
    ),
    "a slow start": (
        "ends",
        [(INIT, "@hookimpl\ndef kirara_settings", "@hookimpl\ndef kirara_startup(studio):\n"
          "    sum(i * i for i in range(3_000_000))\n\n\n@hookimpl\ndef kirara_settings")],
        "kirara_startup takes",
    ),
    "a start that raises": (
        "ends",
        [(INIT, "@hookimpl\ndef kirara_settings", "@hookimpl\ndef kirara_startup(studio):\n"
          "    raise ValueError('not today')\n\n\n@hookimpl\ndef kirara_settings")],
        "not today",
    ),
    "an end that raises": (
        "ends",
        [(INIT, "@hookimpl\ndef kirara_settings", "@hookimpl\ndef kirara_shutdown():\n"
          "    raise ValueError('not yet')\n\n\n@hookimpl\ndef kirara_settings")],
        "not yet",
    ),
    "a thread that outlives the studio": (
        "ends",
        [(INIT, "@hookimpl\ndef kirara_settings", "@hookimpl\ndef kirara_startup(studio):\n"
          "    import threading, time\n"
          "    threading.Thread(target=time.sleep, args=(10,), name='stays').start()\n\n\n"
          "@hookimpl\ndef kirara_settings")],
        "The thread “stays” keeps",
    ),
}  # fmt: skip


MakePlugin = Callable[..., Subject]


@pytest.fixture
def make_plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakePlugin]:
    """Makes a new plugin with some changes, each under a name of its own."""
    made: list[Subject] = []
    before = set(the_application().topLevelWidgets())

    def make(*changes: Change) -> Subject:
        name = f"sun{next(NUMBERS)}"
        folder = new_plugin(name, tmp_path / name)
        for file, old, new in changes:
            path = folder / f"kirara_{name}" / file
            text = path.read_text(encoding="utf-8")
            old, new = (t.replace("NAME", name).replace("CLASS", name.title()) for t in (old, new))
            assert old in text, old
            path.write_text(text.replace(old, new), encoding="utf-8")
        project = read_project(folder)
        monkeypatch.syspath_prepend(str(project.import_folder))
        made.append(Subject(project.plugins[0], tmp_path / "home", project))
        return made[-1].__enter__()

    yield make
    for subject in made:
        subject.__exit__(None, None, None)
    for left in set(the_application().topLevelWidgets()) - before:
        shiboken6.delete(left)  # so that no later test meets what a plugin did not end


def tried(name: str, subject: Subject) -> Result:
    (rule,) = chosen_rules([name])
    return rule.run(subject)


@pytest.mark.parametrize("case", BROKEN)
def test_a_plugin_that_breaks_a_rule_is_found(
    make_plugin: MakePlugin, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    rule, changes, expected = BROKEN[case]
    monkeypatch.setattr(panels, "SLOWEST_STOP", 0.5)
    monkeypatch.setattr(panels, "SLOWEST_STARTUP", 0.05)
    if case == "slow at import":
        monkeypatch.setattr(distribution, "SLOWEST_IMPORT", 0.05)
    subject = make_plugin(*changes)
    if rule == "deprecated":
        tried("opens", subject)
    result = tried(rule, subject)
    assert (result.outcome, result.rule) == (FAILED, rule), result
    assert expected.replace("NAME", subject.name) in result.reason, result.reason
    assert result.advice and result.title


def test_every_rule_has_a_plugin_that_breaks_it() -> None:
    alone = {"wheel"}  # tests/testing/test_check.py
    assert {rule.name for rule in chosen_rules()} == {
        rule for rule, _, _ in BROKEN.values()
    } | alone


def test_a_plugin_with_less_skips_what_does_not_concern_it(make_plugin: MakePlugin) -> None:
    subject = make_plugin((INIT, "@hookimpl\ndef", "def"))
    for rule in ("opens", "names", "stops", "commands", "translations"):
        assert tried(rule, subject).outcome == SKIPPED
    assert tried("closes", subject).reason == "It has no panel."
    assert tried("hooks", subject).outcome == PASSED
