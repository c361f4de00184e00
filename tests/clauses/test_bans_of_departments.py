"""A2-06: a ban follows the role in the project and is switched by department from a day on."""

from datetime import date

import pytest

from pult.regulation.evaluate.table import Mode
from pult.regulation.gates import GateRefusal
from pult.regulation.models import ClauseMode
from pult.regulation.modes import set_mode
from pult.work.actions import take_task
from pult.work.models import Task
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db

THURSDAY = date(2026, 3, 5)


def allow_ads(scene, **scope):
    set_mode(
        clause="М4.2",
        mode=Mode.OFF,
        since=THURSDAY,
        by=scene.cast.vera,
        role="head",
        reason="В отделе контекста некому: ведём сами",
        **scope,
    )


def take(scene, kind):
    task = make_task(scene.client, scene.cast.anna)
    Task.objects.filter(pk=task.pk).update(kind=kind)
    take_task(by=scene.cast.anna, task_id=task.pk)


def test_the_ban_of_one_department_is_lifted_from_a_day_on_and_the_others_stand(scene):
    allow_ads(scene)
    with pytest.raises(GateRefusal):
        take(scene, "context")
    scene.at("2026-03-05 12:00")
    take(scene, "context")
    with pytest.raises(GateRefusal):
        take(scene, "seo")
    told = ClauseMode.objects.get(clause="М4.2", since=THURSDAY)
    assert (told.by, told.mode) == (scene.cast.vera, Mode.OFF)  # what held before stays told


def test_a_ban_is_lifted_for_the_clients_of_one_team_alone(scene):
    allow_ads(scene, team=scene.cast.team.pk)
    scene.at("2026-03-05 12:00")
    take(scene, "context")
    scene.cast.anna.grants.update(team=None)
    scene.at("2026-03-06 12:00")
    with pytest.raises(GateRefusal):
        take(scene, "context")
