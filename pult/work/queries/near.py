"""Who may be called by name at a task, and who may be put to it or to many at once."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pult.kernel.roles import STAFF, Role
from pult.kernel.statements import answer
from pult.people.models import Department, User
from pult.people.queries import at_work_for, business_day
from pult.work.access import ACCOUNTS, OF_CLIENTS, SEE_ALL, led_by, roles_of
from pult.work.models import WAITING
from pult.work.queries.card_shapes import Person, TaskCard
from pult.work.queries.wanted import in_states, marks

# Everybody of the department; of the rest those who see every task, or all of the client's.
NEAR = """
    SELECT person.id, person.full_name, home.code = %s,
        SUM(CASE WHEN held.role IN ({staff}) THEN 1 ELSE 0 END) > 0
    FROM people_user AS person
    LEFT JOIN people_department AS home ON home.id = person.department_id
    LEFT JOIN people_rolegrant AS held ON held.user_id = person.id AND held.since <= %s
        AND (held.until IS NULL OR held.until >= %s)
    WHERE person.is_active AND (home.code = %s OR held.role IN ({all}) OR person.id IN (
            SELECT given.user_id FROM clients_assignment AS given
            WHERE given.client_id = %s AND given.until IS NULL AND given.role IN ({of_clients})
        ) OR person.id = %s)
    GROUP BY person.id, person.full_name, home.code
    ORDER BY person.full_name, person.id
"""


# Everybody at work in some departments.
DOERS = """
    SELECT person.id, person.full_name, home.code, {load}
    FROM people_user AS person JOIN people_department AS home ON home.id = person.department_id
    WHERE person.is_active AND home.code IN ({codes}) AND EXISTS (
        SELECT 1 FROM people_rolegrant AS held WHERE held.user_id = person.id
        AND held.role IN ({roles}) AND held.since <= %s
        AND (held.until IS NULL OR held.until >= %s))
    ORDER BY {order}person.full_name, person.id
"""
# What waits for one of them: asked of the people of one department, not of three hundred.
LOAD = """(SELECT COUNT(*) FROM work_task AS task
        WHERE task.assignee_id = person.id AND task.closed_at IS NULL AND {})"""


@dataclass(frozen=True)
class Near:
    """`colleagues` of the task's department, (id, name), may be put to it; `called` by name may be
    all who see the task."""

    colleagues: tuple[tuple[int, str], ...]
    called: tuple[Person, ...]


def near_task(user: User, card: TaskCard) -> Near:
    """Everybody around a task but its reader; two queries. A contractor calls those they work
    for and learns no other names."""
    if not roles_of(user) & STAFF:
        return Near((), _answering(card))
    found = _found(card)
    near = [card.manager, card.controller, *(one.user for one in card.auditors)]
    near += [one.by for one in card.comments]
    row = card.row
    called = {row.author_id: row.author}
    if row.assignee_id:
        called[row.assignee_id] = row.assignee
    called |= {one.id: one.name for one in near if one}
    called |= {pk: name for pk, name, _is_of_it, works_here in found if works_here}
    called.pop(user.pk, None)
    return Near(
        colleagues=tuple((pk, name) for pk, name, is_of_it, _works_here in found if is_of_it),
        called=tuple(Person(pk, name) for pk, name in called.items()),
    )


def _answering(card: TaskCard) -> tuple[Person, ...]:
    """The author of the task and the client's account manager."""
    author = Person(card.row.author_id, card.row.author)
    manager = card.manager
    return (author,) if manager is None or manager == author else (author, manager)


def doers_of(user: User, departments: Collection[str]) -> tuple[tuple[int, str], ...]:
    """(id, name) of everybody the reader may put to tasks of these departments: of those they
    distribute, contractors too. Of one department with how many tasks wait for each; of several
    with the department. One query, none for no one."""
    led = [code for code in led_by(user) if code in departments]
    own = ACCOUNTS in departments and not led and Role.AM in roles_of(user)
    codes, roles = ([ACCOUNTS], STAFF) if own else (led, STAFF | {Role.CONTRACTOR})
    if not codes:
        return ()
    is_one = len(codes) == 1
    statement = DOERS.format(
        codes=marks(codes),
        roles=marks(roles),
        load=LOAD.format(in_states(*WAITING)) if is_one else "0",
        order="" if is_one else "home.code, ",
    )
    today = business_day().isoformat()
    found = answer(statement, [*codes, *sorted(roles), today, today])
    labels = {code: str(label) for code, label in Department.Code.choices}
    words = _("%(name)s, open: %(n)d") if is_one else "%(of)s: %(name)s"
    return tuple(
        (pk, words % {"name": name, "of": labels[of], "n": n}) for pk, name, of, n in found
    )


def _found(card: TaskCard) -> list[tuple]:
    """(id, name, whether of the department, whether they work here) of those `NEAR`."""
    manager = card.manager.id if card.manager else 0
    stand_in = at_work_for([manager]).get(manager, 0)
    today, department = business_day().isoformat(), card.row.department
    told = [department, *sorted(STAFF), today, today, department, *sorted(SEE_ALL)]
    told += [card.row.client_id, *sorted(OF_CLIENTS), stand_in]
    names = {"staff": STAFF, "all": SEE_ALL, "of_clients": OF_CLIENTS}
    marks = {name: ", ".join(["%s"] * len(roles)) for name, roles in names.items()}
    return answer(NEAR.format(**marks), told)
