"""*Мой день*: the first screen of everybody who works here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from pult.kernel.access import access
from pult.kernel.roles import STAFF, Role
from pult.ui.render import render_page
from pult.web.choices import tell_unknown
from pult.web.pages.my_day.bands import LOOKS
from pult.web.pages.my_day.page import my_day, views_of


@access(*STAFF, Role.CONTRACTOR)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    if Role.CONTRACTOR in request.user.roles:
        return redirect("own_tasks")
    page = my_day(request.user, request.GET)
    tell_unknown(request, "person", view=views_of(request.user), whole=LOOKS)
    return render_page(request, "my_day/my_day.html", page)
