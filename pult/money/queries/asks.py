"""What a line's scheme asks of us when money is short; a guess of when that is, by the budget."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from pult.clients.models import ServiceLine
from pult.money.logic.by_budget import ends_by_budget

if TYPE_CHECKING:
    from pult.clients.queries.shapes import PauseItem
    from pult.money.logic.balances import Balance
    from pult.money.queries.funds import Opening, Paid

FREE = ("barter", "trial")
STOPPING = ("invoice", "watch")


def what_is_asked(line: ServiceLine, scheme: str) -> str:
    """invoice | watch | postpaid | fee | nothing: see `LineFunds`."""
    if line.status == ServiceLine.Status.ENDED or scheme in FREE:
        return "nothing"
    if line.money_flow == ServiceLine.MoneyFlow.PLATFORM:
        return "watch"
    return {"postpaid": "postpaid", "fee_only": "fee"}.get(scheme, "invoice")


def guessed_ends(
    lines: "Iterable[ServiceLine]",
    balances: "Mapping[int, Balance]",
    began: "Mapping[int, Opening]",
    paid: "Paid",
    pauses: "Iterable[PauseItem]",
) -> dict[int, date]:
    """Line → the day its money would end by the budgets, for lines on a platform that run and
    whose spend nobody told. Lines of one wallet spend one pot."""
    pots: dict[Any, list[ServiceLine]] = defaultdict(list)
    for line in lines:
        if line.platform and line.status == ServiceLine.Status.RUNNING:
            pots[line.wallet_id or f"line{line.pk}"].append(line)
    rests = list(pauses)
    guessed: dict[int, date] = {}
    for members in pots.values():
        first = [day for line in members for day in _money_days(line, began, paid)]
        if not first:
            continue
        ids = {line.pk for line in members}
        held = sum(balances[pk].with_agency for pk in ids)
        end = ends_by_budget(
            money=balances[members[0].pk].on_platform + held,
            monthly=sum(line.monthly_budget for line in members),
            since=min(first),
            rests=[(p.first_day, p.last_day) for p in rests if _rests_all(p, ids)],
        )
        if end:
            guessed |= dict.fromkeys(ids, end)
    return guessed


def _money_days(line: ServiceLine, began: "Mapping[int, Opening]", paid: "Paid") -> Iterable[date]:
    """The first days the line could spend: after its opening balance, after what was paid."""
    days = [day for day, net in paid.get(line.pk, ()) if net > 0]
    if opened := began[line.pk].day:
        days.append(opened + timedelta(days=1))
    if days:
        yield max(min(days), line.period_from or min(days))


def _rests_all(pause: "PauseItem", ids: set[int]) -> bool:
    return pause.line_id is None or ids == {pause.line_id}
