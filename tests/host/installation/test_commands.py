"""``kirara-studio plugins``, as a real process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.host.installation.conftest import Lab
from tests.host.plugin_maker import Made

RUN = "import sys; from kirara_studio.cli import main; sys.exit(main(sys.argv[1:]))"


def plugins(lab: Lab, *arguments: object, answer: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", RUN, "plugins", *map(str, arguments)],
        env={**os.environ, "KIRARA_HOME": str(lab.folders.plugins.parent)},
        input=answer,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_install_list_update_remove(lab: Lab) -> None:
    Made("hello", requires=("helper",)).wheel(lab.index.folder)
    Made("helper", points=()).wheel(lab.index.folder)
    done = plugins(lab, "install", "hello", "nothing", "--yes")
    assert done.returncode == 1, "one failed, the other is there"
    assert "There is no package “nothing”" in done.stderr
    for part in ("hello 1.0", "Hana", "MIT", "hello = made_hello", "installed helper 1.0"):
        assert part in done.stdout
    listed = {one["name"]: one for one in json.loads(plugins(lab, "list", "--json").stdout)}
    assert listed["hello"]["state"] == "enabled" and listed["hello"]["place"] == "generation"
    assert listed["hello"]["source"] == "hello"
    Made("hello", "1.1").wheel(lab.index.folder)
    updates = json.loads(plugins(lab, "update", "--check", "--json").stdout)
    assert [(one["name"], one["old"], one["new"]) for one in updates] == [("hello", "1.0", "1.1")]
    assert "updated hello 1.0 → 1.1" in plugins(lab, "update", "--yes").stdout
    assert plugins(lab, "update", "--yes").stdout == "No updates.\n"
    unknown = plugins(lab, "update", "howdy")
    assert unknown.returncode == 1 and "There is no plugin “howdy”" in unknown.stderr
    assert plugins(lab, "remove", "hello").stdout == "removed hello 1.1\n"
    assert lab.versions() == {}


def test_without_consent_nothing_is_installed(lab: Lab, tmp_path: Path) -> None:
    wheel = Made("hello").wheel(lab.index.folder)
    trace = tmp_path / "built"
    for source in (wheel, Made("howdy").source(tmp_path, trace)):
        done = plugins(lab, "install", source, answer="y\n")
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1 and "Read what is shown, and add --yes." in done.stderr
    assert not trace.exists() and lab.versions() == {}


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_on_a_terminal_it_asks(lab: Lab) -> None:
    import pty

    wheel = Made("hello").wheel(lab.index.folder)
    for answer, versions in ((b"n\n", {}), (b"y\n", {"hello": "1.0"})):
        outer, inner = pty.openpty()
        child = subprocess.Popen(
            [sys.executable, "-c", RUN, "plugins", "install", str(wheel)],
            env={**os.environ, "KIRARA_HOME": str(lab.folders.plugins.parent)},
            stdin=inner,
            stdout=inner,
            stderr=inner,
        )
        os.close(inner)
        shown = b""
        while b"[y/N]" not in shown:
            shown += os.read(outer, 1000)
        os.write(outer, answer)
        child.wait(30)
        os.close(outer)
        assert lab.versions() == versions


def test_doctor(lab: Lab) -> None:
    assert plugins(lab, "doctor").returncode == 0
    lab.install(Made("hello").wheel(lab.index.folder))
    (lab.folders.plugins / "1" / "made_hello" / "__init__.py").unlink()
    done = plugins(lab, "doctor", "--json")
    assert done.returncode == 1
    assert {one["distribution"] for one in json.loads(done.stdout)} == {"hello"}
    assert "problem: hello 1.0 is damaged" in plugins(lab, "doctor").stdout


def test_the_index_is_listed(lab: Lab) -> None:
    listed = json.loads(plugins(lab, "list", "--available", "--json").stdout)
    assert "kirara-parikh" in {one["name"] for one in listed}
    assert "kirara-parikh" in plugins(lab, "list", "--available").stdout


def test_without_uv_and_pip_it_says_what_to_do() -> None:
    code = (
        "import sys, importlib.util\n"
        "find = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, *a: None if name == 'pip' else find(name, *a)\n"
        "sys.modules['uv'] = None\n"
        "from pathlib import Path\n"
        "from kirara_studio.host.installation.tools import find_tool\n"
        "find_tool(Path('.'), Path('.'), print)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "Install the package “uv” beside the studio" in done.stderr
