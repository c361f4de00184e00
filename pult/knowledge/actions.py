"""Writing down what the agency knows: editions are added, never changed."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext as _

from pult.clients.access import client_for, require
from pult.clients.edits import check
from pult.kernel import clock
from pult.kernel.days import check_day
from pult.kernel.errors import BadInput, Conflict, Refusal
from pult.kernel.facts import acting, record
from pult.kernel.roles import Role
from pult.kernel.search import index_document, remove_document
from pult.kernel.texts import LONGEST_LINE, fitting
from pult.kernel.words import line_of, text_of
from pult.knowledge.models import Concern, Edition, Entry
from pult.knowledge.queries import entry_for
from pult.people.queries import acting_role, business_day, works_here

if TYPE_CHECKING:
    from pult.people.models import User

KEEPERS = (Role.HEAD, Role.PRODUCTION_HEAD, Role.PRODUCTION_DIRECTOR, Role.DIRECTOR)
TELLERS = (Role.AM, Role.HEAD, Role.DIRECTOR)
KIND = "knowledge"


def may_write(user: "User", keeper_id: int) -> bool:
    """Heads write every entry, whoever keeps one writes that one."""
    return keeper_id == user.pk or not user.roles.isdisjoint(KEEPERS)


def add_entry(
    *,
    by: "User",
    subject: str,
    title: str,
    text: str,
    keeper: "User",
    check_by: date,
    service: str = "",
    words: str = "",
    since: date | None = None,
) -> Entry:
    """Write a new entry, in force from `since` (today by default).

    Raises BadInput for an entry without words, a keeper who does not work here, a day to check
    that has passed, a title that is taken.
    """
    require(by, *KEEPERS, act=_("add an entry of knowledge"))
    today = business_day()
    row = Entry(subject=subject, service=service, keeper=keeper, checked_on=today)
    row.title, row.words, row.text = line_of(title), line_of(words), text_of(text)
    row.since, row.check_by = since or today, check_by
    _check(row, today)
    _check_keeper(keeper)
    with acting(0):
        _refuse_twin(row)
        row.save(force_insert=True)
        _keep_edition(row, by, "")
        _tell(row, by, "knowledge.kept", person=keeper.pk)
    return row


def rewrite_entry(
    *,
    by: "User",
    entry_id: int,
    version: int,
    title: str,
    text: str,
    check_by: date,
    words: str = "",
    service: str = "",
    since: date | None = None,
    note: str = "",
    keeper: "User | None" = None,
) -> Entry:
    """Write the next edition; whoever writes has made sure of it. Words that are as they were
    leave the edition alone. `keeper`: another one from now on, which a head alone may say.

    Raises Refusal for somebody else's entry and one put away, BadInput as above, Conflict when
    somebody wrote meanwhile.
    """
    today = business_day()
    with acting(0):
        row = _own(by, entry_id, version)
        before = (row.title, row.text, row.since)
        row.title, row.words, row.text = line_of(title), line_of(words), text_of(text)
        row.service, row.check_by, row.checked_on = service, check_by, today
        row.since = since or row.since
        _check(row, today)
        _refuse_twin(row)
        _hand_on(row, by, keeper)
        is_new = before != (row.title, row.text, row.since)
        row.edition += is_new
        row.version += 1
        row.save()
        if is_new:
            _keep_edition(row, by, fitting(line_of(note), "note", LONGEST_LINE))
        else:
            index_entry(row)
            _tell(row, by, "knowledge.checked", payload={"check_by": check_by.isoformat()})
    return row


def confirm_entry(*, by: "User", entry_id: int, version: int, check_by: date) -> Entry:
    """It is still so; look again by another day."""
    today = business_day()
    with acting(0):
        row = _own(by, entry_id, version)
        row.checked_on, row.check_by, row.version = today, check_by, row.version + 1
        _check_ahead(check_by, today)
        row.save(update_fields=["checked_on", "check_by", "version"])
        _tell(row, by, "knowledge.checked", payload={"check_by": check_by.isoformat()})
    return row


def shelve_entry(*, by: "User", entry_id: int, away: bool) -> None:
    """Put an entry away (it is in no list and no search, its editions stay) or bring it back."""
    require(by, *KEEPERS, act=_("put knowledge away"))
    with acting(0):
        row = entry_for(entry_id)
        if not away:
            _refuse_twin(row)
        fresh = Entry.objects.filter(pk=row.pk, is_away=not away)
        if fresh.update(is_away=away, version=F("version") + 1):
            _tell(row, by, "knowledge.shelved", state="away" if away else "back", key=str(row.pk))
            if away:
                remove_document(KIND, row.pk)
            else:
                index_entry(row)


def concern_client(*, by: "User", client_id: int, entry_id: int, on: bool = True) -> None:
    """Say that an entry concerns a client (its industry, its competitor), or no longer does."""
    role = require(by, *TELLERS, act=_("say what concerns a client"))
    client = client_for(by, client_id)
    with acting(client.pk):
        row = entry_for(entry_id)
        if on:
            _refuse_away(row)
        known = Concern.objects.filter(client=client, entry=row)
        if on == known.exists():
            return
        if on:
            Concern.objects.create(client=client, entry=row)
        else:
            known.delete()
        record(
            "knowledge.concerns",
            root_id=client.pk,
            refs={"client": client.pk, "entry": row.pk},
            by=by,
            role=role,
            key=str(row.pk),
            state="on" if on else "off",
        )


def index_entry(row: Entry) -> None:
    """Let the search find it, inside the current action."""
    index_document(KIND, row.pk, 0, row.title, f"{row.words} {row.text}")


def _own(by: "User", entry_id: int, version: int) -> Entry:
    row = entry_for(entry_id)
    if not may_write(by, row.keeper_id):
        require(by, *KEEPERS, act=_("write what a colleague keeps"))
    _refuse_away(row)
    if row.version != version:
        raise Conflict(
            _("Somebody changed this while you were editing"),
            cure=_("What you typed is still in the form: look at the entry and save again"),
        )
    return row


def _refuse_away(row: Entry) -> None:
    if row.is_away:
        raise Refusal(_("This entry has been put away"), cure=_("A head can bring it back"))


def _check(row: Entry, today: date) -> None:
    if not row.title:
        raise BadInput(_("An entry needs a title"), field="title")
    if not row.text:
        raise BadInput(_("An entry needs words"), field="text")
    if row.subject == Entry.Subject.SERVICE and not row.service:
        raise BadInput(_("Say which service it is about"), field="service")
    check_day(row.since, "since")
    _check_ahead(row.check_by, today)
    check(row)


def _check_ahead(check_by: date, today: date) -> None:
    check_day(check_by, "check_by")
    if check_by <= today:
        raise BadInput(_("The next check is a day ahead"), field="check_by")


def _check_keeper(keeper: "User") -> None:
    if not works_here(keeper):
        raise BadInput(
            _("%(name)s holds no role at the agency") % {"name": keeper.full_name}, field="keeper"
        )


def _hand_on(row: Entry, by: "User", keeper: "User | None") -> None:
    if keeper is None or keeper.pk == row.keeper_id:
        return
    require(by, *KEEPERS, act=_("name who keeps an entry"))
    _check_keeper(keeper)
    row.keeper = keeper
    _tell(row, by, "knowledge.kept", person=keeper.pk)


def _refuse_twin(row: Entry) -> None:
    others = Entry.objects.filter(subject=row.subject, is_away=False).exclude(pk=row.pk)
    if row.title.casefold() in {one.casefold() for one in others.values_list("title", flat=True)}:
        raise BadInput(_("There is an entry with this title already"), field="title")


def _keep_edition(row: Entry, by: "User", note: str) -> None:
    Edition.objects.create(
        entry=row,
        number=row.edition,
        title=row.title,
        text=row.text,
        since=row.since,
        note=note,
        by=by,
        at=clock.now(),
    )
    index_entry(row)
    told = {"edition": row.edition, "since": row.since.isoformat()}
    _tell(row, by, "knowledge.written", payload=told)


def _tell(row: Entry, by: "User", kind: str, person: int | None = None, **fact: Any) -> None:
    refs = {"entry": row.pk} | ({"person": person} if person else {})
    record(kind, root_id=0, refs=refs, by=by, role=acting_role(by, *KEEPERS), **fact)
