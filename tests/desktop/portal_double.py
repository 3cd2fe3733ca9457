"""Stands in for the desktop portal's notifications, which no package of Debian offers alone.

Prints what it receives. Every notification is clicked at once: on its first button, where it has
one, or else on itself.
"""

from __future__ import annotations

import json

from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageType,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

INTERFACE = "org.freedesktop.portal.Notification"
EMITTER = DBusAddress("/org/freedesktop/portal/desktop", interface=INTERFACE)

connection = open_dbus_connection()
connection.send_and_get_reply(message_bus.RequestName("org.freedesktop.portal.Desktop"))
print(json.dumps({"ready": True}), flush=True)
while True:
    message = connection.receive()
    if message.header.message_type is not MessageType.method_call:
        continue
    method = message.header.fields[HeaderFields.member]
    if message.header.fields.get(HeaderFields.interface) != INTERFACE:
        connection.send(new_error(message, "org.freedesktop.DBus.Error.UnknownInterface"))
        continue
    if method == "RemoveNotification":
        print(json.dumps({"removed": message.body[0]}), flush=True)
        connection.send(new_method_return(message))
    elif method == "AddNotification":
        number, content = message.body
        shown = {key: value for key, (_, value) in content.items()}
        print(json.dumps({"shown": number, **shown}), flush=True)
        # The user clicks at once; the token comes in the form of version 2 of the interface.
        token = ("a{sv}", {"activation-token": ("s", "token-7")})
        buttons = [button["action"][1] for button in shown.get("buttons", ())]
        clicked = (buttons or [shown.get("default-action")])[0]
        connection.send(new_method_return(message))
        if clicked is None:
            continue
        body = (number, clicked, [token])
        connection.send(new_signal(EMITTER, "ActionInvoked", "ssav", body))
