"""How complete each card is, kept beside the client so that a list of gaps asks nothing more.

Recounted inside the action that changed something, and again every night: a judgement of solvency
grows old by itself.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from django.db import connection

from pult.clients.logic.completeness import SOLVENCY_DAYS, Completeness, completeness
from pult.clients.models import Client
from pult.kernel.models import Fact
from pult.people.queries import business_day

CHUNK = 200
COUNTED = ("client.", "contract.", "line.", "goal.", "need.", "account_plan.")
BOUGHT = "('context', 'target', 'media')"
LINE = "SELECT 1 FROM clients_serviceline line WHERE line.client_id = client.id"
ALIVE = f"{LINE} AND line.status <> 'ended'"
CONTACT = """
    SELECT 1 FROM clients_contact contact
    WHERE contact.client_id = client.id AND NOT contact."left"
"""
BLOCK = "SELECT 1 FROM clients_block block WHERE block.client_id = client.id AND block.text <> ''"
AIM = "SELECT 1 FROM clients_aim aim WHERE aim.client_id = client.id"
PLAN = "SELECT 1 FROM clients_plan plan WHERE plan.client_id = client.id AND plan.closed_on IS NULL"
BLOCKS = ("business", "product", "market", "promotion", "payment", "documents", "reporting")
ASKED: dict[str, str] = {
    "manager": "EXISTS (SELECT 1 FROM clients_assignment held WHERE held.client_id = client.id"
    " AND held.role = 'am' AND held.until IS NULL)",
    "decider": f"EXISTS ({CONTACT} AND contact.decides)",
    "reachable": f"EXISTS ({CONTACT} AND (contact.phone <> '' OR contact.email <> ''))",
    "contacts": f"EXISTS ({CONTACT}) AND NOT EXISTS ({CONTACT} AND (contact.phone = ''"
    " OR contact.email = '' OR contact.position = '' OR contact.birthday_day IS NULL))",
    "payer": "EXISTS (SELECT 1 FROM clients_legalentity payer WHERE payer.client_id = client.id"
    " AND payer.inn <> '' AND NOT payer.closed)",
    "contract": "EXISTS (SELECT 1 FROM clients_contract contract"
    " WHERE contract.client_id = client.id)",
    "line": f"EXISTS ({ALIVE})",
    "bought": f"EXISTS ({ALIVE} AND line.tool IN {BOUGHT})",
    "budget": f"NOT EXISTS ({ALIVE} AND line.tool IN {BOUGHT} AND line.monthly_budget = 0)",
    "feed": f"NOT EXISTS ({ALIVE} AND line.tool IN {BOUGHT} AND NOT EXISTS"
    " (SELECT 1 FROM clients_linefeed feed WHERE feed.line_id = line.id))",
    "goal": f"EXISTS ({AIM} AND aim.state = 'open' AND aim.kind IN ('long', 'campaign', 'site'))",
    "need": f"EXISTS ({AIM} AND aim.kind = 'need')",
    **{kind: f"EXISTS ({BLOCK} AND block.kind = '{kind}')" for kind in BLOCKS},
    "solvency": "EXISTS (SELECT 1 FROM clients_solvency judged"
    " WHERE judged.client_id = client.id AND judged.judged_on >= %s)",
    "folder": "client.folder <> ''",
    "plan": f"EXISTS ({PLAN} AND plan.kind = 'account')",
    "relation": f"EXISTS ({PLAN} AND plan.kind = 'relation')",
}
PRESENT = f"SELECT client.id, client.gaps, client.complete, {', '.join(ASKED.values())}"


def complete_of(client_id: int) -> Completeness:
    """How complete a card is now. One query."""
    return next(found for _pk, _kept, found in _judged([client_id]))


def rescore(client_ids: Collection[int]) -> int:
    """Keep how complete these cards are; how many changed. One query, and one for each changed."""
    changed = 0
    for pk, kept, found in _judged(list(client_ids)):
        gaps = ",".join(found.missing)
        if kept != (gaps, found.percent):
            Client.objects.filter(pk=pk).update(gaps=gaps, complete=found.percent)
            changed += 1
    return changed


def rescore_touched(facts: Sequence[Fact]) -> None:
    """Recount the cards an action touched, inside it."""
    if touched := {fact.root_id for fact in facts if fact.root_id and _counts(fact.kind)}:
        rescore(touched)


def rescore_brought(touched: set[tuple[int, str]]) -> None:
    """Recount the cards an import entered, inside its chunk."""
    if brought := {root for root, kind in touched if kind == "client.created"}:
        rescore(brought)


def rescore_all() -> int:
    """Every card, a few at a time; how many had changed."""
    ids = list(Client.objects.filter(staged=False).order_by("pk").values_list("pk", flat=True))
    return sum(rescore(ids[start : start + CHUNK]) for start in range(0, len(ids), CHUNK))


def _counts(kind: str) -> bool:
    return kind.startswith(COUNTED)


def _judged(ids: list[int]) -> Iterable[tuple[int, tuple[str, int], Completeness]]:
    """Client → what is kept and what is true."""
    if not ids:
        return
    marks = ", ".join(["%s"] * len(ids))
    fresh: date = business_day() - timedelta(days=SOLVENCY_DAYS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"{PRESENT} FROM clients_client client WHERE client.id IN ({marks})", [fresh, *ids]
        )
        rows = cursor.fetchall()
    for pk, gaps, percent, *answers in rows:
        present = {part: bool(answer) for part, answer in zip(ASKED, answers, strict=True)}
        if not present.pop("bought"):
            del present["budget"], present["feed"]
        yield pk, (gaps, percent), completeness(present)
