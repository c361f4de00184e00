"""What the forms of the arrangement do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pult.kernel.errors import BadInput, NotVisible
from pult.kernel.words import id_of
from pult.web.fields import day_or_none, id_in, not_offered, one_of, whole_of
from pult.work import actions
from pult.work.models import Recurrence

if TYPE_CHECKING:
    from pult.people.models import User


@dataclass(frozen=True)
class Arrangement:
    """`do(user, task_id, form)` writes; `words` tell that it is written."""

    do: Callable[["User", int, QueryDict], Any]
    words: Any


def arrangement_of(code: str) -> Arrangement:
    """The act of an address; NotVisible for one there is not."""
    if code not in ARRANGEMENTS:
        raise NotVisible(_("There is no such act"))
    return ARRANGEMENTS[code]


def _order(user: "User", task_id: int, given: QueryDict) -> None:
    after = [id_of(one) for one in given.getlist("after")]
    if None in after:
        raise not_offered("after")
    actions.set_dependencies(by=user, task_id=task_id, after_ids=[one for one in after if one])


def _repeat(user: "User", task_id: int, given: QueryDict) -> None:
    actions.repeat_task(
        by=user,
        task_id=task_id,
        basis=one_of(given, "basis", Recurrence.Basis.values),
        unit=one_of(given, "unit", Recurrence.Unit.values),
        every=whole_of(given, "every"),
        first_on=day_or_none(given, "first_on"),
        ends_on=day_or_none(given, "ends_on"),
    )


def _stop(user: "User", task_id: int, given: QueryDict) -> None:
    if (recurrence_id := id_in(given, "recurrence")) is None:
        raise not_offered("recurrence")
    actions.stop_repeating(by=user, recurrence_id=recurrence_id)


def _watch(user: "User", task_id: int, given: QueryDict) -> None:
    if (chosen := id_in(given, "user")) is None:
        raise BadInput(_("Choose a colleague"), field="user")
    actions.add_auditor(by=user, task_id=task_id, user_id=chosen)


ARRANGEMENTS = {
    "order": Arrangement(_order, gettext_lazy("What the task waits for is noted")),
    "repeat": Arrangement(_repeat, gettext_lazy("The task comes again")),
    "stop": Arrangement(_stop, gettext_lazy("The task comes no more")),
    "watch": Arrangement(_watch, gettext_lazy("An auditor is added")),
}
