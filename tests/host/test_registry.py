"""The registry: what plugins contribute, and what happens when they misbehave."""

from __future__ import annotations

import json
import locale
import re
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kirara_studio.api.errors import UserError
from kirara_studio.api.notices import Notice
from kirara_studio.host import discovery
from kirara_studio.host import registry as registry_module
from kirara_studio.host.discovery import BROKEN, DISABLED, ENABLED, LOADING
from kirara_studio.host.registry import PluginError, Registry
from kirara_studio.host.safe_mode import LoadingJournal, SessionJournal
from kirara_studio.host.switches import PluginSwitches

from .plugin_maker import install

GOOD = """
@hookimpl
def kirara_panels():
    return [Panel(id="good", title="Good", icon="x", widget="plugin_of_tests_good:Widget")]

class Widget: ...
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A plugin folder; what was imported from it is forgotten afterwards."""
    yield tmp_path / "plugins"
    for name in [name for name in sys.modules if name.startswith("plugin_of_tests_")]:
        del sys.modules[name]
    sys.path[:] = [entry for entry in sys.path if entry != str(tmp_path / "plugins")]


@pytest.fixture
def load(tmp_path: Path, folder: Path) -> Callable[..., Registry]:
    """Start the registry on the plugin folder alone, as the studio starts it."""

    def start(**options: Any) -> Registry:
        return Registry(
            PluginSwitches(tmp_path / "plugins.toml"),
            LoadingJournal(tmp_path / "loading.json"),
            folder=folder,
            find=lambda place: [p for p in discovery.find_plugins(place) if not p.builtin],
            **options,
        )

    return start


def record(registry: Registry, name: str):
    return next(record for record in registry.plugins if record.name == name)


def test_a_plugin_from_the_users_folder_contributes_its_panel(load, folder):
    install(folder, "good", GOOD)
    registry = load()
    assert [panel.id for panel in registry.panels] == ["good"]
    assert record(registry, "good").state == ENABLED
    assert record(registry, "good").title == "Good"
    assert record(registry, "good").version == "1.2"
    assert registry.plugin_of("good") == "good"
    assert registry.load_panel_class(registry.panels[0]).__name__ == "Widget"
    assert registry.package_folder("good") == folder


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("raise RuntimeError('no luck')", "RuntimeError: no luck"),
        ("import a_module_that_is_nowhere", "ModuleNotFoundError"),
        ("raise SystemExit(3)", "SystemExit"),
        ("def broken(:", "SyntaxError"),
        ("@hookimpl\ndef kirara_panels(): 1 / 0", "kirara_panels: ZeroDivisionError"),
        ("@hookimpl\ndef kirara_panels(): return 'nonsense'", "must return a list, not str"),
        ("@hookimpl\ndef kirara_panels(): return [42]", "expected Panel, got int"),
        ("@hookimpl\ndef kirara_panels(): return 7", "must return a list, not int"),
        (
            "@hookimpl\ndef kirara_panels(): return [Panel('a', 't', 'i', 'no colon')]",
            "not of the form package.module:Class",
        ),
        (
            "@hookimpl\ndef kirara_panels(): return [Panel('a', 't', 'i', 'm:C', api='>=9')]",
            "needs plugin interface >=9",
        ),
        (
            "@hookimpl\ndef kirara_panels(): return [Panel('a', 't', 'i', 'm:C', api='new')]",
            "not a version specifier",
        ),
        ("@hookimpl\ndef kirara_panels(surprise): return []", "surprise"),
        ("@hookimpl\ndef kirara_pannels(): return []", "is not a hook of this studio"),
        (
            "@hookimpl\ndef kirara_settings(): return [SettingsPage('theirs', 'T', ())]",
            "must begin with “bad”",
        ),
        (
            "@hookimpl\ndef kirara_settings():\n"
            "    return [SettingsPage('bad', 'T', (Toggle('a', 'A'), Toggle('a', 'B')))]",
            "has a key twice",
        ),
        ("@hookimpl\ndef kirara_panels(): raise SystemExit(3)", "kirara_panels: SystemExit: 3"),
        (
            "@hookimpl\ndef kirara_panels(): return [Panel('a', 't', 'i', 'm:C', order='last')]",
            "“order” of the Panel is not a whole number",
        ),
        ("@hookimpl\ndef kirara_panels(): return [Panel('', 't', 'i', 'm:C')]", "is empty"),
        (
            "@hookimpl\ndef kirara_panels(): return [Panel('page:help', 't', 'i', 'm:C')]",
            "the studio's own pages",
        ),
        (
            "@hookimpl\ndef kirara_actions(): return [Action('a', 'A', 'm:f', shortcut=3)]",
            "“shortcut” of the Action is not a text",
        ),
        (
            "@hookimpl\ndef kirara_notice_backends():\n"
            "    return [NoticeBackend('a', 'A', print, order='1')]",
            "“order” of the NoticeBackend is not a whole number",
        ),
        (
            "@hookimpl\ndef kirara_commands(): return [Command('tour', 'mine', 'm:f')]",
            "the command “tour” is the studio's own",
        ),
        (
            "@hookimpl\ndef kirara_commands(): return [Command('--help', 'mine', 'm:f')]",
            "not a lower-case word",
        ),
        (
            "@hookimpl\ndef kirara_settings(): return [SettingsPage('badger', 'T', ())]",
            "must be “bad”",
        ),
        (
            "@hookimpl\ndef kirara_settings(): return [SettingsPage('bad', 'T', ('loud',))]",
            "has a str as a field",
        ),
        (
            "@hookimpl\ndef kirara_settings():\n"
            "    return [SettingsPage('bad', 'T', (Toggle('loud', 'Loud', default='yes'),))]",
            "“default” of the Toggle is not true or false",
        ),
        (
            "@hookimpl\ndef kirara_settings():\n"
            "    return [SettingsPage('bad', 'T', (Choice('c', 'C', options=('a', 'b')),))]",
            "not pairs of texts",
        ),
    ],
)
def test_a_broken_plugin_is_listed_with_its_reason_and_the_others_go_on(load, folder, code, reason):
    install(folder, "bad", code)
    install(folder, "good", GOOD)
    registry = load()
    assert record(registry, "bad").state == BROKEN
    assert reason in record(registry, "bad").reason
    assert [panel.id for panel in registry.panels] == ["good"]


