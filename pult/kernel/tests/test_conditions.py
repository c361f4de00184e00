"""A check constraint read here says what the database would say."""

from datetime import date

import pytest
from django.db.models import CheckConstraint, F, Q, Value
from django.db.models.functions import Length

from pult.kernel.conditions import breaks
from pult.kernel.models import Job, SearchDocument

pytestmark = pytest.mark.django_db
ROWS = [
    {"kind": kind, "object_id": number, "root_id": root, "title": title}
    for kind in ("", "task")
    for number in (0, 5)
    for root in (0, 5, 9)
    for title in ("", "Лес")
]
PLAIN = [
    ~Q(title=""),
    Q(kind="task", object_id__gt=0),
    Q(root_id__gte=F("object_id")) | Q(title=""),
    ~Q(kind__in=["task", "client"]) | Q(root_id__lt=9, object_id__lte=5),
    Q(object_id__isnull=False) & ~Q(root_id=F("object_id")),
    ~(Q(kind="") & Q(title="")),
]


def wrong(condition):
    return CheckConstraint(condition=condition, name="tried")


@pytest.mark.parametrize("condition", PLAIN, ids=str)
def test_a_plain_condition_is_told_as_the_database_tells_it(condition):
    for values in ROWS:
        row = SearchDocument(**values)
        names = {name: getattr(row, name) for name in values}
        told = condition.check(names)
        assert breaks(wrong(condition), row) is not told, values


@pytest.mark.parametrize(
    ("condition", "is_broken"),
    [
        (Q(lease_until__gte=date(2026, 1, 1)), False),
        (~Q(lease_until__gte=date(2026, 1, 1)), False),
        (Q(lease_until=None), False),
        (Q(lease_until__isnull=False), True),
        (Q(lease_until__gte=date(2026, 1, 1)) & ~Q(name="sweep"), True),
        (Q(lease_until__gte=date(2026, 1, 1)) | Q(name="mail"), False),
    ],
    ids=str,
)
def test_what_is_unknown_breaks_nothing_by_itself(condition, is_broken):
    assert breaks(wrong(condition), Job(name="sweep", lease_until=None)) is is_broken


@pytest.mark.parametrize(
    "condition",
    [
        Q(title__startswith="Л"),
        Q(title__gt="А"),
        Q(object_id=F("root_id") + 1),
        Q(title=Value("Лес")),
        Q(Length("title")),
        ~(Q(kind="task") & ~Q(title="")),
        Q(kind="task") ^ Q(title=""),
    ],
    ids=str,
)
def test_what_is_not_plain_is_left_to_the_database(condition):
    row = SearchDocument(kind="task", object_id=5, root_id=5, title="Лес")
    assert breaks(wrong(condition), row) is None
