"""How clients stand with money, for lists: wired into the client list by `pult.wiring`."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import F, QuerySet
from django.utils.translation import pgettext_lazy

from pult.clients.models import ServiceLine
from pult.clients.providers import MoneyState
from pult.money.models import Invoice, LineForecast
from pult.money.queries.asking import asked_of_lines, rows_of_lines
from pult.money.queries.funds import line_balances
from pult.money.queries.leads import invoice_lead
from pult.people.queries import business_day
from pult.regulation.queries.asked import day_kept

if TYPE_CHECKING:
    from collections.abc import Sequence

SOON = timedelta(days=14)
GIVEN = (Invoice.Status.ISSUED, Invoice.Status.SENT)
DEBTORS = """
    SELECT DISTINCT client_id, CAST(NULL AS integer) FROM money_invoice
    WHERE status IN (%s, %s) AND due_on < %s AND paid < total
"""
# A concatenation has no index: found by client and not by status, which half of all lines share.
FORECASTS = """
    SELECT client_id, wallet_id, line_id, balance, q50, alarm_on
    FROM clients_serviceline AS line JOIN money_lineforecast AS told ON told.line_id = line.id
    WHERE told.current AND (line.status || '') = %s
"""
MOVED_IN = """
    SELECT DISTINCT client_id FROM clients_serviceline AS line
    WHERE EXISTS (SELECT 1 FROM clients_openingbalance WHERE line_id = line.id)
