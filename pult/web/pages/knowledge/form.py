"""The form of an entry: a new one, or the next edition of one there is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pult.clients.access import require
from pult.clients.models import ServiceLine
from pult.kernel.errors import PultError
from pult.knowledge.actions import KEEPERS, add_entry, may_write, rewrite_entry
from pult.knowledge.models import Entry
from pult.knowledge.queries import entry_for
from pult.people.queries import business_day, colleague, colleagues
from pult.web.fields import Form, day_of, day_or_none, id_in, not_offered, one_of
from pult.web.pages.knowledge.page import AGAIN, Options

if TYPE_CHECKING:
    from pult.people.models import User

FIELDS = (
    *("subject", "service", "title", "words", "text", "since", "check_by"),
    *("keeper", "note", "version"),
)


@dataclass(frozen=True)
class FormPage:
    """The values shown are those just sent when they could not be taken."""

    entry_id: int | None
    title: str
    values: Mapping[str, str]
    subjects: Options
    services: Options
    keepers: Options
    may_name: bool
    problem: PultError | None


def form_page(
    user: "User", entry_id: int | None, *, sent: Form, problem: PultError | None
) -> FormPage:
    """Raises Refusal for an entry somebody else keeps."""
    row = entry_for(entry_id) if entry_id is not None else None
    if row is not None and not may_write(user, row.keeper_id):
        require(user, *KEEPERS, act=_("write what a colleague keeps"))
    may_name = not user.roles.isdisjoint(KEEPERS)
    return FormPage(
        entry_id=entry_id,
        title=row.title if row else "",
        values=_values(user, row)
        | {name: str(sent[name]) for name in FIELDS if problem and name in sent},
        subjects=tuple(Entry.Subject.choices),
        services=(("", "—"), *ServiceLine.Tool.choices),
        keepers=colleagues() if may_name else (),
        may_name=may_name,
        problem=problem,
    )


def entry_as_sent(by: "User", entry_id: int | None, form: Form) -> Entry:
    """Write the entry of the form."""
    told: dict[str, Any] = {
        "title": str(form.get("title", "")),
        "text": str(form.get("text", "")),
        "words": str(form.get("words", "")),
        "service": one_of(form, "service", ("", *ServiceLine.Tool.values)),
        "since": day_or_none(form, "since"),
        "check_by": day_of(form, "check_by"),
    }
    if entry_id is None:
        subject = one_of(form, "subject", Entry.Subject.values)
        return add_entry(by=by, subject=subject, keeper=_keeper(form) or by, **told)
    return rewrite_entry(
        by=by,
        entry_id=entry_id,
        version=id_in(form, "version") or 0,
        note=str(form.get("note", "")),
        keeper=_keeper(form),
        **told,
    )


def _keeper(form: Form) -> "User | None":
    chosen = str(form.get("keeper", ""))
    person = colleague(chosen)
    if chosen and person is None:
        raise not_offered("keeper")
    return person


def _values(user: "User", row: Entry | None) -> dict[str, str]:
    today = business_day()
    ahead = {"since": today.isoformat(), "check_by": (today + AGAIN).isoformat()}
    if row is None:
        return {"keeper": str(user.pk), "subject": Entry.Subject.PLAIN.value, **ahead}
    kept = {name: str(getattr(row, name)) for name in ("service", "title", "words", "text")}
    return {**kept, "keeper": str(row.keeper_id), "version": str(row.version), **ahead}
