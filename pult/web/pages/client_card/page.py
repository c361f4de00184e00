"""What the tab of a client's card shows."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pult.clients.actions.cards import CREATORS, EDITORS
from pult.clients.actions.erasure import ERASERS
from pult.clients.actions.profile import JUDGES
from pult.clients.models import Plan
from pult.clients.queries import client_profile
from pult.clients.queries.aims import AimItem
from pult.clients.queries.history import ChangeItem, client_changes
from pult.clients.queries.profile import PlanItem, Profile
from pult.kernel.words import id_of
from pult.web.pages.client.head import Head, head_of
from pult.web.pages.client.words import reason_words
from pult.web.pages.client_card.words import part_url, part_word

if TYPE_CHECKING:
    from pult.people.models import User

GRADE_TONES = {"good": "ok", "fair": "plain", "weak": "soon", "bad": "soon"}
STATE_TONES = {"open": "accent", "done": "ok", "dropped": "quiet"}


@dataclass(frozen=True)
class PlanView:
    """A kind of plan: its words, the current one or None, and where to make another."""

    kind: str
    label: str
    plan: PlanItem | None


@dataclass(frozen=True)
class CardPage:
    """`missing` are the gaps in words, each with where to fill it in; `may_*` what this person may
    do here."""

    head: Head
    profile: Profile
    goals: tuple[AimItem, ...]
    needs: tuple[AimItem, ...]
    wishes: tuple[AimItem, ...]
    plans: tuple[PlanView, ...]
    missing: tuple[tuple[str, str], ...]
    statuses: tuple[tuple[Any, str], ...]
    solvency_tone: str
    may_write: bool
    may_plan: bool
    may_judge: bool


@dataclass(frozen=True)
class HistoryPage:
    """`older` is what the next page begins before, 0 when there is none."""

    head: Head
    changes: tuple[ChangeItem, ...]
    older: int
    may_erase: bool


def card_page(user: "User", client_id: int) -> CardPage:
    """What is known of a client, each part with who made sure of it and when."""
    profile = client_profile(user, client_id)
    may_plan = not user.roles.isdisjoint(EDITORS)
    judged = profile.solvency[0] if profile.solvency else None
    return CardPage(
        head=head_of(user, profile.header, "client_card"),
        profile=profile,
        goals=tuple(aim for aim in profile.aims if aim.is_goal),
        needs=tuple(aim for aim in profile.aims if aim.kind == "need"),
        wishes=tuple(aim for aim in profile.aims if aim.kind == "wish"),
        plans=_plans(profile),
        missing=tuple(
            (part_word(part), part_url(part, client_id) if may_plan else "")
            for part in profile.complete.missing
        ),
        statuses=tuple((row, str(reason_words(row.reason_code))) for row in profile.statuses),
        solvency_tone=GRADE_TONES.get(judged.grade, "plain") if judged else "plain",
        may_write=not user.roles.isdisjoint(CREATORS),
        may_plan=may_plan,
        may_judge=not user.roles.isdisjoint(JUDGES),
    )


def history_page(user: "User", client_id: int, before: str = "") -> HistoryPage:
    """A page of changes, the newest first."""
    header, changes, older = client_changes(user, client_id, id_of(before) or 0)
    head = head_of(user, header, "client_timeline")
    may_erase = not user.roles.isdisjoint(ERASERS)
    return HistoryPage(head, changes, older, may_erase)


def _plans(profile: Profile) -> tuple[PlanView, ...]:
    if profile.plans is None:
        return ()
    return tuple(
        PlanView(kind, str(label), profile.plans.get(kind)) for kind, label in Plan.Kind.choices
    )
