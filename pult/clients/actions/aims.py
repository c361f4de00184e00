"""What a client wants: its goals, needs and wishes, each followed until it is settled."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pult.clients.access import aim_for, client_for, require
from pult.clients.actions.cards import CREATORS
from pult.clients.edits import change, check, only
from pult.clients.models import GOALS, Aim
from pult.kernel.days import check_day
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.facts import acting, record, void
from pult.kernel.models import Fact
from pult.people.queries import business_day

if TYPE_CHECKING:
    from pult.people.models import User

EDITABLE = frozenset(["text", "due_on", "set_on"])


def add_aim(
    *,
    by: "User",
    client_id: int,
    kind: str,
    text: str,
    due_on: date | None = None,
    set_on: date | None = None,
) -> Aim:
    """Note a goal, a need or a wish in the client's words; a wish has its day."""
    role = require(by, *CREATORS, act=_("note what a client wants"))
    client = client_for(by, client_id)
    with acting(client.pk):
        aim = Aim(client=client, kind=kind, text=text, due_on=due_on, by=by)
        aim.set_on = set_on or business_day()
        _check(aim)
        aim.save(force_insert=True)
        _tell_noted(aim, by, role)
    return aim


def edit_aim(*, by: "User", aim_id: int, version: int, **changes: Any) -> Aim:
    """Say it better, or move its day; Conflict when somebody else was first."""
    role = require(by, *CREATORS, act=_("note what a client wants"))
    aim = aim_for(by, aim_id)
    with acting(aim.client_id):
        aim.refresh_from_db()
        if aim.state != Aim.State.OPEN:
            raise Refusal(_("This is settled already"), cure=_("Open it again first"))
        changes = only(changes, EDITABLE)
        _check(Aim(client=aim.client, by=by, kind=aim.kind, **_would_be(aim, changes)))
        if change(aim, version, changes, by):
            _tell_noted(aim, by, role)
    return aim


def close_aim(
    *, by: "User", aim_id: int, version: int, state: str, resolution: str, on: date | None = None
) -> Aim:
    """Settle it: done or dropped, with what came of it, on a day (today by default)."""
    role = require(by, *CREATORS, act=_("note what a client wants"))
    aim = aim_for(by, aim_id)
    on = on or business_day()
    check_day(on, "on")
    if state not in (Aim.State.DONE, Aim.State.DROPPED):
        raise BadInput(_("Say whether it is done or dropped"), field="state")
    if not resolution.strip():
        raise BadInput(_("Say what came of it"), field="resolution")
    if not aim.set_on <= on <= business_day():
        raise BadInput(_("It was settled between the day it was named and today"), field="on")
    with acting(aim.client_id):
        changes = {"state": state, "resolution": resolution, "closed_on": on}
        if change(aim, version, changes, by):
            _tell(f"{_family(aim)}.closed", aim, by, role, day=on, payload={"outcome": state})
    return aim


def reopen_aim(*, by: "User", aim_id: int, version: int) -> Aim:
    """It is not settled after all; the resolution stays in the history."""
    require(by, *CREATORS, act=_("note what a client wants"))
    aim = aim_for(by, aim_id)
    with acting(aim.client_id):
        changes = {"state": Aim.State.OPEN, "resolution": "", "closed_on": None}
        if change(aim, version, changes, by):
            told = Fact.objects.filter(
                root_id=aim.client_id, kind=f"{_family(aim)}.closed", key=str(aim.pk)
            )
            void(told.latest("pk"), by=by, reason=_("It is not settled after all"))
    return aim


def _would_be(aim: Aim, changes: dict[str, Any]) -> dict[str, Any]:
    return {name: changes.get(name, getattr(aim, name)) for name in EDITABLE}


def _check(aim: Aim) -> None:
    if not aim.text.strip():
        raise BadInput(_("Write it down in the client's words"), field="text")
    if aim.kind == Aim.Kind.WISH and aim.due_on is None:
        raise BadInput(_("A wish needs the day it is to be met by"), field="due_on")
    check_day(aim.set_on, "set_on")
    if aim.set_on > business_day():
        raise BadInput(_("It cannot have been named after today"), field="set_on")
    if aim.due_on:
        check_day(aim.due_on, "due_on")
        if aim.due_on < aim.set_on:
            raise BadInput(_("The day is before it was named"), field="due_on")
    check(aim)


def _family(aim: Aim) -> str:
    return "goal" if aim.kind in GOALS else aim.kind


def _tell_noted(aim: Aim, by: "User", role: str) -> None:
    _tell(f"{_family(aim)}.noted", aim, by, role, day=aim.due_on)


def _tell(kind: str, aim: Aim, by: "User", role: str, **fact: Any) -> None:
    refs = {"client": aim.client_id, "aim": aim.pk}
    record(kind, root_id=aim.client_id, refs=refs, by=by, role=role, key=str(aim.pk), **fact)
