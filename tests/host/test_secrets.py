"""Secrets: in the keyring, or in a file that only their owner reads."""

from __future__ import annotations

import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kirara_studio.api.errors import UserError
from kirara_studio.host.secrets import Secrets
from tests.host.keyrings import MemoryKeyring, use_keyring


def test_with_a_keyring_there_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backend = use_keyring(monkeypatch, "memory")
    assert isinstance(backend, MemoryKeyring)
    file = tmp_path / "secrets.json"
    secrets = Secrets(file)
    assert secrets.get("slack") == ""
    secrets.set("slack", "https://hooks")
    assert backend.kept == {("kirara-studio", "slack"): "https://hooks"}
    assert Secrets(file).get("slack") == "https://hooks"
    secrets.set("slack", "")
    secrets.set("slack", "")
    assert backend.kept == {}
    assert not file.exists()


def test_without_a_keyring_a_private_file_is_used_and_reported_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_keyring(monkeypatch, "fail")
    file = tmp_path / "config" / "secrets.json"
    reported: list[UserError] = []
    secrets = Secrets(file, reported.append)
    assert secrets.get("slack") == ""
    assert reported == []
    secrets.set("slack", "one")
    secrets.set("line", "二")
    assert (secrets.get("slack"), secrets.get("line")) == ("one", "二")
    again = Secrets(file, reported.append)
    again.set("slack", "three")
    assert again.get("slack") == "three"
    assert len(reported) == 1
    assert str(file) in str(reported[0])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["secrets.json"]


def test_forgetting_the_last_secret_removes_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_keyring(monkeypatch, "fail")
    file = tmp_path / "secrets.json"
    secrets = Secrets(file)
    secrets.set("slack", "one")
    secrets.set("slack", "")
    assert secrets.get("slack") == ""
    assert not file.exists()


def test_a_file_that_others_could_read_is_closed_to_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_keyring(monkeypatch, "fail")
    file = tmp_path / "secrets.json"
    file.write_text('{"slack": "one"}')
    file.chmod(0o644)
    assert Secrets(file).get("slack") == "one"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_secret_moves_into_a_keyring_that_appeared_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_keyring(monkeypatch, "fail")
    file = tmp_path / "secrets.json"
    Secrets(file).set("slack", "one")
    use_keyring(monkeypatch, "memory")
    secrets = Secrets(file)
    assert secrets.get("slack") == "one"
    secrets.set("slack", "two")
    assert secrets.get("slack") == "two"
    assert not file.exists()


def test_a_locked_keyring_is_reported_and_nothing_goes_to_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_keyring(monkeypatch, "locked")
    file = tmp_path / "secrets.json"
    with pytest.raises(UserError, match="keyring"):
        Secrets(file).get("slack")
    with pytest.raises(UserError, match="keyring"):
        Secrets(file).set("slack", "one")
    assert not file.exists()


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff"])
def test_a_damaged_file_is_kept_and_only_its_owner_may_read_the_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    use_keyring(monkeypatch, "fail")
    file = tmp_path / "secrets.json"
    file.write_bytes(content)
    reported: list[UserError] = []
    secrets = Secrets(file, reported.append)
    assert secrets.get("slack") == ""
    assert len(reported) == 1 and "secrets.json" in str(reported[0])
    secrets.set("slack", "one")
    (aside,) = tmp_path.glob("secrets.damaged-*.json")
    assert aside.read_bytes() == content
    assert [stat.S_IMODE(path.stat().st_mode) for path in (aside, file)] == [0o600, 0o600]
    assert Secrets(file).get("slack") == "one"


def test_a_file_that_cannot_be_read_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_keyring(monkeypatch, "fail")
    file = tmp_path / "secrets.json"
    file.mkdir()
    reported: list[UserError] = []
    secrets = Secrets(file, reported.append)
    assert secrets.get("slack") == "" and len(reported) == 1
    with pytest.raises(UserError, match=r"secrets\.json"):
        secrets.set("slack", "one")
    secrets.set("slack", "")
    assert file.is_dir() and len(reported) == 1


def test_a_read_only_folder_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_keyring(monkeypatch, "fail")
    (tmp_path / "config").write_text("")
    with pytest.raises(UserError, match="config"):
        Secrets(tmp_path / "config" / "secrets.json").set("slack", "one")


@pytest.mark.parametrize("kind", ["memory", "fail"])
def test_each_plugin_has_secrets_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    use_keyring(monkeypatch, kind)
    secrets = Secrets(tmp_path / "secrets.json")
    releases, speech = secrets.of_plugin("releases"), secrets.of_plugin("speech")
    releases.set("slack", "https://hooks")
    secrets.set("releases.slack", "that of a settings page")
    assert (releases.get("slack"), speech.get("slack")) == ("https://hooks", "")
    again = Secrets(tmp_path / "secrets.json").of_plugin("releases")
    assert again.get("slack") == "https://hooks"
    again.set("slack", "")
    assert releases.get("slack") == ""


def test_many_threads_may_keep_secrets_in_the_file_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_keyring(monkeypatch, "fail")
    secrets = Secrets(tmp_path / "secrets.json", lambda problem: None)
    threads = [
        threading.Thread(target=secrets.set, args=(f"name {number}", f"secret {number}"))
        for number in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = [secrets.get(f"name {number}") for number in range(20)]
    assert kept == [f"secret {number}" for number in range(20)]


def test_nobody_imports_the_keyring_before_a_secret_is_asked_for(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from kirara_studio.host import settings, secrets, state, folders;"
        f"settings.SettingsStore(pathlib.Path({str(tmp_path / 's.toml')!r}),"
        f"secrets.Secrets(pathlib.Path({str(tmp_path / 'secrets.json')!r})));"
        "print([m for m in ('keyring', 'tomlkit', 'torch', 'PySide6') if m in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert found.strip() == "[]"
