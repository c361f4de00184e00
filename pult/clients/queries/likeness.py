"""Cards that may be of one client: told while somebody enters another."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pult.clients.access import clients_of
from pult.clients.logic.movein.gathering import name_tokens
from pult.clients.logic.people import phone_key
from pult.clients.models import Client, Contact, LegalEntity, Site
from pult.kernel.search import search, tokens
from pult.kernel.words import bare_host

if TYPE_CHECKING:
    from pult.people.models import User

MOST = 5
HITS = 40
TRIED = 2  # of the tax numbers, phones and sites of a card


@dataclass(frozen=True)
class Alike:
    """A card that looks the same by `by`: name, inn, phone or site. One the reader does not see
    has no id and no name."""

    client_id: int | None
    name: str
    by: str


def look_alikes(
    user: "User",
    *,
    name: str = "",
    inn: str = "",
    phone: str = "",
    site: str = "",
    besides: int | None = None,
) -> tuple[Alike, ...]:
    """Cards with the same tax number, phone or site, or a name much like this one; five at most.

    A card of somebody else's is told of without its name: that there is one stops a double.
    """
    found: dict[int, str] = {}
    for by, ids in (
        ("inn", _with(LegalEntity, "inn", "".join(inn.split()))),
        ("phone", _with(Contact, "phone_key", phone_key(phone))),
        ("site", _with(Site, "host", bare_host(site) if site.strip() else "")),
        ("name", _named(name)),
    ):
        for client_id in ids:
            if client_id != besides:
                found.setdefault(client_id, by)
    rows = Client.objects.filter(pk__in=found, staged=False, merged_into=None)
    names = dict(rows.values_list("pk", "name"))
    seen = set(clients_of(user).filter(pk__in=names).values_list("pk", flat=True)) if names else ()
    return tuple(
        Alike(pk if pk in seen else None, names[pk] if pk in seen else "—", by)
        for pk, by in found.items()
        if pk in names
    )[:MOST]


def cards_like(user: "User", client: Client) -> tuple[Alike, ...]:
    """Cards this person sees that may be the same client as this one, by all the card has."""
    entities = client.entities.exclude(inn="").values_list("inn", flat=True)
    phones = client.contacts.exclude(phone_key="").values_list("phone", flat=True)
    sites = client.sites.values_list("host", flat=True)
    told = [{"name": client.name}]
    for name, values in (("inn", entities), ("phone", phones), ("site", sites)):
        told += [{name: value} for value in values[:TRIED]]
    found = [one for typed in told for one in look_alikes(user, **typed, besides=client.pk)]
    mine = {one.client_id: one for one in reversed(found) if one.client_id}
    return tuple(mine.values())[:MOST]


def cards_named(
    user: "User", text: str, *, besides: int, chosen: int | None = None
) -> tuple[Alike, ...]:
    """Living cards this person sees that hold all these words, after the `chosen` one; five at
    most."""
    hits = [chosen] if chosen else []
    if text.strip():
        hits += [hit.object_id for hit in search(text, kinds=["client"], limit=HITS)]
    seen = clients_of(user).filter(pk__in=hits, staged=False, merged_into=None)
    names = dict(seen.exclude(pk=besides).values_list("pk", "name"))
    found = [pk for pk in dict.fromkeys(hits) if pk in names]
    return tuple(Alike(pk, names[pk], "name") for pk in found[:MOST])


def _with(model: type, column: str, value: str) -> Iterable[int]:
    if not value:
        return ()
    rows = model._default_manager.filter(**{column: value})
    return rows.order_by("client").values_list("client", flat=True).distinct()[:HITS]


def _named(name: str) -> list[int]:
    """Clients whose names share most of their words with this one: forms of ownership are none."""
    wanted = name_tokens(name, tokens)
    if not wanted:
        return []
    hits = {
        hit.object_id: hit.title
        for word in sorted(wanted, key=len, reverse=True)[:3]
        for hit in search(word, kinds=["client"], limit=HITS)
    }
    return [pk for pk, title in hits.items() if _is_like(wanted, title)]


def _is_like(wanted: frozenset[str], title: str) -> bool:
    """Whether three words of five, or more, are the same."""
    other = name_tokens(title, tokens)
    return 5 * len(wanted & other) >= 3 * len(wanted | other)
