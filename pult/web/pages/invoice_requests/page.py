"""What the pages of invoices show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from pult.clients.queries import own_entities
from pult.comms.models import Interaction
from pult.kernel.errors import PultError
from pult.kernel.roles import Role
from pult.money.issuers import issue_refusal
from pult.money.queries import InvoiceItem, invoice_card, invoice_requests
from pult.money.queries.leads import due_day
from pult.money.queries.twins import Twin, invoice_twins
from pult.people.queries import business_day

if TYPE_CHECKING:
    from pult.people.models import User

# What carries a paper: a call or a meeting does not.
CARRIERS = (Interaction.Channel.MAIL, Interaction.Channel.MESSENGER)
REASONS = (
    ("mistake", _("there is a mistake in it")),
    ("changed", _("what was ordered has changed")),
    ("refused", _("the client does not want it")),
)


@dataclass(frozen=True)
class RequestsPage:
    """Requested invoices; one key issues them `today`, to be paid as their contracts say. `twins`
    are invoices of one number, for whoever can correct it."""

    rows: tuple[InvoiceItem, ...]
    today: date
    can_issue: bool
    lacks_entity: bool
    twins: tuple[tuple[Twin, ...], ...] = ()


@dataclass(frozen=True)
class InvoicePage:
    """An invoice and what may be done with it; `shut` says why this person does not issue it,
    `given` is what a refused form said, `back` where its reader came from."""

    invoice: InvoiceItem
    today: date
    due_on: date | None
    entities: tuple[tuple[str, str], ...]
    channels: tuple[tuple[str, Any], ...]
    reasons: tuple[tuple[str, Any], ...]
    may_issue: bool
    shut: PultError | None
    may_send: bool
    may_cancel: bool
    may_write: bool
    may_move: bool
    may_renumber: bool
    problem: PultError | None = None
    given: Mapping[str, Any] | None = None
    back: str = ""

    @property
    def number(self) -> str:
        return str((self.given or {}).get("number", ""))

    @property
    def chooses_entity(self) -> bool:
        """Whether the accountant says in whose name; else the contract does, or there is one."""
        return len(self.entities) > 1 or getattr(self.problem, "field", "") == "own_entity"

    @property
    def issuers(self) -> tuple[tuple[str, Any], ...]:
        return (("", _("As the contract says, else the first")), *self.entities)


def requests_page(user: "User") -> RequestsPage:
    today = business_day()
    can_issue = Role.ACCOUNTANT in user.roles
    return RequestsPage(
        rows=invoice_requests(user),
        today=today,
        can_issue=can_issue,
        twins=invoice_twins() if can_issue else (),
        lacks_entity=not own_entities(),
    )


def invoice_page(
    user: "User",
    invoice_id: int,
    given: Mapping[str, Any] | None = None,
    problem: PultError | None = None,
    back: str = "",
) -> InvoicePage:
    invoice = invoice_card(user, invoice_id)
    today = business_day()
    shut = issue_refusal(user, invoice_id) if invoice.status == "requested" else None
    asked, given_out = invoice.status == "requested", invoice.status in ("issued", "sent")
    cancellers = {Role.ACCOUNTANT, Role.DIRECTOR} | ({Role.AM, Role.HEAD} if asked else set())
    return InvoicePage(
        invoice=invoice,
        today=today,
        due_on=due_day(invoice.contract_id, today) if asked else None,
        entities=tuple((str(row.pk), row.name) for row in own_entities()),
        channels=tuple((code.value, code.label) for code in CARRIERS),
        reasons=REASONS,
        may_issue=asked and not shut,
        shut=shut,
        may_send=given_out and bool({Role.AM, Role.HEAD, Role.ACCOUNTANT} & user.roles),
        may_cancel=not invoice.paid
        and invoice.status != "cancelled"
        and bool(cancellers & user.roles),
        may_write=invoice.status == "sent"
        and bool(invoice.left)
        and bool({Role.AM, Role.HEAD, Role.DIRECTOR} & user.roles),
        may_move=given_out
        and bool(invoice.left)
        and bool({Role.ACCOUNTANT, Role.HEAD, Role.DIRECTOR} & user.roles),
        may_renumber=given_out and Role.ACCOUNTANT in user.roles,
        problem=problem,
        given=given,
        back=back,
    )
