"""What opens a portal: an incoming webhook, or an application's tokens that are renewed.

A webhook is part of each path. An access token lives for an hour and goes in the body; it is
renewed at the authorization server by a refresh token, which is another one from then on and dies
after 180 days. Renewing before it is asked for is discouraged there.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from pult.integrations.calling import Caller, Denied
from pult.integrations.calling.errors import bad_answer
from pult.integrations.migration.connectors import Settings
from pult.kernel.errors import BadInput

AUTHORIZATION = "https://oauth.bitrix24.tech"
WEBHOOK = re.compile(r"\d{1,12}/[A-Za-z0-9]{6,64}")
# Of an access token that has run out.
EXPIRED = frozenset(["expired_token", "invalid_token"])


class Webhook:
    """Its right ends when it is deleted there: nothing to renew."""

    def __init__(self, settings: Settings) -> None:
        webhook = settings.secrets.get("webhook", "").strip().strip("/").removeprefix("rest/")
        if not WEBHOOK.fullmatch(webhook):
            raise BadInput(
                _("This is not the key of an incoming webhook"),
                field="key",
                cure=_("Write the user's number and the code, as 1/abc123"),
            )
        self._webhook = webhook

    def path(self, method: str) -> str:
        return f"/rest/{self._webhook}/{method}.json"

    def body(self, given: Mapping[str, Any]) -> dict[str, Any]:
        return dict(given)

    def renew(self, _code: str) -> bool:
        return False


class Tokens:
    """An application's tokens; a new pair is kept at once, since the old one is void."""

    def __init__(self, settings: Settings, server: Caller | None = None) -> None:
        self._secrets = dict(settings.secrets)
        self._keep: Callable[[dict[str, str]], None] = settings.keep
        self._now = settings.now
        self._server = server or Caller(AUTHORIZATION)

    def path(self, method: str) -> str:
        return f"/rest/{method}.json"

    def body(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """With the token; one that is known to have run out is renewed first."""
        expires = int(self._secrets.get("expires") or 0)
        if not self._secrets.get("access_token") or expires <= self._now().timestamp():
            self._renew()
        return {**given, "auth": self._secrets["access_token"]}

    def renew(self, code: str) -> bool:
        """Whether a call that ended with this code is worth repeating with another token."""
        if code not in EXPIRED:
            return False
        self._renew()
        return True

    def _renew(self) -> None:
        names = ("client_id", "client_secret", "refresh_token")
        asked = {"grant_type": "refresh_token"} | {name: self._secrets[name] for name in names}
        path = f"/oauth/token/?{urlencode(asked)}"
        answer = self._server.call("GET", path, taken=frozenset([400, 401, 402, 403]))
        told = answer.json()
        if not isinstance(told, dict):
            raise bad_answer(self._server.host, "oauth/token")
        if "error" in told or answer.status >= 400:
            raise _refused(str(told.get("error", "")))
        for name in ("access_token", "refresh_token"):
            if not told.get(name):
                raise bad_answer(self._server.host, "oauth/token")
            self._secrets[name] = str(told[name])
        lives = int(told.get("expires_in") or 3600)
        self._secrets["expires"] = str(int(self._now().timestamp()) + lives)
        self._keep(dict(self._secrets))


def key_of(settings: Settings) -> Webhook | Tokens:
    """The kind of key the secrets are."""
    return Tokens(settings) if settings.secrets.get("refresh_token") else Webhook(settings)


def _refused(code: str) -> Denied:
    """Why there are no new tokens, and who can mend it."""
    if code.lower() == "payment_required":
        return Denied(
            _("Bitrix24 wants the application to be paid"),
            cure=_("Pay for it there; Pult goes on by itself"),
            code=code,
        )
    if code.lower() == "invalid_client":
        return Denied(
            _("Bitrix24 does not know the application"),
            cure=_("Check its id and secret, and whether it is still installed there"),
            code=code,
        )
    return Denied(
        _("The application's access to Bitrix24 has ended: taken back, or older than 180 days"),
        cure=_("Let its administrator install it again there, then enter the new refresh token"),
        code=code,
    )
