"""Every JSON file that the program keeps survives damage: nothing valid is lost.

Whatever is wrong with such a file, it opens, what was readable is there, the file as it was is
kept under a free name, and the user is told once.
"""

from __future__ import annotations

import ast
import contextlib
import copy
import errno
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kirara_paintings.label_store import LabelStore
from kirara_speech.project.presets import Preset, Presets
from kirara_speech.reading.user_dictionary import UserDictionary
from kirara_speech.reading.words import word
from kirara_speech.serving.models import Preset as ServedPreset
from kirara_speech.serving.presets import PresetStore
from kirara_speech.speaking.prosody import Prosody
from kirara_studio.api import kept_files
from kirara_studio.api.errors import UserError
from kirara_studio.api.kept_files import json_text
from kirara_studio.api.messengers import Messengers
from kirara_studio.api.notices import Notice
from kirara_studio.desktop.inbox import Inbox
from kirara_studio.host.secrets import Secrets
from kirara_studio.host.state import StateStore
from tests.host.keyrings import use_keyring
from tests.product_modules import product_modules

NOT_UTF_8 = os.fsdecode(b"/p/\x83e\x83X\x83g.png")
"""“テスト.png” in Shift JIS."""

Report = Callable[[UserError], None]
Steps = tuple[str | int, ...]


@dataclass(frozen=True)
class Kept:
    """A kept file.

    ``tree`` is its content, ``read`` what the program finds in it, ``more`` a change that makes it
    save, and ``places`` where in the tree each thing found lies.
    """

    source: str
    name: str
    tree: Any
    places: dict[Any, Steps]
    read: Callable[[Path, Report], dict[Any, Any]]
    more: Callable[[Path, Report], None]
    identity: tuple[Steps, ...] = field(default=())
    """What the whole file is refused without."""


def read_state(path: Path, report: Report) -> dict[Any, Any]:
    state = StateStore(path, report=report)
    return {name: dict(state.section(name)) for name in ("window", "panel.speech", "tray")}


def change_state(path: Path, report: Report) -> None:
    state = StateStore(path, report=report)
    state.section("more")["n"] = 1
    state.save()


def read_secrets(path: Path, report: Report) -> dict[Any, Any]:
    secrets = Secrets(path, report)
    return {name: secrets.get(name) for name in ("one", "two", "three")}


def read_messengers(path: Path, report: Report) -> dict[Any, Any]:
    with contextlib.suppress(UserError):  # it was reported
        return {name: name for name in Messengers(path, NO_SECRETS, report).names()}
    return {}


def read_memory(path: Path, report: Report) -> dict[Any, Any]:
    memory = LabelStore(path, report)
    labels: dict[Any, Any] = {
        name: memory.label("", Path(name)) for name in ("/p/one.png", NOT_UTF_8)
    }
    return labels | {one.name: one for one in memory.classes}


def prosody(**changes: float) -> dict[str, float]:
    return {**Prosody().to_dict(), **changes}


def served(number: int) -> dict[str, Any]:
    return {
        "id": number, "name": f"速い{number}", "speaker_uuid": "a", "style_id": 2,
        "speedScale": 1.5, "pitchScale": 0.0, "intonationScale": 1.0, "volumeScale": 1.0,
        "prePhonemeLength": 0.1, "postPhonemeLength": 0.1, "pauseLengthScale": 1.0,
        "pauseLength": 0.5,
    }  # fmt: skip


