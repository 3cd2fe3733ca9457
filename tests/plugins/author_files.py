"""Files as the author's program wrote them: seeded weights from the folder of reference data."""

from __future__ import annotations

import importlib.util
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest


def author_weights(shared: Path, kind: str, seed: int = 2017) -> dict[str, np.ndarray]:
    """The arrays of "text2mel", "ssrn" or "convlstm"; skips the test where they cannot be made."""
    script = shared / "author" / "author_weights.py"
    if not script.is_file():
        pytest.skip("the reference data holds no files of the author")
    return _weights(script, kind, seed)


def author_outputs(shared: Path, kind: str) -> dict[str, np.ndarray]:
    """What his program computed from the files of seed 2017."""
    path = shared / "author" / f"author_outputs_{kind}.npz"
    if not path.is_file():
        pytest.skip(f"the reference data holds no outputs of the author's {kind}")
    with np.load(path, allow_pickle=False) as arrays:
        return dict(arrays)


def write_author_file(shared: Path, kind: str, path: Path, seed: int = 2017) -> Path:
    """Write his file."""
    np.savez(path, **author_weights(shared, kind, seed))
    return path


@lru_cache(maxsize=4)
def _weights(script: Path, kind: str, seed: int) -> dict[str, np.ndarray]:
    spec = importlib.util.spec_from_file_location("author_weights", script)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.weights(kind, seed)
