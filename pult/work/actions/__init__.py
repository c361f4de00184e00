"""The only writes of this domain. Each is one transaction and leaves its facts."""

from pult.work.actions.answering import accept_task, cancel_task, restore_task, send_back
from pult.work.actions.around import (
    add_item,
    drop_item,
    set_dependencies,
    snooze_task,
    tick_item,
)
from pult.work.actions.bounces import bounce_task, call_unfounded, hold_talk, mend_task
from pult.work.actions.bringing import bring_task, unbring_task
from pult.work.actions.bulk import change_many
from pult.work.actions.deadlines import answer_move, ask_move, move_due
from pult.work.actions.doing import assign_task, hand_in, log_time, take_task, void_time
from pult.work.actions.projects import edit_project, end_project, open_project
from pult.work.actions.promises import tell_client
from pult.work.actions.recurring import repeat_task, stop_repeating
from pult.work.actions.setting import edit_task, set_task
from pult.work.actions.talk import (
    attach_file,
    comment_task,
    detach_file,
    edit_comment,
    erase_comment,
    mark_read,
)
from pult.work.actions.templates import edit_template
from pult.work.actions.watching import add_auditor, remove_auditor, set_flag

__all__ = [
    "accept_task",
    "add_auditor",
    "add_item",
    "answer_move",
    "ask_move",
    "assign_task",
    "attach_file",
    "bounce_task",
    "bring_task",
    "call_unfounded",
    "cancel_task",
    "change_many",
    "comment_task",
    "detach_file",
    "drop_item",
    "edit_comment",
    "edit_project",
    "edit_task",
    "edit_template",
    "end_project",
    "erase_comment",
    "hand_in",
    "hold_talk",
    "log_time",
    "mark_read",
    "mend_task",
    "move_due",
    "open_project",
    "remove_auditor",
    "repeat_task",
    "restore_task",
    "send_back",
    "set_dependencies",
    "set_flag",
    "set_task",
    "snooze_task",
    "stop_repeating",
    "take_task",
    "tell_client",
    "tick_item",
    "unbring_task",
    "void_time",
]
