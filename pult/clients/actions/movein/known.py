"""The clients there are, as values for the pure plan; about ten queries."""

from collections import defaultdict
from typing import Any

from pult.clients.actions.movein.materialise import CONTACT_COLUMNS, ENTITY_COLUMNS
from pult.clients.logic.movein import Claim, Known, KnownClient, Person
from pult.clients.models import (
    Assignment,
    BankAccount,
    Brand,
    Client,
    Contact,
    Contract,
    LegalEntity,
    LineFeed,
    OpeningBalance,
    ServiceLine,
    Site,
)
from pult.people.queries import who_is

FEED = ("source", "login", "campaign_id", "line__client", "line__client__name")
TABLES: dict[str, tuple[Any, str, tuple[str, ...]]] = {
    "sites": (Site, "client", ("host",)),
    "brands": (Brand, "client", ("name",)),
    "entities": (LegalEntity, "client", ENTITY_COLUMNS),
    "accounts": (BankAccount, "entity__client", ("account",)),
    "contacts": (
        Contact,
        "client",
        CONTACT_COLUMNS,
    ),
    "contracts": (Contract, "client", ("number",)),
    "lines": (ServiceLine, "client", ("name", "tool", "platform")),
}


def load_known() -> Known:
    """Every posted client with what a plan compares; none that is a part of another."""
    tables = {name: _by_client(*table) for name, table in TABLES.items()}
    managers = dict(Assignment.objects.filter(role="am", until=None).values_list("client", "user"))
    opened = set(OpeningBalance.objects.values_list("client", flat=True))
    feeds = LineFeed.objects.filter(line__client__staged=False)
    posted = Client.objects.filter(staged=False, merged_into=None)
    clients = posted.values_list("pk", "name", "about", "group__name")
    return Known(
        clients=tuple(
            KnownClient(
                id=pk,
                name=name,
                about=about,
                group=group or "",
                am=managers.get(pk),
                sites=tuple(row["host"] for row in tables["sites"].get(pk, ())),
                brands=tuple(row["name"] for row in tables["brands"].get(pk, ())),
                has_opening=pk in opened,
                **{
                    name: tuple(tables[name].get(pk, ()))
                    for name in ("entities", "accounts", "contacts", "contracts", "lines")
                },
            )
            for pk, name, about, group in clients.order_by("pk")
        ),
        people=load_people(),
        feeds=tuple(Claim(*feed) for feed in feeds.values_list(*FEED).order_by("pk")),
    )


def load_people() -> tuple[Person, ...]:
    """The account managers a file may name."""
    return tuple(Person(user.pk, user.full_name, user.email) for user in who_is("am"))


def _by_client(model: Any, path: str, columns: tuple[str, ...]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = model.objects.filter(**{f"{path}__staged": False}).order_by("pk")
    for row in rows.values("id", path, *columns):
        found[row.pop(path)].append(row)
    return found
