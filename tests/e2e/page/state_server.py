"""A stand-in for the playground's server: the page's files, a state that tests write, and what the page posted."""

import asyncio
import json
import mimetypes
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

STATIC = Path(__file__).parents[3] / "bots" / "playground" / "static"
CSP = "default-src 'self'"
_PREFIX = "/playground/static/"
_TICK = 0.2
"""Seconds after which an open stream looks whether the server stops."""

State = dict[str, Any]


@dataclass(slots=True)
class StateServer:
    """Serve a page and a state on loopback.

    ``swaps`` replaces a text in a served file, which is how a test removes a defence.
    """

    state: State
    csp: str | None = CSP
    swaps: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    posted: list[tuple[str, Any]] = field(default_factory=list[tuple[str, Any]])
    refuses: bool = False
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _http: ThreadingHTTPServer | None = None

    def __enter__(self) -> "StateServer":
        self.start(0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def port(self) -> int:
        """The port that it listens on, or last listened on."""
        assert self._http is not None
        return self._http.server_address[1]

    @property
    def url(self) -> str:
        """The page's address."""
        return f"http://127.0.0.1:{self.port}/"

    async def has_posted(self, *expected: tuple[str, Any]) -> bool:
        """Whether the page posts just this; a button looks busy before its request arrives."""
        for _ in range(100):
            if len(self.posted) >= len(expected):
                break
            await asyncio.sleep(0.05)
        return self.posted == list(expected)

    def start(self, port: int) -> None:
        """Begin to serve, on a free port if it is 0."""
        self._stopping.clear()
        self._http = _Http(port, self)
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def stop(self) -> None:
        """End, streams included."""
        assert self._http is not None
        self._stopping.set()
        self.changed()
        self._http.shutdown()
        self._http.server_close()

    def changed(self) -> None:
        """Tell every open page that the state is another one."""
        with self._changed:
            self.state["revision"] += 1
            self._changed.notify_all()

    def file(self, name: str) -> bytes:
        """One of the page's files, with its swap."""
        body = (STATIC / name).read_bytes()
        if name not in self.swaps:
            return body
        old, new = self.swaps[name]
        assert old.encode() in body, f"{name} no longer says {old!r}"
        return body.replace(old.encode(), new.encode())

    def stream(self, out: Any) -> None:
        """Write events until the page goes or the server stops."""
        known = -1
        while not self._stopping.is_set():
            with self._changed:
                revision = int(self.state["revision"])
                if revision == known:
                    self._changed.wait(_TICK)
                    continue
            known = revision
            out.write(f'event: changed\ndata: {{"revision":{revision}}}\n\n'.encode())
            out.flush()


class _Http(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int, server: StateServer) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.playground = server


class _Handler(BaseHTTPRequestHandler):
    @property
    def playground(self) -> StateServer:
        assert isinstance(self.server, _Http)
        return self.server.playground

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/":
            self.answer(self.playground.file("index.html"), "text/html; charset=utf-8")
        elif path.startswith(_PREFIX):
            name = path.removeprefix(_PREFIX)
            self.answer(self.playground.file(name), mimetypes.guess_type(name)[0] or "text/plain")
        elif path == "/playground/state":
            self.answer(json.dumps(self.playground.state).encode(), "application/json")
        elif path == "/playground/stream":
            self.events()
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.playground.posted.append((self.path.removeprefix("/playground/"), body))
        if self.playground.refuses:
            self.send_error(503)
        else:
            self.answer(b"{}", "application/json")

    def answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        if self.playground.csp is not None:
            self.send_header("content-security-policy", self.playground.csp)
        self.end_headers()
        self.wfile.write(body)

    def events(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        try:
            self.playground.stream(self.wfile)
        except OSError:
            self.close_connection = True
