"""The command line, as a real process."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from kirara_studio.host.folders import Folders
from tests.desktop_session import DesktopSession
from tests.host.plugin_maker import install

RUN = "import sys; from kirara_studio.cli import main; sys.exit(main(sys.argv[1:]))"
HEAVY = (
    "import sys; from kirara_studio.cli import main\n"
    "try: main(sys.argv[1:])\n"
    "except SystemExit: pass\n"
    "print([m for m in ('torch', 'cv2', 'PySide6.QtWidgets') if m in sys.modules])"
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def studio(
    home: Path, *arguments: str, code: str = RUN, environment: Mapping[str, str] = os.environ
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**environment, "KIRARA_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_help_names_every_command_and_imports_nothing_heavy(home: Path) -> None:
    help_text = studio(home, "--help", code=HEAVY).stdout
    commands = ("tour", "train", "plugins", "characters")
    for name in (*commands, "--safe-mode", "--background", "--panel"):
        assert name in help_text
    assert help_text.splitlines()[-1] == "[]"


def test_a_command_that_needs_no_torch_does_not_import_it(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.png"
    done = studio(home, "characters", "draw", "--seed", "1", "--out", str(out), code=HEAVY)
    assert out.stat().st_size > 1000
    assert done.stdout.splitlines()[-1] == "[]"
    assert studio(home, "plugins", "list", code=HEAVY).stdout.splitlines()[-1] == "[]"


def test_plugins_are_listed_for_people_and_for_programs(home: Path) -> None:
    install(home / "plugins", "bad", "raise RuntimeError('no luck')")
    listed = {entry["name"]: entry for entry in json.loads(_stdout(home, "list", "--json"))}
    assert listed["characters"]["state"] == "enabled" and listed["characters"]["builtin"]
    assert listed["bad"]["state"] == "broken" and "no luck" in listed["bad"]["reason"]
    table = _stdout(home, "list")
    assert "built in" in table and "RuntimeError: no luck" in table


def test_a_plugin_is_switched_off_and_on(home: Path) -> None:
    _stdout(home, "disable", "characters")
    assert json.loads(_stdout(home, "list", "--json"))[0]["state"] == "disabled"
    refused = studio(home, "characters", "draw")
    assert refused.returncode == 2 and "characters" in refused.stderr
    _stdout(home, "enable", "characters")
    assert json.loads(_stdout(home, "list", "--json"))[0]["state"] == "enabled"


def test_a_file_that_is_not_there(home: Path, tmp_path: Path) -> None:
    done = studio(home, str(tmp_path / "none.npz"))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1) and "none.npz" in done.stderr


def test_an_unknown_plugin_is_one_line_that_names_the_known_ones(home: Path) -> None:
    done = studio(home, "plugins", "enable", "speach")
    assert done.returncode == 1
    assert done.stderr == (
        "kirara-studio: There is no plugin “speach”. "
        "Installed are: characters, foresight, illustrations, paintings, releases, speech.\n"
    )


def test_a_plugins_command_that_cannot_be_set_up_names_the_plugin(home: Path) -> None:
    install(
        home / "plugins",
        "bad",
        "@hookimpl\ndef kirara_commands(): return [Command('sing', 'sings', 'nowhere:configure')]",
    )
    done = studio(home, "sing")
    assert done.returncode == 1
    assert "“sing”" in done.stderr and "nowhere" in done.stderr
    assert "Traceback" not in done.stderr
    assert studio(home, "plugins", "list").returncode == 0, "other commands go on"


def test_without_a_display_the_window_says_what_to_do(home: Path) -> None:
    environment = {
        key: value
        for key, value in os.environ.items()
        if key not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    done = subprocess.run(
        [sys.executable, "-m", "kirara_studio"],
        env={**environment, "KIRARA_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    if sys.platform != "linux":
        pytest.skip("only Linux can be without a display")
    assert done.returncode == 1
    assert "There is no display" in done.stderr and "tour" in done.stderr


def _stdout(home: Path, *arguments: str) -> str:
    done = studio(home, "plugins", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_command_and_its_panel_share_one_folder_and_a_failure_names_the_plugin(
    home: Path,
) -> None:
    code = """
    @hookimpl
    def kirara_commands():
        return [Command("sing", "sings, 100 % in tune", "plugin_of_tests_singer:configure")]

    def configure(parser):
        parser.add_argument("--wrong", action="store_true")
        parser.set_defaults(run=sing)

    def sing(arguments, context):
        print(context.data_folder)
        if arguments.wrong:
            raise KeyError("no such note")
    """
    install(home / "plugins", "singer", code)
    assert "100 % in tune" in studio(home, "--help").stdout
    assert studio(home, "sing").stdout.strip() == str(Folders.below(home).of_plugin("singer"))
    failed = studio(home, "sing", "--wrong")
    assert failed.returncode == 1
    last = failed.stderr.strip().splitlines()[-1]
    assert "“singer” failed: KeyError: 'no such note'" in last
    assert "in sing" in failed.stderr, "a defect shows its traceback"


TELLS = """
@hookimpl
def kirara_commands():
    return [Command("tell", "tells", "plugin_of_tests_teller:configure")]

def configure(parser):
    parser.set_defaults(run=tell)

def tell(arguments, context):
    from kirara_studio.api.notices import Notice
    print([backend.id for backend in context.backends()])
    print(context.secrets.get("slack"))
    context.secrets.set("slack", "https://hooks")
    print(context.deliver(Notice("今日は発売日です。", id="teller.max")))
"""


def test_a_command_delivers_notices_and_keeps_secrets_without_qt(home: Path) -> None:
    install(home / "plugins", "teller", TELLS)
    folder = Path(tempfile.mkdtemp(prefix="kirara-"))
    with DesktopSession(folder) as session:
        session.environment["KIRARA_HOME"] = str(home)
        alone = studio(home, "tell", environment=session.environment)
        assert alone.returncode == 1 and "daemon: " in alone.stderr, alone.stderr
        session.start_notifications()
        for _ in range(2):
            told = studio(home, "tell", environment=session.environment, code=HEAVY)
        assert told.stdout.splitlines() == ["['daemon', 'portal']", "https://hooks", "daemon", "[]"]
        assert [shown.title for shown in session.notifications()] == ["今日は発売日です。"]
    shutil.rmtree(folder)
    secrets = json.loads((home / "config" / "secrets.json").read_text())
    assert secrets == {"teller/slack": "https://hooks"}
