"""``kirara-studio illustrations send``, against a webhook."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from kirara_illustrations.options import PAGE
from kirara_illustrations.storage.library import Library
from kirara_studio.api.learning.features import Extractor
from kirara_studio.api.messengers import Messengers, MessengerSwitches
from kirara_studio.cli import main
from kirara_studio.host.folders import Folders
from kirara_studio.host.messengers import shared_messengers
from kirara_studio.host.secrets import Secrets
from kirara_studio.host.settings import PageSettings, SettingsStore
from tests.api.webhook import Server, webhook
from tests.host.keyrings import use_keyring

from .kept_pictures import judge, keep
from .small_filter import save_examples, save_filter

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def server() -> Iterator[Server]:
    with webhook() as server:
        yield server


@pytest.fixture
def folders(
    application: object,  # a command would make one without windows, for all tests to come
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Folders:
    monkeypatch.setenv("KIRARA_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setattr("kirara_studio.api.model_library.available_models", lambda *_, **__: [])
    use_keyring(monkeypatch, "memory")
    return Folders.default()


@pytest.fixture
def messengers(folders: Folders, server: Server) -> Messengers:
    messengers = shared_messengers(folders, Secrets(folders.config / "secrets.json"))
    messengers.add("Slack", server.url)
    messengers.add("Mail", server.url)
    return messengers


@pytest.fixture
def library(folders: Folders) -> Iterator[Library]:
    library = Library(folders.of_plugin("illustrations"))
    yield library
    library.close()


@pytest.fixture
def run(messengers: Messengers, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str) -> tuple[int, str, str]:
        try:
            status = main(["illustrations", "send", *arguments])
        except SystemExit as error:  # argparse
            status = int(error.code or 0)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


def settings_of(folders: Folders) -> PageSettings:
    file = folders.config / "settings.toml"
    return SettingsStore(file, Secrets(folders.config / "secrets.json")).page(PAGE)


def addresses(*numbers: int) -> list[str]:
    return [f"https://example.org/{number}" for number in numbers]


def test_a_line_for_each_message_and_nothing_twice(
    run: Run, library: Library, server: Server
) -> None:
    keep(library, [1], time.time() - 3 * 86_400)
    keep(library, [2, 3], time.time() - 60)
    assert run("--to", "Slack") == (0, "".join(f"Slack: {a}\n" for a in addresses(2, 3)), "")
    assert run("--to", "Slack") == (0, "Nothing new.\n", "")
    day = datetime.fromtimestamp(time.time() - 4 * 86_400).date().isoformat()
    assert run("--to", "Slack", "--since", day)[1] == f"Slack: {addresses(1)[0]}\n"
    status, out, _ = run("--to", "Slack", "--to", "Mail", "--all-new")
    assert status == 0 and out.count("Mail: ") == 3 and "Slack" not in out
    assert len(server.got) == 6


def test_what_nobody_judged_is_judged_first(
    run: Run, library: Library, folders: Folders, tmp_path: Path
) -> None:
    model = save_filter(tmp_path / "filter.safetensors", Extractor(threads=1))
    illustration, photograph = save_examples(tmp_path)[:2]
    for item, source in zip(
        library.items(keep(library, [1, 2], time.time())), (photograph, illustration), strict=True
    ):
        library.path_of(item.file).write_bytes(source.read_bytes())
    settings_of(folders)["model"] = str(model)
    assert run("--to", "Slack") == (0, f"Slack: {addresses(2)[0]}\n", "Judging 2 pictures\n")
    assert run("--to", "Slack") == (0, "Nothing new.\n", "")
    classes = library.rows("SELECT class FROM picture ORDER BY id")
    assert classes == [("photograph",), ("illustration",)]


def test_those_that_are_switched_on_by_default(
    run: Run, library: Library, messengers: Messengers
) -> None:
    keep(library, [1], time.time())
    status, _, err = run()
    assert status == 1 and "No messenger is switched on" in err
    MessengerSwitches(library, messengers).set_enabled("Mail", True)
    assert run() == (0, f"Mail: {addresses(1)[0]}\n", "")


def test_a_refusal_is_said_and_tried_again(run: Run, library: Library, server: Server) -> None:
    keep(library, [1, 2], time.time())
    server.answers = ["500"]
    status, out, err = run("--to", "Slack")
    assert status == 1 and out == f"Slack: {addresses(2)[0]}\n"
    assert err.startswith(f"Slack: {addresses(1)[0]}: ") and "refused" in err
    assert run("--to", "Slack") == (0, f"Slack: {addresses(1)[0]}\n", "")


def test_the_settings_say_what_passes_and_how(
    run: Run, library: Library, server: Server, folders: Folders
) -> None:
    pictures = keep(library, range(5), time.time())
    judge(library, pictures[:3], 0.9)
    judge(library, pictures[3:], 0.7)
    page = settings_of(folders)
    for key, value in {"threshold": 0.8, "digest": "together", "template": "{author}!"}.items():
        page[key] = value
    assert run("--to", "Slack")[1] == f"Slack: {', '.join(addresses(0, 1, 2))}\n"
    (message,) = server.got
    assert message["message"].count("@yuno@example.org!\nhttps://example.org/") == 3
    assert len(message["attachments"]) == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--to", "Telegram"), "no messenger “Telegram”"),
        (("--since", "soon"), "“soon” is not a date such as 2026-12-01"),
    ],
)
def test_mistakes_are_explained(run: Run, words: tuple[str, ...], said: str) -> None:
    status, _, err = run(*words)
    assert status != 0 and said in err
