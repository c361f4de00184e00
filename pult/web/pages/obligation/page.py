"""The forms of a row: put it off, dispute it, make an exception."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from pult.comms.models import Interaction
from pult.kernel.calendar import day_date, day_index
from pult.kernel.errors import BadInput, PultError
from pult.kernel.roles import Role
from pult.kernel.words import id_of
from pult.money.queries.reminders import reminding_channel
from pult.people.queries import business_day
from pult.regulation.actions import Target
from pult.regulation.calendars import current_calendar
from pult.regulation.labels import card_of
from pult.regulation.queries import LedgerRow, same_act
from pult.ui import formats
from pult.web.answers import came_from
from pult.web.fields import not_offered
from pult.web.obligations import acting_as, obligation_for, waivers_of, what_to_do

if TYPE_CHECKING:
    from pult.people.models import User

WAIVED_FOR = timedelta(days=14)
WHOLE = "act"
ALONE = ":alone"  # after a row's number: this deadline without the others of its trigger


@dataclass(frozen=True)
class TopUpLine:
    """A line of the ad account that is topped up: its field of the form and what that is called,
    the sum typed or proposed, what the agency holds for it, what is wrong with the sum."""

    id: int
    name: str
    field: str
    label: str
    value: str
    held: str
    error: str = ""


@dataclass(frozen=True)
class RowForm:
    """A form about a row. `rows` are all the act discharges, the row itself first; `options` name
    them for a choice; `values` are what was typed or is proposed."""

    title: str
    form: str
    action: str
    client: str
    sub: str
    role: str
    rows: tuple[LedgerRow, ...]
    back: str
    soonest: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    problem: PultError | None = None
    reasons: tuple[str, ...] = ()
    scopes: tuple[tuple[str, str], ...] = ()
    channels: tuple[tuple[str, str], ...] = ()
    may_waive: bool = True
    who: str = ""
    held: str = ""
    lines: tuple[TopUpLine, ...] = ()
    invoices: tuple[tuple[int, str], ...] = ()
    ticked: frozenset[int] = frozenset()

    @property
    def asks_reason(self) -> bool:
        """Whether more was typed than the agency holds: a reason is wanted then."""
        wanted = isinstance(self.problem, BadInput) and self.problem.field == "reason"
        return wanted or bool(self.values.get("reason"))

    @property
    def others(self) -> str:
        """What else the row of the day is about, by name: this form is about its first subject
        and the `lines` that share its ad account."""
        subjects = {same[0].subject_id: same[0].subject for same in self._subjects}
        here = {self.row.subject_id, *(line.id for line in self.lines)}
        return ", ".join(name for pk, name in subjects.items() if pk not in here)

    @property
    def row(self) -> LedgerRow:
        return self.rows[0]

    @property
    def clauses(self) -> tuple[tuple[str, str], ...]:
        return tuple(dict.fromkeys((row.clause, row.title) for row in self.rows))

    @property
    def options(self) -> list[tuple[str, str]]:
        """The whole act, which is one row of the day, then a choice for each subject: its
        deadlines are excused together, so all are named."""
        return self._with_whole([(str(same[0].id), _option(same)) for same in self._subjects])

    @property
    def deadlines(self) -> list[tuple[str, str]]:
        """The same, and where a subject has several deadlines, a choice for each of them."""
        return self._with_whole([option for same in self._subjects for option in _deadlines(same)])

    def _with_whole(self, each: list[tuple[str, str]]) -> list[tuple[str, str]]:
        if len(self._subjects) < 2:
            return each
        clauses = ", ".join(dict.fromkeys(row.clause for row in self.rows))
        return [(WHOLE, _("all of it: %(clauses)s") % {"clauses": clauses}), *each]

    @property
    def _subjects(self) -> list[list[LedgerRow]]:
        found: dict[tuple[object, ...], list[LedgerRow]] = {}
        for row in self.rows:
            same = (row.clause, row.subject_type, row.subject_id, row.row_key)
            found.setdefault(same, []).append(row)
        return list(found.values())

    def chosen(self, given: QueryDict) -> list[LedgerRow]:
        """A row of each subject of the act, or the one chosen among them; BadInput for any
        other."""
        wanted = (given.get("row") or WHOLE).removesuffix(ALONE)
        if wanted == WHOLE:
            return [same[0] for same in self._subjects]
        for row in self.rows:
            if str(row.id) == wanted:
                return [row]
        raise BadInput(_("Choose one of the rows"), field="row")

    def reminded(self, given: QueryDict) -> list[int]:
        """The invoices ticked, all where there is nothing to tick; BadInput for a foreign one."""
        known = {str(pk): pk for pk, _words in self.invoices}
        if len(known) < 2:
            return sorted(known.values())
        ticked = given.getlist("invoice")
        if not known.keys() >= set(ticked):
            raise not_offered("invoice")
        return sorted(known[one] for one in set(ticked))


def _deadlines(same: Sequence[LedgerRow]) -> list[tuple[str, str]]:
    """All deadlines of a trigger together, and each of those the act discharges alone."""
    card, whole = card_of(same[0].clause), _option(same)
    if card is None or len(card.deadlines) < 2:
        return [(str(same[0].id), whole)]
    if len(same) == 1:
        whole = _("%(row)s, with its other deadlines") % {"row": whole}
    return [
        (str(same[0].id), whole),
        *((f"{row.id}{ALONE}", _("only: %(row)s") % {"row": _option([row])}) for row in same),
    ]


def _option(same: Sequence[LedgerRow]) -> str:
    """«1.13 Деньги приходят вовремя счёт № 77 (срок: 19.11.2026, 20.11.2026)»."""
    words = " ".join(filter(None, [same[0].clause, same[0].title, same[0].subject]))
    days = sorted({business_day(row.due) for row in same if row.due})
    if not days:
        return words
    said = ", ".join(formats.short_day(day) for day in days)
    return _("%(row)s (due %(days)s)") % {"row": words, "days": said}


def postpone_form(request: HttpRequest, obligation_id: int) -> RowForm:
    """Until when and why; by default until the next working day."""
    following = current_calendar().add_workdays(day_index(business_day()), 1)
    return row_form(
        request,
        obligation_id,
        name="postponement",
        form="obligation/postpone.html",
        title=_("Put off until"),
        proposed={"until": day_date(following).isoformat()},
        reasons=(
            _("The client asked to come back later"),
            _("Waiting for a colleague"),
            _("Agreed on another day"),
        ),
    )


def dispute_form(request: HttpRequest, obligation_id: int) -> RowForm:
    """Which row is wrong and what shows it."""
    return row_form(
        request,
        obligation_id,
        name="dispute",
        form="obligation/dispute.html",
        title=_("This is wrong"),
    )


def waive_form(request: HttpRequest, obligation_id: int) -> RowForm:
    """An exception for this row or for all rows of its subject, by a role the card names."""
    page = row_form(
        request,
        obligation_id,
        name="waiver",
        form="obligation/waive.html",
        title=_("Make an exception"),
        proposed={"until": (business_day() + WAIVED_FOR).isoformat(), "scope": "row"},
        scopes=(("row", _("this row")), ("subject", _("every row of this clause here"))),
    )
    rows = [row for row in page.rows if request.user.roles & waivers_of(row.clause)]
    allowed = sorted({role for row in page.rows for role in waivers_of(row.clause)})
    who = ", ".join(str(Role(role).label) for role in allowed)
    return replace(page, rows=tuple(rows) or page.rows, may_waive=bool(rows), who=who)


def reminder_form(request: HttpRequest, obligation_id: int) -> RowForm:
    """How the client was reminded of the invoice the row is about: one tap, the likeliest first."""
    page = row_form(
        request,
        obligation_id,
        name="obligation_reminder",
        form="obligation/remind.html",
        title=_("How did you remind?"),
    )
    usual = reminding_channel(page.row.root_id)
    known = sorted(Interaction.Channel.choices, key=lambda one: one[0] != usual)
    about = {row.subject_id: row.subject for row in page.rows if row.subject_type == "invoice"}
    asks = request.method == "POST" and len(about) > 1
    ticked = request.POST.getlist("invoice") if asks else map(str, about)
    return replace(
        page,
        channels=tuple((code, str(label)) for code, label in known),
        invoices=tuple(about.items()),
        ticked=frozenset(map(id_of, ticked)) & about.keys(),
    )


def target_of(row: LedgerRow, scope: str) -> Target:
    """What an exception covers: the row, or every row of its clause and subject."""
    return Target(
        clause=row.clause,
        root_id=row.root_id,
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        row_key=0 if scope == "subject" else row.row_key,
    )


def waiving_role(user: "User", row: LedgerRow) -> str:
    """The role in which a person makes an exception; empty when none of theirs may."""
    return next(iter(sorted(user.roles & waivers_of(row.clause))), "")


def row_form(
    request: HttpRequest,
    obligation_id: int,
    *,
    name: str,
    form: str,
    title: str,
    proposed: dict[str, Any] | None = None,
    **more: Any,
) -> RowForm:
    row = obligation_for(request.user, obligation_id)
    role = acting_as(request.user, row) if name != "waiver" else ""
    typed = {key: value for key, value in request.POST.items() if key != "csrfmiddlewaretoken"}
    return RowForm(
        title=title,
        form=form,
        action=reverse(name, args=[obligation_id]),
        client=row.client,
        sub=what_to_do(row),
        role=role,
        rows=tuple(same_act(obligation_id)),
        back=came_from(request, reverse("my_day")),
        soonest=(business_day() + timedelta(days=1)).isoformat(),
        values={**(proposed or {}), **typed},
        **more,
    )
