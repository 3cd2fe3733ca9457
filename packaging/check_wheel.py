"""Build the wheel, install it into an environment of its own, and try the program there.

The second environment borrows nothing from the checkout: anything that
the wheel lacks (resources, models, plugins, a dependency) shows here. Environment and packages are
kept under .cache/ between runs, since torch alone is 200 MB; the wheel is always installed again.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".cache" / "wheel-environment"


def run(*command: str | Path, **options: object) -> str:
    """Run a command away from the checkout and return what it printed."""
    result = subprocess.run(
        [str(part) for part in command], stdout=subprocess.PIPE, text=True, check=True, **options
    )
    return result.stdout


def build(folder: Path) -> Path:
    """Build the wheel into ``folder``."""
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT)
    (wheel,) = folder.glob("*.whl")
    return wheel


def check_contents(wheel: Path) -> None:
    """The wheel holds the resources and the built-in plugins, and nothing for developers."""
    names = zipfile.ZipFile(wheel).namelist()
    wanted = [
        f"kirara_studio/resources/{path.relative_to(ROOT / 'resources').as_posix()}"
        for path in (ROOT / "resources").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    wanted += [
        path.relative_to(ROOT / "plugins").as_posix()
        for path in (ROOT / "plugins").glob("kirara_*/**/*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    compiled = (name for name in wanted if name.endswith(".ts") and "plugin-template" not in name)
    wanted += [name.replace(".ts", ".qm") for name in compiled]
    missing = sorted(set(wanted) - set(names))
    if missing:
        sys.exit(f"The wheel lacks {missing}")
    elsewhere = ("tests/", "plugins/", "training/", ".training", "kirara_parikh/")
    if strays := [name for name in names if name.startswith(elsewhere)]:
        sys.exit(f"The wheel holds {strays}")


def install(wheel: Path) -> Path:
    """Install the wheel as a user would, with the locked versions; return its bin folder."""
    if not (ENVIRONMENT / "pyvenv.cfg").exists():
        run(sys.executable, "-m", "venv", "--clear", ENVIRONMENT)
    scripts = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
    pip = (scripts / "python", "-m", "pip", "--quiet")
    run(*pip, "install", "--constraint", ROOT / "requirements.lock", wheel)
    run(*pip, "install", "--force-reinstall", "--no-deps", wheel)
    return scripts


def try_program(scripts: Path, folder: Path) -> None:
    """The installed program lists its plugins, draws, generates with its model, and speaks."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PYTHON")
    }
    environment["KIRARA_HOME"] = str(folder / "home")
    options = {"cwd": folder, "env": environment}
    studio = scripts / "kirara-studio"
    listed = run(studio, "plugins", "list", **options)
    if "characters" not in listed or "speech" not in listed or "broken" in listed:
        sys.exit(f"The installed studio lists:\n{listed}")
    run(studio, "characters", "draw", "--seed", "1", "--out", folder / "drawn.png", **options)
    pictures = folder / "pictures"
    words = "characters", "generate", "--seed", "7", "--count", "2", "--out", pictures
    run(studio, *words, **options)
    if len(list(pictures.glob("*.png"))) != 2:
        sys.exit("The installed studio did not generate its two pictures")
    run(studio, "speech", "say", "こんにちは。", "--out", folder / "hello.wav", **options)


def install_plugin(scripts: Path) -> None:
    """In its real window it installs a plugin that needs packages of its own, and shows it."""
    test = ROOT / "tests" / "end_to_end" / "test_parikh_installed.py"
    python = next(path for name in ("python", "python.exe") if (path := scripts / name).exists())
    command = (sys.executable, "-m", "pytest", "-q", test, "--studio-python", python)
    subprocess.run(command, check=True, cwd=ROOT)


def main() -> None:
    """Build, look inside, install, try."""
    folder = Path(tempfile.mkdtemp(prefix="kirara-wheel-"))
    try:
        wheel = build(folder / "dist")
        check_contents(wheel)
        scripts = install(wheel)
        try_program(scripts, folder)
        install_plugin(scripts)
        print(f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB, installs and works")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
