"""What an invoice is worth to the regulation when it is issued, sent, and cancelled."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext as _

from pult.kernel.errors import Conflict
from pult.kernel.facts import record, void
from pult.kernel.models import Fact
from pult.money.asked import FEE_ONLY
from pult.money.logic.matching.purpose import number_key
from pult.money.models import FormerNumber, Invoice, InvoiceLine
from pult.people.queries import business_day
from pult.regulation.actions import resume

if TYPE_CHECKING:
    from pult.people.models import User

CANCELLED = "the invoice is cancelled"


def ready_to_send(invoice: Invoice, by: "User") -> None:
    """Rows put off until the accountant issues the invoice are in the manager's day again."""
    lines = invoice.lines.values_list("line_id", flat=True)
    subjects = {("client", invoice.client_id), *(("line", pk) for pk in lines)}
    resume(root_id=invoice.client_id, act="invoice.request", subjects=subjects, by=by)


def change(invoice: Invoice, version: int, **changes: Any) -> None:
    """Write these columns if nobody was first; raises Conflict otherwise. Sums paid are not
    among them: a payment may come while somebody looks at the page."""
    rows = Invoice.objects.filter(pk=invoice.pk, version=version)
    if not rows.update(version=F("version") + 1, **changes):
        raise Conflict(
            _("Somebody changed this invoice while you were looking at it"),
            cure=_("Open it again and repeat your change"),
        )
    for name, value in {**changes, "version": version + 1}.items():
        setattr(invoice, name, value)


def tell_sent(invoice: Invoice, by: "User", role: str, **fact: Any) -> None:
    """The client has it: a fact a line, tagged where the invoice brings the line no ad money."""
    tell_lines("invoice.sent", invoice, by, role, fees=_fee_only(invoice), **fact)


def tell_lines(
    kind: str, invoice: Invoice, by: "User", role: str, fees: Collection[int] = (), **fact: Any
) -> None:
    """One fact a service line, so that cards about lines see their own; of `fees` a tagged one."""
    lines = invoice.lines.values_list("line_id", flat=True).distinct().order_by("line_id")
    for line_id in lines:
        refs = {"client": invoice.client_id, "invoice": invoice.pk, "line": line_id}
        state = FEE_ONLY if line_id in fees else ""
        record(kind, root_id=invoice.client_id, refs=refs, by=by, role=role, state=state, **fact)


def tell(kind: str, invoice: Invoice, by: "User", role: str, **fact: Any) -> None:
    """One fact of the whole invoice."""
    refs = {"client": invoice.client_id, "invoice": invoice.pk}
    record(kind, root_id=invoice.client_id, refs=refs, by=by, role=role, **fact)


def keep_paper_number(invoice: Invoice, before: str) -> None:
    """What the client's paper says is kept where a sent invoice got another number: payments by
    it are its own. A number that never left the agency is not; one given back is no other."""
    if invoice.status != Invoice.Status.SENT:
        return
    on_paper = FormerNumber.objects.filter(invoice=invoice, replaced_at=None).first()
    if on_paper and on_paper.key == number_key(invoice.number):
        on_paper.delete()
    elif on_paper is None and number_key(before) != number_key(invoice.number):
        FormerNumber.objects.update_or_create(
            invoice=invoice,
            key=number_key(before),
            defaults={"number": before, "replaced_at": None},
        )


def withdraw_sending(invoice: Invoice, by: "User") -> None:
    """A cancelled invoice is no invoice the client has: 5.1, 5.3 and 5.4 ask anew.

    Where another one as good for the line was sent with it or later, or the month it was for has
    begun, what it was good for is over and stays. Call once the invoice is cancelled.
    """
    sent = Invoice.objects.filter(client=invoice.client_id, status=Invoice.Status.SENT)
    others = set(
        sent.filter(sent_at__gte=invoice.sent_at).values_list("lines__line", "lines__purpose")
        if invoice.sent_at
        else ()
    )
    fees = {line for line, _purpose in others} & _fee_only(invoice)
    replaced = fees | _with_ad_money(others)
    month = f"{business_day():%Y-%m}"
    told = Fact.objects.filter(
        root_id=invoice.client_id,
        kind__in=("invoice.sent", "invoice.next_month"),
        refs__invoice=invoice.pk,
        voided_by=None,
    )
    for fact in told:
        is_over = fact.key <= month if fact.key else fact.refs.get("line") in replaced
        if not is_over:
            void(fact, by=by, reason=CANCELLED)


def next_month_covered(invoice: Invoice, today: date) -> str:
    """ "2026-12" when the invoice covers days of the month after `today`'s, else empty."""
    following = date(today.year + today.month // 12, today.month % 12 + 1, 1)
    first, last = invoice.covers_from, invoice.covers_to or invoice.covers_from
    if first is None or last is None or last < following:
        return ""
    return (
        f"{following:%Y-%m}"
        if (first.year, first.month) <= (following.year, following.month)
        else ""
    )


def _fee_only(invoice: Invoice) -> frozenset[int]:
    """Lines the invoice bills the agency's fee alone: it brings them no money to go on with."""
    lines = set(invoice.lines.values_list("line_id", "purpose"))
    return frozenset(line for line, _purpose in lines) - _with_ad_money(lines)


def _with_ad_money(lines: Iterable[tuple[int, str]]) -> set[int]:
    return {line for line, purpose in lines if purpose == InvoiceLine.Purpose.AD_MONEY}
