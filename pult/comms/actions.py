"""Logging what was said. A contact is two taps: the channel and how it went."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pult.clients.access import client_for, clients_of, holder, require
from pult.clients.edits import change, check, only
from pult.clients.models import Client, Contact
from pult.comms.models import Interaction
from pult.comms.queries import NEW, awaited_since, is_missed, require_own
from pult.kernel import clock, rows
from pult.kernel.days import check_day
from pult.kernel.errors import BadInput, NotVisible
from pult.kernel.facts import acting, record, void
from pult.kernel.models import Fact
from pult.kernel.texts import LONGEST_LINE, fitting
from pult.kernel.words import line_of
from pult.people.models import Department
from pult.people.queries import stood_in_for

if TYPE_CHECKING:
    from pult.people.models import User

TALKERS = ("am", "sales", "head", "director")
# Other departments talk with clients too; the manager sees it, no duty of theirs is met by it.
OTHERS = ("executor", "production_head", "production_director", "accountant")
EVERYBODY = (*TALKERS, *OTHERS)
SEERS = ("am", "head", "director")
FACTUAL = frozenset(["channel", "direction", "outcome", "at"])
EDITABLE = FACTUAL | {"note"}
MISSED = "missed"
FACT_FIELDS = ("fact", "meeting_fact", "waits_fact")


def log_contact(
    *,
    by: "User",
    client_id: int,
    channel: str,
    outcome: str,
    direction: str = Interaction.Direction.OUT,
    at: datetime | None = None,
    note: str = "",
    contact_ids: Iterable[int] = (),
    brand_id: int | None = None,
    asked: bool = False,
) -> Interaction:
    """Note a contact with a client, now by default.

    `asked`: the next word is the client's, so the wait is shown as theirs; a two-way contact
    ends such a wait. A meeting with minutes in `note` counts as a meeting held. What the client
    began and nobody answered is a call or letter missed: the next word is ours (М2.1).

    What another department notes counts for no duty of the manager's, who sees it as new; but a
    missed call asks for our word whoever noted it.
    """
    role = require(by, *EVERYBODY, act=gettext_lazy("talk to clients"))
    client = client_for(by, client_id)
    role = _role_here(by, client.pk, role)
    now = clock.now()
    row = Interaction(
        client=client,
        brand=_brand(client, brand_id),
        channel=channel,
        direction=direction,
        outcome=outcome,
        at=at or now,
        by=by,
        note=note.strip(),
        noted_at=now,
        department=department_of(by) if role in OTHERS else "",
    )
    _check_moment(row.at)
    people = _people(client, contact_ids)
    with acting(client.pk):
        _tell(row, by, role, asked=asked)
        check(row)
        rows.add(row)
        if people:
            row.contacts.set(people)
    return row


def log_meeting(
    *,
    by: "User",
    client_id: int,
    minutes: str,
    at: datetime | None = None,
    contact_ids: Iterable[int] = (),
    brand_id: int | None = None,
) -> Interaction:
    """Note a meeting that took place; without minutes it is a contact, not a meeting held."""
    if not minutes.strip():
        raise BadInput(
            _("A meeting leaves minutes"),
            field="minutes",
            cure=_("Write what was agreed, one line is enough"),
        )
    return log_contact(
        by=by,
        client_id=client_id,
        channel=Interaction.Channel.MEETING,
        outcome=Interaction.Outcome.TWO_WAY,
        at=at,
        note=minutes,
        contact_ids=contact_ids,
        brand_id=brand_id,
    )


def edit_contact(
    *, by: "User", client_id: int, interaction_id: int, version: int, **changes: Any
) -> Interaction:
    """Correct an entry of one's own (a head: anybody's); NotVisible for another client's.

    When what happened changes, the old facts are taken back and told anew; new words of a note
    alone leave the facts as they are.
    """
    role = require(by, *EVERYBODY, act=_("talk to clients"))
    _own(by, client_id, interaction_id)
    role = _role_here(by, client_id, role)
    with acting(client_id):
        row = _own(by, client_id, interaction_id)  # somebody may have taken it back meanwhile
        _check_moment(changes.get("at") or row.at)
        was_meeting = _is_meeting(row)
        fields = change(row, version, only(changes, EDITABLE))
        if FACTUAL & set(fields) or was_meeting != _is_meeting(row):
            asked = row.waits_fact is not None and row.waits_fact.state == "on"
            _take_back(row, by, _("The entry was corrected"))
            _tell(row, by, role, asked=asked)
            row.save(update_fields=FACT_FIELDS)
    return row


def void_contact(*, by: "User", client_id: int, interaction_id: int, reason: str = "") -> None:
    """It did not happen: the facts are taken back, the row stays to show who wrote it. A typed
    reason joins the note, which can be erased; a fact cannot."""
    require(by, *EVERYBODY, act=_("talk to clients"))
    _own(by, client_id, interaction_id)
    typed = fitting(line_of(reason), "reason", LONGEST_LINE)
    if reason and not typed:
        raise BadInput(_("Say why the entry is wrong"), field="reason")
    with acting(client_id):
        row = _own(by, client_id, interaction_id)  # somebody may have corrected it meanwhile
        _take_back(row, by, "logged by mistake")
        note, version = f"{row.note}\n{typed}".strip(), F("version") + 1
        kept = Interaction.objects.filter(pk=row.pk)
        kept.update(voided_at=clock.now(), version=version, note=note)


def erase_note(*, by: "User", client_id: int, interaction_id: int) -> None:
    """Erase the words of one's own entry (a head: anybody's), keep the fact of the contact.

    A correction begun before that is a Conflict: it would bring the words back.
    """
    role = require(by, *EVERYBODY, act=_("erase notes"))
    row = _visible(by, client_id, interaction_id)
    if row.by_id != by.pk:
        role = require(by, "head", "director", act=_("erase a colleague's note"))
    with acting(client_id):
        worded = Interaction.objects.filter(pk=row.pk).exclude(note="")
        if worded.update(note="", version=F("version") + 1):
            record(
                "contact.note_erased",
                root_id=client_id,
                refs={"client": client_id, "contact": row.pk},
                by=by,
                role=role,
            )


def end_wait(*, by: "User", client_id: int) -> None:
    """The client answered elsewhere, or the question is withdrawn: nothing is awaited."""
    role = require(by, *TALKERS, act=_("talk to clients"))
    client = client_for(by, client_id)
    with acting(client.pk):
        if awaited_since(client.pk):
            _record("contact.waits", client.pk, by, role, state="off")


def see_contacts(*, by: "User", client_id: int) -> int:
    """The manager has seen what other departments noted of a client; how many entries were new."""
    role = require(by, *SEERS, act=_("answer for a client"))
    client = client_for(by, client_id)
    with acting(client.pk):
        fresh = Interaction.objects.filter(NEW, client=client)
        count = fresh.update(seen_at=clock.now(), seen_by=by)
        if count:
            _record("contact.seen", client.pk, by, role, value=count)
    return count


def _role_here(by: "User", client_id: int, role: str) -> str:
    """The role on this client: a manager of others alone speaks for their own department."""
    other = next((one for one in OTHERS if one in by.roles), "")
    if role != "am" or not other:
        return role
    manager = holder(client_id, "am")
    if manager is None or manager.pk == by.pk or manager in stood_in_for(by):
        return role
    return other


def _tell(row: Interaction, by: "User", role: str, *, asked: bool) -> None:
    """Record the facts of an entry and keep them on it."""
    payload = {"channel": row.channel, "direction": row.direction}
    missed = is_missed(row.direction, row.outcome)
    if row.department and not missed:
        told = {"at": row.at, "state": row.outcome, "payload": payload}
        row.fact = _record("contact.elsewhere", row.client_id, by, role, **told)
        row.meeting_fact = row.waits_fact = None
        return
    row.fact = _record(
        "contact.logged",
        row.client_id,
        by,
        role,
        at=row.at,
        state=MISSED if missed else row.outcome,
        payload=payload,
    )
    row.meeting_fact = (
        _record("meeting.held", row.client_id, by, role, at=row.at) if _is_meeting(row) else None
    )
    row.waits_fact = None
    if asked:
        row.waits_fact = _record("contact.waits", row.client_id, by, role, at=row.at, state="on")
    elif row.outcome == Interaction.Outcome.TWO_WAY:
        since = awaited_since(row.client_id)
        if since and since <= row.at:
            row.waits_fact = _record(
                "contact.waits", row.client_id, by, role, at=row.at, state="off"
            )


def _take_back(row: Interaction, by: "User", reason: str) -> None:
    for name in FACT_FIELDS:
        if fact := getattr(row, name):
            void(fact, by=by, reason=reason)


def _record(kind: str, client_id: int, by: "User", role: str, **fact: Any) -> Fact:
    return record(kind, root_id=client_id, refs={"client": client_id}, by=by, role=role, **fact)


def department_of(by: "User") -> str:
    """The department that notes a contact; its work where a person is in none."""
    if by.department_id:
        return str(by.department.code)
    accounts = "accountant" in by.roles
    return (Department.Code.ACCOUNTING if accounts else Department.Code.PRODUCTION).value


def _is_meeting(row: Interaction) -> bool:
    talked = row.outcome == Interaction.Outcome.TWO_WAY
    return row.channel == Interaction.Channel.MEETING and talked and bool(row.note)


def _check_moment(at: datetime) -> None:
    """BadInput for what is still ahead and for a day no contact of this agency can have had."""
    check_day(at.date(), "at")
    if at > clock.now():
        raise BadInput(_("This is still ahead"), field="at", cure=_("Log it once it has happened"))


def _brand(client: Client, brand_id: int | None) -> Any:
    if brand_id is None:
        return None
    brand = client.brands.filter(pk=brand_id).first()
    if brand is None:
        raise BadInput(_("This brand belongs to another client"), field="brand")
    return brand


def _people(client: Client, contact_ids: Iterable[int]) -> list[Contact]:
    wanted = set(contact_ids)
    found = list(client.contacts.filter(pk__in=wanted)) if wanted else []
    if len(found) != len(wanted):
        raise BadInput(_("This person belongs to another client"), field="contacts")
    return found


def _visible(by: "User", client_id: int, interaction_id: int) -> Interaction:
    rows = Interaction.objects.filter(client__in=clients_of(by).filter(pk=client_id))
    row = rows.select_related("client", *FACT_FIELDS).filter(pk=interaction_id).first()
    if row is None:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    return row


def _own(by: "User", client_id: int, interaction_id: int) -> Interaction:
    row = _visible(by, client_id, interaction_id)
    require_own(by, row)
    return row
