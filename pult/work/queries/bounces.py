"""How often tasks are bounced: by which clause, whose they were, who bounced without ground."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from pult.people.models import User
from pult.people.queries import full_names
from pult.work.access import tasks_of
from pult.work.clauses import bounce_clauses
from pult.work.models import Bounce


@dataclass(frozen=True)
class BounceCount:
    """Bounces of one sort; `unfounded` of them the head called so. `code` is a clause or empty,
    `id` a person or None."""

    code: str
    id: int | None
    label: str
    count: int
    unfounded: int


@dataclass(frozen=True)
class BounceTally:
    """By clause, by whose request it was, and by who bounced; the most frequent first."""

    by_clause: tuple[BounceCount, ...]
    by_author: tuple[BounceCount, ...]
    by_bouncer: tuple[BounceCount, ...]


def bounce_tally(user: User, since: datetime) -> BounceTally:
    """The bounces since a moment of the tasks a person sees. Five queries."""
    rows = Bounce.objects.filter(at__gte=since, task__in=tasks_of(user).values("pk"))
    told = {name: _counts(rows, name) for name in ("clause", "whose", "by")}
    people = {pk for name in ("whose", "by") for pk, _count, _unfounded in told[name]}
    names, titles = full_names(people), bounce_clauses()
    return BounceTally(
        tuple(BounceCount(c, None, titles.get(c, c), n, u) for c, n, u in told["clause"]),
        tuple(BounceCount("", pk, names[pk], n, u) for pk, n, u in told["whose"]),
        tuple(BounceCount("", pk, names[pk], n, u) for pk, n, u in told["by"]),
    )


def _counts(rows, name: str) -> list[tuple]:
    unfounded = Count("pk", filter=Q(unfounded_at__isnull=False))
    told = rows.order_by().values_list(name).annotate(count=Count("pk"), unfounded=unfounded)
    return sorted(told, key=lambda row: (-row[1], row[0]))
