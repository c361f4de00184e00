"""What Pult itself knows of the items of 2.1: a few queries, however many clients."""

from collections import defaultdict
from collections.abc import Collection

from django.utils.translation import gettext as _

from pult.clients.field_words import platform_words
from pult.clients.models import Aim, Block, Client, PaymentScheme, ServiceLine, Trait
from pult.clients.providers import Known, items_known
from pult.ui.formats import money, short_day

Found = dict[int, dict[str, list[Known]]]


def known_of(client_ids: Collection[int]) -> Found:
    """Client → item → lines, those of other domains among them."""
    found = items_known(client_ids)
    for told in (_blocks, _lines, _contracts, _people, _goals):
        for pk, items in told(client_ids).items():
            for code, lines in items.items():
                found[pk][code] = [*lines, *found[pk].get(code, ())]
    return {
        pk: {code: lines for code, lines in items.items() if lines} for pk, items in found.items()
    }


def _empty() -> Found:
    return defaultdict(lambda: defaultdict(list))


BLOCKS = {
    Block.Kind.PRODUCT: "product",
    Block.Kind.PAYMENT: "payment",
    Block.Kind.DOCUMENTS: "documents",
    Block.Kind.REPORTING: "reporting",
}


def _blocks(client_ids: Collection[int]) -> Found:
    """What the card says in words; of the business only where the product is not described."""
    found = _empty()
    rows = Block.objects.filter(client__in=client_ids, kind__in=BLOCKS).exclude(text="")
    for client, kind, text in rows.order_by("id").values_list("client", "kind", "text"):
        found[client][BLOCKS[kind]].append(Known(text))
    about = Client.objects.filter(pk__in=set(client_ids) - _told(found, "product"))
    for pk, text in about.exclude(about="").values_list("pk", "about"):
        found[pk]["product"].append(Known(text))
    return found


def _told(found: Found, code: str) -> set[int]:
    return {pk for pk, items in found.items() if items.get(code)}


def _lines(client_ids: Collection[int]) -> Found:
    found = _empty()
    at_work = ServiceLine.objects.filter(client__in=client_ids).exclude(status="ended")
    for line in at_work.order_by("client", "id"):
        tool = str(ServiceLine.Tool(line.tool).label)
        place = ", ".join(filter(None, [line.name, tool, str(platform_words(line.platform))]))
        items = found[line.client_id]
        items["tools"].append(Known(place, "line", line.pk))
        items["budgets"].append(Known(f"{line.name}: {money(line.monthly_budget)}"))
        items["periods"].append(Known(f"{line.name}: {_period(line)}"))
    return found


def _period(line: ServiceLine) -> str:
    if line.period_from is None and line.period_to is None:
        return _("without an end")
    return " – ".join(short_day(day) if day else "…" for day in (line.period_from, line.period_to))


def _contracts(client_ids: Collection[int]) -> Found:
    found = _empty()
    rows = PaymentScheme.objects.filter(contract__client__in=client_ids).order_by("since")
    newest = {one.contract_id: one for one in rows.select_related("contract")}
    for scheme in sorted(newest.values(), key=lambda one: one.contract_id):
        contract, kind = scheme.contract, scheme.get_kind_display()
        day = short_day(contract.signed_on)
        named = _("Contract %(number)s, %(day)s") % {"number": contract.number, "day": day}
        found[contract.client_id]["periods"].append(Known(f"{named}: {kind}"))
    return found


def _people(client_ids: Collection[int]) -> Found:
    found = _empty()
    rows = Trait.objects.filter(contact__client__in=client_ids, contact__left=False)
    told = rows.order_by("id").values_list("contact__client", "contact__name", "text")
    for client, name, text in told:
        found[client]["traits"].append(Known(f"{name}: {text}"))
    return found


def _goals(client_ids: Collection[int]) -> Found:
    """Open goals and wishes."""
    found = _empty()
    rows = Aim.objects.filter(client__in=client_ids, state=Aim.State.OPEN).exclude(
        kind=Aim.Kind.NEED
    )
    for client, text in rows.order_by("id").values_list("client", "text"):
        found[client]["goals"].append(Known(text))
    return found
