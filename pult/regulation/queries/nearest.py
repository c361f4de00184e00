"""The next thing each of many clients is owed, for lists."""

from collections.abc import Collection

from pult.regulation.evaluate.table import Mode
from pult.regulation.models import Obligation
from pult.regulation.models.ledger import LIVE_STATES
from pult.regulation.queries.rows import LedgerRow, rows_from


def nearest_rows(root_ids: Collection[int]) -> dict[int, LedgerRow]:
    """Client → the live row of theirs that is due first, as everybody sees it. Few queries,
    whatever the number of clients."""
    live = Obligation.objects.filter(
        root_id__in=list(root_ids), state__in=LIVE_STATES, mode__gte=Mode.VISIBLE
    )
    first: dict[int, int] = {}
    for root_id, pk in live.order_by("due", "id").values_list("root_id", "id"):
        first.setdefault(root_id, pk)
    rows = rows_from(Obligation.objects.filter(pk__in=list(first.values())))
    return {row.root_id: row for row in rows}
