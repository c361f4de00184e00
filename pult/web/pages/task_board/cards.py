"""The cards of the board, drawn in Python: a hundred of them stand on one page."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pult.kernel import clock
from pult.ui.components.marks import badge, when
from pult.ui.markup import EMPTY, fill, icon
from pult.web.answers import address_pattern
from pult.web.pages.task.page import FLAGS
from pult.work.queries import BoardMove, TaskRow

WORDS = {
    "take": gettext_lazy("Take"),
    "hand_in": gettext_lazy("Hand in"),
    "accept": gettext_lazy("Accept the work"),
    "send_back": gettext_lazy("Send back…"),
    "bounce": gettext_lazy("Bounce…"),
    "cancel": gettext_lazy("Cancel…"),
}
# These need words, which are said on the page of the task.
WITH_WORDS = frozenset({"send_back", "bounce", "cancel"})


def drawn(rows: Iterable[TaskRow], moves: Mapping[int, tuple[BoardMove, ...]]) -> SafeString:
    """An `<li>` each."""
    now, looks = clock.now(), _Looks()
    return SafeString("".join(_card(row, moves.get(row.id, ()), now, looks) for row in rows))


class _Looks:
    """What the cards have in common, told once."""

    def __init__(self) -> None:
        self.address = address_pattern("task")
        self.words = {act: str(words) for act, words in WORDS.items()}
        self.move, self.dots = _("Move the card"), icon("ellipsis")
        self.flags = {code: badge(words, "soon", "flag") for code, words in FLAGS.items()}


def _card(row: TaskRow, moves: tuple[BoardMove, ...], now: datetime, looks: _Looks) -> SafeString:
    href = looks.address.format(row.id)
    return fill(
        '<li class="card{}" data-row{}><a class="card__title" data-open href="{}">{}</a>'
        '<span class="small muted">{}{}</span><span class="card__foot">{}{}{}</span>{}</li>',
        " card--late" if row.is_overdue else "",
        SafeString(' draggable="true"') if moves else EMPTY,
        href,
        row.title,
        row.client,
        f" · {row.assignee or row.department_label}",
        when(row.due, now, "breach" if row.is_overdue else ""),
        EMPTY if not row.unread else badge(str(row.unread), "accent", "message-square"),
        SafeString("".join(mark for code, mark in looks.flags.items() if getattr(row, code))),
        _menu(row, moves, href, looks) if moves else EMPTY,
    )


def _menu(row: TaskRow, moves: Any, href: str, looks: _Looks) -> SafeString:
    buttons = "".join(
        fill(
            '<a class="btn btn--quiet btn--small" data-to="{}" href="{}#{}">{}</a>',
            move.target, href, move.act, looks.words[move.act],
        )
        if move.act in WITH_WORDS
        else fill(
            '<button class="btn btn--quiet btn--small" form="board" name="move" value="{}:{}:{}"'
            ' data-to="{}">{}</button>',
            row.id, row.version, move.act, move.target, looks.words[move.act],
        )
        for move in moves
    )  # fmt: skip
    return fill(
        '<details class="card__moves no-print"><summary data-key="m" aria-label="{}: {}">{}'
        "</summary><div>{}</div></details>",
        looks.move,
        row.title,
        looks.dots,
        SafeString(buttons),
    )
