"""Signing in, coming in by invitation, and the demo's one click."""

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from pult.kernel.access import PUBLIC, public
from pult.kernel.errors import BadInput
from pult.people.actions import accept_invitation
from pult.people.models import User
from pult.people.queries import first_holders
from pult.people.sign_in import invited
from pult.web.pages.sign_in.page import sign_in_page

BACKEND = "pult.people.sign_in.Backend"


class SignInView(LoginView):
    """E-mail and password, or a passkey; the second step follows where one is set up."""

    access = PUBLIC
    template_name = "sign_in/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"page": sign_in_page()}


@public
@require_POST
def demo_sign_in(request: HttpRequest, role: str) -> HttpResponse:
    """Become the demo's holder of a role; there is no such address outside the demo."""
    person = first_holders().get(role) if settings.DEMO else None
    if person is None:
        raise Http404
    return _enter(request, person)


@public
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, who: str, token: str) -> HttpResponse:
    """An invited person chooses a password and is in; an old link says whom to ask."""
    person = invited(who, token)
    if person is None:
        return render(request, "sign_in/invitation_over.html", status=410)
    problem = None
    if request.method == "POST":
        try:
            accept_invitation(user=person, password=_chosen(request))
        except BadInput as error:
            problem = error
        else:
            return _enter(request, person)
    page = {"person": person, "problem": problem}
    return render(request, "sign_in/invitation.html", page, status=422 if problem else 200)


def _chosen(request: HttpRequest) -> str:
    password = request.POST.get("password", "")
    if password != request.POST.get("again", ""):
        raise BadInput(_("The two passwords differ"), field="again")
    return password


def _enter(request: HttpRequest, person: User) -> HttpResponse:
    login(request, person, backend=BACKEND)
    return redirect(settings.LOGIN_REDIRECT_URL)
