"""Contacts with a client: two taps to log one, and what was said before."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pult.clients.queries import client_header, client_people
from pult.comms.actions import EVERYBODY, SEERS, TALKERS
from pult.comms.models import Interaction
from pult.comms.queries import ContactEntry, awaited_since, contact_log
from pult.kernel.days import check_day
from pult.kernel.errors import BadInput, PultError
from pult.kernel.roles import Role
from pult.kernel.words import id_of
from pult.people.models import Department
from pult.web.answers import came_from
from pult.web.cursors import cursor_of, place_of
from pult.web.fields import not_offered, one_of
from pult.web.obligations import client_href

if TYPE_CHECKING:
    from pult.people.models import User

CHANNELS = {"call": "phone", "messenger": "message-circle", "mail": "mail", "meeting": "users"}
OURS = ("accounts", "sales", "management", "it")
OUTCOMES = {"two_way": "check", "attempt": "phone-missed", "light": "hand"}

DEPARTMENTS = (
    ("", gettext_lazy("every department")),
    ("own", Department.Code.ACCOUNTS.label),
    *((code, label) for code, label in Department.Code.choices if code not in OURS),
)


@dataclass(frozen=True)
class Tap:
    """One of the two taps: a channel or an outcome."""

    code: str
    label: str
    icon: str


@dataclass(frozen=True)
class ContactsPage:
    """The log of a client and the form. `people` are (id, name) of those one may have talked to,
    `ticked` the ids of those the form named; `awaited_since` is when an answer of the client began
    to be awaited. `speaks_for_us` is not said of another department, `may_see` while something it
    noted is new to whoever answers for the client."""

    client_id: int
    client: str
    client_href: str
    title: str
    sub: str
    action: str
    back: str
    channels: tuple[Tap, ...]
    outcomes: tuple[Tap, ...]
    people: tuple[tuple[int, str], ...]
    ticked: frozenset[int | None]
    may_log: bool
    speaks_for_us: bool
    may_see: bool
    departments: tuple[tuple[str, Any], ...]
    department: str
    may_erase_all: bool
    awaited_since: datetime | None
    entries: tuple[ContactEntry, ...]
    older: str
    form: str = "contacts/form.html"
    values: dict[str, Any] = field(default_factory=dict)
    problem: PultError | None = None


def taps_of(choices: Any, icons: dict[str, str]) -> tuple[Tap, ...]:
    """The choices with their words and icons, in the order of the icons."""
    return tuple(Tap(code, str(choices(code).label), icon) for code, icon in icons.items())


def contacts_page(request: HttpRequest, client_id: int) -> ContactsPage:
    """Raises NotVisible for somebody else's client."""
    user: User = request.user
    header = client_header(user, client_id)
    people = client_people(user, client_id)
    department = one_of_these(request.GET.get("department", ""))
    before = place_of(request.GET.get("before", ""))
    among = {"own": ""}.get(department, department or None)
    entries = contact_log(user, client_id, before=before, department=among)
    here = reverse("client_contacts", args=[client_id])
    return ContactsPage(
        client_id=client_id,
        client=header.name,
        client_href=client_href(client_id),
        title=_("Log a contact"),
        sub="",
        action=here,
        back=came_from(request, here),
        channels=taps_of(Interaction.Channel, CHANNELS),
        outcomes=taps_of(Interaction.Outcome, OUTCOMES),
        people=tuple((one.id, one.name) for one in people if not one.left),
        ticked=frozenset(map(id_of, request.POST.getlist("person"))),
        may_log=not user.roles.isdisjoint(EVERYBODY),
        speaks_for_us=not user.roles.isdisjoint(TALKERS),
        may_see=not user.roles.isdisjoint(SEERS) and any(one.is_new for one in entries),
        departments=DEPARTMENTS,
        department=department,
        may_erase_all=not user.roles.isdisjoint((Role.HEAD, Role.DIRECTOR)),
        awaited_since=awaited_since(client_id),
        entries=entries,
        older=_older(here, entries, department),
        values={"channel": _channel(request.GET, entries)} | request.POST.dict(),
    )


def _channel(query: QueryDict, entries: tuple[ContactEntry, ...]) -> str:
    """The channel the row asks for; else the one last used with this client."""
    wanted = query.get("channel", "")
    last = next((one.channel for one in entries if not one.is_voided), "call")
    return wanted if wanted in CHANNELS else last


def given_contact(given: QueryDict) -> dict[str, Any]:
    """What the form says, for `log_contact`; BadInput for a moment or a person it cannot read."""
    if given.get("channel") not in CHANNELS or given.get("outcome") not in OUTCOMES:
        raise BadInput(_("Choose how you talked and how it went"), field="channel")
    if given["channel"] == "meeting" and given["outcome"] == "two_way" and not _note(given):
        raise BadInput(
            _("A meeting leaves minutes"),
            field="note",
            cure=_("Write what was agreed, one line is enough"),
        )
    return {
        "channel": given["channel"],
        "outcome": given["outcome"],
        "direction": one_of(given, "direction", Interaction.Direction.values, "out"),
        "at": _moment(given.get("at", "")),
        "note": _note(given),
        "contact_ids": [_person(one) for one in given.getlist("person")],
        "asked": given.get("asked") == "on",
    }


def _person(text: str) -> int:
    found = id_of(text)
    if found is None:
        raise not_offered("person")
    return found


def _note(given: QueryDict) -> str:
    return given.get("note", "").strip()


def _moment(text: str) -> datetime | None:
    """A back-dated moment in the reader's zone; nothing means now."""
    if not text:
        return None
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise BadInput(_("Choose a day and a time"), field="at")
    check_day(found.date(), "at")
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def one_of_these(department: str) -> str:
    """A department of the filter; empty, all of them, for any other word."""
    return department if department in dict(DEPARTMENTS) else ""


def _older(here: str, entries: tuple[ContactEntry, ...], department: str) -> str:
    if len(entries) < 50:
        return ""
    query = QueryDict(mutable=True)
    query["before"] = cursor_of(entries[-1].at, entries[-1].id)
    if department:
        query["department"] = department
    return f"{here}?{query.urlencode()}"
