"""Collects from a site, for tests that kill it: DATA-FOLDER, SITE, COUNT."""

from __future__ import annotations

import sys
from pathlib import Path

from kirara_illustrations.collecting.collector import Collector
from kirara_illustrations.storage.library import Library
from tests.plugins.kirara_illustrations.picture_server import Listed, post


def main(folder: Path, site: str, count: int) -> None:
    library = Library(folder)
    library.tidy()
    if not library.sources():
        library.add_source("site", "listed", {"address": site})
    (row,) = library.sources()
    posts = [post(number, f"{site}/{number}.png") for number in range(count)]
    print("ready", flush=True)
    Collector(library).collect(row, Listed(*posts, a_page=3))
    print("done", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
