"""Pictures a second through the filter, and how long the gallery takes to find among 50,000 rows.

The baseline of the filter is the plainest way with the same network and a linear layer: one picture
after the other, decoded whole by Pillow and scaled by torch. That of the gallery is a look at every
row of a plain table, as without an index.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import skimage.data
import torch
from PIL import Image
from torch.nn import functional

from benchmarks._timing import in_turns, note_on_load
from kirara_illustrations.filter.classes import CLASSES, ILLUSTRATION
from kirara_illustrations.filter.judging import judged
from kirara_illustrations.sources.base import Page, Picture, Post
from kirara_illustrations.storage.library import Library, Query
from kirara_studio.api.learning.features import Extractor
from kirara_studio.api.learning.head import Head
from kirara_studio.api.learning.linear import LinearModel
from kirara_studio.api.learning.lite0 import FEATURES_COUNT, load_pretrained
from kirara_studio.api.media.near_duplicates import SIZE as FINGERPRINT

PICTURES = 64
SIZE = (1600, 1200)
AIM = 60
"""Pictures a second, on two cores of their own."""
SUBJECTS = ("astronaut", "chelsea", "coffee", "retina", "rocket")
ROWS = 50_000
QUERIES = {
    "all that passes": Query(),
    "one word": Query(words="sunflower"),
    "two words, favourites": Query(words="sunflower kaede", favourites=True),
    "a short word": Query(words="絵"),
}
WORDS = ("sunflower", "夏のおわり", "sketch", "commission", "WIP", "新作です", "thank you", "rain")
AUTHORS = ("yuno", "kaede", "みなと", "aoi", "lucy", "fumi")


def write_pictures(folder: Path) -> list[Path]:
    """JPEG files such as timelines bring."""
    paths = []
    for number in range(PICTURES):
        subject = getattr(skimage.data, SUBJECTS[number % len(SUBJECTS)])()
        paths.append(folder / f"{number}.jpg")
        Image.fromarray(subject).resize(SIZE, Image.Resampling.BICUBIC).save(paths[-1], quality=92)
    return paths


def some_head() -> Head:
    """A head of the real shape; what it answers does not matter here."""
    random, inputs = np.random.default_rng(0), 2 * FEATURES_COUNT
    weights = random.normal(0, 0.01, (len(CLASSES), inputs))
    model = LinearModel(np.zeros(inputs), np.ones(inputs), weights, np.zeros(len(CLASSES)))
    return Head(CLASSES, model)


def filtering(paths: Sequence[Path]) -> None:
    """Print how many pictures a second are judged, both ways."""
    head, extractor, network = some_head(), Extractor(), load_pretrained()
    layer = torch.nn.Linear(FEATURES_COUNT, len(CLASSES)).eval()

    @torch.inference_mode()
    def one_by_one() -> None:
        cv2.setNumThreads(-1)
        for path in paths:
            pixels = torch.from_numpy(np.array(Image.open(path).convert("RGB")))
            picture = pixels.permute(2, 0, 1)[None].float()
            small = functional.interpolate(picture, (224, 224), mode="bilinear", antialias=True)
            torch.softmax(layer(network.features(small)), dim=1)

    def here() -> None:
        assert not [one for one in judged(paths, head, extractor) if one.error]

    print(f"{len(paths)} JPEG files of {SIZE[0]}×{SIZE[1]}: aim {AIM} pictures/s")
    compare({"plain torch, whole only": one_by_one, "the filter": here}, len(paths), "pictures/s")


def fill(library: Library) -> sqlite3.Connection:
    """Put :data:`ROWS` pictures into the collection; returns the same in a plain table."""
    random, start = np.random.default_rng(1), datetime(2026, 1, 1, tzinfo=UTC)
    source = library.add_source("feed", "feed", {"address": "https://example.org/feed"})
    posts = [
        Post(
            id=f"feed:{number}", address=f"https://example.org/{number}",
            author=AUTHORS[number % len(AUTHORS)], author_name=AUTHORS[number % len(AUTHORS)],
            text=" ".join(random.choice(WORDS, 6)) + (" 絵" if number % 50 == 0 else ""),
            tags=("art",), posted=start + timedelta(minutes=number),
            pictures=(Picture(f"https://example.org/{number}.png"),),
        )
        for number in range(ROWS)
    ]  # fmt: skip
    library.put_page(source, Page(tuple(posts), {}), 0.0)
    shares = random.random(ROWS)
    numbers = [one.id for one in library.wanted(1e12, ROWS)]
    with library.transaction() as connection:  # keep() would wait for the disk at each picture
        connection.execute(
            "UPDATE picture SET state = 'kept', file = id || '.png', alike = -1, fingerprint = ?,"
            " favourite = id % 20 = 0",
            (bytes(FINGERPRINT),),
        )
    library.put_verdicts(
        [
            (number, ILLUSTRATION, {ILLUSTRATION: float(share)}, b"")
            for number, share in zip(numbers, shares, strict=True)
        ]
    )
    plain = sqlite3.connect(library.folder / "plain.sqlite")
    plain.execute("CREATE TABLE plain (number, words, posted, favourite, confidences)")
    plain.executemany(
        "INSERT INTO plain VALUES (?, ?, ?, ?, ?)",
        library.rows(
            "SELECT picture.id, author || char(10) || text || char(10) || tags, posted, favourite,"
            " confidences FROM picture JOIN post ON post.id = picture.post"
        ),
    )
    plain.commit()
    return plain


def scan(plain: sqlite3.Connection, query: Query) -> list[int]:
    """The numbers of the same pictures, by a look at every row of the plain table."""
    words = query.words.split()
    rows = plain.execute(
        "SELECT number FROM plain"
        " WHERE json_extract(confidences, '$.illustration') >= ? AND favourite >= ?"
        f"{' AND words LIKE ?' * len(words)} ORDER BY posted DESC",
        (query.least, query.favourites, *(f"%{word}%" for word in words)),
    )
    return [number for (number,) in rows]


def searching(folder: Path) -> None:
    """Print how long queries of the gallery take, both ways."""
    library = Library(folder)
    begin = time.perf_counter()
    plain = fill(library)
    print(f"\n{ROWS:,} pictures, put in within {time.perf_counter() - begin:.1f} s")
    for name, query in QUERIES.items():
        found = library.find(query)
        assert found == scan(plain, query), name
        print(f"{name}: {len(found):,} found")
        ways = {
            "every row": partial(scan, plain, query),
            "the collection": partial(library.find, query),
        }
        compare(ways, 1, "queries/s")


def compare(ways: Mapping[str, Callable[[], object]], count: int, unit: str) -> None:
    """Print how many a second there are in each way, against the first."""
    timings = in_turns(ways, 2, warm_up=1)
    plain = next(iter(timings.values()))
    for name, timing in timings.items():
        start = time.process_time()
        ways[name]()
        used = 1000 * (time.process_time() - start) / count
        median, best = (1000 * count / one for one in (timing.median, timing.best))
        print(
            f"  {name:<26}{median:8.1f} {unit}, best {best:.1f}"
            f"{plain.median / timing.median:6.1f}×; {used:.1f} ms of CPU time each"
        )


def main() -> None:
    """Judge files both ways, then search both ways."""
    with tempfile.TemporaryDirectory() as folder:
        filtering(write_pictures(Path(folder)))
    with tempfile.TemporaryDirectory() as folder:
        searching(Path(folder))
    print(note_on_load())


if __name__ == "__main__":
    main()
