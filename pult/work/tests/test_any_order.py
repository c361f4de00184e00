"""Whoever does whatever in any order: a task never gets where it cannot be, and its facts agree."""

import random
from datetime import timedelta
from itertools import pairwise

import pytest

from pult.kernel import clock
from pult.kernel.errors import PultError
from pult.kernel.models import Fact
from pult.work import actions
from pult.work.logic import states
from pult.work.models import Bounce, Task

PEOPLE = ("anna", "boris", "vera", "gleb", "darya", "egor", "zhanna", "zakhar")


# What usually comes next, so that the walk gets somewhere.
LEADS = {
    "new": "take_task",
    "taken": "hand_in",
    "done": "accept_task",
    "accepted": "send_back",
    "returned": "hand_in",
    "bounced": "mend_task",
    "cancelled": "restore_task",
}


def tries(task, cast, chance):
    """Every act with arguments that may or may not fit."""
    later = clock.now() + timedelta(days=chance.randint(-2, 20), hours=1)
    person = getattr(cast, chance.choice(PEOPLE)).pk
    bounce = chance.choice([0, *Bounce.objects.order_by("pk").values_list("pk", flat=True)])
    move = task.deadline_moves.filter(is_proposal=True).values_list("pk", flat=True).last() or 0
    seen = {"version": chance.choice([None, task.version, task.version - 1])}
    one = {"task_id": task.pk}
    return {
        "take_task": {**one, **seen},
        "assign_task": {**one, **seen, "user_id": chance.choice([None, person])},
        "hand_in": {**one, **seen},
        "accept_task": {**one, **seen},
        "send_back": {**one, **seen, "reason": "Не то"},
        "bounce_task": {**one, **seen, "clause": "М4.0", "note": "Нет цели"},
        "mend_task": {**one, "version": task.version, "values": {"goal": "Заявки"}},
        "call_unfounded": {"bounce_id": bounce},
        "hold_talk": {"bounce_id": bounce, "decision": "Созвон"},
        "cancel_task": {**one, **seen, "reason_code": "client"},
        "restore_task": {**one, **seen},
        "move_due": {**one, **seen, "due": later, "reason_code": "load"},
        "ask_move": {**one, "due": later, "reason_code": "load"},
        "answer_move": {"move_id": move, "grant": chance.random() < 0.5},
        "edit_task": {**one, "version": task.version, "title": f"Кампания {chance.random()}"},
        "set_flag": {**one, "flag": "is_disputed", "on": chance.random() < 0.5},
        "log_time": {**one, "minutes": 15},
        "comment_task": {**one, "text": "Готово?"},
    }


def check_sane(task):
    """What holds after every act, done or refused."""
    told = Fact.objects.filter(refs__task=task.pk, voided_by=None).order_by("id")
    said = list(told.filter(kind="task.state").values_list("state", flat=True))
    assert task.state in states.STATES
    assert states.replay(said) == task.state
    due = told.filter(kind="task.due").last()
    assert due.payload["minute"] == clock.to_minute(task.due)
    assert told.filter(kind="task.moved").count() == task.moves
    assert told.filter(kind="task.bounced").count() == task.bounces == task.given_back.count()
    open_bounces = task.given_back.filter(fixed_at=None, unfounded_at=None).count()
    assert open_bounces == (task.state == "bounced")
    assert task.spent == sum(entry.minutes for entry in task.times.filter(voided_at=None))
    assert (task.closed_at is not None) == (task.state in ("accepted", "cancelled"))
    if task.state in ("taken", "done", "returned", "accepted"):
        assert task.assignee_id
        assert task.taken_at
    for before, after in pairwise(said):
        assert after in leads_to(before), (before, after)


def leads_to(state):
    """Where the acts possible in a state lead; a mended task goes on from where it came."""
    found = {states.after(act, state) for act in states.acts_from(state)}
    came_from = states.STEPS["bounce"].sources if states.can("mend", state) else frozenset()
    return found | came_from


@pytest.mark.parametrize("seed", range(5))
def test_a_task_never_gets_where_it_cannot_be(cast, task, freeze, seed):
    chance = random.Random(seed)
    done: set[str] = set()
    visited = {task.state}
    for _ in range(100):
        freeze(clock.now() + timedelta(hours=chance.randint(0, 9)))
        task = Task.objects.get(pk=task.pk)
        wanted = tries(task, cast, chance)
        onward = chance.random() < 0.4
        act = LEADS[task.state] if onward else chance.choice(sorted(wanted))
        by = getattr(cast, chance.choice(("anna", "darya") if onward else PEOPLE))
        try:
            getattr(actions, act)(by=by, **wanted[act])
        except PultError:
            pass
        else:
            done.add(act)
        task = Task.objects.get(pk=task.pk)
        visited.add(task.state)
        check_sane(task)
    assert len(done) > 5
    assert len(visited) > 3
