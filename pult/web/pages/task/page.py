"""What the page of a task shows, and the words it offers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from pult.clients.models import ServiceLine
from pult.kernel.days import check_day
from pult.kernel.errors import BadInput, PultError
from pult.kernel.roles import STAFF
from pult.ui import formats
from pult.web.answers import address_of
from pult.web.pages.task.bounce import BounceForm, bounce_form
from pult.work.models import DeadlineMove
from pult.work.queries import TaskCard, near_task, task_card
from pult.work.queries.card_shapes import FieldValue, Person

if TYPE_CHECKING:
    from pult.people.models import User

CANCEL_REASONS = {
    "client": gettext_lazy("The client changed their mind"),
    "duplicate": gettext_lazy("There is one like it already"),
    "mistake": gettext_lazy("Set by mistake"),
    "not_needed": gettext_lazy("No longer needed"),
    "other": gettext_lazy("Another reason"),
}
FLAGS = {
    "urgent": pgettext_lazy("mark of a task", "Urgent"),
    "is_global": pgettext_lazy("mark of a task", "Global"),
    "is_important": pgettext_lazy("mark of a task", "Important"),
    "is_disputed": pgettext_lazy("mark of a task", "Disputed"),
}
FARTHEST_ZONE = timedelta(hours=14)
TONES = {
    "new": "accent",
    "taken": "plain",
    "done": "waiting",
    "accepted": "ok",
    "returned": "soon",
    "bounced": "soon",
    "cancelled": "quiet",
}


@dataclass(frozen=True)
class Told:
    """A field of the form in words."""

    label: str
    text: str
    is_link: bool


@dataclass(frozen=True)
class TaskPage:
    """`act` is the one that was refused, `typed` what was typed in its form; `service` what there
    may be something to read about."""

    card: TaskCard
    tone: str
    client_href: str
    told: tuple[Told, ...]
    flags: tuple[tuple[str, Any, bool], ...]
    around: tuple[Person, ...]
    colleagues: tuple[tuple[int, str], ...]
    bounce: BounceForm | None
    move_reasons: tuple[tuple[str, Any], ...]
    cancel_reasons: tuple[tuple[str, Any], ...]
    unread: int
    problem: PultError | None
    right_way: str
    service: str
    act: str
    typed: Mapping[str, str]

    @property
    def primary(self) -> tuple[tuple[str, Any, str], ...]:
        """(act, words, icon) of what one press does."""
        found = {
            "take": (_("Take: it can be done by then"), "hand"),
            "hand_in": (_("Hand in"), "send"),
            "accept": (_("Accept the work"), "check"),
            "restore": (_("Bring back"), "undo-2"),
        }
        may = self.card.acts
        return tuple((code, *looks) for code, looks in found.items() if code in may)


def task_page(
    user: "User",
    task_id: int,
    *,
    problem: PultError | None = None,
    act: str = "",
    typed: Mapping[str, str] | None = None,
) -> TaskPage:
    """The task as this person sees it; raises NotVisible."""
    card = task_card(user, task_id)
    near = near_task(user, card)
    may = card.acts
    return TaskPage(
        card=card,
        tone=TONES.get(card.row.state, "plain"),
        client_href=address_of("client", card.row.client_id) if card.sees_client else "",
        told=tuple(_told(one) for one in card.fields if one.value not in (None, "")),
        flags=tuple((code, words, getattr(card.row, code)) for code, words in FLAGS.items()),
        around=near.called,
        colleagues=near.colleagues,
        bounce=bounce_form(card, typed if act == "bounce" else None) if "bounce" in may else None,
        move_reasons=tuple(DeadlineMove.Reason.choices),
        cancel_reasons=tuple(CANCEL_REASONS.items()),
        service=_service(user, card.row.department),
        unread=sum(one.is_new for one in card.comments),
        problem=problem,
        right_way=getattr(problem, "right_way", ""),
        act=act,
        typed=typed or {},
    )


def moment_in(given: Mapping[str, str], field: str) -> datetime | None:
    """A moment typed in the reader's zone; None for an empty field."""
    text = given.get(field, "").strip()
    if not text:
        return None
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise BadInput(_("Choose a day and a time"), field=field)
    check_day(found.date(), field)
    if abs(found.utcoffset() or timedelta()) > FARTHEST_ZONE:
        raise BadInput(_("Choose a day and a time"), field=field)
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def _service(user: "User", department: str) -> str:
    """A department makes the service of its name; a contractor reads none of what we know."""
    known = department in ServiceLine.Tool.values and not user.roles.isdisjoint(STAFF)
    return department if known else ""


def _told(field: FieldValue) -> Told:
    text = formats.money(field.value) if field.type == "money" else str(field.value)
    if field.type == "choice":
        text = dict(field.options).get(text, text)
    if field.type == "date":
        text = ".".join(reversed(text.split("-")))
    return Told(field.label, text, field.type == "link")
