"""The rows of the people, drawn in Python: a template spends three times as long on ninety."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pult.people.models import Absence
from pult.people.queries import PersonRow
from pult.ui.components.marks import avatar, badge
from pult.ui.markup import EMPTY, fill, join
from pult.web.answers import address_pattern


@dataclass(frozen=True)
class Colleague:
    """A person with their roles in words; `state` is here | away | off (their own hours)."""

    person: PersonRow
    roles: str
    state: str = "here"


def drawn(people: Iterable[Colleague]) -> SafeString:
    """A `<tr>` each: face and name, department, roles, team, whether they are here today."""
    names = (_("Department"), _("Roles"), _("Team"), _("Today"))
    works, address = _("at work"), address_pattern("person")
    return join(
        fill(
            '<tr id="person-{}"><th scope="row">{} <a href="{}">{}</a></th>'
            '<td data-label="{}">{}</td><td data-label="{}">{}</td>'
            '<td data-label="{}">{}</td><td data-label="{}">{}</td></tr>',
            one.person.id,
            avatar(one.person.name, "small"),
            address.format(one.person.id),
            one.person.name,
            names[0],
            one.person.department or "—",
            names[1],
            one.roles or "—",
            names[2],
            one.person.team or "—",
            names[3],
            _here(one) or works,
        )
        for one in people
    )


def today_in_words(one: Colleague) -> str:
    """At work, away until a day, out of one's own hours, or gone."""
    person = one.person
    if not person.is_active:
        return _("no longer here")
    if one.state == "off":
        return _("out of their own hours")
    if not person.is_away:
        return _("at work")
    told = {"why": str(Absence.Category(person.away_for).label) if person.away_for else _("away")}
    if person.away_until is None:
        return told["why"]
    told["day"] = date_format(person.away_until, "j E")
    return _("%(why)s until %(day)s") % told


def _here(one: Colleague) -> Any:
    """Why somebody is not here today; empty for whoever is."""
    person = one.person
    if not person.is_active:
        return badge(today_in_words(one), "quiet")
    if one.state == "here":
        return ""
    if one.state == "off":
        return badge(today_in_words(one), "quiet", "clock")
    stands = _("%(name)s stands in") % {"name": person.substitute}
    return fill(
        "{}{}",
        badge(today_in_words(one), "waiting", "tree-palm"),
        fill(' <span class="small">{}</span>', stands) if person.substitute else EMPTY,
    )
