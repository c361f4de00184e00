"""Tasks by state: a card is moved by the mouse, by its menu, or by a plain form."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pult.kernel.access import access
from pult.kernel.roles import STAFF
from pult.ui.render import render_page
from pult.web.answers import address_of, attempt, see_other
from pult.web.choices import tell_unknown
from pult.web.pages.task_board.page import board_page, move_card
from pult.web.pages.tasks.filters import offered_in


@access(*STAFF)
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    tell_unknown(request, "q", "day", **offered_in(request.GET))
    return render_page(request, "task_board/board.html", board_page(request.user, request.GET))


@access(*STAFF)
@require_POST
def moves(request: HttpRequest) -> HttpResponse:
    """Do the act of a card; a refusal is told above the board, with the right way if there is."""
    said = []
    problem = attempt(lambda: said.append(move_card(request.user, request.POST)))
    if problem is None:
        messages.success(request, said[0])
    elif way := getattr(problem, "right_way", ""):
        href, words = f"{address_of('task_new')}?{way}", _("Set it to the department")
        messages.error(request, format_html('{} <a href="{}">{}</a>', problem, href, words))
    else:
        messages.error(request, str(problem))
    return see_other("task_board", query=request.POST.get("query", ""))
