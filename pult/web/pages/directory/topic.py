"""The form of a topic."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pult.kernel.errors import NotVisible, PultError
from pult.kernel.roles import STAFF, Role
from pult.kernel.words import id_of
from pult.people.actions import set_topic
from pult.people.models import Topic, User
from pult.people.queries import all_departments, colleague, colleagues, topic
from pult.web.fields import Form, not_offered, one_of
from pult.web.holders import role_label

Options = tuple[tuple[str, Any], ...]
FIELDS = ("name", "words", "note", "person", "role", "department", "version")


@dataclass(frozen=True)
class TopicPage:
    """The values shown are those just sent when they could not be taken."""

    topic_id: int | None
    values: Mapping[str, str]
    people: Options
    roles: Options
    departments: Options
    problem: PultError | None


def topic_page(topic_id: int | None, *, sent: Form, problem: PultError | None) -> TopicPage:
    """Three queries."""
    row = topic_there(topic_id) if topic_id is not None else None
    known = {} if row is None else {name: str(_value(row, name)) for name in FIELDS}
    return TopicPage(
        topic_id=topic_id,
        values=known | {name: str(sent[name]) for name in FIELDS if problem and name in sent},
        people=(("", "—"), *colleagues()),
        roles=(("", "—"), *((role.value, role_label(role)) for role in Role if role in STAFF)),
        departments=(("", "—"), *((str(one.pk), str(one)) for one in all_departments())),
        problem=problem,
    )


def topic_there(topic_id: int) -> Topic:
    """A topic that goes on; NotVisible for another."""
    found = topic(topic_id)
    if found is None:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    return found


def topic_as_sent(by: User, topic_id: int | None, form: Form) -> Topic:
    """Add or change the topic of the form."""
    chosen, department = str(form.get("person", "")), str(form.get("department", ""))
    person = colleague(chosen)
    if chosen and person is None:
        raise not_offered("person")
    places = {str(one.pk): one for one in all_departments()}
    if department and department not in places:
        raise not_offered("department")
    return set_topic(
        by=by,
        topic=topic_there(topic_id) if topic_id is not None else None,
        version=id_of(str(form.get("version", ""))) or 0,
        name=str(form.get("name", "")),
        words=str(form.get("words", "")),
        note=str(form.get("note", "")),
        person=person,
        role=one_of(form, "role", {"", *STAFF}),
        department=places.get(department),
    )


def _value(row: Topic, name: str) -> Any:
    if name in ("person", "department"):
        return getattr(row, f"{name}_id") or ""
    return getattr(row, name)
