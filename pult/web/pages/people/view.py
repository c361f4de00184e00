"""Who works here, who is away, who stands in."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from pult.kernel.access import access
from pult.kernel.roles import STAFF
from pult.ui.render import render_page
from pult.web.choices import tell_unknown
from pult.web.pages.people.listing import offered, people_file, people_page
from pult.web.pages.people.page import may_staff, person_page


@access(*STAFF)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    tell_unknown(request, "q", **offered())
    page = people_page(request.user, request.GET, may_hire=may_staff(request.user))
    return render_page(request, "people/people.html", page)


@access(*STAFF)
@require_GET
def table(request: HttpRequest, kind: str) -> HttpResponse:
    """The list as it is narrowed, whole, as a CSV or XLSX file."""
    return people_file(request.user, request.GET, kind)


@access(*STAFF)
@require_GET
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    return render_page(request, "people/person.html", person_page(request.user, person_id))
