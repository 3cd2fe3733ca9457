"""Which of the studio's messengers get reminders."""

from __future__ import annotations

import contextlib

from kirara_releases.storage.store import DELIVERIES, ReleaseStore
from kirara_studio.api.database import put_meta
from kirara_studio.api.errors import UserError
from kirara_studio.api.messengers import Messengers, MessengerSwitches
from kirara_studio.api.secrets import Secrets

_TAKEN_OVER = "messengers_taken_over"


class ReminderMessengers(MessengerSwitches):
    """The user's choice among ``messengers``, which is kept in ``store``.

    Until version 0.2 the plugin had a list of its own, with the addresses in its ``secrets``.
    """

    def __init__(self, store: ReleaseStore, messengers: Messengers, secrets: Secrets) -> None:
        super().__init__(store, messengers)
        self._secrets = secrets
        if not self._kept():  # a new database has none to take over
            with contextlib.suppress(UserError):  # a full disk matters later
                self.take_over()

    def enabled(self) -> dict[str, bool]:
        """Whether each of them gets reminders, in the order of their names."""
        own = {} if self.taken_over else self._kept()
        return dict(sorted((own | super().enabled()).items()))

    def take_over(self) -> None:
        """Give the plugin's own messengers to the studio, once; the first check of a start does it.

        Nothing is lost if it is interrupted: it goes on at the next call. Raises UserError if an
        address cannot be read or stored; until that works, reminders wait.
        """
        if self.taken_over:
            return
        for name in self._kept():
            secret = f"messenger/{name}"
            shared = self._messengers.take_over(name, self._secrets.get(secret))
            if shared != name:
                with self._database.transaction() as connection:
                    for table, column in (("destination", "name"), (DELIVERIES, "destination")):
                        connection.execute(
                            f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {column} = ?",
                            (shared, name),
                        )
            self._secrets.set(secret, "")
        with self._database.transaction() as connection:
            put_meta(connection, _TAKEN_OVER, "1")

    @property
    def taken_over(self) -> bool:
        """True once the studio has the plugin's own messengers."""
        return bool(self._database.rows("SELECT 1 FROM meta WHERE key = ?", (_TAKEN_OVER,)))
