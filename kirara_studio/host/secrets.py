"""Keeps webhook addresses and tokens: in the system keyring, or else in a private file."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import exists
from kirara_studio.api.kept_files import KeptFile, Parts, json_text

log = logging.getLogger(__name__)

Result = TypeVar("Result")

_SERVICE = "kirara-studio"


class Secrets:
    """Texts that must not be in the settings file, each under a name.

    The keyring is asked each time, since another program may change it. Without a keyring the
    secrets are kept in ``file``, which only its owner can read; ``report`` is called when that file
    is first made, or is damaged.
    """

    def __init__(self, file: Path, report: Callable[[UserError], None] | None = None) -> None:
        self._file = file
        self._report = report or (lambda message: log.warning("%s", message))
        self._lock = threading.RLock()
        self._kept: KeptFile[dict[str, str]] = KeptFile(
            file,
            _decode,
            json_text,
            dict,
            report=self._report,
            lock=lambda: self._lock,
            private=True,
        )
        self._without_keyring = False

    def of_plugin(self, plugin: str) -> PluginSecrets:
        return PluginSecrets(self, plugin)

    def get(self, name: str) -> str:
        """The secret, or an empty text. Raises UserError if the keyring stays locked."""
        # The file first: it exists only if there was no keyring once, and holds its names.
        secrets = self._read()
        if name in secrets:
            return secrets[name]
        return self._with_keyring(lambda keyring: keyring.get_password(_SERVICE, name)) or ""

    def set(self, name: str, secret: str) -> None:
        """Keep a secret; an empty text forgets it. Raises UserError if that fails."""
        with self._lock:  # two threads must not write the file over each other
            first = self._set(name, secret)
        if first:
            self._report(
                UserError(
                    "This system has no keyring, so secrets are kept in a file that only you "
                    "can read: “{path}”.",
                    advice="Install a keyring, such as GNOME Keyring or KWallet, and enter them "
                    "again to move them there.",
                    path=self._file,
                )
            )

    def _set(self, name: str, secret: str) -> bool:
        """True if the file was made for it."""
        kept = self._read()
        others = {key: value for key, value in kept.items() if key != name}
        if self._with_keyring(lambda keyring: _store(keyring, name, secret)):
            if name in kept:
                self._write(others)
            return False
        first = not exists(self._file)
        if secret or name in kept:
            self._write(others | {name: secret} if secret else others)
        return first and bool(secret)

    def _with_keyring(self, work: Callable[[Any], Result]) -> Result | None:
        """The result of ``work(keyring)``; None if the system has no keyring."""
        if self._without_keyring:
            return None
        try:
            import keyring
            import keyring.errors
        except Exception:  # a backend of some other package may break its import
            log.warning("The keyring cannot be used", exc_info=True)
            self._without_keyring = True
            return None
        try:
            return work(keyring)
        except keyring.errors.NoKeyringError:
            self._without_keyring = True
            return None
        except Exception as error:
            raise UserError(
                "The system keyring refused: {reason}.",
                advice="Unlock the keyring and try again.",
                reason=" ".join(str(error).split()) or type(error).__name__,
            ) from error

    def _read(self) -> dict[str, str]:
        secrets = self._kept.read()
        if secrets and os.name == "posix" and self._file.stat().st_mode & 0o077:
            self._file.chmod(0o600)
        return secrets

    def _write(self, secrets: dict[str, str]) -> None:
        if secrets:
            self._kept.write(secrets)
        else:
            self._file.unlink(missing_ok=True)


class PluginSecrets:
    """The secrets of one plugin (:class:`kirara_studio.api.secrets.Secrets`)."""

    def __init__(self, secrets: Secrets, plugin: str) -> None:
        self._secrets = secrets
        self._plugin = plugin

    def get(self, name: str) -> str:
        return self._secrets.get(self._full(name))

    def set(self, name: str, value: str) -> None:
        self._secrets.set(self._full(name), value)

    def _full(self, name: str) -> str:
        # The secrets of settings pages have a full stop instead, so the names never collide.
        return f"{self._plugin}/{name}"


def _decode(values: Any, parts: Parts) -> dict[str, str]:
    def secret(value: Any) -> str:
        if not isinstance(value, str):
            raise TypeError("a secret is a text")
        return value

    return parts.mapping(values, secret)


def _store(keyring: Any, name: str, secret: str) -> bool:
    if secret:
        keyring.set_password(_SERVICE, name, secret)
    elif keyring.get_password(_SERVICE, name) is not None:
        keyring.delete_password(_SERVICE, name)
    return True
