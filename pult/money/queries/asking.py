"""Whether the regulation asks for an invoice of a line now: one answer for lists and cards."""

from collections.abc import Collection
from typing import Any

from django.db import connection

from pult.regulation import registry
from pult.regulation.evaluate.table import Mode
from pult.regulation.queries.asked import ASKED

ACT = "invoice.request"
ROWS = f"""
    SELECT subject_id, max(CASE WHEN {ASKED} THEN 1 ELSE 0 END) FROM regulation_obligation
    WHERE act = '{ACT}' AND subject_type = 'line' AND mode >= {Mode.VISIBLE.value}
"""


def asked_of_lines(client_ids: Collection[int] | None) -> dict[int, bool]:
    """Line → whether a row open or overdue asks for its invoice; of these clients (None: of all).
    Lines the ledger has no row of are left out. One query, none without clients."""
    if client_ids is not None and not client_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(*rows_of_lines(client_ids))
        return {line: bool(is_asked) for line, is_asked in cursor.fetchall()}


def rows_of_lines(client_ids: Collection[int] | None) -> tuple[str, list[Any]]:
    """The query of the above and what its marks stand for.

    Clauses are named although the act says it all: of a client's rows an index finds those of a
    clause, and these are a few of a hundred."""
    clauses = sorted({card.clause for card in registry.current().editions if card.act == ACT})
    told: list[Any] = [*clauses, *(client_ids or ())]
    which = f"AND clause IN ({', '.join(['%s'] * len(clauses)) or 'NULL'})"
    if client_ids is not None:
        which += f" AND root_id IN ({', '.join(['%s'] * len(client_ids))})"
    return f"{ROWS} {which} GROUP BY subject_id", told
