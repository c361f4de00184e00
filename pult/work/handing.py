"""A client changes hands: its open tasks are told of, those the old manager did go to the new one.

What somebody else does, and who set a task, stay as they are: rights to see and to accept follow
the client.
"""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.utils.translation import gettext as _

from pult.clients.providers import Change, Known
from pult.kernel import clock
from pult.kernel.facts import Draft, encode, insert_encoded, on_behalf, record_draft
from pult.ui.formats import short_day
from pult.work.models import Project, Recurrence, Task

if TYPE_CHECKING:
    from pult.people.models import User

FEW = 30  # facts judged at once; of more the worker judges
Items = dict[int, dict[str, list[Known]]]


def handed_items(client_ids: Collection[int]) -> Items:
    """Client → item of 2.1 → open tasks and projects; of tasks those promised too. Two queries."""
    found: Items = {pk: {"tasks": [], "promises": [], "access": []} for pk in client_ids}
    rows = Task.objects.filter(client__in=client_ids, closed_at=None).order_by("due", "id")
    for pk, client, title, due, promised in rows.values_list(
        "pk", "client", "title", "due", "is_promised"
    ):
        told = _("%(task)s, until %(day)s") % {"task": title, "day": short_day(due)}
        found[client]["tasks"].append(Known(told, "task", pk))
        if promised:
            found[client]["promises"].append(Known(told, "task", pk))
    for items in found.values():
        if not items["tasks"]:
            items["tasks"].append(Known(_("There are no open tasks")))
    projects = Project.objects.filter(client__in=client_ids, ended_on=None).order_by("id")
    for project in projects:
        found[project.client_id]["access"].append(Known(str(project), "project", project.pk))
    return found


def move_work(by: "User", changes: Mapping[int, Change]) -> None:
    """Open tasks the giver does, projects they run and series they set or do become the receiver's,
    in the caller's transaction."""
    now = clock.now()
    pairs: dict[tuple[int, int], list[int]] = {}
    for client, change in changes.items():
        pairs.setdefault((change.giver_id, change.receiver_id), []).append(client)
    drafts: list[Draft] = []
    for (giver, receiver), clients in pairs.items():
        Project.objects.filter(client__in=clients, manager=giver, ended_on=None).update(
            manager=receiver, version=F("version") + 1
        )
        tasks = Task.objects.filter(client__in=clients, assignee=giver, closed_at=None)
        drafts += [
            _assigned(by, receiver, *task) for task in tasks.values_list("pk", "client", "line")
        ]
        tasks.update(assignee=receiver, changed_at=now, version=F("version") + 1)
        _move_series(giver, receiver, clients)
    if len(drafts) <= FEW:
        for draft in drafts:
            record_draft(draft)
    else:
        insert_encoded(encode(drafts))


def _move_series(giver: int, receiver: int, clients: Collection[int]) -> None:
    """The next task of a series is set in the name of whoever answers for the client now."""
    series = Recurrence.objects.filter(project__client__in=clients, stopped_at=None)
    moved = list(series.filter(Q(by=giver) | Q(form__assignee=giver)))
    for row in moved:
        row.by_id = receiver if row.by_id == giver else row.by_id
        if row.form.get("assignee") == giver:
            row.form = {**row.form, "assignee": receiver}
        row.version += 1
    Recurrence.objects.bulk_update(moved, ["by", "form", "version"], batch_size=500)


def _assigned(by: "User", receiver: int, task: int, client: int, line: int | None) -> Draft:
    refs = {"client": client, "task": task} | ({"line": line} if line else {})
    role = min(by.roles, default="")
    return Draft(
        kind="task.assigned",
        root_id=client,
        refs=on_behalf(refs, by, role),
        by_id=by.pk,
        role=role,
        payload={"user": receiver},
    )
