"""Who a bank document or a campaign belongs to: indexes for matching many at once."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.db.models.functions import Coalesce

from pult.clients.access import clients_of
from pult.clients.models import (
    BankAccount,
    LegalEntity,
    LineFeed,
    OwnAccount,
    OwnEntity,
    PayerAlias,
)

ROUBLES = ("810", "643")

if TYPE_CHECKING:
    from pult.people.models import User


@dataclass(frozen=True)
class PayerIndex:
    """Tax number → client ids, and account → client ids; third parties are told apart."""

    by_inn: dict[str, frozenset[int]]
    by_account: dict[str, frozenset[int]]
    third_by_inn: dict[str, frozenset[int]]
    third_by_account: dict[str, frozenset[int]]
    names: dict[int, str]


def payer_index(day: date) -> PayerIndex:
    """Who paid, judged on a day: for the import of statements, which sees every client.

    What a card left behind when it became a part of another pays for the living one.
    """
    posted = {"client__staged": False}
    entities = LegalEntity.objects.filter(**posted).exclude(inn="")
    accounts = BankAccount.objects.filter(entity__client__staged=False)
    aliases = PayerAlias.objects.filter(Q(until=None) | Q(until__gte=day), since__lte=day, **posted)
    alias_rows = list(aliases.values_list("inn", "account", whose("client")))
    entity_rows = list(entities.values_list("inn", whose("client"), "client__name"))
    return PayerIndex(
        by_inn=_gather((inn, client) for inn, client, _name in entity_rows),
        by_account=_gather(accounts.values_list("account", whose("entity__client"))),
        third_by_inn=_gather((inn, client) for inn, _account, client in alias_rows),
        third_by_account=_gather((account, client) for _inn, account, client in alias_rows),
        names={client: name for _inn, client, name in entity_rows},
    )


def whose(path: str) -> Coalesce:
    """The living client at the end of a path, for queries of many."""
    return Coalesce(f"{path}__merged_into", path)


def feed_index(source: str) -> dict[tuple[str, str], int]:
    """(login, campaign id) → line id of a source; a whole login has an empty campaign."""
    feeds = LineFeed.objects.filter(source=source, line__client__staged=False)
    return {
        (login, campaign): line
        for login, campaign, line in feeds.values_list("login", "campaign_id", "line")
    }


def own_accounts() -> dict[str, int | None]:
    """Accounts of the agency → its entity, None while nobody said whose it is."""
    return dict(OwnAccount.objects.values_list("account", "entity"))


def open_rouble_accounts() -> tuple[str, ...]:
    """The agency's accounts in use that hold roubles, in order.

    The currency stands in digits 6 to 8 of an account (Bank of Russia, plan of accounts): 810, in
    the classifier of currencies 643.
    """
    rows = OwnAccount.objects.filter(closed=False).order_by("account")
    accounts = rows.values_list("account", flat=True)
    return tuple(account for account in accounts if account[5:8] in ROUBLES)


def own_entities() -> list[OwnEntity]:
    """The agency's legal entities still in use, in the order they were entered."""
    return list(OwnEntity.objects.filter(closed=False).order_by("pk"))


def same_payer(user: "User", inn: str, kpp: str = "", besides: int | None = None) -> list[str]:
    """Names of other clients with this tax number: a warning on entry, not a ban.

    A client this person does not see is counted as «—».
    """
    posted = {"client__staged": False, "client__merged_into": None}
    rows = LegalEntity.objects.filter(inn=inn, **posted).exclude(client=besides)
    if not inn:
        return []
    if kpp:
        rows = rows.filter(kpp__in=["", kpp])
    seen = set(clients_of(user).values_list("pk", flat=True))
    return [
        name if client in seen else "—"
        for client, name in rows.values_list("client", "client__name").distinct()
    ]


def _gather(pairs: object) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for key, client in pairs:  # type: ignore[attr-defined]
        if key:
            found.setdefault(key, set()).add(client)
    return {key: frozenset(clients) for key, clients in found.items()}
