"""The jobs of the panel, without the panel: what they give, and what they say if they fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from kirara_illustrations.filter.classes import CLASSES, ILLUSTRATION, ILLUSTRATION_FILTER
from kirara_illustrations.jobs import (
    AddFilterRequest,
    Collected,
    CollectRequest,
    CopyRequest,
    RejudgeRequest,
    SendRequest,
    SimilarRequest,
    add_filter_job,
    collect_job,
    copy_job,
    picture_job,
    rejudge_job,
    send_job,
    similar_job,
)
from kirara_illustrations.options import TOGETHER, Options
from kirara_illustrations.storage.library import Library, Query
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import Cancelled
from kirara_studio.api.learning.head import Head, save_head
from kirara_studio.api.learning.linear import LinearModel
from kirara_studio.api.learning.lite0 import FEATURES_COUNT
from kirara_studio.api.messengers import Messengers, MessengerSwitches
from kirara_studio.api.models import ModelCard
from kirara_studio.engine.tools import ExecutionContext, Tools
from tests.api.webhook import Drawer, webhook

from .kept_pictures import keep
from .picture_server import drawing

WIDTH = 2 * FEATURES_COUNT


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(tmp_path / "data")) as library:
        yield library


@pytest.fixture
def tools(tmp_path: Path) -> Callable[..., Tools]:
    """Makes tools; ``parts`` takes what the job gives."""

    def make(parts: list[Any] | None = None, **options: Any) -> Tools:
        take = None if parts is None else parts.append
        return Tools(ExecutionContext(tmp_path / "cache"), on_part=take, **options)

    return make


def save_plain_head(path: Path, wanted: int) -> Path:
    """A head that says the class of a number if the first of its inputs is large."""
    weights = np.zeros((len(CLASSES), WIDTH))
    weights[wanted, 0] = 9.0
    model = LinearModel(np.zeros(WIDTH), np.ones(WIDTH), weights, np.zeros(len(CLASSES)))
    save_head(path, Head(CLASSES, model), ModelCard(ILLUSTRATION_FILTER, name="own"))
    return path


def features(*numbers: float, width: int = WIDTH) -> bytes:
    """What the network saw of a picture: these numbers, and then zeros."""
    kept = np.zeros(width, np.float16)
    kept[: len(numbers)] = numbers
    return kept.tobytes()


def folders(library: Library, tmp_path: Path) -> list[int]:
    """Two folders with pictures, and one that is gone between them."""
    found = []
    for name, numbers in (("a", (1, 2)), ("b", ()), ("c", (3,))):
        folder = tmp_path / name
        if numbers:
            folder.mkdir()
        for number in numbers:
            (folder / f"{number}.png").write_bytes(drawing(number))
        found.append(library.add_source(name, "folder", {"path": str(folder)}))
    return found


def test_sources_are_collected_one_after_the_other(
    library: Library, tmp_path: Path, tools: Callable[..., Tools]
) -> None:
    first, gone, last = folders(library, tmp_path)
    parts: list[Collected] = []
    request = CollectRequest(library.folder, Drawer(), (first, gone, last))
    result = collect_job(request, tools(parts))
    assert (result.posts, result.files, result.failed) == (3, 3, 1)
    assert [part.files for part in parts] == sorted(part.files for part in parts)
    assert {part.source for part in parts} == {"a", "c"} and parts[-1].files == 3
    assert len(library.find(Query(passing=None))) == 3 and not library.has_new
    states = {row.name: bool(row.error) for row in library.sources()}
    assert states == {"a": False, "b": True, "c": False}


def test_only_the_chosen_sources_are_collected(
    library: Library, tmp_path: Path, tools: Callable[..., Tools]
) -> None:
    *_, last = folders(library, tmp_path)
    assert collect_job(CollectRequest(library.folder, Drawer(), (last,)), tools()).files == 1
    everything = CollectRequest(library.folder, Drawer(), tuple(range(9)))
    with pytest.raises(Cancelled):
        collect_job(everything, tools(cancelled=lambda: True))


def test_pictures_are_sent_where_a_messenger_is_on(
    library: Library, tmp_path: Path, tools: Callable[..., Tools]
) -> None:
    messengers = Messengers(tmp_path / "messengers.json", Drawer())
    options = Options(digest=TOGETHER)
    pictures = tuple(keep(library, range(12)))
    request = SendRequest(library.folder, messengers, options, pictures, str)
    with webhook() as server:
        messengers.add("Slack", server.url)
        with pytest.raises(UserError, match="No messenger is switched on"):
            send_job(request, tools())
        MessengerSwitches(library, messengers).set_enabled("Slack", True)
        assert send_job(request, tools()) == 2
        assert send_job(request, tools()) == 0
        assert [len(one["attachments"]) for one in server.got] == [10, 2]


def test_a_large_picture_becomes_smaller_and_a_damaged_one_an_error(
    tmp_path: Path, tools: Callable[..., Tools]
) -> None:
    path = tmp_path / "large.png"
    Image.new("RGB", (5120, 640), (9, 200, 30)).save(path)
    pixels = picture_job(path, tools())
    assert pixels.shape == (320, 2560, 3) and pixels.dtype == np.uint8
    path.write_bytes(path.read_bytes()[:200])
    for broken in (path, tmp_path / "none.png"):
        with pytest.raises(UserError):
            picture_job(broken, tools())


def test_what_looks_alike_comes_nearest_first(
    library: Library, tools: Callable[..., Tools]
) -> None:
    one, far, near, unjudged = keep(library, range(4))
    for picture, numbers in ((one, (1,)), (far, (0, 1)), (near, (5, 1))):
        library.put_verdicts([(picture, "other", {}, features(*numbers))])
    request = SimilarRequest(library.folder, one, 2)
    assert similar_job(request, tools()) == [one, near]
    with pytest.raises(UserError, match="cannot be found yet"):
        similar_job(SimilarRequest(library.folder, unjudged, 2), tools())


def test_another_filter_judges_from_what_was_kept(
    library: Library, tmp_path: Path, tools: Callable[..., Tools]
) -> None:
    sure, short, unjudged = keep(library, range(3))
    for picture, width in ((sure, WIDTH), (short, 8)):
        library.put_verdicts([(picture, "other", {}, features(1, width=width))])
    wanted = CLASSES.index(ILLUSTRATION)
    head = save_plain_head(tmp_path / "head.safetensors", wanted)
    assert rejudge_job(RejudgeRequest(library.folder, head), tools()) == 1
    items = {item.id: item for item in library.items([sure, short, unjudged])}
    assert items[sure].class_name == ILLUSTRATION and items[sure].confidence > 0.9
    assert items[short].class_name == "other", "what another network saw stays as it was"
    assert items[unjudged].class_name == ""
    with pytest.raises(UserError):
        rejudge_job(RejudgeRequest(library.folder, tmp_path / "none.safetensors"), tools())


def test_an_adjusted_filter_gets_a_name_and_replaces_none(
    tmp_path: Path, tools: Callable[..., Tools]
) -> None:
    head = save_plain_head(tmp_path / "head.safetensors", 1)
    request = AddFilterRequest(head, tmp_path / "data", "mine + 3")
    first, second = (add_filter_job(request, tools()) for _ in range(2))
    assert first != second and first.exists() and second.exists()


def test_copies_get_free_names_and_what_cannot_be_read_is_left_out(
    library: Library, tmp_path: Path, tools: Callable[..., Tools]
) -> None:
    pictures = keep(library, [1, 2])
    paths = [library.path_of(item.file) for item in library.items(pictures)]
    target = tmp_path / "copies"
    target.mkdir()
    (target / paths[0].name).write_bytes(b"mine")
    request = CopyRequest(library.folder, tuple(pictures), target)
    copies = copy_job(request, tools()) + copy_job(request, tools())
    assert [copy.read_bytes() for copy in copies] == [drawing(1), drawing(2)] * 2
    assert (target / paths[0].name).read_bytes() == b"mine" and len(list(target.iterdir())) == 5
    paths[0].unlink()
    assert [copy.read_bytes() for copy in copy_job(request, tools())] == [drawing(2)]
    paths[1].unlink()
    with pytest.raises(UserError):
        copy_job(request, tools())
