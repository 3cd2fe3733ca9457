"""Secrets: addresses of webhooks, tokens, passwords."""

from __future__ import annotations

from typing import Protocol


class Secrets(Protocol):
    """The secrets of one plugin; no other plugin sees them by these names.

    They lie in the system keyring; where there is none, in a file that only its owner can read,
    and the user is informed. Both functions may be called from any thread. A keyring may ask
    the user to unlock it, and they wait for that: call them off the UI thread where you can.
    """

    def get(self, name: str) -> str:
        """The secret called ``name``, or an empty text.

        Raises
        ------
        UserError
            When the keyring stays locked, or the file cannot be read.
        """
        ...

    def set(self, name: str, value: str) -> None:
        """Keep ``value`` under ``name``; an empty text forgets it. Raises as :meth:`get`."""
        ...
