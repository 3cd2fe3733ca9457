"""A studio whose service collects and judges in the real engine: HOME, MODEL, FOLDER.

It prints the classes of the pictures, and which heavy modules its own process has imported.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kirara_illustrations.options import PAGE
from kirara_illustrations.service import Service
from kirara_illustrations.storage.library import Library
from kirara_studio.testing.driving import wait_for
from kirara_studio.testing.studio import OffscreenStudio


def main(home: Path, model: str, folder: str) -> None:
    with OffscreenStudio([], home, engine=True) as studio:
        library = Library(studio.studio.data_folder("illustrations"))
        library.add_source("mine", "folder", {"path": folder})
        studio.studio.settings(PAGE)["model"] = model
        service = Service(studio.studio, str)
        service.check()
        wait_for(lambda: not service.busy, 500)
        classes = [name for (name,) in library.rows("SELECT class FROM picture ORDER BY class")]
        service.stop()
        heavy = [name for name in ("torch", "cv2") if name in sys.modules]
    print(json.dumps({"classes": classes, "heavy": heavy}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
