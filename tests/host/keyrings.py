"""Keyrings of our own, so that tests never touch the keyring of whoever runs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import keyring
import keyring.backends.fail
import keyring.errors
from keyring.backend import KeyringBackend

if TYPE_CHECKING:
    import pytest


class MemoryKeyring(KeyringBackend):
    """Keeps secrets until the test ends."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise keyring.errors.PasswordDeleteError("no such secret")
        del self.kept[service, username]


class LockedKeyring(MemoryKeyring):
    """Its owner declined to unlock it."""

    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked("Failed to unlock the collection!")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise keyring.errors.KeyringLocked("Failed to unlock the collection!")


def use_keyring(monkeypatch: pytest.MonkeyPatch, kind: str) -> KeyringBackend:
    """Make "memory", "locked" or "fail" (no keyring at all) the keyring of this test."""
    kinds = {
        "memory": MemoryKeyring,
        "locked": LockedKeyring,
        "fail": keyring.backends.fail.Keyring,
    }
    backend = kinds[kind]()
    monkeypatch.setattr("keyring.core._keyring_backend", backend)
    assert keyring.get_keyring() is backend
    return backend
