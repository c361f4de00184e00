"""The figures of a day in one line under its title."""

from django.utils.translation import ngettext

from pult.work.queries import WorkOfDay


def summary_of(count: int, overdue: int, work: WorkOfDay) -> str:
    """`count` rows of the regulation, `overdue` of them, with the tasks of a person; the queue,
    which is nobody's yet, is told beside. Empty when there is nothing."""
    own = count + work.mine_count + work.accept_count
    parts = []
    if own:
        parts.append(ngettext("%(n)d thing to do", "%(n)d things to do", own) % {"n": own})
        parts += _late(overdue + work.late)
    if queue := work.queue_count:
        parts.append(ngettext("%(n)d in the queue", "%(n)d in the queue", queue) % {"n": queue})
        parts += _late(work.queue_late)
    return " · ".join(parts)


def _late(n: int) -> list[str]:
    return [ngettext("%(n)d overdue", "%(n)d overdue", n) % {"n": n}] if n else []
