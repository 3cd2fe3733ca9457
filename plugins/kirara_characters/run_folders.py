"""What lies in the folder of a training run. Imports no torch."""

from __future__ import annotations

CHECKPOINT = "checkpoint.safetensors"
"""The file in a run's folder that holds all that the run needs to go on."""
