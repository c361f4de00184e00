"""Who works here, who is away, who stands in."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from pult.kernel.access import access
from pult.kernel.roles import STAFF
from pult.ui.render import render_page
from pult.web.choices import tell_unknown
from pult.web.pages.people.page import people_page, person_page


@access(*STAFF)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    tell_unknown(request, "q", former=("1",))
    return render_page(request, "people/people.html", people_page(request.user, request.GET))


@access(*STAFF)
@require_GET
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    return render_page(request, "people/person.html", person_page(request.user, person_id))
