"""The rows of the break, drawn in Python: a template spends three times as long on a hundred."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.ui import formats
from pult.ui.components.controls import button
from pult.ui.components.marks import clause_chips, when
from pult.ui.markup import EMPTY, fill, join

if TYPE_CHECKING:
    from pult.web.pages.before_break.page import Manager, Owed, Risk


def risks(found: "Iterable[Risk]") -> SafeString:
    """A `<tr>` for each thing that falls there, with the button that does something about it."""
    now = clock.now()
    day, client, what, amount = _("Day"), _("Client"), _("What"), _("Sum")
    return join(
        fill(
            '<tr><td class="nowrap" data-label="{}">{}</td>'
            '<td data-label="{}"><a href="{}">{}</a></td><td data-label="{}">{}</td>'
            '<td class="number" data-label="{}">{}</td><td>{}</td></tr>',
            day,
            when(risk.row.day, now),
            client,
            risk.href,
            risk.row.client,
            what,
            risk.words,
            amount,
            formats.money(risk.row.sum),
            button(risk.deed, href=risk.deed_href, size="small") if risk.deed_href else EMPTY,
        )
        for risk in found
    )


def owed(found: "Iterable[Owed]") -> SafeString:
    """A `<tr>` for each act the regulation asks for."""
    now = clock.now()
    due, client, what, clause, who = _("Due"), _("Client"), _("What"), _("Clause"), _("Who")
    return join(
        fill(
            '<tr><td class="nowrap" data-label="{}">{}</td><td data-label="{}">{}</td>'
            '<td data-label="{}">{}</td><td data-label="{}">{}</td>'
            '<td data-label="{}">{}</td></tr>',
            due,
            when(one.row.due, now),
            client,
            fill('<a href="{}">{}</a>', one.href, one.client) if one.href else _("The agency"),
            what,
            one.words,
            clause,
            clause_chips(one.row.clauses),
            who,
            one.who,
        )
        for one in found
    )


def managers(found: "Iterable[Manager]") -> SafeString:
    """A `<tr>` for each manager: how much falls into the break and right after it."""
    inside, after = _("In the break"), _("Right after it")
    return join(
        fill(
            '<tr><th scope="row">{}</th><td class="number" data-label="{}">{}</td>'
            '<td class="number" data-label="{}">{}</td></tr>',
            fill('<a href="{}">{}</a>', one.href, one.name) if one.href else _("nobody"),
            inside,
            formats.number(one.inside),
            after,
            formats.number(one.after),
        )
        for one in found
    )


def duty(days: Iterable[tuple[date, str]], people: Collection[tuple[str, str]]) -> SafeString:
    """A `<tr>` for each day off with a choice of who answers clients on it.

    The same ninety people stand under each day: their options are drawn once.
    """
    who, nobody = _("Who answers clients"), fill('<option value="">{}</option>', _("nobody"))
    everybody = _options(people)
    return join(
        fill(
            '<tr><td class="nowrap">{}</td><td><input type="hidden" name="day" value="{}">'
            '<label class="sr-only" for="duty-{}">{}, {}</label>'
            '<select class="input input--fit" name="person" id="duty-{}">{}{}</select></td></tr>',
            date_format(day, "D, j E"),
            day.isoformat(),
            f"{day:%Y%m%d}",
            who,
            date_format(day, "j E"),
            f"{day:%Y%m%d}",
            EMPTY if name else nobody,
            _options(people, name) if name else everybody,
        )
        for day, name in days
    )


def _options(people: Iterable[tuple[str, str]], chosen: str = "") -> SafeString:
    return join(
        fill(
            '<option value="{}"{}>{}</option>',
            pk,
            SafeString(" selected") if chosen == name else EMPTY,
            name,
        )
        for pk, name in people
    )
