"""Whether the regulation asks for an invoice of a line now: one answer for lists and cards."""

from collections.abc import Collection

from django.db import connection

from pult.regulation.evaluate.table import Mode
from pult.regulation.queries.asked import ASKED

ROWS = f"""
    SELECT subject_id, max(CASE WHEN {ASKED} THEN 1 ELSE 0 END) FROM regulation_obligation
    WHERE act = 'invoice.request' AND subject_type = 'line' AND mode >= {Mode.VISIBLE.value}
"""


def asked_of_lines(client_ids: Collection[int] | None) -> dict[int, bool]:
    """Line → whether a row open or overdue asks for its invoice; of these clients (None: of all).
    Lines the ledger has no row of are left out. One query, none without clients."""
    if client_ids is not None and not client_ids:
        return {}
    marks = "" if client_ids is None else ", ".join(["%s"] * len(client_ids))
    with connection.cursor() as cursor:
        cursor.execute(rows_of_lines(marks), list(client_ids or ()))
        return {line: bool(is_asked) for line, is_asked in cursor.fetchall()}


def rows_of_lines(marks: str = "") -> str:
    """The query of the above for as many clients as there are `marks`, for all without any."""
    whose = f"AND root_id IN ({marks})" if marks else ""
    return f"{ROWS} {whose} GROUP BY subject_id"
