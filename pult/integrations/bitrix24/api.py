"""The protocol: methods under a key, lists by growing id, up to fifty calls in one batch.

Two calls a second are allowed; more gives 503 QUERY_LIMIT_EXCEEDED, which the caller waits out.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from pult.integrations.bitrix24.keys import Tokens, Webhook, key_of
from pult.integrations.calling import Answer, Caller, Trouble
from pult.integrations.calling.errors import bad_answer, denied, missing, too_often
from pult.integrations.migration.connectors import Settings

GAP = 500  # milliseconds: two calls a second
BATCH = 50
MOST_PAGES = 20_000
# Codes of an error's body; the status alone does not tell them apart.
DENIED = frozenset(
    [
        "expired_token",
        "invalid_token",
        "no_auth_found",
        "invalid_credentials",
        "access_denied",
        "insufficient_scope",
        "invalid_grant",
        "user_access_error",
    ]
)
MISSING = frozenset(["error_method_not_found", "not_found", "error_not_found"])
TOO_OFTEN = frozenset(["query_limit_exceeded", "operation_time_limit"])


class Api:
    """Calls of one portal. Its key stands in no message."""

    def __init__(
        self,
        settings: Settings,
        caller: Caller | None = None,
        key: Webhook | Tokens | None = None,
    ) -> None:
        self.caller = caller or Caller(settings.address, gap=GAP)
        self._key = key or key_of(settings)

    def call(self, method: str, given: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The answer of a method: `result`, perhaps `next` and `total`."""
        answer, found = self._ask(method, given or {})
        if self._key.renew(str(found.get("error", "")).lower()):
            answer, found = self._ask(method, given or {})
        if "error" in found:
            raise self.trouble(method, found)
        if answer.status >= 400:
            raise self.caller.refused(answer)
        return found

    def _ask(self, method: str, given: Mapping[str, Any]) -> tuple[Answer, dict[str, Any]]:
        answer = self.caller.call(
            "POST",
            self._key.path(method),
            headers={"Content-Type": "application/json"},
            body=json.dumps(self._key.body(given)).encode(),
            taken=frozenset([400, 401, 403, 404]),
        )
        found = answer.json()
        if not isinstance(found, dict):
            raise bad_answer(self.caller.host, method)
        return answer, found

    def list(
        self, method: str, given: Mapping[str, Any], *, key: str = "ID", inside: str = ""
    ) -> Iterator[dict[str, Any]]:
        """Every row, by growing `key` without counting: a page is not shifted by new rows.

        `inside` names the part of the result that holds the rows.
        """
        last = 0
        for _page in range(MOST_PAGES):
            filtered = {**given.get("filter", {}), ">ID": last}
            asked = {**given, "filter": filtered, "order": {"ID": "ASC"}, "start": -1}
            result = self.call(method, asked).get("result") or []
            rows = result.get(inside, []) if inside and isinstance(result, dict) else result
            yield from rows
            newest = max((int(row[key]) for row in rows), default=0)
            if newest <= last:
                return
            last = newest

    def pages(self, method: str, given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Every row of a short list, by its own `next`."""
        start = 0
        for _page in range(MOST_PAGES):
            found = self.call(method, {**given, "start": start})
            yield from found.get("result") or []
            following = found.get("next")
            if not following or following <= start:
                return
            start = following

    def batch(
        self, calls: Mapping[str, tuple[str, Mapping[str, Any]]]
    ) -> tuple[dict[str, Any], dict[str, Trouble]]:
        """Results by key, and the troubles of those that failed; any number of calls."""
        results: dict[str, Any] = {}
        troubles: dict[str, Trouble] = {}
        keys = list(calls)
        for first in range(0, len(keys), BATCH):
            some = keys[first : first + BATCH]
            commands = {key: f"{calls[key][0]}?{_query(calls[key][1])}" for key in some}
            found = self.call("batch", {"halt": 0, "cmd": commands}).get("result") or {}
            # An empty PHP array is a list, whatever it would hold.
            results |= dict(found.get("result") or {})
            for key, error in dict(found.get("result_error") or {}).items():
                troubles[key] = self.trouble(calls[key][0], error)
        return results, troubles

    def trouble(self, method: str, error: Mapping[str, Any]) -> Trouble:
        code = str(error.get("error", ""))
        host, word = self.caller.host, code.lower()
        if word in DENIED:
            return denied(host, code)
        if word in MISSING:
            return missing(host, code)
        if word in TOO_OFTEN:
            return too_often(host)
        return bad_answer(host, f"{method}: {error.get('error_description') or code}", code)


def _query(given: Mapping[str, Any]) -> str:
    """PHP's way to write nested values in a query."""
    flat: list[tuple[str, str]] = []

    def add(name: str, value: Any) -> None:
        if isinstance(value, Mapping):
            for key, one in value.items():
                add(f"{name}[{key}]" if name else str(key), one)
        elif isinstance(value, list | tuple):
            for place, one in enumerate(value):
                add(f"{name}[{place}]", one)
        else:
            flat.append((name, str(value)))

    add("", given)
    return urlencode(flat)
