"""The script that installs system packages, with tools of a made-up Debian in its PATH."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the script is for Linux")


class Machine:
    """A PATH with made-up tools; ``installed`` is what its dpkg knows."""

    def __init__(self, folder: Path, script: Path) -> None:
        self._script = script
        self.bin = folder / "bin"
        self.bin.mkdir()
        self.installed = folder / "installed"
        self.log = folder / "log"
        self.log.touch()
        for tool in ("awk", "bash", "cat", "env", "grep", "sed", "tr"):
            (self.bin / tool).symlink_to(_where(tool))
        self.tool("uname", "echo Linux")

    def tool(self, name: str, code: str) -> None:
        file = self.bin / name
        file.write_text(f"#!/bin/bash\n{code}\n")
        file.chmod(0o755)

    def debian(self, *, root: bool, missing: tuple[str, ...], fails: str = "") -> None:
        """A Debian on which ``missing`` is not installed and apt knows no package ``fails``."""
        names = self.wanted()
        lines = [f"installed {name} " for name in names if name not in missing]
        self.installed.write_text("\n".join(lines) + "\n")
        self.tool("dpkg-query", f"cat '{self.installed}'")
        self.tool("id", f"echo {0 if root else 1000}")
        self.tool(
            "apt-get",
            f"""
            echo "apt-get $*" >> '{self.log}'
            [ "$1" = install ] || exit 0
            for word in "$@"; do [ "$word" = "{fails or "-"}" ] && exit 100; done
            for word in "$@"; do echo "installed $word " >> '{self.installed}'; done
            """,
        )

    def wanted(self) -> list[str]:
        """The packages that the script names."""
        text = self._script.read_text()
        tables = text.split('WINDOW="')[1].split('"')[0] + text.split('TESTS="')[1].split('"')[0]
        return [line.split()[0] for line in tables.splitlines() if line]

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/bash", str(self._script), *arguments],
            env={"PATH": str(self.bin), **environment},
            capture_output=True,
            text=True,
            timeout=60,
        )

    def apt_calls(self) -> list[str]:
        return self.log.read_text().splitlines()


def _where(tool: str) -> str:
    import shutil

    found = shutil.which(tool)
    assert found is not None
    return found


@pytest.fixture
def machine(tmp_path: Path, repository: Path) -> Machine:
    return Machine(tmp_path, repository / "packaging" / "system_packages.sh")


def test_it_is_quiet_when_nothing_is_missing(machine: Machine) -> None:
    machine.debian(root=True, missing=())
    for arguments in ((), ("--test",)):
        done = machine.run(*arguments)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert machine.apt_calls() == []


def test_root_installs_what_is_missing_and_nothing_else(machine: Machine) -> None:
    machine.debian(root=True, missing=("libxcb-cursor0", "fonts-noto-cjk", "dunst"))
    done = machine.run()
    assert done.returncode == 0
    assert "libxcb-cursor0 fonts-noto-cjk" in done.stdout
    assert done.stderr == ""
    (call,) = machine.apt_calls()
    assert call.endswith(" libxcb-cursor0 fonts-noto-cjk")
    assert "--no-install-recommends" in call and "--yes" in call
    assert machine.run().stdout == ""
    assert "dunst" in machine.run("--test").stdout


def test_a_renamed_package_counts_as_the_old_one(machine: Machine) -> None:
    machine.debian(root=True, missing=("libglib2.0-0",))
    with machine.installed.open("a") as file:
        file.write("installed libglib2.0-0t64 libglib2.0-0 (= 2.80), other\n")
    assert machine.run().stdout == ""
    assert machine.apt_calls() == []


def test_a_removed_package_with_its_configuration_left_is_missing(machine: Machine) -> None:
    machine.debian(root=True, missing=("fonts-noto-cjk",))
    with machine.installed.open("a") as file:
        file.write("config-files fonts-noto-cjk \n")
    assert "fonts-noto-cjk" in machine.run().stdout


def test_an_unknown_package_does_not_keep_the_others_away(machine: Machine) -> None:
    machine.debian(root=True, missing=("libegl1", "fonts-noto-cjk"), fails="libegl1")
    done = machine.run()
    assert done.returncode == 0
    assert "libegl1" in done.stderr and "fonts-noto-cjk" not in done.stderr
    assert "apt-get update -qq" in machine.apt_calls()


def test_without_the_right_to_install_it_says_which_and_goes_on(machine: Machine) -> None:
    machine.debian(root=False, missing=("libegl1", "dunst"))
    machine.tool("sudo", "exit 1")
    done = machine.run()
    assert done.returncode == 0
    assert "libegl1" in done.stderr and "dunst" not in done.stderr
    assert machine.apt_calls() == []
    done = machine.run("--test")
    assert (done.returncode, "libegl1 dunst" in done.stderr) == (0, True)


def test_a_sudo_without_password_is_used(machine: Machine) -> None:
    machine.debian(root=False, missing=("fonts-noto-cjk",))
    machine.tool("sudo", f'echo "sudo $*" >> \'{machine.log}\'; [ "$1" = -n ] && shift; "$@"')
    (machine.bin / "true").symlink_to(_where("true"))
    done = machine.run()
    assert (done.returncode, done.stderr) == (0, "")
    assert any(call.startswith("sudo -n env") for call in machine.apt_calls())
    assert machine.run().stdout == ""


def test_another_linux_names_the_missing_libraries(machine: Machine) -> None:
    machine.tool("ldconfig", 'echo "  libEGL.so.1 (libc6,x86-64) => /usr/lib64/libEGL.so.1"')
    machine.tool("id", "echo 0")
    done = machine.run()
    assert done.returncode == 0
    assert "libxcb-cursor.so.0" in done.stderr and "libEGL.so.1" not in done.stderr


def test_elsewhere_there_is_nothing_to_do(machine: Machine) -> None:
    machine.tool("uname", "echo Darwin")
    assert machine.run("--test").stderr == ""


def test_a_python_that_can_make_environments_is_enough(machine: Machine) -> None:
    assert machine.run("--python", PYTHON=sys.executable).returncode == 0
    assert machine.run("--python", PYTHON=sys.executable).stdout == ""


def test_without_a_fitting_python_nothing_can_go_on(machine: Machine) -> None:
    machine.debian(root=False, missing=())
    machine.tool("old", "exit 1")
    for python in ("old", "nonsense"):
        done = machine.run("--python", PYTHON=python)
        assert done.returncode == 1
        assert "3.11" in done.stderr


def test_a_python_without_ensurepip_gets_it(machine: Machine) -> None:
    machine.debian(root=True, missing=())
    machine.tool(
        "cut",
        f"""case "$2" in
        *ensurepip*) grep -q 'installed python3.11-venv' '{machine.installed}' ;;
        *version_info\\[*) echo python3.11-venv ;;
        esac""",
    )
    assert machine.run("--python", PYTHON="cut").returncode == 0
    machine.debian(root=False, missing=())
    done = machine.run("--python", PYTHON="cut")
    assert (done.returncode, "python3-venv" in done.stderr) == (1, True)


def test_every_library_that_qt_needs_is_covered(repository: Path) -> None:
    """What ldd finds for the X11 plugin must come from the packages in the script."""
    import PySide6

    qt = Path(PySide6.__file__).parent / "Qt"
    libraries = [qt / "lib/libQt6XcbQpa.so.6", qt / "lib/libQt6Gui.so.6"]
    if not all(library.exists() for library in libraries) or os.name != "posix":
        pytest.skip("this PySide6 is not from the wheel for Linux")
    needed: set[str] = set()
    for library in libraries:
        done = subprocess.run(["readelf", "-d", library], capture_output=True, text=True)
        if done.returncode:
            pytest.skip("“readelf” (package binutils) does not work here")
        lines = [line for line in done.stdout.splitlines() if "(NEEDED)" in line]
        needed |= {line.split("[")[1].rstrip("]") for line in lines}
    text = (repository / "packaging" / "system_packages.sh").read_text()
    # The C and C++ runtimes are everywhere; zlib, FreeType and gthread come with these packages.
    everywhere = ("libQt6", "libc.", "libm.", "libgcc_s", "libstdc++", "ld-linux", "libpthread")
    everywhere += ("libdl.", "librt.", "libz.", "libfreetype", "libgthread")
    missing = {name for name in needed if not name.startswith(everywhere) and name not in text}
    assert missing == set()