NO_SECRETS = Secrets(Path("nowhere")).of_plugin("studio")
SCRIPT = {
    "lines": [{"text": f"まだ保存していない行{n}。", "voice": ""} for n in range(3)],
    "current": 1,
}
KEPT = [
    Kept(
        "kirara_studio/host/state.py",
        "state.json",
        {
            "window": {"panel": "speech", "clip": NOT_UTF_8},
            "panel.speech": {"script": SCRIPT, "saved": False},
            "tray": {"absence_told": True},
        },
        {"window": ("window",), "panel.speech": ("panel.speech",), "tray": ("tray",)},
        read_state,
        change_state,
    ),
    Kept(
        "kirara_studio/host/secrets.py",
        "secrets.json",
        {"one": "https://hooks/1", "two": "暗号", "three": "x"},
        {name: (name,) for name in ("one", "two", "three")},
        read_secrets,
        lambda path, report: Secrets(path, report).set("more", "secret"),
    ),
    Kept(
        "kirara_studio/desktop/inbox.py",
        "inbox.json",
        [
            {
                "title": f"発売{n}",
                "text": "今日",
                "panel": "releases",
                "id": f"releases.{n}",
                "actions": [{"id": "bought", "title": "Bought"}],
            }
            for n in range(3)
        ],
        {f"発売{n}": (n,) for n in range(3)},
        lambda path, report: {n.title: n for n in Inbox(path, report=report).unread()},
        lambda path, report: Inbox(path, report=report).backend().send(Notice("more")),
    ),
    Kept(
        "kirara_studio/api/messengers.py",
        "messengers.json",
        ["Discord", "Slack", "メール"],
        {"Discord": (0,), "Slack": (1,), "メール": (2,)},
        read_messengers,
        lambda path, report: Messengers(path, NO_SECRETS, report).take_over("more", "") and None,
    ),
    Kept(
        "plugins/kirara_speech/project/presets.py",
        "manners.json",
        {
            "ゆっくり": {"voice": "mei", "manner": prosody(speed=0.7)},
            "quick": {"voice": "", "manner": prosody(speed=1.5)},
        },
        {"ゆっくり": ("ゆっくり",), "quick": ("quick",)},
        lambda path, report: dict(Presets(path.parent, report).all()),
        lambda path, report: Presets(path.parent, report).put("more", Preset()),
    ),
    Kept(
        "plugins/kirara_speech/serving/presets.py",
        "voicevox-presets.json",
        [served(1), served(2)],
        {1: (0,), 2: (1,)},
        lambda path, report: {one.id: one for one in served_presets(path, report).all()},
        lambda path, report: served_presets(path, report).add(ServedPreset(**served(-1))) and None,
    ),
    Kept(
        "plugins/kirara_speech/reading/user_dictionary.py",
        "user-dictionary.json",
        {
            "version": 1,
            "words": {
                "a": word("雲丹", "ウニ", 1).to_dict(),
                "b": word("kirara", "キララ", 0, "COMMON_NOUN", 8).to_dict(),
            },
        },
        {"a": ("words", "a"), "b": ("words", "b")},
        lambda path, report: dict(UserDictionary(path.parent, report).words()),
        lambda path, report: UserDictionary(path.parent, report).add(word("増", "マス")) and None,
    ),
    Kept(
        "plugins/kirara_paintings/label_store.py",
        "remembered.json",
        {
            "format": 1,
            "labels": {"": {"/p/one.png": "none", NOT_UTF_8: "none"}},
            "classes": [
                {"name": "海", "pictures": ["/p/two.png", NOT_UTF_8]},
                {"name": "空", "pictures": []},
            ],
        },
        {
            "/p/one.png": ("labels", "", "/p/one.png"),
            NOT_UTF_8: ("labels", "", NOT_UTF_8),
            "海": ("classes", 0),
            "空": ("classes", 1),
        },
        read_memory,
        lambda path, report: LabelStore(path, report).keep(
            "", {Path("/p/more.png"): "none"}, [], LabelStore(path, report).classes
        ),
        identity=(("format",),),
    ),
]
NOT_KEPT = {
    "kirara_studio/api/kept_files.py": "KeptFile itself",
    "kirara_studio/api/media/saving.py": "settings in a picture or film",
    "kirara_studio/api/models.py": "the card in a model, the state in a checkpoint",
    "kirara_studio/development/scaffold.py": "a quoted text in a new plugin",
    "kirara_studio/development/translations.py": "a quoted text in a source for lupdate",
    "kirara_studio/desktop/single_instance.py": "a message from one process to another",
    "kirara_studio/engine/device.py": "a cache of measurements, made again",
    "kirara_studio/engine/run_folder.py": "a run's folder: refused and left alone when damaged",
    "kirara_studio/engine/training_child.py": "lines on the standard output",
    "kirara_studio/host/safe_mode.py": "lives for the time of a start, or of a session",
    "kirara_studio/api/database.py": "an error, as a column of a database",
    "kirara_studio/host/switches.py": "a list within TOML",
    "kirara_studio/ui/hang_monitor.py": "a question for another process",
    "kirara_studio/ui/tour.py": "the report of a tour",
    "kirara_studio/ui/watchdog.py": "messages to another process",
    "plugins/kirara_characters/learning/dataset.py": "a cache, made again",
    "plugins/kirara_characters/faces/training.py": "a copy of a run's request, for people",
    "plugins/kirara_characters/training.py": "a copy of a run's request, for people",
    "plugins/kirara_foresight/learning/training.py": "a copy of a run's request",
    "plugins/kirara_paintings/commands/classify.py": "the standard output",
    "plugins/kirara_paintings/sort_journal.py": "a journal of whole lines",
    "plugins/kirara_illustrations/sending/deliveries.py": "a list for a query of the database",
    "plugins/kirara_illustrations/storage/library.py": "columns of the database",
    "plugins/kirara_illustrations/storage/thumbnails.py": "a list for a query of the database",
    "plugins/kirara_releases/commands/verbs.py": "the standard output",
    "plugins/kirara_releases/storage/store.py": "columns of the database",
    "plugins/kirara_speech/commands/dictionary.py": "the standard output",
    "plugins/kirara_speech/learning/dataset.py": "a cache, made again",
    "plugins/kirara_speech/learning/training.py": "a run's request and report",
    "plugins/kirara_speech/learning/voice_training.py": "a run's plan",
    "plugins/kirara_characters/project_file.py": "a user's document: refused, left alone",
    "plugins/kirara_speech/project/project_file.py": "a user's document: refused, left alone",
    "plugins/kirara_speech/serving/app.py": "answers to other programs",
    "plugins/kirara_speech/sound/saving.py": "the comment in a sound",
}
"""Modules that write JSON into files in another way, and why."""