def test_details_of_a_broken_plugin_hold_the_traceback(load, folder):
    install(folder, "bad", "raise RuntimeError('no luck')")
    details = record(load(), "bad").details
    assert "Traceback" in details and "plugin_of_tests_bad" in details


def test_a_plugin_that_imports_for_ever_costs_a_limited_time(load, folder, monkeypatch):
    monkeypatch.setattr(registry_module, "SLOWEST_IMPORT", 0.2)
    install(folder, "slow", "import time; time.sleep(60)")
    install(folder, "good", GOOD)
    registry = load(patience=0.2)
    assert record(registry, "slow").state == BROKEN
    assert "Importing it took longer than 0.2 seconds" in record(registry, "slow").reason
    assert record(registry, "good").state == ENABLED


SLOW_HOOK = """
import time

@hookimpl
def kirara_panels():
    Path(__file__).with_name("asked").touch()
    while not Path(__file__).with_name("go_on").exists():
        time.sleep(0.02)
    return [Panel("lazy", "Lazy", "x", "plugin_of_tests_lazy:Widget", order=1)]

class Widget: ...
"""


def test_a_slow_hook_does_not_delay_the_others_and_its_plugin_comes_later(
    load, folder, monkeypatch
):
    install(folder, "lazy", SLOW_HOOK)
    install(folder, "good", GOOD.replace('title="Good"', 'title="Good", order=2'))
    registry = load(patience=0.1)
    assert record(registry, "lazy").state == LOADING
    assert [panel.id for panel in registry.panels] == ["good"]
    assert registry.finish_loading() == []
    while not (folder / "asked").exists():
        time.sleep(0.02)
    monkeypatch.setattr(registry_module, "SLOWEST_IMPORT", 0.05)
    assert registry.finish_loading() == []
    assert "kirara_panels of it took longer" in record(registry, "lazy").reason
    (folder / "go_on").touch()
    registry.loading[0].wait(5)
    assert registry.finish_loading() == ["lazy"]
    assert [panel.id for panel in registry.panels] == ["lazy", "good"], "in their order"
    assert record(registry, "lazy").state == ENABLED and not record(registry, "lazy").reason


def test_a_broken_plugin_can_be_tried_again_without_a_restart(load, folder, tmp_path):
    works = tmp_path / "works"
    install(folder, "good", f"if not Path({str(works)!r}).exists(): raise OSError('no')\n{GOOD}")
    registry = load()
    assert record(registry, "good").state == BROKEN
    assert registry.load_again("good").state == BROKEN
    works.touch()
    assert registry.load_again("good").state == ENABLED
    assert [panel.id for panel in registry.panels] == ["good"]
    install(folder, "later", GOOD.replace('"good"', '"later"'))
    assert registry.load_again("later").state == ENABLED, "installed since the start"
    with pytest.raises(UserError, match="not installed any more"):
        registry.load_again("nowhere")


