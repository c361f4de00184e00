"""What is done to a task from its page: an act's code, what it reads of the form, what it says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pult.integrations.intake import clean_name
from pult.kernel.errors import BadInput, NotVisible
from pult.kernel.files import LARGEST
from pult.kernel.words import id_of
from pult.web.fields import day_of, day_or_none, id_in, minutes_of, one_of
from pult.web.pages.task.bounce import clause_in
from pult.web.pages.task.page import CANCEL_REASONS, moment_in
from pult.work import actions
from pult.work.models import FLAGS, DeadlineMove

MOST_FILES = 10


@dataclass(frozen=True)
class Act:
    """`do(request, task_id)` writes; `words` tell that it is written."""

    do: Callable[[HttpRequest, int], Any]
    words: Any


def act_of(code: str) -> Act:
    """The act of an address; NotVisible for one there is not."""
    if code not in ACTS:
        raise NotVisible(_("There is no such act"))
    return ACTS[code]


def _step(action: Callable[..., Any]) -> Callable[[HttpRequest, int], Any]:
    def do(request: HttpRequest, task_id: int) -> None:
        action(by=request.user, task_id=task_id, version=version_in(request.POST))

    return do


def version_in(given: QueryDict) -> int | None:
    """The version of the task the person saw; None when the form does not say."""
    return id_in(given, "version")


def _send_back(request: HttpRequest, task_id: int) -> None:
    given = request.POST
    actions.send_back(
        by=request.user,
        task_id=task_id,
        reason=given.get("reason", ""),
        version=version_in(given),
    )


def _cancel(request: HttpRequest, task_id: int) -> None:
    given = request.POST
    actions.cancel_task(
        by=request.user,
        task_id=task_id,
        reason_code=one_of(given, "reason", CANCEL_REASONS),
        version=version_in(given),
    )


def _assign(request: HttpRequest, task_id: int) -> None:
    given = request.POST
    user_id, version = id_in(given, "user"), version_in(given)
    actions.assign_task(by=request.user, task_id=task_id, user_id=user_id, version=version)


def _bounce(request: HttpRequest, task_id: int) -> None:
    given = request.POST
    actions.bounce_task(
        by=request.user,
        task_id=task_id,
        clause=clause_in(given),
        note=given.get("note", ""),
        fields=given.getlist("field"),
        version=version_in(given),
    )


def _move(request: HttpRequest, task_id: int) -> None:
    given = request.POST
    actions.move_due(
        by=request.user,
        task_id=task_id,
        due=_due(given),
        reason_code=_reason(given),
        note=given.get("note", ""),
        version=version_in(given),
    )


def _ask_move(request: HttpRequest, task_id: int) -> None:
    given = request.POST
    actions.ask_move(
        by=request.user,
        task_id=task_id,
        due=_due(given),
        reason_code=_reason(given),
        note=given.get("note", ""),
    )


def _due(given: QueryDict) -> Any:
    if (due := moment_in(given, "due")) is None:
        raise BadInput(_("Choose a day and a time"), field="due")
    return due


def _reason(given: QueryDict) -> str:
    return one_of(given, "reason", ("", *DeadlineMove.Reason.values))


def _answer_move(request: HttpRequest, task_id: int) -> None:
    given = request.POST
    grant = one_of(given, "answer", ("yes", "no")) == "yes"
    actions.answer_move(by=request.user, move_id=_row(given, "move"), grant=grant)


def _comment(request: HttpRequest, task_id: int) -> None:
    given = request.POST
    mentions = [found for one in given.getlist("mention") if (found := id_of(one)) is not None]
    actions.comment_task(
        by=request.user,
        task_id=task_id,
        text=given.get("text", ""),
        mention_ids=mentions,
        attached=_uploads(request),
    )


def _uploads(request: HttpRequest) -> list[tuple[str, bytes]]:
    sent = request.FILES.getlist("file")
    if len(sent) > MOST_FILES or any(one.size > LARGEST for one in sent):
        raise BadInput(
            _("This is too much at once"), field="file", cure=_("Send fewer or smaller files")
        )
    return [(clean_name(one.name), one.read()) for one in sent]


def _erase_comment(request: HttpRequest, task_id: int) -> None:
    actions.erase_comment(by=request.user, comment_id=_row(request.POST, "comment"))


def _edit_comment(request: HttpRequest, task_id: int) -> None:
    given = request.POST
    actions.edit_comment(
        by=request.user,
        comment_id=_row(given, "comment"),
        version=version_in(given) or 0,
        text=given.get("text", ""),
    )


def _attach(request: HttpRequest, task_id: int) -> None:
    if not (sent := _uploads(request)):
        raise BadInput(_("Choose a file"), field="file")
    for name, content in sent:
        actions.attach_file(by=request.user, task_id=task_id, name=name, content=content)


def _detach(request: HttpRequest, task_id: int) -> None:
    actions.detach_file(by=request.user, file_id=_row(request.POST, "file"))


def _read(request: HttpRequest, task_id: int) -> None:
    actions.mark_read(by=request.user, task_id=task_id)


def _add_item(request: HttpRequest, task_id: int) -> None:
    actions.add_item(by=request.user, task_id=task_id, text=request.POST.get("text", ""))


def _tick(request: HttpRequest, task_id: int) -> None:
    given = request.POST
    ticked = one_of(given, "done", ("yes", "no")) == "yes"
    actions.tick_item(by=request.user, item_id=_row(given, "item"), done=ticked)


def _drop_item(request: HttpRequest, task_id: int) -> None:
    actions.drop_item(by=request.user, item_id=_row(request.POST, "item"))


def _log_time(request: HttpRequest, task_id: int) -> None:
    given = request.POST
    actions.log_time(
        by=request.user,
        task_id=task_id,
        minutes=minutes_of(given, "minutes"),
        day=day_or_none(given, "day"),
        note=given.get("note", ""),
    )


def _void_time(request: HttpRequest, task_id: int) -> None:
    actions.void_time(by=request.user, entry_id=_row(request.POST, "entry"))


def _flag(request: HttpRequest, task_id: int) -> None:
    given = request.POST
    actions.set_flag(
        by=request.user,
        task_id=task_id,
        flag=one_of(given, "flag", FLAGS),
        on=one_of(given, "on", ("yes", "no")) == "yes",
        version=version_in(given),
    )


def _watch(request: HttpRequest, task_id: int) -> None:
    actions.add_auditor(by=request.user, task_id=task_id, user_id=_row(request.POST, "user"))


def _unwatch(request: HttpRequest, task_id: int) -> None:
    actions.remove_auditor(by=request.user, task_id=task_id, user_id=_row(request.POST, "user"))


def _snooze(request: HttpRequest, task_id: int) -> None:
    given = request.POST
    until = None if given.get("back") else day_of(given, "until")
    actions.snooze_task(by=request.user, task_id=task_id, until=until)


def _talk(request: HttpRequest, task_id: int) -> None:
    given = request.POST
    row, decision = _row(given, "bounce"), given.get("decision", "")
    actions.hold_talk(by=request.user, bounce_id=row, decision=decision)


def _unfounded(request: HttpRequest, task_id: int) -> None:
    actions.call_unfounded(by=request.user, bounce_id=_row(request.POST, "bounce"))


def _tell(request: HttpRequest, task_id: int) -> None:
    actions.tell_client(by=request.user, task_id=task_id)


def _row(given: QueryDict, field: str) -> int:
    if (found := id_in(given, field)) is None:
        raise BadInput(_("Choose one of what is offered"), field=field)
    return found


ACTS = {
    "take": Act(_step(actions.take_task), gettext_lazy("You took the task")),
    "hand_in": Act(_step(actions.hand_in), gettext_lazy("The work is handed in")),
    "accept": Act(_step(actions.accept_task), gettext_lazy("The work is accepted")),
    "restore": Act(_step(actions.restore_task), gettext_lazy("The task is back in the queue")),
    "send_back": Act(_send_back, gettext_lazy("The work is sent back")),
    "cancel": Act(_cancel, gettext_lazy("The task is cancelled")),
    "assign": Act(_assign, gettext_lazy("Who does it is noted")),
    "bounce": Act(_bounce, gettext_lazy("The task is bounced; its clock stands")),
    "move": Act(_move, gettext_lazy("The deadline is moved")),
    "ask_move": Act(_ask_move, gettext_lazy("Another date is asked for")),
    "answer_move": Act(_answer_move, gettext_lazy("The answer is given")),
    "comment": Act(_comment, gettext_lazy("Said")),
    "edit_comment": Act(_edit_comment, gettext_lazy("The comment is changed")),
    "erase_comment": Act(_erase_comment, gettext_lazy("The words are erased")),
    "attach": Act(_attach, gettext_lazy("The files are attached")),
    "detach": Act(_detach, gettext_lazy("The file is removed")),
    "read": Act(_read, gettext_lazy("Everything is read")),
    "add_item": Act(_add_item, gettext_lazy("The point is added")),
    "tick": Act(_tick, gettext_lazy("Noted")),
    "drop_item": Act(_drop_item, gettext_lazy("The point is removed")),
    "log_time": Act(_log_time, gettext_lazy("The time is noted")),
    "void_time": Act(_void_time, gettext_lazy("The time is taken back")),
    "flag": Act(_flag, gettext_lazy("Noted")),
    "watch": Act(_watch, gettext_lazy("An auditor is added")),
    "unwatch": Act(_unwatch, gettext_lazy("The auditor is removed")),
    "snooze": Act(_snooze, gettext_lazy("Noted")),
    "tell": Act(_tell, gettext_lazy("It is noted that the client knows")),
    "talk": Act(_talk, gettext_lazy("The talk is noted")),
    "unfounded": Act(_unfounded, gettext_lazy("The bounce is called unfounded")),
}