def served_presets(path: Path, report: Report) -> PresetStore:
    return PresetStore(path.parent, report)


@pytest.fixture(params=KEPT, ids=[kept.name for kept in KEPT])
def kept(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Kept:
    use_keyring(monkeypatch, "fail")
    # Hundreds of files are written; that they are synced is checked elsewhere.
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    found: Kept = request.param
    return found


def pristine(kept: Kept, tmp_path: Path) -> dict[Any, Any]:
    """What is found in the file as long as it is whole."""
    folder = tmp_path / "whole"
    folder.mkdir()
    (folder / kept.name).write_text(json_text(kept.tree), "utf-8")
    told: list[UserError] = []
    found = kept.read(folder / kept.name, told.append)
    assert told == [] and list(folder.glob("*.damaged-*")) == []
    assert found.keys() == kept.places.keys() and all(found.values())
    return found


def node_of(tree: Any, steps: Steps) -> Any:
    for step in steps:
        tree = tree[step]
    return tree


def with_node(tree: Any, steps: Steps, node: Any) -> Any:
    """A copy of the tree with another node at a place."""
    if not steps:
        return node
    changed = copy.deepcopy(tree)
    node_of(changed, steps[:-1])[steps[-1]] = node
    return changed


def all_places(tree: Any, steps: Steps = ()) -> Iterator[Steps]:
    yield steps
    inside: Any = ()
    if isinstance(tree, dict):
        inside = tree.items()
    elif isinstance(tree, list):
        inside = enumerate(tree)
    for step, node in inside:
        yield from all_places(node, (*steps, step))


def around(tree: Any, steps: Steps) -> tuple[bytes, bytes]:
    """The content of the file before and after what lies at a place."""
    mark = "a mark that is nowhere else"
    before, after = json_text(with_node(tree, steps, mark)).split(f'"{mark}"')
    return before.encode(), after.encode()


def check(
    kept: Kept, folder: Path, content: bytes, expected: dict[Any, Any], *, damaged: bool
) -> None:
    """Open a file with this content, save, and open it again.

    Only in a ``damaged`` file less may be found than in a whole one.
    """
    folder.mkdir()
    path = folder / kept.name
    path.write_bytes(content)
    told: list[UserError] = []
    found = kept.read(path, told.append)
    assert {key: found.get(key) for key in expected} == expected
    kept.more(path, told.append)
    again = kept.read(path, told.append)
    assert {key: again.get(key) for key in found} == found
    assert json.loads(path.read_text("utf-8")), "the file as it is now is whole"
    asides = [aside.read_bytes() for aside in folder.glob("*.damaged-*.json")]
    assert len(told) == len(asides) <= 1
    if damaged or sum(map(bool, found.values())) < len(kept.places):
        assert asides == [content]
    assert all(path.name in str(problem) for problem in told)


def ends(kept: Kept) -> dict[Any, int]:
    """At which byte of the whole file each thing that is found in it ends."""
    whole = len(json_text(kept.tree).encode())
    return {key: whole - len(around(kept.tree, place)[1]) for key, place in kept.places.items()}


def test_cut_at_every_eighth_byte(kept: Kept, tmp_path: Path) -> None:
    everything = pristine(kept, tmp_path)
    content = json_text(kept.tree).encode()
    for length in sorted({*range(0, len(content) - 1, 8), len(content) - 4, len(content) - 2}):
        expected = {key: everything[key] for key, end in ends(kept).items() if end < length}
        check(kept, tmp_path / str(length), content[:length], expected, damaged=True)


def test_a_byte_that_is_not_utf_8_at_every_eighth_place(kept: Kept, tmp_path: Path) -> None:
    everything = pristine(kept, tmp_path)
    content = json_text(kept.tree).encode()
    for place in range(0, len(content), 8):
        changed = content[:place] + b"\xff" + content[place + 1 :]
        expected = {key: everything[key] for key, end in ends(kept).items() if end < place}
        check(kept, tmp_path / str(place), changed, expected, damaged=True)


def test_wrong_types_everywhere(kept: Kept, tmp_path: Path) -> None:
    everything = pristine(kept, tmp_path)
    for number, steps in enumerate(all_places(kept.tree)):
        for kind, wrong in enumerate((None, 5, -1e308, "/x", [[5]], True)):
            expected = {
                key: everything[key]
                for key, place in kept.places.items()
                if place[: len(steps)] != steps[: len(place)] and steps not in kept.identity
            }
            content = json_text(with_node(kept.tree, steps, wrong)).encode()
            check(kept, tmp_path / f"{number}-{kind}", content, expected, damaged=False)


def test_nesting_without_end(kept: Kept, tmp_path: Path) -> None:
    everything = pristine(kept, tmp_path)
    for number, steps in enumerate(all_places(kept.tree)):
        before, after = around(kept.tree, steps)
        expected = {
            key: everything[key]
            for key, end in ends(kept).items()
            if end <= len(before) and steps not in kept.identity
        }
        for kind, nested in enumerate((b"[" * 100_000, b"[" * 50_000 + b"]" * 50_000)):
            content = before + nested + after
            check(kept, tmp_path / f"{number}-{kind}", content, expected, damaged=True)


def test_several_damaged_files_are_all_kept(kept: Kept, tmp_path: Path) -> None:
    contents = {b"", b"{", b"[", b"\xff", b"[1", b"no JSON"}
    for content in contents:
        (tmp_path / kept.name).write_bytes(content)
        kept.read(tmp_path / kept.name, lambda error: None)
    assert {path.read_bytes() for path in tmp_path.glob("*.damaged-*.json")} == contents


@pytest.mark.parametrize("obstacle", ["unreadable", "no room for a copy"])
def test_what_cannot_be_kept_elsewhere_is_never_written_over(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, obstacle: str
) -> None:
    path = tmp_path / kept.name
    content = json_text(kept.tree).encode()[:-4]
    path.write_bytes(content)
    told: list[UserError] = []

    def refuse(*_: Any, **__: Any) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        if obstacle == "unreadable":
            patch.setattr(kept_files.Path, "read_bytes", refuse)
        else:
            patch.setattr(os, "open", refuse)
        kept.read(path, told.append)
        assert len(told) == 1
        with pytest.raises(Exception, match=r".") if kept.name != "state.json" else _Nothing():
            kept.more(path, lambda error: None)
    assert path.read_bytes() == content
    assert list(tmp_path.glob("*.damaged-*")) == []
    kept.more(path, lambda error: None)  # the obstacle is gone
    assert [aside.read_bytes() for aside in tmp_path.glob("*.damaged-*.json")] == [content]


# Nothing is missing above


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Name):
                yield function.id, node
            elif isinstance(function, ast.Attribute):
                yield ast.unparse(function), node


