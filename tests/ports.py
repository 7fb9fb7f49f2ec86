"""Ports for programs that a test starts: nobody is given one twice, and the system lends none of them meanwhile."""

import socket
from itertools import count
from os import getpid

_FIRST, _LAST = 20_000, 30_000
"""Below what systems lend to outgoing connections (from 32768, or 49152): asking for port 0, closing it and starting a
program later leaves it to whoever connects in between."""
_next = count(getpid() * 97)
_kept: list[socket.socket] = []
"""One of datagrams on each number that was given, for as long as this process lives: the sign for the others."""


def free_port() -> int:
    """Return a port of loopback that is free, and that no other process of the tests is given."""
    for number in _next:
        port = _FIRST + number % (_LAST - _FIRST)
        sign = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        with socket.socket() as probe:
            try:
                sign.bind(("127.0.0.1", port))
                probe.bind(("127.0.0.1", port))
            except OSError:
                sign.close()
                continue
        _kept.append(sign)
        return port
    raise AssertionError("counting has no end")
