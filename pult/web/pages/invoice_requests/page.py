"""What the pages of invoices show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from pult.clients.queries import own_entities
from pult.comms.models import Interaction
from pult.kernel.errors import PultError
from pult.kernel.roles import Role
from pult.money.queries import InvoiceItem, invoice_card, invoice_requests
from pult.people.queries import business_day

if TYPE_CHECKING:
    from pult.people.models import User

# The client is usually given so many days to pay; the form lets one say otherwise.
DAYS_TO_PAY = 5
REASONS = (
    ("mistake", _("there is a mistake in it")),
    ("changed", _("what was ordered has changed")),
    ("refused", _("the client does not want it")),
)


@dataclass(frozen=True)
class RequestsPage:
    """Requested invoices; `due_on` and `today` are what one key issues them with."""

    rows: tuple[InvoiceItem, ...]
    today: date
    due_on: date
    can_issue: bool


@dataclass(frozen=True)
class InvoicePage:
    """An invoice and what may be done with it; `given` is what a refused form said."""

    invoice: InvoiceItem
    today: date
    due_on: date
    entities: tuple[tuple[str, str], ...]
    channels: tuple[tuple[str, Any], ...]
    reasons: tuple[tuple[str, Any], ...]
    may_issue: bool
    may_send: bool
    may_cancel: bool
    problem: PultError | None = None
    given: Mapping[str, Any] | None = None

    @property
    def number(self) -> str:
        return str((self.given or {}).get("number", ""))


def requests_page(user: "User") -> RequestsPage:
    today = business_day()
    return RequestsPage(
        rows=invoice_requests(user),
        today=today,
        due_on=today + timedelta(days=DAYS_TO_PAY),
        can_issue=Role.ACCOUNTANT in user.roles,
    )


def invoice_page(
    user: "User",
    invoice_id: int,
    given: Mapping[str, Any] | None = None,
    problem: PultError | None = None,
) -> InvoicePage:
    invoice = invoice_card(user, invoice_id)
    today = business_day()
    asked, given_out = invoice.status == "requested", invoice.status in ("issued", "sent")
    cancellers = {Role.ACCOUNTANT, Role.DIRECTOR} | ({Role.AM, Role.HEAD} if asked else set())
    return InvoicePage(
        invoice=invoice,
        today=today,
        due_on=today + timedelta(days=DAYS_TO_PAY),
        entities=tuple((str(row.pk), row.name) for row in own_entities()),
        channels=tuple(Interaction.Channel.choices),
        reasons=REASONS,
        may_issue=asked,
        may_send=given_out and bool({Role.AM, Role.HEAD, Role.ACCOUNTANT} & user.roles),
        may_cancel=not invoice.paid
        and invoice.status != "cancelled"
        and bool(cancellers & user.roles),
        problem=problem,
        given=given,
    )
