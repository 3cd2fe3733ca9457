"""``characters train`` under torchrun, as it stands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from kirara_characters.learning.run_state import read_state


@pytest.mark.alone
def test_two_processes_train_and_the_first_alone_tells(tmp_path: Path) -> None:
    environment = {**os.environ, "KIRARA_HOME": str(tmp_path / "home"), "OMP_NUM_THREADS": "1"}
    pictures, run = tmp_path / "pictures", tmp_path / "run"
    pictures.mkdir()
    for red in range(0, 256, 32):
        picture = Image.new("RGB", (8, 8), (red, 90, 200))
        picture.paste((250, 220, 200), (2, 2, 6, 6))
        picture.save(pictures / f"{red}.png")

    launcher = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"]
    training = ["train", str(pictures), "--out", str(run), "--size", "8", "--batch", "4"]
    # Some seconds: the processes have to agree on how many pictures that is.
    training += ["--hours", "0.001", "--precision", "fp32", "--no-faces"]
    done = subprocess.run(
        [sys.executable, *launcher, "-m", "kirara_studio", "characters", *training],
        env=environment,
        capture_output=True,
        text=True,
        timeout=150,
    )
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    kinds = [event["event"] for event in events]
    assert kinds.count("started") == 1 and kinds[-1] == "finished"
    assert "preview" in kinds and "checkpoint" in kinds
    assert read_state(run / "checkpoint.safetensors").position.level == 1
