"""Secrets: addresses of webhooks, tokens, passwords."""

from __future__ import annotations

from typing import Protocol


class Secrets(Protocol):
    """The secrets of one plugin; no other plugin sees them by these names.

    They are kept in the system keyring; if there is none, in a file that only its owner can read,
    and the user is informed. Both methods may be called from any thread. They wait if the keyring
    asks the user to unlock it, so call them off the UI thread if you can.
    """

    def get(self, name: str) -> str:
        """The secret, or an empty text. Raises UserError if the keyring stays locked."""

    def set(self, name: str, value: str) -> None:
        """Keep ``value`` under ``name``; an empty text forgets it. Raises as :meth:`get`."""
