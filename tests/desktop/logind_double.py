"""Stands in for logind, which no package of Debian offers without systemd as the first process.

A line of input is emitted as ``PrepareForSleep``: "true" before sleep, "false" after it. Started
with the argument "nobody", it does the same without owning logind's name.
"""

from __future__ import annotations

import json
import sys

from jeepney import DBusAddress, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

MANAGER = DBusAddress("/org/freedesktop/login1", interface="org.freedesktop.login1.Manager")

connection = open_dbus_connection("SYSTEM")
if "nobody" not in sys.argv:
    connection.send_and_get_reply(message_bus.RequestName("org.freedesktop.login1"))
print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    word = line.strip()
    connection.send(new_signal(MANAGER, "PrepareForSleep", "b", (word == "true",)))
    print(json.dumps({"sent": word}), flush=True)
