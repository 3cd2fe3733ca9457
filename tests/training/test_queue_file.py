"""The queue's file: what is wrong with it is named, and that of the repository is right."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from kirara_studio.api.errors import UserError
from training.history import Milestone, best_of
from training.queue_file import QUEUE_FILE, Entry, Queue, read_queue
from training.requests import request_of
from training.standing import SKIPPED, runs_folder, standings

GOOD = '[[entry]]\nname = "one"\ntrainer = "a:b"\nexport = "a:c"\n'


def problem(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_queue(path)
    return caught.value.message


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (GOOD + "minutes =\n", "line 5"),
        (GOOD + "minuts = 3\n", "entry “one”: unknown key “minuts”"),
        (GOOD + 'minutes = "3"\n', "entry “one”: “minutes” is not a number"),
        (GOOD + "minutes = 0\n", "entry “one”: “minutes” must be positive"),
        (GOOD + 'judge = "evaluation"\n', "entry “one”: “judge” is not a list of texts"),
        (GOOD + 'judge = ["evaluation"]\n', "entry “one”: “judge” needs either"),
        (GOOD + 'gate = "digits"\n', "entry “one”: “gate” needs “judge”"),
        (GOOD + 'train = ["foresight"]\n', "entry “one”: needs either “train” or “trainer”"),
        (GOOD + "card = { name = 3 }\n", "entry “one”: “card” is not a table of texts"),
        (GOOD + 'after = "two"\n', "entry “one”: “after” names “two”"),
        (GOOD + GOOD, "entry “one” is there twice"),
        (GOOD.replace("one", "queue"), "entry “queue”: this name is taken"),
        (GOOD.replace("one", "../one"), "“name” must be letters"),
        ('[[entry]]\nname = "one"\n', "entry “one”: “export” is missing"),
        ("[[entry]]\n", "entry 1: “name” is missing"),
        ("entry = 3\n", "“entry” is not a list of tables"),
        ("[data.faces]\n", "data “faces”: “make” is missing"),
        ("[queue]\n", "the file: unknown key “queue”"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, named: str) -> None:
    assert named in problem(tmp_path / "queue.toml", text)


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no-queue\.toml"):
        read_queue(tmp_path / "no-queue.toml")


def test_the_runs_lie_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, repository: Path
) -> None:
    monkeypatch.setenv("KIRARA_RUNS", str(tmp_path))
    assert runs_folder() == tmp_path
    monkeypatch.delenv("KIRARA_RUNS")
    assert not runs_folder().is_relative_to(repository)


def test_a_milestone_that_passed_is_better_than_any_other() -> None:
    entry = Entry("one", "a:b", judge=("evaluation",), highest="recall")
    found = [
        Milestone(1, 0, 0, {"recall": 0.4}),
        Milestone(2, 0, 0, {"recall": 0.3}, passed=True),
        Milestone(3, 0, 0, {"recall": 0.2}, passed=True),
        Milestone(4, 0, 0, {}, problem="no memory"),
    ]
    best = best_of(entry, found)
    assert best is not None and best.step == 2
    assert best_of(entry, found[3:]) is None


@pytest.fixture(scope="module")
def queue() -> Queue:
    return read_queue(QUEUE_FILE)


def test_the_queue_of_the_repository_makes_requests(
    queue: Queue, tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    requests = {
        one.entry.name: request_of(queue, one.entry, tmp_path)
        for one in standings(queue, tmp_path)
        if one.state != SKIPPED
    }
    assert {"characters-attributes-64", "characters-128", "digits"} <= requests.keys()
    for name, (trainer, request) in requests.items():
        module, _, function = trainer.partition(":")
        assert callable(getattr(importlib.import_module(module), function)), name
        assert request
    start = requests["digits"][1]["start"]
    assert start == str(repository / "resources" / "models" / "foresight-digits.safetensors")


def test_the_queue_of_the_repository_exports_and_judges(queue: Queue) -> None:
    for entry in queue.entries:
        module, _, function = entry.export.partition(":")
        assert callable(getattr(importlib.import_module(module), function)), entry.name
        assert entry.card["training_data"] and entry.card["licence"], entry.name
    gates = pytest.importorskip("evaluation.gates").gates()
    for entry in queue.entries:
        assert not entry.gate or entry.gate in gates, entry.name


def test_arguments_that_do_not_fit_are_named(tmp_path: Path) -> None:
    entry = Entry("one", "a:b", train=("foresight", "train", "nothing"))
    with pytest.raises(UserError, match="kirara-studio foresight train nothing"):
        request_of(Queue((entry,)), entry, tmp_path)
