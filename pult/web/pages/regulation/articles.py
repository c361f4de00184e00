"""The articles of the regulation, drawn in Python: a template spends five times as long on them."""

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from django.urls import get_script_prefix
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from pult.regulation.evaluate.table import Mode
from pult.ui.components.marks import badge
from pult.ui.markup import EMPTY, fill, icon, join
from pult.web.answers import address_of
from pult.web.pages.regulation.looks import MODES

if TYPE_CHECKING:
    from pult.web.pages.regulation.page import Clause

Numbers = tuple[tuple[str, str, date | None], ...]


def article(clause: "Clause") -> SafeString:
    """A clause in the document: its marks as they stand now, its text as the files have it."""
    return _article(clause, get_language(), get_script_prefix())


@lru_cache(maxsize=512)
def _article(clause: "Clause", _language: str | None, _prefix: str) -> SafeString:
    """Drawn once for what it says: of most clauses nothing changes from one look to the next."""
    line = clause.line
    return fill(
        '<article class="clause{}" id="{}"><header class="clause__head">'
        '<span class="clause__number" aria-hidden="true">{}</span>'
        '<h3><a href="{}"><span class="sr-only">{} </span>{}</a></h3>'
        '<span class="clause__marks">{}</span></header>{}{}</article>\n',
        "" if clause.look.runs else " clause--quiet",
        line.clause,
        line.clause,
        _address(line.clause),
        line.clause,
        line.title,
        marks(clause),
        _text(
            line.wording,
            clause.note,
            clause.look.icon,
            clause.sentence,
            tuple((one.words, one.label, one.value.since) for one in clause.numbers),
            clause.unrecorded,
            get_language(),
        ),
        clause.drawn_examples,
    )


def marks(clause: "Clause") -> SafeString:
    """What a clause is, how loud, and how much is owed by it."""
    look, line, language = clause.look, clause.line, get_language()
    modes = clause.modes if clause.is_watched else ()
    return join(
        [
            badge(look.label, look.tone, look.icon),
            *(_mode(one.cell.mode, one.team, language) for one in modes),
            badge(_("planned"), "quiet", "circle-dashed") if line.is_planned else EMPTY,
            badge(_("new wording to sign"), "soon", "signature")
            if line.awaits_signature
            else EMPTY,
            _owed(clause) if line.live else EMPTY,
        ],
        " ",
    )


@lru_cache(maxsize=256)
def _mode(mode: Mode, team: str, _language: str | None) -> SafeString:
    """How loud a clause is for a team, the empty name for the agency."""
    look = MODES[mode]
    words = _("%(team)s: %(mode)s") % {"team": team, "mode": look.label} if team else look.label
    return badge(words, look.tone, look.icon, look.meaning)


def _owed(clause: "Clause") -> SafeString:
    live, overdue = clause.line.live, clause.line.overdue
    if overdue:
        words = _("open %(live)s, overdue %(overdue)s") % {"live": live, "overdue": overdue}
        mark = badge(words, "breach", "circle-alert")
    else:
        mark = badge(_("open %(live)s") % {"live": live}, icon_name="circle")
    return fill('<a class="clause__owed" href="{}#owed">{}</a>', _address(clause.line.clause), mark)


def contents(clause: "Clause") -> SafeString:
    """The clause's line in the table of contents."""
    line, count = clause.line, EMPTY
    if line.overdue:
        said = pgettext("clause", "overdue")
        count = fill('<span class="count count--breach" title="{}">{}</span>', said, line.overdue)
    elif line.live:
        count = fill('<span class="count" title="{}">{}</span>', _("open now"), line.live)
    return fill(
        '<li><a href="#{}"><span class="reading__number">{}</span><span>{}</span>{}</a></li>',
        line.clause,
        line.clause,
        line.title,
        count,
    )


@lru_cache(maxsize=1024)
def _text(
    wording: str,
    note: str,
    kind_icon: str,
    sentence: str,
    numbers: Numbers,
    unrecorded: tuple[str, ...],
    _language: str | None,
) -> SafeString:
    """What changes with an edition or a signed number alone; the language keys the cache."""
    return fill(
        '<blockquote class="clause__wording">{}</blockquote>{}'
        '<p class="clause__reading">{} {}</p>{}{}',
        wording,
        fill('<p class="clause__note">{}</p>', note) if note else EMPTY,
        icon(kind_icon, size=14),
        sentence,
        _numbers(numbers) if numbers else EMPTY,
        _unrecorded(unrecorded) if unrecorded else EMPTY,
    )


def _numbers(numbers: Numbers) -> SafeString:
    return fill(
        '<ul class="clause__numbers">{}</ul>',
        join(
            fill(
                '<li><strong>{}</strong> <span class="muted">{}{}</span></li>',
                words,
                label,
                fill(", {}", _("since %(day)s") % {"day": date_format(since, "j E Y")})
                if since
                else EMPTY,
            )
            for words, label, since in numbers
        ),
    )


def _unrecorded(facts: tuple[str, ...]) -> SafeString:
    return fill(
        '<p class="muted small">{} {}</p>',
        icon("unplug", size=14),
        _("Asks nobody yet: Pult does not record “%(facts)s”.") % {"facts": ", ".join(facts)},
    )


def _address(clause: str) -> str:
    return _reversed(clause, get_script_prefix())


@lru_cache(maxsize=1024)
def _reversed(clause: str, _prefix: str) -> str:
    return address_of("clause", clause)
