"""What is done to the chosen tasks, each on its own."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pult.kernel.errors import BadInput
from pult.kernel.words import id_of
from pult.web.fields import day_of, id_in, one_of
from pult.web.pages.task.page import CANCEL_REASONS, moment_in
from pult.work.actions import change_many
from pult.work.models import DeadlineMove
from pult.work.queries import task_titles

if TYPE_CHECKING:
    from pult.people.models import User

ACTS = {
    "move": gettext_lazy("Move the deadline"),
    "assign": gettext_lazy("Name who does it"),
    "accept": gettext_lazy("Accept the work"),
    "cancel": gettext_lazy("Cancel the task"),
    "flag": gettext_lazy("Mark as urgent"),
    "snooze": gettext_lazy("Put off from my list"),
}


@dataclass(frozen=True)
class Outcome:
    """What to say: of all that was done, and of each task that refused."""

    words: str
    refused: tuple[str, ...]


def change_chosen(user: "User", given: QueryDict) -> Outcome:
    """Raises BadInput for a form that cannot be read; then nothing is done."""
    act = one_of(given, "act", ACTS)
    ids = [found for one in given.getlist("ids") if (found := id_of(one)) is not None]
    result = change_many(by=user, task_ids=ids, act=act, **_arguments(act, given))
    titles = task_titles(user, (one.task_id for one in result.refused))
    done = len(result.done)
    return Outcome(
        words=ngettext("%(n)d task is changed", "%(n)d tasks are changed", done) % {"n": done}
        if done
        else "",
        refused=tuple(
            _("“%(title)s”: %(why)s")
            % {"title": titles.get(one.task_id, one.task_id), "why": one.why}
            for one in result.refused
        ),
    )


def _arguments(act: str, given: QueryDict) -> dict[str, Any]:
    if act == "move":
        if (due := moment_in(given, "due")) is None:
            raise BadInput(_("Choose a day and a time"), field="due")
        reason = one_of(given, "reason", DeadlineMove.Reason.values)
        return {"due": due, "reason_code": reason, "note": given.get("note", "")}
    if act == "assign":
        return {"user_id": id_in(given, "user")}
    if act == "cancel":
        return {"reason_code": one_of(given, "cancel", CANCEL_REASONS)}
    if act == "flag":
        return {"flag": "urgent", "on": True}
    return {"until": day_of(given, "until")} if act == "snooze" else {}
