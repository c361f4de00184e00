"""How the money of lines came and went by day: what a chart of the balance is drawn from."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from pult.kernel.models import Fact
from pult.money.queries.funds import Opening, Paid

Spent = Mapping[int, Sequence[tuple[date, int]]]
Flows = dict[int, dict[date, int]]


def daily_flows(paid: Paid, spent: Spent, began: Mapping[int, Opening]) -> Flows:
    """Line → day → kopecks net of VAT: ad money paid less ad money spent.

    Top-ups move money between the two balances and leave their sum alone; what was spent before
    the line's opening balance is in it already.
    """
    flows: Flows = defaultdict(lambda: defaultdict(int))
    for line, days in paid.items():
        for day, net in days:
            flows[line][day] += net
    for line, days in spent.items():
        opened = began[line].day
        for day, cost in days:
            if opened is None or day > opened:
                flows[line][day] -= cost
    return flows


def paid_until(client_id: int) -> dict[int, date]:
    """The last paid day of lines without ad spend, as far as facts tell."""
    facts = Fact.objects.filter(root_id=client_id, kind="line.paid_until", voided_by=None)
    latest: dict[int, dict[str, date]] = defaultdict(dict)
    for refs, key, day in facts.order_by("pk").values_list("refs", "key", "day"):
        latest[refs["line"]][key] = day
    return {line: max(days.values()) for line, days in latest.items()}