"""
# The worst first: a client with several lines stands as its worst one.
LABELS = {
    "ended": pgettext_lazy("client money", "Money has ended"),
    "debt": pgettext_lazy("client money", "Payment overdue"),
    "invoice": pgettext_lazy("client money", "Time to invoice"),
    "soon": pgettext_lazy("client money", "Ends within two weeks"),
    "ok": pgettext_lazy("client money", "Enough money"),
}


UNFORESEEN = MoneyState("", "")


@dataclass(frozen=True)
class _Line:
    client_id: int
    pot: tuple[str, int]
    balance: int
    ends_on: date | None
    alarm_on: date | None
    line: int = 0


def money_states(client_ids: "Sequence[int]") -> dict[int, MoneyState]:
    """The state of each client that has money to speak of. Five queries."""
    today = business_day()
    lines: dict[int, list[_Line]] = defaultdict(list)
    for row in _rows(FORECASTS, client_ids, ServiceLine.Status.RUNNING):
        lines[row[0]].append(_line(*row))
    debtors, asked = _owing_and_asked(client_ids, today)
    to_invoice = _to_invoice(lines, today, asked)
    states = {
        client_id: _state(lines[client_id], client_id in debtors, today, to_invoice)
        for client_id in {*lines, *debtors}
    }
    unforeseen = set(client_ids) - {client for client, found in lines.items() if found}
    for client_id, balance in _opened(unforeseen).items():
        known = states.get(client_id, UNFORESEEN)
        states[client_id] = replace(known, balance=balance)
    return states


def _opened(client_ids: Collection[int]) -> dict[int, int]:
    """Client → what is left of the balance it moved in with, nothing being foreseen of it yet.
    One query when nobody has any."""
    clients = {client for (client,) in _rows(MOVED_IN, client_ids)}
    if not clients:
        return {}
    lines = ServiceLine.objects.filter(client__in=clients).values_list("pk", "client", "wallet")
    found = line_balances([pk for pk, _client, _wallet in lines])
    pots: dict[int, dict[int, int]] = defaultdict(dict)
    total: dict[int, int] = defaultdict(int)
    for pk, client_id, wallet in lines:
        pots[client_id][wallet or -pk] = found[pk].on_platform
        total[client_id] += found[pk].with_agency
    return {client_id: total[client_id] + sum(pots[client_id].values()) for client_id in clients}


def clients_in_state(code: str) -> Collection[int]:
    """Ids of the clients that stand so; the codes are the keys of `LABELS`."""
    today = business_day()
    lines: dict[int, list[_Line]] = defaultdict(list)
    for line in _lines(_current()):
        lines[line.client_id].append(line)
    debtors = set(_overdue(today).values_list("client", flat=True))
    if code == "debt":  # whoever owes, whatever else is worse about their money
        return debtors
    to_invoice = _to_invoice(lines, today, asked_of_lines(None))
    return [
        client_id
        for client_id in {*lines, *debtors}
        if _state(lines[client_id], client_id in debtors, today, to_invoice).code == code
    ]


def _to_invoice(
    lines: dict[int, list[_Line]], today: date, asked: dict[int, bool]
) -> frozenset[int]:
    """Lines it is time to invoice, by the rows of the ledger; by the alarm day of the forecast
    where the regulation has never asked about the line aloud."""
    lead, found = invoice_lead(), {line for line, is_asked in asked.items() if is_asked}
    for line in chain.from_iterable(lines.values()):
        if line.line not in asked and line.alarm_on and lead(line.alarm_on) <= today:
            found.add(line.line)
    return frozenset(found)


def invoice_by(alarm_on: date | None) -> date | None:
    """The last day to send the invoice when the alarm day is known."""
    return invoice_lead()(alarm_on) if alarm_on else None


def _current() -> QuerySet[LineForecast]:
    return LineForecast.objects.filter(current=True, line__status=ServiceLine.Status.RUNNING)


def _lines(rows: QuerySet[LineForecast]) -> Iterable[_Line]:
    columns = ("line__client", "line__wallet", "line", "balance", "q50", "alarm_on")
    return (_line(*row) for row in rows.values_list(*columns))


def _line(
    client_id: int,
    wallet: int | None,
    line: int,
    balance: int,
    ends_on: date | str | None,
    alarm_on: date | str | None,
) -> _Line:
    pot = ("wallet", wallet) if wallet else ("line", line)
    return _Line(client_id, pot, balance, day_kept(ends_on), day_kept(alarm_on), line)


def _owing_and_asked(client_ids: Collection[int], today: date) -> tuple[set[int], dict[int, bool]]:
    """Clients that owe, and line → whether its invoice is asked for. One query for both."""
    if not client_ids:
        return set(), {}
    marks = ", ".join(["%s"] * len(client_ids))
    rows, told = rows_of_lines(client_ids)
    query = f"{DEBTORS} AND client_id IN ({marks}) UNION ALL {rows}"
    with connection.cursor() as cursor:
        cursor.execute(query, [*GIVEN, today, *client_ids, *told])
        found = cursor.fetchall()
    debtors = {client for client, is_asked in found if is_asked is None}
    return debtors, {line: bool(is_asked) for line, is_asked in found if is_asked is not None}


def _overdue(today: date) -> QuerySet[Invoice]:
    return Invoice.objects.filter(status__in=GIVEN, due_on__lt=today, paid__lt=F("total"))


def _rows(query: str, client_ids: Collection[int], *told: Any) -> list[tuple[Any, ...]]:
    """What a ready query tells of these clients: lists ask it for fifty at a time."""
    if not client_ids:
        return []
    marks = ", ".join(["%s"] * len(client_ids))
    with connection.cursor() as cursor:
        cursor.execute(f"{query} AND client_id IN ({marks})", [*told, *client_ids])
        return cursor.fetchall()


def _state(lines: list[_Line], owes: bool, today: date, to_invoice: frozenset[int]) -> MoneyState:
    pots = {line.pot: line.balance for line in lines}
    ends = min((line.ends_on for line in lines if line.ends_on), default=None)
    if any(balance <= 0 for balance in pots.values()):
        code = "ended"
    elif owes:
        code = "debt"
    elif any(line.line in to_invoice for line in lines):
        code = "invoice"
    elif ends and ends <= today + SOON:
        code = "soon"
    else:
        code = "ok"
    return MoneyState(code, LABELS[code], sum(pots.values()) if pots else None, ends)


def ends_of_lines(client_id: int) -> dict[int, date]:
    """Running line of a client → the day its money is forecast to end; those beyond the horizon
    are not there. One query."""
    rows = _current().filter(line__client=client_id, q50__isnull=False)
    return dict(rows.values_list("line", "q50"))
