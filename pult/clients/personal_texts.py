"""Texts of this package, and of those it stands on, that may name a person of a client."""

from collections.abc import Collection

from django.db.models import Q

from pult.clients.models import Assignment
from pult.clients.texts import Texts, through
from pult.regulation.models import Obligation

OF_CLIENT, OF_HANDOVER, OF_ROOT = through("client"), through("handover__client"), through("root_id")


def _of_others(client_ids: Collection[int]) -> Q:
    """Changes of anything but a person: those of the erased one are emptied whole, and a namesake
    keeps their own."""
    return Q(client__in=client_ids) & ~Q(table="contact", field__in=("name", "phone", "email"))


def _of_rows(client_ids: Collection[int]) -> Q:
    rows = Obligation.objects.filter(root_id__in=client_ids)
    return Q(source="row", item_id__in=rows.values("pk"))


def _of_managers(client_ids: Collection[int]) -> Q:
    """A day says not whose clients it speaks of: all days of whoever ever held these clients."""
    held = Assignment.objects.filter(client__in=client_ids)
    return Q(user__in=held.values("user"))


TEXTS = (
    Texts("clients.Client", ("about", "folder"), through("pk")),
    Texts("clients.Contact", ("position", "postal_address"), OF_CLIENT),
    Texts("clients.TrustedMark", ("note",), OF_CLIENT),
    Texts("clients.Aim", ("text", "resolution"), OF_CLIENT),
    Texts("clients.CustomValue", ("value",), OF_CLIENT),
    Texts(
        "clients.Handover",
        ("folder", "sold", "proposal", "goals", "wishes", "part_reason", "understood_note"),
        OF_CLIENT,
    ),
    # Its version is that of the brief.
    Texts("clients.BriefChange", ("old", "new"), OF_HANDOVER, is_edited=False),
    Texts("clients.HandoverPaper", ("name",), OF_HANDOVER),
    Texts("clients.HandoverPoint", ("text", "answer"), OF_HANDOVER),
    Texts("clients.HandoverItem", ("text", "known"), OF_HANDOVER),
    Texts("clients.OutsideAccess", ("name",), OF_CLIENT),
    Texts(
        "clients.FirstCall",
        ("about_client", "about_product", "goal", "look", "gaps_note", "summary", "proof"),
        OF_CLIENT,
    ),
    Texts("clients.FieldChange", ("old", "new"), _of_others),
    Texts("clients.PlannedPause", ("note",), OF_CLIENT),
    Texts("clients.OverLimit", ("reason",), OF_CLIENT),
    Texts("clients.Plan", ("text",), OF_CLIENT),
    Texts("clients.PlanStep", ("text",), through("plan__client")),
    Texts("clients.Block", ("text",), OF_CLIENT),
    Texts("clients.Solvency", ("figures",), OF_CLIENT),
    Texts("clients.Trait", ("text",), through("contact__client")),
    Texts("clients.StatusChange", ("note",), OF_CLIENT),
    Texts("clients.Demand", ("note",), OF_CLIENT),
    Texts(
        "clients.ReplacementAsk",
        ("asked_by", "reason", "proof", "decision", "told"),
        OF_CLIENT,
        is_edited=False,
    ),
    Texts("regulation.Postponement", ("reason",), OF_ROOT),
    Texts("regulation.Waiver", ("reason",), OF_ROOT),
    Texts("regulation.Dispute", ("proof", "answer"), OF_ROOT),
    Texts("people.CarryOver", ("title", "reason"), _of_rows),
    Texts("people.DayClose", ("plan", "mail_reason"), _of_managers),
)
