"""A service on this machine, over real sockets, that answers as a test says."""

import json
import threading
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.test import override_settings


@dataclass
class Asked:
    """One call as it came."""

    method: str
    path: str
    query: dict[str, str]
    raw: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body or b"{}")


@dataclass
class Stand:
    """Answers with `respond(asked)` → (status, body) or (status, body, headers), unless `faults`
    hold an answer for the next call; "cut" closes the connection."""

    respond: Any
    asked: list[Asked] = field(default_factory=list)
    faults: deque = field(default_factory=deque)
    address: str = ""

    def answer(self, asked: Asked) -> tuple[int, bytes, dict[str, str]] | None:
        self.asked.append(asked)
        found = self.faults.popleft() if self.faults else None
        found = self.respond(asked) if found is None else found
        if found == "cut":
            return None
        status, body, *rest = found
        headers = dict(rest[0]) if rest else {}
        if not isinstance(body, bytes):
            body = json.dumps(body).encode()
            headers.setdefault("Content-Type", "application/json")
        return status, body, headers


@contextmanager
def serving(respond):
    """A stand at an address of its own."""
    stand = Stand(respond)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, parts.path, query, unquote(parts.query), headers, body)
            found = stand.answer(asked)
            if found is None:
                self.close_connection = True
                self.connection.close()
                return
            status, content, more = found
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            if "Content-Length" not in more:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = _serve

        def log_message(self, *_words: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    stand.address = f"http://127.0.0.1:{server.server_port}"
    try:
        with override_settings(INNER_HOSTS=frozenset(["127.0.0.1"])):
            yield stand
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
