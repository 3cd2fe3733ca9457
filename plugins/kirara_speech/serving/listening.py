"""Where the server listens. Imports no FastAPI, so the window can check a port."""

from __future__ import annotations

import errno
import socket

from kirara_studio.api.errors import UserError

THIS_COMPUTER = "127.0.0.1"
"""The address that only programs on this computer reach."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there; port 0 is any free one. Raises :class:`UserError`."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OverflowError as error:
        raise UserError(
            "{port} is not a port.", advice="Choose one from 1 to 65535.", port=port
        ) from error
    except OSError as error:
        raise _cannot_listen(host, port, error) from error


def address_of(listening: socket.socket) -> str:
    """The URL of a listening socket."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _cannot_listen(host: str, port: int, error: OSError) -> UserError:
    if error.errno == errno.EADDRINUSE:
        return UserError(
            "Port {port} is in use: another program, perhaps VOICEVOX, listens there.",
            advice="End that program, or choose another port.",
            port=port,
        )
    if error.errno == errno.EACCES:
        return UserError("Port {port} may not be used.", advice="Choose one above 1023.", port=port)
    return UserError(
        "The studio cannot listen at {host}, port {port} ({reason}).",
        advice="Choose another address with --host: 127.0.0.1 is this computer alone.",
        host=host,
        port=port,
        reason=error.strerror or error,
    )
