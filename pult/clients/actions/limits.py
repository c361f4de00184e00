"""How far a client may owe: the limit of its trust, or of the contract that is paid after work."""

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pult.clients.models import PaymentScheme, ServiceLine, TrustedMark
from pult.clients.providers import debts_of
from pult.clients.queries.schemes import scheme_on
from pult.kernel.errors import Refusal
from pult.kernel.models import Fact
from pult.kernel.money import format_money
from pult.kernel.roles import Role
from pult.people.queries import business_day
from pult.regulation.queries import is_waived

CLAUSE = "6.1"


def check_limit(line: ServiceLine) -> None:
    """Refuse to start a line on credit when what the client owes and the first period of the line
    pass the limit. A line that is paid for, or that somebody answers for, owes nothing.

    Call inside the action, once gate 6.1 has let the line through.
    """
    limit = _limit(line)
    if limit is None or _is_paid(line) or is_waived(CLAUSE, line.client_id, "line", line.pk):
        return
    owed = debts_of(line.client_id)
    first = owed.pop(line.pk, 0) or line.monthly_budget
    debt = sum(owed.values())
    if debt + first <= limit:
        return
    words = {"debt": debt, "first": first, "limit": limit}
    said = {
        name: format_money(sum_, language=get_language() or "ru") for name, sum_ in words.items()
    }
    raise Refusal(
        _(
            "The client would owe more than it is trusted with: it owes %(debt)s, the first period "
            "of “%(line)s” is %(first)s, the limit is %(limit)s"
        )
        % {**said, "line": line.name},
        cure=_("Wait for a payment, or ask the head to raise the limit"),
        clause=CLAUSE,
        who=Role.HEAD.label,
        subject=line,
    )


def _limit(line: ServiceLine) -> int | None:
    """Kopecks the client may owe by whichever word lets it start before it pays; the larger of
    two. None where nothing sets a limit."""
    today = business_day()
    limits: list[int] = []
    lasting = Q(ended_on=None) | Q(ended_on__gt=today)
    marks = TrustedMark.objects.filter(lasting, client=line.client_id)
    limits += marks.filter(since__lte=today, until__gte=today).values_list("limit", flat=True)
    scheme = scheme_on(line.contract_id, today) if line.contract_id else None
    if scheme and scheme.kind == PaymentScheme.Kind.POSTPAID:
        if scheme.limit is None:
            return None
        limits.append(scheme.limit)
    return max(limits, default=None)


def _is_paid(line: ServiceLine) -> bool:
    told = Fact.objects.filter(root_id=line.client_id, kind="line.funded", voided_by=None)
    states = [
        fact.state for fact in told.order_by("valid_at", "pk") if fact.refs["line"] == line.pk
    ]
    return bool(states) and states[-1] == "full"
