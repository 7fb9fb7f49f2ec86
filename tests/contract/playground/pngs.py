"""Small pictures for the tests of the stand-ins."""

import random
import struct
import zlib


def png(width: int, height: int) -> bytes:
    """A picture of that shape, with every byte that there is in it."""
    rows = random.Random(5).randbytes(width * height * 3)
    lines = b"".join(b"\0" + rows[at : at + width * 3] for at in range(0, len(rows), width * 3))
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + _chunk(b"IDAT", zlib.compress(lines)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
