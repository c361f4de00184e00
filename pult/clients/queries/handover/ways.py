"""Where each gap of a handover from sales is filled, and who fills it."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import roles_of
from pult.clients.handover_words import PARTS, word_of
from pult.clients.logic.handovers import Readiness, clause_of
from pult.clients.models import Handover, LegalEntity
from pult.clients.providers import Bill, bills_of, covered
from pult.kernel.errors import Way
from pult.kernel.roles import Role
from pult.ui.formats import money

if TYPE_CHECKING:
    from pult.people.models import User


def ways_of(user: "User", row: Handover, ready: Readiness) -> dict[str, tuple[Way, ...]]:
    """Part → the pages where what it lacks is brought; at most three queries."""
    ways = {
        "signed": (Way(_("Attach the papers"), "handover", (row.pk,), place="papers"),),
        "brief": _to_brief(row, ready),
    }
    ways["agreed"] = ways["signed"]
    if ready.lacking["paid"]:
        ways["paid"] = _to_money(user, row)
    if ready.lacking["requisites"]:
        ways["requisites"] = (_to_requisites(row.client_id),)
    return {part: found for part, found in ways.items() if ready.lacking[part]}


def _to_brief(row: Handover, ready: Readiness) -> tuple[Way, ...]:
    lacking = ready.lacking["brief"]
    found = []
    if "contacts" in lacking:
        found.append(Way(_("Add a contact"), "client_person_new", (row.client_id,)))
    if set(lacking) - {"contacts"}:
        found.append(Way(_("Fill the brief in"), "handover", (row.pk,), place="brief"))
    return tuple(found)


def _to_money(user: "User", row: Handover) -> tuple[Way, ...]:
    bills = bills_of(row.client_id)
    if not bills:
        return (Way(_("Ask for an invoice"), "invoice_new", (row.client_id,)),)
    found = [Way(called(one), "invoice", (one.id,)) for one in bills if one.came < one.total]
    if Role.HEAD in roles_of(user) and covered(row.client_id)[1]:
        found.append(Way(_("Accept a part"), "handover", (row.pk,), place="part"))
    return tuple(found)


def _to_requisites(client_id: int) -> Way:
    """An account of a payer with a tax number: whichever of the three is not there."""
    payers = LegalEntity.objects.filter(client=client_id).order_by("-inn", "pk")
    payer = payers.values_list("pk", "inn").first()
    if payer is None:
        return Way(_("Enter the requisites"), "client_entity_new", (client_id,))
    page = "client_account_new" if payer[1] else "client_entity"
    words = _("Add a bank account") if payer[1] else _("Enter the tax number")
    return Way(words, page, (client_id, payer[0]))


def gaps_of(row: Handover, ready: Readiness, part: str) -> list[str]:
    """What a part lacks, in words, each with the clause that asks for it."""
    if part == "paid":
        return [f"{one} (2.2)" for one in _unpaid(row.client_id)]
    lacking = ready.lacking[part]
    return [f"{PARTS[part] if one == part else word_of(one)} ({clause_of(one)})" for one in lacking]


def _unpaid(client_id: int) -> list[str]:
    bills = bills_of(client_id)
    told = [_sum(called(one), one.came, one.total) for one in bills if one.came < one.total]
    asked, came = covered(client_id)
    if not told and asked:
        return [_sum(str(PARTS["paid"]), came, asked)]
    return told or [_("nothing is invoiced to the client yet")]


def _sum(what: str, came: int, asked: int) -> str:
    told = {"what": what, "came": money(came), "asked": money(asked)}
    return _("%(what)s: %(came)s of %(asked)s came") % told


def called(bill: Bill) -> str:
    """What an invoice is called; one that is only asked for has no number."""
    if not bill.number:
        return _("the invoice that is asked for")
    return _("Invoice %(number)s") % {"number": bill.number}


def who_fills(user: "User", row: Handover, parts: list[str]) -> str:
    """Who beside the reader can fill these parts."""
    found = []
    if set(parts) - {"paid"} and row.giver_id != user.pk:
        found.append(str(row.giver))
    if "paid" in parts:
        bills = bills_of(row.client_id)
        if any(not one.number for one in bills):
            found.append(str(Role.ACCOUNTANT.label))
        if covered(row.client_id)[1] and Role.HEAD not in roles_of(user):
            found.append(str(Role.HEAD.label))
        if not bills and row.giver_id != user.pk:
            found.append(str(row.giver))
    return ", ".join(dict.fromkeys(found))
