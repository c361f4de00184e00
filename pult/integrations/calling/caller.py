"""One host, called over one connection that is kept open."""

import http.client
import json
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from pult.integrations.calling.errors import (
    bad_answer,
    denied,
    missing,
    too_often,
    unreached,
)
from pult.integrations.calling.hosts import checked_base, checked_redirect, open_line
from pult.kernel import clock

LARGEST = 32 << 20  # bytes of an answer that is read whole
PIECE = 256 << 10
TIMEOUT = 30  # seconds of silence
TRIES = 5
LONGEST_WAIT = 120  # seconds; whoever asks for more is asked again by the next job
REDIRECTS = 3
WAIT = {429, 503}
BROKEN = {500, 502, 504}


@dataclass(frozen=True)
class Answer:
    """A status, headers by small letters, and the whole body."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    host: str

    def json(self) -> Any:
        """The body as JSON; BadAnswer for anything else."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise bad_answer(self.host, self.headers.get("content-type", "no JSON")) from None


class Caller:
    """Calls `base` (scheme, host, perhaps a path) at most once in `gap` milliseconds.

    Headers of `calls` go to this host alone. `sleep` and `ticks` are those of `time`.
    """

    def __init__(
        self,
        base: str,
        *,
        gap: int = 0,
        sleep: Callable[..., None] = time.sleep,
        ticks: Callable[[], Any] = time.monotonic,
    ) -> None:
        self.base = checked_base(base)
        parts = urlsplit(self.base)
        self.host, self.prefix = parts.netloc, parts.path.rstrip("/")
        self._gap, self._sleep, self._ticks = gap, sleep, ticks
        self._next: Any = None
        self._line: http.client.HTTPConnection | None = None

    def call(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        taken: frozenset[int] = frozenset(),
    ) -> Answer:
        """The answer to one call; those asking to wait and those cut off are called again.

        A status from 400 on raises unless it is among `taken`: Denied for 401 and 403, Missing for
        404, TooOften, BadAnswer, Unreached.
        """
        for turn in range(TRIES):
            try:
                answer = self._once(method, path, dict(headers or {}), body)
            except (OSError, http.client.HTTPException) as problem:
                self.close()
                if turn + 1 == TRIES:
                    raise unreached(self.host, problem) from problem
                self._sleep(2**turn)
                continue
            if answer.status in taken or answer.status < 400:
                return answer
            if answer.status not in WAIT | BROKEN:
                raise self.refused(answer)
            if turn + 1 < TRIES:
                self._sleep(wait_of(answer, turn))
        raise too_often(self.host) if answer.status in WAIT else self.refused(answer)

    def refused(self, answer: Answer, code: str = "") -> Exception:
        """The error that an answer is."""
        if answer.status in (401, 403):
            return denied(self.host, code)
        if answer.status == 404:
            return missing(self.host, code)
        return bad_answer(self.host, f"HTTP {answer.status} {code}".strip(), code)

    @contextmanager
    def stream(self, url: str, headers: Mapping[str, str] | None = None) -> Iterator["Flow"]:
        """A file, piece by piece. On its way to another host, which must be a public one, it loses
        `headers`."""
        url = checked_redirect(self.base, url, self.host)
        for _hop in range(REDIRECTS + 1):
            target = urlsplit(url)
            own = target.netloc == self.host
            line = _connection(target.scheme, target.netloc)
            with closing(line):
                try:
                    line.request("GET", _path(target), headers=dict(headers or {}) if own else {})
                    response = line.getresponse()
                except (OSError, http.client.HTTPException) as problem:
                    raise unreached(target.netloc, problem) from problem
                if response.status in (301, 302, 303, 307, 308):
                    url = checked_redirect(url, response.headers.get("Location", ""), self.host)
                    continue
                if response.status >= 400:
                    raise self.refused(Answer(response.status, {}, b"", target.netloc))
                yield Flow(response, target.netloc)
                return
        raise bad_answer(self.host, "redirects")

    def close(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def _once(self, method: str, path: str, headers: dict[str, str], body: bytes | None) -> Answer:
        self._keep_pace()
        if self._line is None:
            self._line = _connection(urlsplit(self.base).scheme, self.host)
        headers.setdefault("Accept", "application/json")
        self._line.request(method, self.prefix + path, body=body, headers=headers)
        response = self._line.getresponse()
        content = response.read(LARGEST + 1)
        if len(content) > LARGEST:
            self.close()
            raise bad_answer(self.host, f"more than {LARGEST >> 20} MB")
        named = {name.lower(): value for name, value in response.getheaders()}
        if response.will_close:
            self.close()
        return Answer(response.status, named, content, self.host)

    def _keep_pace(self) -> None:
        now = self._ticks()
        if self._next is not None and now < self._next:
            self._sleep(self._next - now)
            now = self._next
        self._next = now + self._gap / 1000


class Flow:
    """The body of a file on its way: its length if told, its type, its pieces."""

    def __init__(self, response: http.client.HTTPResponse, host: str) -> None:
        self._response, self._host = response, host
        length = response.headers.get("Content-Length", "")
        self.length = int(length) if length.isdecimal() else None
        self.type = response.headers.get_content_type()

    def pieces(self) -> Iterator[bytes]:
        """Unreached when it breaks off before its length."""
        got = 0
        while True:
            try:
                piece = self._response.read(PIECE)
            except (OSError, http.client.HTTPException) as problem:
                raise unreached(self._host, problem) from problem
            if not piece:
                break
            got += len(piece)
            yield piece
        if self.length is not None and got < self.length:
            raise unreached(self._host, f"{got} < {self.length}")


def wait_of(answer: Answer, turn: int) -> int:
    """Seconds to wait: as the answer asks (seconds or a date), else twice as long each time."""
    asked = answer.headers.get("retry-after", "").strip()
    if asked.isdecimal():
        return min(int(asked), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(asked)
    except ValueError:
        return 2**turn
    return min(max(int((until - clock.now()).total_seconds()), 1), LONGEST_WAIT)


def _connection(scheme: str, host: str) -> http.client.HTTPConnection:
    line = (
        http.client.HTTPConnection(host, timeout=TIMEOUT)
        if scheme == "http"
        else http.client.HTTPSConnection(
            host, timeout=TIMEOUT, context=ssl.create_default_context()
        )
    )
    line._create_connection = open_line  # type: ignore[attr-defined]  where it looks a host up
    return line


def _path(target: Any) -> str:
    return (target.path or "/") + (f"?{target.query}" if target.query else "")
