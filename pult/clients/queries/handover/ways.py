"""Where each gap of a handover from sales is filled, and who fills it."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import roles_of
from pult.clients.handover_words import FIELDS, PARTS, word_of
from pult.clients.logic.handovers import BRIEF, GATES, SIGNED
from pult.clients.models import Handover
from pult.clients.providers import Bill
from pult.clients.queries.handover.readiness import Standing
from pult.kernel.errors import Way
from pult.kernel.roles import Role
from pult.ui.formats import money

if TYPE_CHECKING:
    from pult.people.models import User


def ways_of(user: "User", row: Handover, standing: Standing) -> dict[str, tuple[Way, ...]]:
    """Part → the pages where what it lacks is brought; an exception is offered for all at once."""
    to_papers = (Way(_("Attach the papers"), "handover", (row.pk,), place="papers"),)
    ways = {
        "paid": _to_money(user, row, standing),
        "signed": to_papers,
        "agreed": to_papers,
        "papers": to_papers,
        "brief": _to_brief(row, standing.ready.lacking["brief"]),
        "requisites": (_to_requisites(row.client_id, standing.payers),),
    }
    return {part: found for part, found in ways.items() if standing.ready.lacking[part]}


def to_lift(user: "User", row: Handover) -> tuple[Way, ...]:
    """Where an exception is made, for the head; nothing for anybody else."""
    if Role.HEAD not in roles_of(user):
        return ()
    return (Way(_("Make an exception"), "handover", (row.pk,), place="lift"),)


def _to_brief(row: Handover, lacking: Collection[str]) -> tuple[Way, ...]:
    found = []
    if "contacts" in lacking:
        found.append(Way(_("Add a contact"), "client_person_new", (row.client_id,)))
    if set(lacking) - {"contacts"}:
        found.append(Way(_("Fill the brief in"), "handover", (row.pk,), place="brief"))
    return tuple(found)


def _to_money(user: "User", row: Handover, standing: Standing) -> tuple[Way, ...]:
    if not standing.bills:
        return (Way(_("Ask for an invoice"), "invoice_new", (row.client_id,)),)
    found = [Way(called(one), "invoice", (one.id,)) for one in standing.bills if not one.is_paid]
    if standing.came and Role.HEAD in roles_of(user):
        found.append(Way(_("Accept a part"), "handover", (row.pk,), place="part"))
    return tuple(found)


def _to_requisites(client_id: int, payers: tuple[tuple[int, str, bool], ...]) -> Way:
    """An account of a payer with a tax number: whichever of the three is not there."""
    if not payers:
        return Way(_("Enter the requisites"), "client_entity_new", (client_id,))
    payer, inn, _full = payers[0]
    page = "client_account_new" if inn else "client_entity"
    words = _("Add a bank account") if inn else _("Enter the tax number")
    return Way(words, page, (client_id, payer))


def gaps_of(standing: Standing, part: str) -> list[str]:
    """What a part lacks, in words, each with the clause that asks for it."""
    if part == "paid":
        return [f"{one} (2.2)" for one in _unpaid(standing)]
    return [_gap(part, one) for one in standing.ready.lacking[part]]


def _gap(part: str, one: str) -> str:
    """The proposal of the brief is a link (2.8.6), that of the papers a file (2.4)."""
    if part == "brief":
        return f"{FIELDS[one]} ({BRIEF[one]})"
    if one == part:
        return f"{PARTS[part]} ({GATES[part]})"
    return f"{word_of(one)} ({GATES['signed' if one in SIGNED else 'agreed']})"


def _unpaid(standing: Standing) -> list[str]:
    unpaid = [one for one in standing.bills if not one.is_paid]
    if unpaid:
        return [_sum(called(one), one.came, one.total) for one in unpaid]
    if standing.asked:
        return [_sum(str(PARTS["paid"]), standing.came, standing.asked)]
    return [_("nothing is invoiced to the client yet")]


def _sum(what: str, came: int, asked: int) -> str:
    told = {"what": what, "came": money(came), "asked": money(asked)}
    return _("%(what)s: %(came)s of %(asked)s came") % told


def called(bill: Bill) -> str:
    """What an invoice is called; one that is only asked for has no number."""
    if not bill.number:
        return _("the invoice that is asked for")
    return _("Invoice %(number)s") % {"number": bill.number}


def who_fills(user: "User", row: Handover, standing: Standing, parts: Collection[str]) -> str:
    """Who beside the reader can fill these parts."""
    found = []
    is_unpaid = "paid" in parts
    if is_unpaid and any(not one.number for one in standing.bills):
        found.append(str(Role.ACCOUNTANT.label))
    is_billed = any(one.number and not one.is_paid for one in standing.bills)
    if is_unpaid and (standing.came or is_billed) and Role.HEAD not in roles_of(user):
        found.append(str(Role.HEAD.label))
    if row.giver_id != user.pk and (set(parts) - {"paid"} or not standing.bills):
        found.insert(0, str(row.giver))
    return ", ".join(found)
