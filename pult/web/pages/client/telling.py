"""A fact of a client's history in words: what, how much, about which line or invoice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, gettext, pgettext_lazy

from pult.clients.access import lines_of
from pult.clients.field_words import field_word
from pult.clients.handover_words import word_of
from pult.clients.models import Assignment, Client, PaymentScheme, ServiceLine
from pult.comms.models import Interaction
from pult.kernel import clock
from pult.kernel.facts import TimelineItem, timeline
from pult.kernel.roles import Role, audiences_of
from pult.money.access import invoices_of
from pult.money.models import MoneyWait
from pult.money.queries.renumbered import Renumbering, number_at, renumberings
from pult.people.models import User as Person
from pult.regulation.labels import card_of, lacking
from pult.ui import formats
from pult.web.cursors import cursor_of, place_of
from pult.web.pages.client.words import reason_words
from pult.work.models import Task
from pult.work.queries import task_titles

if TYPE_CHECKING:
    from pult.people.models import User

PAGE = 50
LAST_ID = 2**62
ICONS = {
    "client": "users",
    "line": "layers",
    "invoice": "receipt",
    "payment": "banknote",
    "contact": "phone",
    "handover": "arrow-left-right",
    "meeting": "handshake",
    "contract": "file-text",
    "obligation": "list-checks",
    "waiver": "shield-check",
    "gate": "lock",
    "balance": "wallet",
    "pay": "bell-ring",
    "spend": "trending-down",
    "task": "square-check",
    "project": "folder",
}
ON_OFF = {"on": pgettext_lazy("state", "begun"), "off": pgettext_lazy("state", "over")}
PAID = {
    "none": pgettext_lazy("paid", "not paid"),
    "part": pgettext_lazy("paid", "paid in part"),
    "full": pgettext_lazy("paid", "paid in full"),
    "over": pgettext_lazy("paid", "overpaid"),
}
STATES: dict[str, dict[str, Any]] = {
    "client.status": dict(Client.Status.choices),
    "client.trusted": {"yes": pgettext_lazy("trust", "yes"), "no": pgettext_lazy("trust", "no")},
    "client.pause": ON_OFF,
    "contract.scheme": dict(PaymentScheme.Kind.choices),
    "line.scheme": dict(PaymentScheme.Kind.choices),
    "line.status": dict(ServiceLine.Status.choices),
    "line.funded": PAID,
    "line.money_waits": dict(MoneyWait.State.choices),
    "invoice.paid": PAID,
    "contact.logged": {
        **dict(Interaction.Outcome.choices),
        "missed": pgettext_lazy("contact", "The client got no answer"),
    },
    "contact.waits": ON_OFF,
    "task.state": dict(Task.State.choices),
    "task.auditor": ON_OFF,
    "task.flagged": ON_OFF,
    "waiver.granted": {
        "on": pgettext_lazy("waiver", "granted"),
        "off": pgettext_lazy("waiver", "taken back"),
    },
    "obligation.disputed": {
        "open": pgettext_lazy("dispute", "opened"),
        "upheld": pgettext_lazy("dispute", "upheld"),
        "rejected": pgettext_lazy("dispute", "rejected"),
    },
}
MONEY = frozenset(
    (
        "payment.received",
        "payment.returned",
        "line.money_waits",
        "line.topped_up",
        "line.budget",
        "line.funds_end",
        "balance.opened",
        "spend.loaded",
    )
)
CHANNELS = dict(Interaction.Channel.choices)
CLAUSES = ("obligation.", "waiver.", "gate.")
# Facts of several rows that one act leaves at one moment.
TOGETHER = frozenset(
    ("obligation.postponed", "obligation.brought_back", "obligation.disputed", "waiver.granted")
)
BAD = frozenset(["gate.refused", "payment.returned"])
GOOD = frozenset(["payment.received", "line.started", "meeting.held"])


@dataclass(frozen=True)
class Moment:
    """One line of the history: an act with all the clauses it is about. `is_voided` when it was
    taken back later."""

    title: str
    at: datetime
    who: str
    icon: str
    tone: str
    detail: str
    clauses: tuple[str, ...]
    is_voided: bool


@dataclass(frozen=True)
class History:
    """A stretch of a client's history; `older` is the address of what was before, or empty."""

    moments: tuple[Moment, ...]
    older: str


def history(
    user: "User",
    client_id: int,
    *,
    limit: int = PAGE,
    before: str = "",
    lines: dict[int, str] | None = None,
    lately: bool = False,
) -> History:
    """What a reader of these roles may see, the newest first; access was checked already.

    `lines` are names by id, when the caller has them; `lately` leaves out what is still ahead."""
    found = timeline(
        client_id,
        audiences=audiences_of(user.roles),
        limit=limit + 1,
        before=(clock.now(), LAST_ID) if lately else place_of(before),
        language=get_language() or "ru",
    )
    shown = _of_page(found, limit)
    names = _names(user, client_id, shown, lines)
    last = shown[-1] if len(found) > limit else None
    return History(
        moments=tuple(_moment(list(same), names) for _act, same in groupby(shown, _act_of)),
        older=cursor_of(last.at, last.id) if last else "",
    )


def _of_page(found: list[TimelineItem], limit: int) -> list[TimelineItem]:
    """What fits a page; an act that goes on beyond it is left to the next one whole."""
    shown = found[:limit]
    if len(found) == len(shown):
        return shown
    cut = _act_of(found[limit])
    return [item for item in shown if _act_of(item) != cut] or shown


