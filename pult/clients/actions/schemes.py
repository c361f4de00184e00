"""What a contract's payment schemes mean for each of its lines: the fact that cards read."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.edits import morning
from pult.clients.models import PaymentScheme, ServiceLine
from pult.kernel.facts import record, void
from pult.kernel.models import Fact

if TYPE_CHECKING:
    from pult.people.models import User

# How a line is paid while nobody has agreed otherwise.
UNSAID = PaymentScheme.Kind.PREPAID
Steps = list[tuple[datetime, str]]


def tell_schemes(
    line: ServiceLine, *, by: "User | None", role: str, joined: datetime | None = None
) -> None:
    """Make the line's `line.scheme` facts say what its contract says; call it in an action.

    `joined` is the moment a line came under another contract: what was said of it before stays.
    """
    joined = joined or _joined(line)
    told = _told(line)
    wanted = steps_of(line.contract_id, joined)
    if joined and not (wanted and wanted[0][0] == joined) and told:
        wanted = [(joined, UNSAID), *wanted]
    later = [fact for fact in told if joined is None or fact.valid_at >= joined]
    said = {(fact.valid_at, fact.state) for fact in later}
    for fact in later:
        if (fact.valid_at, fact.state) not in wanted:
            void(fact, by=by, reason=_("The line came under another payment scheme"))
    for at, kind in wanted:
        if (at, kind) not in said:
            refs = {"client": line.client_id, "line": line.pk}
            root = line.client_id
            record("line.scheme", root_id=root, refs=refs, by=by, role=role, at=at, state=kind)


def steps_of(contract_id: int | None, joined: datetime | None = None) -> Steps:
    """(moment, scheme) from `joined` on, beginning with the one that holds then."""
    if contract_id is None:
        return []
    schemes = PaymentScheme.objects.filter(contract=contract_id).order_by("since")
    steps = [(morning(scheme.since), scheme.kind) for scheme in schemes]
    if joined is None:
        return steps
    before = [kind for at, kind in steps if at <= joined]
    return [(joined, kind) for kind in before[-1:]] + [s for s in steps if s[0] > joined]


def _joined(line: ServiceLine) -> datetime | None:
    """When the line came under its present contract; None when it was opened under it."""
    edits = Fact.objects.filter(
        root_id=line.client_id, kind="line.edited", refs__line=line.pk, voided_by=None
    ).order_by("-valid_at", "-pk")
    return next((e.valid_at for e in edits if "contract" in e.payload.get("fields", ())), None)


def _told(line: ServiceLine) -> list[Fact]:
    facts = Fact.objects.filter(
        root_id=line.client_id, kind="line.scheme", refs__line=line.pk, voided_by=None
    )
    return list(facts.order_by("valid_at", "pk"))
