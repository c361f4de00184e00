"""The protocol: a bearer token renewed when it has run out, pages of HAL, 204 for nothing.

Seven calls a second are allowed an account; more gives 429 and in the end a ban (403).
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import urlencode, urlsplit

from pult.integrations.calling import Caller, Denied, Flow
from pult.integrations.calling.errors import bad_answer, denied
from pult.integrations.migration.connectors import Settings

GAP = 150  # milliseconds: under seven calls a second
PAGE = 250
MOST_PAGES = 10_000
API = "/api/v4/"


class Api:
    """Calls of one account. A renewed token is kept at once: the old one is void from then on."""

    def __init__(self, settings: Settings, caller: Caller | None = None) -> None:
        self.caller = caller or Caller(settings.address, gap=GAP)
        self._secrets, self._keep = dict(settings.secrets), settings.keep
        self._drive: Caller | None = None

    def get(self, path: str, query: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The object at a path under `/api/v4/`; empty for 204."""
        tail = f"?{urlencode(query)}" if query else ""
        answer = self._with_token(self.caller, f"{API}{path}{tail}")
        if answer.status == 204:
            return {}
        found = answer.json()
        if not isinstance(found, dict):
            raise bad_answer(self.caller.host, path)
        return found

    def pages(self, path: str, name: str, query: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Every object of a list, page by page, for as long as there is a next one."""
        asked: dict[str, Any] = {"limit": PAGE, **query}
        for page in range(1, MOST_PAGES):
            found = self.get(path, {**asked, "page": page})
            yield from found.get("_embedded", {}).get(name, ())
            if not found.get("_links", {}).get("next"):
                return

    def file(self, where: str) -> AbstractContextManager[Flow]:
        """A file of a note: `old:<name>` of the account itself, else a uuid of its drive."""
        if where.startswith("old:"):
            url = f"{self.caller.base}/download/{where.removeprefix('old:')}"
            return self.caller.stream(url, self._headers())
        if self._drive is None:
            base = self.get("account", {"with": "drive_url"}).get("drive_url", "")
            if not _is_kin(base, self.caller.base):
                raise bad_answer(self.caller.host, base)
            self._drive = Caller(base, gap=GAP)
        told = self._with_token(self._drive, f"/v1.0/files/{where}").json()
        url = told.get("_links", {}).get("download", {}).get("href", "")
        return self._drive.stream(url, self._headers())

    def _with_token(self, caller: Caller, path: str) -> Any:
        answer = caller.call("GET", path, headers=self._headers(), taken=frozenset([401]))
        if answer.status != 401:
            return answer
        if not self._renew():
            raise self.caller.refused(answer)
        return caller.call("GET", path, headers=self._headers())

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._secrets.get('token', '')}"}

    def _renew(self) -> bool:
        """Change the refresh token for a new pair; False where none was given."""
        names = ("client_id", "client_secret", "refresh_token", "redirect_uri")
        if not all(self._secrets.get(name) for name in names):
            return False
        body = {name: self._secrets[name] for name in names} | {"grant_type": "refresh_token"}
        answer = self.caller.call(
            "POST",
            "/oauth2/access_token",
            headers={"Content-Type": "application/json"},
            body=json.dumps(body).encode(),
            taken=frozenset([400, 401, 403]),
        )
        if answer.status >= 400:
            raise self.caller.refused(answer) if answer.status != 400 else _void(self.caller)
        new = answer.json()
        self._secrets |= {"token": new["access_token"], "refresh_token": new["refresh_token"]}
        self._keep(self._secrets)
        return True


def _void(caller: Caller) -> Denied:
    """Refresh tokens live for three months and work once."""

    return denied(caller.host, "refresh_token")


def _is_kin(url: str, base: str) -> bool:
    """Whether a host is of the same service: the token goes nowhere else."""
    ours, theirs = urlsplit(base), urlsplit(url)
    if ours.scheme == "http":  # this very machine
        return theirs.hostname == ours.hostname
    kin = ".".join((ours.hostname or "").split(".")[-2:])
    return theirs.scheme == "https" and (theirs.hostname or "").endswith(f".{kin}")
