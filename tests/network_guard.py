"""No network: every connection and every name look-up of this process is refused and noted.

Belongs here: the guard alone. It is put on in `conftest`, and no test may add to its list.
"""

import sys
from typing import Any

ATTEMPTS: list[str] = []
_LOOK_UPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}
_CONNECTS = {"socket.connect", "socket.sendto", "socket.sendmsg"}


class NetworkError(RuntimeError):
    """Something asked for the network."""


def put_on() -> None:
    """Watch this process from now on; the guard cannot be taken off."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if not event.startswith("socket."):
        return
    if event in _LOOK_UPS:
        told = f"{event} {arguments[0]!r}"
    elif event in _CONNECTS and not _is_local(arguments[1]):
        told = f"{event} {arguments[1]!r}"
    else:
        return
    ATTEMPTS.append(told)
    raise NetworkError(told)


def _is_local(address: object) -> bool:
    # A socket of this machine has a path for an address, one of the network a tuple; None is one that is connected.
    return address is None or isinstance(address, str | bytes)
