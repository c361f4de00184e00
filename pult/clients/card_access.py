"""Who may see a part of a client's card: as the client itself, and peculiarities of people only in
the department that keeps them."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import clients_of, of_client, one_of, sees_traits
from pult.clients.models import Aim, Plan, PlanStep, Trait
from pult.kernel.errors import NotVisible

if TYPE_CHECKING:
    from pult.people.models import User


def aim_for(user: "User", aim_id: int) -> Aim:
    """The goal, need or wish with its client, if this person sees the client."""
    return of_client(Aim, user, aim_id, None)


def plan_for(user: "User", plan_id: int) -> Plan:
    """The plan with its client, if this person sees the client."""
    return of_client(Plan, user, plan_id, None)


def step_for(user: "User", step_id: int) -> PlanStep:
    """The step with its plan and client, if this person sees the client."""
    rows = PlanStep.objects.filter(plan__client__in=clients_of(user))
    return one_of(rows.select_related("plan__client"), step_id)


def trait_for(user: "User", trait_id: int) -> Trait:
    """The peculiarity with its person and client: for the department that sees the client."""
    if not sees_traits(user):
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    rows = Trait.objects.filter(contact__client__in=clients_of(user))
    return one_of(rows.select_related("contact__client"), trait_id)
