"""``python -m training.export FUNCTION CHECKPOINT MODEL CARD``: a milestone's model.

FUNCTION is "package.module:function", CARD the card's values as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kirara_studio.api.models import ModelCard
from kirara_studio.importing import import_object


def main(function: str, checkpoint: str, model: str, card: str) -> None:
    """Export the averaged network of a run."""
    export = import_object(function)
    export(Path(checkpoint), Path(model), ModelCard(architecture="", **json.loads(card)))


if __name__ == "__main__":
    main(*sys.argv[1:])
