"""Whether what the client expects fits the plan: told by the call, and anew when the plan moves."""

from typing import TYPE_CHECKING

from pult.clients.actions.handover.steps import enter_state
from pult.clients.logic.handovers import GAPS, gaps
from pult.clients.models import Client, FirstCall
from pult.clients.queries.first_call import agreed
from pult.people.queries import business_day

if TYPE_CHECKING:
    from pult.people.models import User


def gaps_of(call: FirstCall) -> tuple[str, ...]:
    """Where the expectations written down differ from what is agreed today."""
    plan = agreed(call.client_id, business_day())
    return gaps(days=call.days, cost=call.cost, plan_days=plan.days, plan_cost=plan.cost)


def tell_gaps(call: FirstCall, client: Client, by: "User", role: str) -> None:
    """Record how things stand with the gaps, inside an action."""
    found = gaps_of(call)
    open_ones = [one for one in GAPS if one in found and one not in call.gaps_settled]
    state = "open" if open_ones else "settled" if found else "none"
    enter_state("expectations.gap", client, by, role, state, payload={"gaps": list(found)})


def watch_gaps(client: Client, by: "User", role: str) -> None:
    """Inside an action that changed what is agreed: lines, budgets, contracts (П.28, A1-29)."""
    call = FirstCall.objects.filter(client=client).order_by("-pk").first()
    if call is not None:
        tell_gaps(call, client, by, role)
