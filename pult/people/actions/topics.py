"""The map of topics: who answers for what is said once and changed in one place."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from pult.kernel.access import refuse_unless
from pult.kernel.errors import BadInput, Conflict
from pult.kernel.facts import acting, record
from pult.kernel.roles import STAFF, Role
from pult.kernel.words import line_of
from pult.people.models import Department, Topic, User
from pult.people.queries import acting_role, works_here

KEEPERS = (Role.HEAD, Role.PRODUCTION_HEAD, Role.PRODUCTION_DIRECTOR, Role.DIRECTOR)


def set_topic(
    *,
    by: User | None,
    name: str,
    topic: Topic | None = None,
    version: int = 0,
    words: str = "",
    note: str = "",
    person: User | None = None,
    role: str = "",
    department: Department | None = None,
) -> Topic:
    """Add a topic, or change one as it was seen (`version`): who answers for it is a person, a
    role, or whoever leads a department; a role with a department is that role in it.

    Raises BadInput for a topic without a name or an answerer, or a name that is taken; Conflict
    when somebody changed it meanwhile.
    """
    refuse_unless(by, *KEEPERS)
    values: dict[str, Any] = {
        "name": _line(name, "name"),
        "words": _line(words, "words"),
        "note": _line(note, "note"),
        "person": person,
        "role": role,
        "department": department,
    }
    _check(values)
    with acting(0):
        _refuse_twin(values["name"], topic)
        if topic is None:
            topic = Topic.objects.create(**values)
        else:
            mine = Topic.objects.filter(pk=topic.pk, version=version)
            if not mine.update(**values, version=version + 1):
                raise Conflict(
                    _("Somebody changed this while you were editing"),
                    cure=_("Open it again and repeat your change"),
                )
            topic = Topic.objects.get(pk=topic.pk)
        _note(topic, by, "set")
    return topic


def close_topic(*, topic: Topic, by: User | None) -> None:
    """Nobody is asked about it any more."""
    refuse_unless(by, *KEEPERS)
    with acting(0):
        if Topic.objects.filter(pk=topic.pk, is_closed=False).update(is_closed=True):
            _note(topic, by, "closed")


def _line(text: str, field: str) -> str:
    text = line_of(text)
    if len(text) > Topic._meta.get_field(field).max_length:
        raise BadInput(_("This text is too long"), field=field)
    return text


def _check(values: dict[str, Any]) -> None:
    if not values["name"]:
        raise BadInput(_("A topic needs a name"), field="name")
    if values["role"] and values["role"] not in STAFF:
        raise BadInput(_("There is no such role"), field="role")
    if not (values["person"] or values["role"] or values["department"]):
        raise BadInput(_("Say who answers: a person, a role or a department"), field="person")
    if values["person"] and not works_here(values["person"]):
        raise BadInput(
            _("%(name)s holds no role at the agency") % {"name": values["person"].full_name},
            field="person",
        )


def _refuse_twin(name: str, topic: Topic | None) -> None:
    others = Topic.objects.filter(is_closed=False).exclude(pk=topic.pk if topic else None)
    taken = {one.casefold() for one in others.values_list("name", flat=True)}
    if name.casefold() in taken:  # SQLite folds no Cyrillic
        raise BadInput(_("There is such a topic already"), field="name")


def _note(topic: Topic, by: User | None, state: str) -> None:
    record(
        "topic_set",
        root_id=0,
        refs={"topic": topic.pk},
        by=by,
        role=acting_role(by, *KEEPERS),
        state=state,
    )
