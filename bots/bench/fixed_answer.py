"""A server that gives every request the same JSON, in a process of its own: ``python -m bots.bench.fixed_answer``.

It prints its port and ends when its standard input does.
"""

import asyncio
import json
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

ANSWER = {
    "candidates": [
        {"content": {"role": "model", "parts": [{"text": "Dana Levi, in Hall A."}]}, "finishReason": "STOP"}
    ],
    "usageMetadata": {"promptTokenCount": 1800, "candidatesTokenCount": 9, "totalTokenCount": 1809},
}


@asynccontextmanager
async def fixed_answer() -> AsyncGenerator[str]:
    """Start the server; yield its address."""
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", __name__), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert child.stdin is not None and child.stdout is not None  # noqa: S101 both are pipes
    try:
        port = int(await child.stdout.readline())
        yield f"http://127.0.0.1:{port}"
    finally:
        child.stdin.close()
        await child.wait()


async def _serve() -> None:
    body = json.dumps(ANSWER).encode()
    head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n".encode()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                headers = await reader.readuntil(b"\r\n\r\n")
                length = headers.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0]
                await reader.readexactly(int(length or 0))
                writer.write(head + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(_serve())
