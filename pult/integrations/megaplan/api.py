"""The protocol: a token for a login, parameters as one JSON object in the query, cursors.

Each answer is `{"meta": {"status", "errors", "pagination"}, "data"}`; a link is an entity with its
contentType and id alone.
"""

import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import quote, urljoin

from pult.integrations.calling import Answer, Caller, Flow
from pult.integrations.calling.errors import bad_answer
from pult.integrations.migration.connectors import Settings

GAP = 200  # milliseconds: nobody has said how often is too often
PAGE = 100
MOST_PAGES = 20_000
API = "/api/v3/"


class Api:
    """Calls of one account. Its token lives two days and is kept for this reading alone."""

    def __init__(self, settings: Settings, caller: Caller | None = None) -> None:
        self.caller = caller or Caller(settings.address, gap=GAP)
        self._login = settings.secrets.get("username", "")
        self._password = settings.secrets.get("password", "")
        self._token = ""

    def get(self, path: str, given: Mapping[str, Any] | None = None) -> Any:
        """The `data` at a path under `/api/v3/`; raises what `meta` calls an error."""
        return self._envelope(path, given).get("data")

    def list(self, path: str, given: Mapping[str, Any] | None = None) -> Iterator[dict[str, Any]]:
        """Every entity of a collection: a page goes on after the last entity of the one before."""
        after: dict[str, Any] = {}
        for _page in range(MOST_PAGES):
            rows = self._envelope(path, {"limit": PAGE, **(given or {}), **after}).get("data") or []
            yield from rows
            if not rows or len(rows) < PAGE:
                return
            last = link_of(rows[-1])
            if after.get("pageAfter") == last:
                raise bad_answer(self.caller.host, path)
            after = {"pageAfter": last}

    def file(self, where: str) -> AbstractContextManager[Flow]:
        """A file by its path in the account."""
        if not self._token:
            self._sign_in()
        return self.caller.stream(urljoin(f"{self.caller.base}/", where), self._headers())

    def _envelope(self, path: str, given: Mapping[str, Any] | None) -> dict[str, Any]:
        if not self._token:
            self._sign_in()
        tail = f"?{quote(json.dumps(given, ensure_ascii=False))}" if given else ""
        answer = self._call(f"{API}{path}{tail}")
        if answer.status == 401:
            self._sign_in()
            answer = self._call(f"{API}{path}{tail}")
        found = answer.json() if answer.body else {}
        meta = found.get("meta", {}) if isinstance(found, dict) else {}
        status = int(meta.get("status") or answer.status)
        if max(status, answer.status) >= 400:
            told = Answer(max(status, answer.status), {}, b"", self.caller.host)
            raise self.caller.refused(told, _words(meta))
        if not isinstance(found, dict) or "data" not in found:
            raise bad_answer(self.caller.host, path)
        return found

    def _call(self, path: str) -> Answer:
        taken = frozenset([400, 401, 403, 404, 422])
        return self.caller.call("GET", path, headers=self._headers(), taken=taken)

    def _sign_in(self) -> None:
        given = {"username": self._login, "password": self._password, "grant_type": "password"}
        kind, body = _form(given)
        answer = self.caller.call(
            "POST",
            f"{API}auth/access_token",
            headers={"Content-Type": kind},
            body=body,
            taken=frozenset([400, 401, 403]),
        )
        if answer.status >= 400:  # of a wrong password some accounts say 400
            raise self.caller.refused(Answer(401, {}, b"", self.caller.host))
        self._token = str(answer.json().get("access_token") or "")
        if not self._token:
            raise bad_answer(self.caller.host, "auth")

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"}


def link_of(entity: Mapping[str, Any]) -> dict[str, Any]:
    """What is enough to point at an entity."""
    return {"contentType": entity.get("contentType"), "id": entity.get("id")}


def _words(meta: Mapping[str, Any]) -> str:
    """The errors of an answer, without what was sent."""
    told = [str(one.get("message") or one.get("type") or "") for one in meta.get("errors") or ()]
    return "; ".join(filter(None, told))[:200]


def _form(given: Mapping[str, str]) -> tuple[str, bytes]:
    """A multipart form, as the login asks for."""
    edge = secrets.token_hex(16)
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in given.items()
    ]
    return f"multipart/form-data; boundary={edge}", ("".join(parts) + f"--{edge}--\r\n").encode()