CHANGES = (
    """
import locale, os, sys
{how}
"""
    + GOOD
)


@pytest.mark.parametrize(
    ("how", "what"),
    [
        ("sys.excepthook = print", "replaced the handler of unexpected errors"),
        (
            "now = locale.setlocale(locale.LC_ALL)\n"
            "locale.setlocale(locale.LC_ALL, 'C' if now != 'C' else 'C.UTF-8')",
            "changed the locale",
        ),
        ("os.chdir('/')", "changed the current folder"),
    ],
)
def test_what_a_plugin_changes_of_the_process_is_undone_and_named(load, folder, how, what):
    before = sys.excepthook, locale.setlocale(locale.LC_ALL), Path.cwd()
    install(folder, "good", CHANGES.format(how=how))
    registry = load()
    assert record(registry, "good").state == ENABLED
    assert (sys.excepthook, locale.setlocale(locale.LC_ALL), Path.cwd()) == before
    (note,) = registry.figures("good").notes
    assert str(note) == f"“good” {what}. This was undone."


def test_what_an_import_costs_is_measured_and_torch_is_named(load, folder, monkeypatch):
    (folder / "torch").mkdir(parents=True)
    (folder / "torch" / "__init__.py").write_text("memory = b'1' * 60_000_000")
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    monkeypatch.syspath_prepend(str(folder))
    install(folder, "good", f"import time, torch; time.sleep(0.1)\n{GOOD}")
    figures = load().figures("good")
    del sys.modules["torch"]
    assert figures.import_seconds >= 0.1 and figures.import_memory > 40_000_000
    (note,) = figures.notes
    assert re.match("“good” imports torch at each start: 0.. s and", str(note))


def test_hook_calls_are_logged_if_the_user_wants_it(load, folder, caplog):
    install(folder, "good", GOOD)
    install(folder, "bad", "@hookimpl\ndef kirara_panels(): raise OSError('no')")
    caplog.set_level("INFO", "kirara_studio.hooks")
    load()
    assert not caplog.messages or "hook" not in caplog.text
    load(trace=True)
    lines = [line for line in caplog.messages if line.startswith("hook kirara_panels")]
    assert any(re.match(r"hook kirara_panels of good: [\d.]+ ms, \[\[Panel", x) for x in lines)
    assert any("of bad" in line and "OSError('no')" in line for line in lines)