def writes_json(tree: ast.Module) -> bool:
    """True if JSON is made and something is written, perhaps something else."""
    names = {name for name, _ in calls(tree)}
    made = {"json.dumps", "json.dump", "json_text"} & names
    files = ("write_atomically", "whole_file", "json.dump")
    writes = any(name in files or name.split(".")[-1].startswith("write") for name in names)
    return bool(made) and writes


def test_every_kept_file_is_in_the_table() -> None:
    found = {
        name
        for name, tree in product_modules()
        for call, _ in calls(tree)
        if call.startswith("KeptFile")
    }
    # TOML: tests/host/test_switches.py, tests/host/test_settings.py
    tested_elsewhere = {"kirara_studio/host/switches.py", "kirara_studio/host/settings.py"}
    assert found == {kept.source for kept in KEPT} | tested_elsewhere


def test_whoever_writes_json_is_known() -> None:
    found = {name for name, tree in product_modules() if writes_json(tree)}
    assert found - {kept.source for kept in KEPT} == NOT_KEPT.keys()


def test_json_is_parsed_in_one_place() -> None:
    parsing = {"json.loads", "json.load", "json.JSONDecoder"}
    found = {
        name for name, tree in product_modules() if parsing & {call for call, _ in calls(tree)}
    }
    assert found == {"kirara_studio/api/kept_files.py"}


class _Nothing:
    def __enter__(self) -> None: ...
    def __exit__(self, *_: object) -> None: ...
