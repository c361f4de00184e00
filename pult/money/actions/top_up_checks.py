"""What a top-up of an ad account has to be: each check raises BadInput or Refusal in words."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from pult.clients.models import ServiceLine
from pult.kernel.errors import BadInput, Refusal
from pult.money.logic.top_ups import DAYS_BACK, most
from pult.money.queries.top_ups import laid_out_around
from pult.people.queries import business_day
from pult.ui import formats


def check_account(lines: Sequence[ServiceLine]) -> None:
    """Lines of one client that spend one ad account: one platform and one `wallet`, or none said
    of any of them."""
    if not lines:
        raise BadInput(_("Write a sum for one line at least"), field="amount")
    first = lines[0]
    for line in lines:
        if not line.platform:
            raise BadInput(
                _("“%(line)s” is on no platform: it has no ad account to top up")
                % {"line": line.name},
                field="line",
                cure=_("If its ads do run somewhere, name the platform on the page of the line"),
            )
        if _account(line) != _account(first):
            raise BadInput(
                _("“%(one)s” and “%(other)s” have two ad accounts")
                % {"one": first.name, "other": line.name},
                field="line",
                cure=_("Note a top-up of each"),
            )


def _account(line: ServiceLine) -> tuple[int, str, int | None]:
    return line.client_id, line.platform, line.wallet_id


def check_day(on: date) -> None:
    """A day that has come, at most `DAYS_BACK` days ago."""
    today = business_day()
    cure = _("Write the day the money was moved")
    if on > today:
        raise BadInput(_("This day is still ahead"), field="on", cure=cure)
    if on < today - timedelta(days=DAYS_BACK):
        raise BadInput(
            _("This day is more than %(n)d days ago") % {"n": DAYS_BACK}, field="on", cure=cure
        )


def check_sums(sums: Mapping[int, int]) -> None:
    """Sums above zero; the field of one among several is named by `sum_field`."""
    for line_id, amount in sums.items():
        if amount <= 0:
            field = sum_field(line_id) if len(sums) > 1 else "amount"
            raise BadInput(_("The sum must be above zero"), field=field)


def sum_field(line_id: int) -> str:
    """The field of a line's sum where several lines are topped up."""
    return f"amount_{line_id}"


def check_sum(line: ServiceLine, amount: int, held: int, on: date, reason: str) -> None:
    """No more than the agency holds (`held`, in kopecks) and may lay out, with what it laid out
    around that day already; with a reason when it is more than it holds."""
    if amount <= held:
        return
    ahead = laid_out_around(line.pk, on)
    if most(held, line.monthly_budget, ahead) < amount <= most(held, line.monthly_budget):
        raise Refusal(
            _("With what was moved already, this sum is far above the budget of “%(line)s”")
            % {"line": line.name},
            cure=_("%(sum)s was laid out ahead of the client: ask for a payment first")
            % {"sum": formats.money(ahead)},
            clause="П.1",
        )
    if amount > most(held, line.monthly_budget):
        raise Refusal(
            _("This sum is far above the client's money and the budget of “%(line)s”")
            % {"line": line.name},
            cure=_("The agency holds %(sum)s for it: check the figures")
            % {"sum": formats.money(held)},
            clause="П.1",
        )
    if not reason:
        raise BadInput(
            _("The agency holds only %(sum)s for “%(line)s”")
            % {"sum": formats.money(held), "line": line.name},
            field="reason",
            cure=_("Mend the sum, or say why more was moved"),
        )
