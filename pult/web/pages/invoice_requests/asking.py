"""The manager's form: which lines, how much, for which period, to whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pult.clients.actions.lines import PLANNERS
from pult.clients.queries import client_header, client_lines, client_requisites
from pult.kernel.errors import BadInput, PultError
from pult.kernel.money import AmountError, parse_amount, vat_on_top
from pult.money.actions.invoices import Wanted, request_invoice
from pult.money.models import Invoice, InvoiceLine
from pult.money.numbering import vat_of
from pult.people.queries import business_day
from pult.web.fields import day_or_none, id_in

if TYPE_CHECKING:
    from pult.people.models import User

ENDED = "ended"
PLATFORM = "client_pays_platform"
PURPOSES = (InvoiceLine.Purpose.AD_MONEY, InvoiceLine.Purpose.FEE)

FIELDS = {
    "ad": gettext_lazy("Advertising budget"),
    "fee": gettext_lazy("Agency fee"),
    "covers_from": gettext_lazy("Covers from"),
    "covers_to": gettext_lazy("Covers to"),
    "payer": gettext_lazy("Payer"),
}


@dataclass(frozen=True)
class SumField:
    """A field for a sum of one line; `value` in roubles as typed."""

    name: str
    value: str
    error: str


@dataclass(frozen=True)
class LineFields:
    """A service line; `ad_money` is None where the client pays the platform directly, `budget`
    are the kopecks a month its ads are to spend, net of VAT."""

    name: str
    status: str
    ad_money: SumField | None
    fee: SumField
    budget: int = 0


@dataclass(frozen=True)
class AskingPage:
    client_id: int
    client: str
    lines: tuple[LineFields, ...]
    payers: tuple[tuple[str, str], ...]
    payer: str
    covers_from: str
    covers_to: str
    wish: str
    problem: PultError | None
    add_line: str = ""


def asking_page(
    user: "User",
    client_id: int,
    query: Mapping[str, Any],
    given: Mapping[str, Any],
    problem: PultError | None,
) -> AskingPage:
    """The form, filled with the monthly budgets and the next month, or with what was typed."""
    header = client_header(user, client_id)
    first, last = _next_month(business_day())
    wrong = getattr(problem, "field", "")
    only = str(query.get("line", ""))

    def field(name: str, proposed: int | None) -> SumField:
        value = given.get(name, "") if given else _roubles(proposed)
        return SumField(name, value, str(problem.message) if problem and wrong == name else "")

    lines = tuple(
        LineFields(
            name=line.name,
            status=line.status_label,
            ad_money=None
            if line.money_flow == PLATFORM
            else field(
                f"ad_{line.id}",
                _with_vat(line.budget, first) if not only or only == str(line.id) else None,
            ),
            budget=0 if line.money_flow == PLATFORM else line.budget or 0,
            fee=field(f"fee_{line.id}", None),
        )
        for line in client_lines(user, client_id)
        if line.status != ENDED
    )
    payers = client_requisites(user, client_id).entities
    return AskingPage(
        client_id=client_id,
        client=header.name,
        lines=lines,
        payers=tuple((str(row.id), f"{row.name}, {row.inn}") for row in payers if not row.closed),
        payer=str(given.get("payer", "")),
        covers_from=str(given.get("covers_from", first.isoformat())),
        covers_to=str(given.get("covers_to", last.isoformat())),
        wish=str(given.get("wish", "")),
        problem=_as_read(problem, lines),
        add_line=_add_line(user, client_id),
    )


def _add_line(user: "User", client_id: int) -> str:
    """Where a service line is added and one comes back from; empty for whoever may not."""
    if user.roles.isdisjoint(PLANNERS):
        return ""
    back = reverse("invoice_new", args=[client_id])
    return f"{reverse('client_line_new', args=[client_id])}?{urlencode({'next': back})}"


def _as_read(problem: PultError | None, lines: tuple[LineFields, ...]) -> PultError | None:
    """The problem with its field called as the reader sees it."""
    if not isinstance(problem, BadInput):
        return problem
    named = {name: str(words) for name, words in FIELDS.items()}
    for line in lines:
        for shown, words in ((line.ad_money, FIELDS["ad"]), (line.fee, FIELDS["fee"])):
            if shown:
                named[shown.name] = f"{words}, {line.name}"
    return BadInput(problem.message, field=named.get(problem.field, ""), cure=problem.cure)


def ask(user: "User", client_id: int, given: QueryDict) -> Invoice:
    """Request the invoice; raises BadInput at the field that cannot be read."""
    lines = [
        Wanted(line_id=line.id, amount=amount, purpose=purpose)
        for line in client_lines(user, client_id)
        for purpose in PURPOSES
        if (amount := _sum(given, f"{purpose}_{line.id}"))
    ]
    return request_invoice(
        by=user,
        client_id=client_id,
        lines=lines,
        covers_from=day_or_none(given, "covers_from"),
        covers_to=day_or_none(given, "covers_to"),
        payer_id=id_in(given, "payer"),
        wish=given.get("wish", "")[:500],
    )


def _sum(given: QueryDict, name: str) -> int:
    text = given.get(name, "").strip()
    try:
        return parse_amount(text) if text else 0
    except AmountError as wrong:
        raise BadInput(
            _("“%(text)s” is not a sum") % {"text": text[:40]},
            field=name,
            cure=_("Write it as 15000.50"),
        ) from wrong


def _with_vat(budget: int | None, first: date) -> int | None:
    """What buys a month's budget in full: budgets are net of VAT, invoices are not."""
    return budget + vat_on_top(budget, vat_of(None, first)) if budget else None


def _roubles(kopecks: int | None) -> str:
    if not kopecks:
        return ""
    return str(kopecks // 100) + (f",{kopecks % 100:02}" if kopecks % 100 else "")


def _next_month(today: date) -> tuple[date, date]:
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