def _act_of(item: TimelineItem) -> tuple[Any, ...]:
    """What facts of one act have in common; any other fact is an act of its own."""
    if item.kind not in TOGETHER:
        return (item.id,)
    return (item.kind, item.at, item.state, item.actor, item.day, item.is_voided)


def _names(
    user: "User",
    client_id: int,
    items: Iterable[TimelineItem],
    lines: dict[int, str] | None,
) -> dict[tuple[str, int], str]:
    """What the facts call by number: a query for each sort that is met, two for invoices. An
    invoice is asked for by the fact that tells of it: it has the number it bore then."""
    wanted: dict[str, set[int]] = {"line": set(), "invoice": set(), "task": set(), "user": set()}
    for item in items:
        for sort in ("line", "invoice", "task"):
            if sort in item.refs:
                wanted[sort].add(item.refs[sort])
        if isinstance(item.payload.get("user"), int):
            wanted["user"].add(item.payload["user"])
        if "for" in item.refs:
            wanted["user"].add(item.refs["for"])
    if lines is None and wanted["line"]:
        rows = lines_of(user).filter(client=client_id, pk__in=wanted["line"])
        lines = dict(rows.values_list("pk", "name"))
    names = {("line", pk): name for pk, name in (lines or {}).items()}
    if wanted["invoice"]:
        invoices = invoices_of(user).filter(client=client_id, pk__in=wanted["invoice"])
        numbers = {pk: no for pk, no in invoices.values_list("pk", "number") if no}
        names |= _invoice_names(items, numbers, renumberings(client_id, numbers))
    if wanted["task"]:
        names |= {("task", pk): name for pk, name in task_titles(user, wanted["task"]).items()}
    if wanted["user"]:
        people = Person.objects.filter(pk__in=wanted["user"]).values_list("pk", "full_name")
        names |= {("user", pk): name for pk, name in people}
    return names


def _who(item: TimelineItem, names: dict[tuple[str, int], str]) -> str:
    """Who did it; of a deputy for whom too."""
    principal = names.get(("user", item.refs.get("for", 0)))
    if not principal:
        return item.actor
    return gettext("%(name)s for %(principal)s") % {"name": item.actor, "principal": principal}


def _invoice_names(
    items: Iterable[TimelineItem],
    numbers: dict[int, str],
    corrected: dict[int, list[Renumbering]],
) -> dict[tuple[str, int], str]:
    names = {}
    for item in items:
        pk = item.refs.get("invoice", 0)
        if pk not in numbers:
            continue
        then = number_at(numbers[pk], corrected.get(pk, []), item.at, item.id)
        before = item.payload["before"] if item.kind == "invoice.renumbered" else ""
        names["invoice", item.id] = f"№ {before} → № {then}" if before else f"№ {then}"
    return names


def _moment(same: list[TimelineItem], names: dict[tuple[str, int], str]) -> Moment:
    item, told = same[0], same[::-1]
    details = [detail for each in told for detail in _details(each, names)]
    clauses = [each.key for each in told if each.key and each.kind.startswith(CLAUSES)]
    tone = "soon" if item.kind in BAD else "ok" if item.kind in GOOD else "plain"
    return Moment(
        title=_title(item),
        at=item.at,
        who=_who(item, names),
        icon=ICONS.get(item.kind.split(".", 1)[0], "circle-dot"),
        tone="quiet" if item.is_voided else tone,
        detail=" · ".join(dict.fromkeys(details)),
        clauses=tuple(dict.fromkeys(clauses)),
        is_voided=item.is_voided,
    )


def _title(item: TimelineItem) -> str:
    label = item.label[:1].upper() + item.label[1:]
    state = STATES.get(item.kind, {}).get(item.state)
    return f"{label}: {state}" if state else label


def _details(item: TimelineItem, names: dict[tuple[str, int], str]) -> Iterable[str]:
    for name in (
        ("task", item.refs.get("task", 0)),
        ("line", item.refs.get("line", 0)),
        ("invoice", item.id),
    ):
        if name in names:
            yield names[name]
    if item.kind in MONEY and item.value is not None:
        yield formats.money(item.value)
    if person := names.get(("user", item.payload.get("user", 0))):
        yield person
    if role := item.payload.get("role"):
        yield str(dict(Assignment.Role.choices).get(role) or dict(Role.choices).get(role, role))
    if channel := item.payload.get("channel"):
        yield str(CHANNELS.get(channel, channel))
    if code := item.payload.get("reason_code"):
        yield str(reason_words(code))
    if item.payload.get("fields"):
        yield ", ".join(map(_word, item.payload["fields"]))
    if item.kind == "line.funds_end" and item.day:
        yield from _end_of_funds(item)
    elif item.day:
        yield formats.exact(item.day)
    if missing := item.payload.get("missing"):
        words = "; ".join(lacking(card_of(item.key), missing))
        yield gettext("missing: %(what)s") % {"what": words}


def _word(code: str) -> str:
    """Of a field of the card, or of what is handed over."""
    word = field_word(code)
    return word if word != code else word_of(code)


def _end_of_funds(item: TimelineItem) -> Iterable[str]:
    """The day the fact carries is the early edge of the forecast, so it is named as that."""
    yield gettext("perhaps as early as %(day)s") % {"day": formats.short_day(item.day)}
    if likely := item.payload.get("q50"):
        words = {"day": formats.short_day(date.fromisoformat(likely))}
        yield gettext("most likely about %(day)s") % words
