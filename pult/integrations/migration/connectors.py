"""What a reader of a former system offers, and which systems there are."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pult.integrations.calling import Flow
from pult.integrations.migration.models import Source
from pult.integrations.migration.shape import Person, Record, Status
from pult.integrations.sealed import seal, unseal
from pult.kernel import clock
from pult.kernel.errors import Refusal


class Connector(Protocol):
    """Reads one account of a former system and never writes there.

    `broken` collects in words what could not be read while the rest could; a reading with anything
    in it is not whole, so nothing is called deleted by it.
    """

    broken: list[str]

    def whoami(self) -> str:
        """The account the key opens, as people know it."""

    def people(self) -> Iterator[Person]:
        """Everybody who works there or did."""

    def statuses(self) -> Iterator[Status]:
        """The states of clients and stages of deals."""

    def records(self, since: datetime | None) -> Iterator[Record]:
        """What changed since a moment, or all of it: companies first, files last."""

    def stream(self, where: str) -> AbstractContextManager[Flow]:
        """The bytes of a file by `File.where`."""


@dataclass(frozen=True)
class Settings:
    """How an account is reached. `keep` stores keys the system changed meanwhile; `sleep` waits."""

    address: str
    secrets: dict[str, str]
    zone: ZoneInfo
    now: Callable[[], datetime]
    keep: Callable[[dict[str, str]], None]
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Field:
    """A part of a key: its name, what people call it, and where it is found when that is not
    plain."""

    name: str
    label: Any
    help: Any = ""


@dataclass(frozen=True)
class System:
    """The module of a connector, the parts of its key, and `ways`: the names of parts of which each
    group is a key."""

    module: str
    parts: tuple[Field, ...]
    ways: tuple[tuple[str, ...], ...]


SYSTEMS: dict[str, System] = {
    "amocrm": System(
        "pult.integrations.amocrm",
        (
            Field("token", gettext_lazy("Long-lived token, or access token")),
            Field("refresh_token", gettext_lazy("Refresh token")),
            Field("client_id", gettext_lazy("Integration id")),
            Field("client_secret", gettext_lazy("Integration secret")),
            Field("redirect_uri", gettext_lazy("Redirect address")),
        ),
        ways=(("token",),),
    ),
    "bitrix24": System(
        "pult.integrations.bitrix24",
        (
            Field("webhook", gettext_lazy("Incoming webhook: user number and code, as 1/abc")),
            Field("client_id", gettext_lazy("Or an application: its id")),
            Field("client_secret", gettext_lazy("Secret of the application")),
            Field(
                "refresh_token",
                gettext_lazy("Its refresh token"),
                gettext_lazy(
                    "The first one is in what the portal sends to the application's own installer: "
                    "copy it from there. Pult has no installer and renews the token from then on; "
                    "the webhook needs none of this"
                ),
            ),
        ),
        ways=(("webhook",), ("client_id", "client_secret", "refresh_token")),
    ),
    "megaplan": System(
        "pult.integrations.megaplan",
        (
            Field("username", gettext_lazy("Login")),
            Field("password", gettext_lazy("Password")),
        ),
        ways=(("username", "password"),),
    ),
}


def connect(source: Source) -> Connector:
    """The connector of a source that has a key; Refusal without one. The key is looked up anew:
    whoever read the system before may have changed it."""
    source.refresh_from_db(fields=["secret"])
    if not source.secret:
        raise Refusal(
            _("“%(name)s” has no key: nothing is called") % {"name": source},
            cure=_("Enter the key on the page of the system, or bring files"),
        )
    settings = Settings(
        address=source.address,
        secrets=unseal(source.secret),
        zone=ZoneInfo(source.zone),
        now=clock.now,
        keep=lambda secrets: _keep(source, secrets),
    )
    return open_connector(source.system, settings)


def open_connector(system: str, settings: Settings) -> Connector:
    return import_module(SYSTEMS[system].module).connector(settings)


def _keep(source: Source, secrets: dict[str, str]) -> None:
    """A key the system has changed: the old one opens nothing any more, so it is kept at once.
    What somebody has typed or taken away meanwhile stays as they left it."""
    before, source.secret = source.secret, seal(secrets)
    Source.objects.filter(pk=source.pk, secret=before).update(secret=source.secret)
