"""``python -m training.export FUNCTION CHECKPOINT MODEL CARD``: a milestone's model.

FUNCTION is "package.module:function", CARD the card's values as JSON.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

from kirara_studio.api.models import ModelCard


def main(function: str, checkpoint: str, model: str, card: str) -> None:
    """Export the averaged network of a run."""
    module, _, name = function.partition(":")
    export = getattr(importlib.import_module(module), name)
    export(Path(checkpoint), Path(model), ModelCard(architecture="", **json.loads(card)))


if __name__ == "__main__":
    main(*sys.argv[1:])