def test_a_keyboard_interrupt_that_a_hook_raises_does_not_end_the_program(tmp_path, folder):
    install(folder, "bad", "@hookimpl\ndef kirara_panels(): raise KeyboardInterrupt")
    install(folder, "good", GOOD)
    command = [sys.executable, "-c", KILLER_START, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "good" in done.stdout and "bad" not in done.stdout


def test_ctrl_c_while_a_plugin_is_loaded_ends_the_program(tmp_path, folder):
    witness = tmp_path / "imported"
    install(folder, "slow", f"Path({str(witness)!r}).touch(); import time; time.sleep(60)")
    command = [sys.executable, "-c", KILLER_START, str(tmp_path)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as program:
        while not witness.exists():
            time.sleep(0.02)
        program.send_signal(signal.SIGINT)
        assert "KeyboardInterrupt" in program.communicate(timeout=8)[1]
    assert program.returncode == -signal.SIGINT


def test_a_disabled_plugin_is_not_imported(load, folder, tmp_path):
    witness = tmp_path / "imported"
    install(folder, "good", f"Path({str(witness)!r}).touch()\n{GOOD}")
    load().set_enabled("good", False)
    witness.unlink()
    registry = load()
    assert record(registry, "good").state == DISABLED
    assert not witness.exists() and not registry.panels
    assert not registry.is_enabled("good")
    registry.set_enabled("good", True)
    assert [panel.id for panel in load().panels] == ["good"]


def test_safe_mode_loads_no_foreign_plugin(load, folder):
    install(folder, "good", GOOD)
    registry = load(safe_mode=True)
    assert record(registry, "good").state == DISABLED
    assert registry.is_enabled("good"), "safe mode is for one start only"


def test_two_plugins_cannot_have_the_same_panel(load, folder):
    install(folder, "good", GOOD)
    install(folder, "later", GOOD)
    registry = load()
    assert "“good” is taken by the plugin “good”" in record(registry, "later").reason
    assert len(registry.panels) == 1


def test_a_plugin_cannot_have_the_same_panel_twice(load, folder):
    install(folder, "good", GOOD.replace("[Panel", "2 * [Panel"))
    registry = load()
    assert "“good” is taken by the plugin “good”" in record(registry, "good").reason
    assert len(registry.panels) == 1


def test_two_distributions_cannot_have_the_same_plugin_name(load, folder):
    install(folder, "good", GOOD, distribution="first")
    install(folder, "good", GOOD, distribution="second")
    registry = load()
    assert sorted(r.state for r in registry.plugins) == [BROKEN, ENABLED]


def test_a_widget_that_cannot_be_imported_names_the_plugin(load, folder):
    install(folder, "good", GOOD.replace(":Widget", ":Missing"))
    registry = load()
    with pytest.raises(PluginError, match="“good” could not provide") as caught:
        registry.load_panel_class(registry.panels[0])
    assert isinstance(caught.value.__cause__, AttributeError)


KILLER_START = """
import sys
from pathlib import Path
from kirara_studio.host.registry import Registry
from kirara_studio.host.safe_mode import LoadingJournal, SessionJournal
from kirara_studio.host.switches import PluginSwitches
home = Path(sys.argv[1])
registry = Registry(
    PluginSwitches(home / "plugins.toml"), LoadingJournal(home / "loading.json"),
    folder=home / "plugins",
)
print(registry.suspect, *[r.name for r in registry.plugins if r.state == "enabled"], sep=",")
"""


def test_a_plugin_that_kills_the_process_is_off_at_the_next_start(tmp_path, folder):
    install(folder, "killer", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    install(folder, "good", GOOD)
    command = [sys.executable, "-c", KILLER_START, str(tmp_path)]
    first = subprocess.run(command, capture_output=True, text=True)
    assert first.returncode == -9
    second = subprocess.run(command, capture_output=True, text=True, check=True)
    suspect, *enabled = second.stdout.strip().split(",")
    assert suspect == "killer"
    assert "good" in enabled and "killer" not in enabled
    third = subprocess.run(command, capture_output=True, text=True, check=True)
    assert third.stdout.startswith(","), "nobody is suspect any more, and the plugin stays off"
    assert "killer" not in third.stdout


def test_the_journal_survives_nonsense(tmp_path):
    path = tmp_path / "loading.json"
    for nonsense in ("", "{", "[]", '{"plugin": 3}', '{"plugin": "a", "process": "x"}', "\x00"):
        path.write_text(nonsense)
        assert LoadingJournal(path).suspect == ""


def test_a_command_beside_the_loading_window_accuses_nobody(tmp_path):
    journal = LoadingJournal(tmp_path / "loading.json")
    look = (
        "import sys; from pathlib import Path\n"
        "from kirara_studio.host.safe_mode import LoadingJournal\n"
        "print(LoadingJournal(Path(sys.argv[1])).suspect)"
    )
    command = [sys.executable, "-c", look, str(tmp_path / "loading.json")]
    with journal.watching("innocent"), journal.watching("inner"):
        beside = subprocess.run(command, capture_output=True, text=True, check=True)
        assert beside.stdout.strip() == ""
    assert not (tmp_path / "loading.json").exists()


def test_a_suspect_is_off_also_where_that_cannot_be_written(folder, tmp_path):
    install(folder, "good", GOOD)
    (tmp_path / "loading.json").write_text('{"plugin": "good", "process": 0}')
    (tmp_path / "a file").touch()
    registry = Registry(
        PluginSwitches(tmp_path / "a file" / "plugins.toml"),
        LoadingJournal(tmp_path / "loading.json"),
        find=lambda place: discovery.find_plugins(folder),
    )
    assert registry.suspect == "good" and record(registry, "good").state == DISABLED


def test_a_plugin_that_ends_the_process_in_its_startup_hook_is_suspect(tmp_path, folder):
    code = "@hookimpl\ndef kirara_startup(): import os; os._exit(5)"
    install(folder, "killer", code)
    command = [sys.executable, "-c", f"{KILLER_START}\nregistry.startup(None)", str(tmp_path)]
    assert subprocess.run(command, capture_output=True).returncode == 5
    second = subprocess.run(command, capture_output=True, text=True)
    assert second.returncode == 0 and second.stdout.startswith("killer,")


# Each hook once, through a real plugin. test_hooks.py checks that none is forgotten.


def test_kirara_panels(load, folder):
    install(folder, "good", GOOD)
    assert [panel.id for panel in load().panels] == ["good"]


def test_kirara_commands(load, folder):
    install(
        folder, "a", "@hookimpl\ndef kirara_commands(): return [Command('sing', 'sings', 'm:f')]"
    )
    assert [command.name for command in load().commands] == ["sing"]


def test_kirara_actions(load, folder):
    install(folder, "a", "@hookimpl\ndef kirara_actions(): return [Action('go', 'Go', 'm:f')]")
    assert [action.id for action in load().actions] == ["go"]


def test_kirara_settings(load, folder):
    install(
        folder,
        "a",
        "@hookimpl\ndef kirara_settings():\n"
        "    return [SettingsPage('a', 'A', (Toggle('loud', 'Loud'),))]",
    )
    assert [page.id for page in load().settings_pages] == ["a"]


def test_kirara_notice_backends(load, folder, tmp_path):
    heard = tmp_path / "heard"
    code = f"""
    def send(notice):
        Path({str(heard)!r}).write_text(notice.title)

    @hookimpl
    def kirara_notice_backends():
        return [NoticeBackend("file", "A file", send)]
    """
    install(folder, "a", textwrap.dedent(code))
    (backend,) = load().backends
    backend.send(Notice("hello"))
    assert heard.read_text() == "hello"


def test_kirara_notice_activated(load, folder, tmp_path):
    heard = tmp_path / "heard"
    code = f"""
    @hookimpl
    def kirara_panels():
        return [Panel("NAME", "Title", "panel", "plugin_of_tests_NAME:Widget")]

    @hookimpl
    def kirara_notice_activated(notice, action):
        with Path({str(heard)!r}).open("a") as file:
            print("NAME heard:", notice.title, action, file=file)
        1 / len(action)
    """
    for name in ("mine", "other"):
        install(folder, name, textwrap.dedent(code).replace("NAME", name))
    registry = load()
    registry.notice_activated(Notice("today", panel="mine"), "bought")
    registry.notice_activated(Notice("whose?"), "bought")
    registry.notice_activated(Notice("gone", panel="removed"), "bought")
    assert heard.read_text() == "mine heard: today bought\n"
    registry.notice_activated(Notice("today", panel="other"), "")
    assert record(registry, "other").state == BROKEN and record(registry, "mine").state == ENABLED


def test_kirara_model_formats(load, folder):
    install(
        folder,
        "a",
        "@hookimpl\ndef kirara_model_formats():\n"
        "    return [ModelFormat('f', 'F', ('.x',), 'm:recognise', panel='second'),"
        " ModelFormat('g', 'G', ('.x',), 'm:recognise', panel='not mine')]\n"
        "@hookimpl\ndef kirara_panels():\n"
        "    return [Panel('first', 'P', 'i', 'm:P', order=2), Panel('second', 'P', 'i', 'm:P')]",
    )
    install(
        folder,
        "without_panels",
        "@hookimpl\ndef kirara_model_formats(): return [ModelFormat('h', 'H')]",
    )
    registry = load()
    panels = {form.id: registry.panel_of_format(form) for form in registry.model_formats}
    assert panels == {"g": "first", "f": "second"}
    assert list(panels) == ["g", "f"], "in the order of the panels"


def test_kirara_translations(load, folder):
    install(folder, "a", "@hookimpl\ndef kirara_translations(): return [Path(__file__).parent]")
    assert load().translation_folders == [folder]


def test_kirara_startup(load, folder, tmp_path):
    code = f"""
    @hookimpl
    def kirara_startup(studio):
        Path({str(tmp_path / "started")!r}).write_text(str(studio))
    """
    install(folder, "a", code)
    install(folder, "bad", "@hookimpl\ndef kirara_startup(): raise OSError('no')")
    registry = load()
    registry.startup("the studio")
    assert (tmp_path / "started").read_text() == "the studio"
    assert record(registry, "bad").state == BROKEN


def test_kirara_shutdown(load, folder, tmp_path):
    install(folder, "bad", "@hookimpl\ndef kirara_shutdown(): raise OSError('no')")
    code = f"@hookimpl\ndef kirara_shutdown(): Path({str(tmp_path / 'ended')!r}).touch()"
    install(folder, "a", code)
    load().shutdown()
    assert (tmp_path / "ended").exists()


def test_a_power_cut_blames_nobody(tmp_path):
    path = tmp_path / "session.json"
    entry = {"panels": {"p": {"plugin": "a", "fresh": True}}, "process": 0}
    path.write_text(json.dumps(entry))
    journal = SessionJournal(path)
    journal.find_culprits({})
    assert list(journal.held) == ["p"]
    path.write_text(json.dumps({**entry, "boot": "of another day"}))
    journal = SessionJournal(path)
    journal.find_culprits({})
    assert journal.held == {}
    (tmp_path / "loading.json").write_text('{"plugin": "good", "boot": "of another day"}')
    assert LoadingJournal(tmp_path / "loading.json").suspect == ""
