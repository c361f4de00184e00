"""A person comes, gets roles, is away, leaves."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from pult.kernel.access import access
from pult.kernel.errors import Refusal
from pult.kernel.roles import STAFF, Role
from pult.people.actions import (
    end_absence,
    end_deputy,
    end_role,
    grant_role,
    hire,
    open_doors,
    part_with,
    send_invitation,
    set_department,
)
from pult.people.actions.doors import CLOSERS
from pult.people.queries import business_day
from pult.people.sign_in import invitation_to
from pult.ui.render import render_page
from pult.web.absences import note_absence
from pult.web.answers import attempt, done, see_other, status_of
from pult.web.fields import day_of, day_or_none
from pult.web.pages.people.deputies import deputy_from
from pult.web.pages.people.page import (
    absence_of,
    department_of,
    deputy_grant,
    first_department,
    grant_of,
    hire_page,
    person_of,
    person_page,
    team_of,
)

STAFFERS = (Role.HEAD, Role.PRODUCTION_HEAD, Role.DIRECTOR, Role.IT)


@access(*STAFFERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form, hired, problem = request.POST, [], None
    if request.method == "POST":
        problem = attempt(
            lambda: hired.append(
                hire(
                    email=form.get("email", ""),
                    full_name=form.get("full_name", ""),
                    roles=form.getlist("roles"),
                    team=team_of(form),
                    department=first_department(form),
                    since=day_or_none(form, "since"),
                    by=request.user,
                )
            )
        )
        if problem is None:
            return see_other("person", hired[0].pk)
    page = hire_page(request.user, form, problem)
    return render_page(request, "people/new.html", page, status=status_of(problem))


@access(*STAFFERS)
@never_cache
@require_POST
def invitation(request: HttpRequest, person_id: int) -> HttpResponse:
    """A link that lets the person choose a password; shown once, good for three days. Of somebody
    who was shut out before it goes to their own address instead."""
    page = person_page(request.user, person_id)
    if page.user.doors_shut_at is not None:
        raise Refusal(
            _("Every way in is shut"), cure=_("Open the doors first, then make an invitation link")
        )
    if not page.may_invite:
        raise Refusal(
            _("This person signs in already"), cure=_("They change the password themselves")
        )
    if page.by_letter:
        origin = request.build_absolute_uri("/").removesuffix("/")
        return _change(
            request,
            person_id,
            lambda: send_invitation(user=page.user, origin=origin, by=request.user),
            _("The letter is on its way to the person"),
        )
    link = reverse("invitation", args=invitation_to(page.user))
    page = replace(page, invitation=request.build_absolute_uri(link))
    return render_page(request, "people/person.html", page)


@access(*STAFFERS)
@require_POST
def role(request: HttpRequest, person_id: int) -> HttpResponse:
    form = request.POST
    return _change(
        request,
        person_id,
        lambda: grant_role(
            user=person_of(person_id),
            role=form.get("role", ""),
            team=team_of(form),
            since=day_or_none(form, "since"),
            until=day_or_none(form, "until"),
            by=request.user,
        ),
        _("The role is given"),
    )


@access(*STAFFERS)
@require_POST
def role_end(request: HttpRequest, person_id: int, grant_id: int) -> HttpResponse:
    return _change(
        request,
        person_id,
        lambda: end_role(
            grant=grant_of(person_id, grant_id),
            until=day_or_none(request.POST, "until"),
            by=request.user,
        ),
        _("The role ends"),
    )


@access(*STAFF)
@require_POST
def absence(request: HttpRequest, person_id: int) -> HttpResponse:
    return _change(
        request,
        person_id,
        lambda: note_absence(request.POST, user=person_of(person_id), by=request.user),
        _("The absence is noted"),
    )


@access(*STAFF)
@require_POST
def absence_end(request: HttpRequest, person_id: int, absence_id: int) -> HttpResponse:
    return _change(
        request,
        person_id,
        lambda: end_absence(
            absence=absence_of(person_id, absence_id),
            until=day_of(request.POST, "until"),
            by=request.user,
        ),
        _("The last day is moved"),
    )


@access(*STAFF)
@require_POST
def deputy(request: HttpRequest, person_id: int) -> HttpResponse:
    return _change(
        request,
        person_id,
        lambda: deputy_from(request.POST, principal=person_of(person_id), by=request.user),
        _("The deputy is named"),
    )


@access(*STAFF)
@require_POST
def deputy_end(request: HttpRequest, person_id: int, grant_id: int) -> HttpResponse:
    return _change(
        request,
        person_id,
        lambda: end_deputy(
            grant=deputy_grant(person_id, grant_id),
            until=day_or_none(request.POST, "until"),
            by=request.user,
        ),
        _("The deputy's days are moved"),
    )


@access(*STAFFERS)
@require_POST
def department(request: HttpRequest, person_id: int) -> HttpResponse:
    return _change(
        request,
        person_id,
        lambda: set_department(
            user=person_of(person_id), department=department_of(request.POST), by=request.user
        ),
        _("The department is set"),
    )


@access(*CLOSERS)
@require_POST
def doors(request: HttpRequest, person_id: int) -> HttpResponse:
    """Let somebody shut out in again; the invitation link is made on the page that follows."""
    return _change(
        request,
        person_id,
        lambda: open_doors(user=person_of(person_id), by=request.user),
        _("The doors are open: send the person an invitation"),
    )


@access(*STAFFERS)
@require_POST
def departure(request: HttpRequest, person_id: int) -> HttpResponse:
    return _change(
        request,
        person_id,
        lambda: part_with(
            user=person_of(person_id),
            last_day=day_or_none(request.POST, "last_day") or business_day(),
            by=request.user,
        ),
        _("The last day is set; their clients wait for another manager"),
    )


def _change(
    request: HttpRequest, person_id: int, action: Callable[[], Any], words: str
) -> HttpResponse:
    person_of(person_id)
    problem = attempt(action)
    if problem is None:
        return done(request, words, to=reverse("person", args=[person_id]))
    page = person_page(request.user, person_id, sent=request.POST, problem=problem)
    return render_page(request, "people/person.html", page, status=status_of(problem))
