"""The forms of tasks: what each department asks for; heads change them, version by version."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pult.kernel.access import access
from pult.kernel.roles import STAFF
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.pages.task_forms.page import HEADS, form_page, forms_page
from pult.web.pages.task_forms.typed import keep_form


@access(*STAFF)
@require_safe
def forms(request: HttpRequest) -> HttpResponse:
    return render_page(request, "task_forms/forms.html", forms_page(request.user))


@access(*HEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    return _form(request, "")


@access(*HEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, code: str) -> HttpResponse:
    return _form(request, code)


def _form(request: HttpRequest, code: str) -> HttpResponse:
    problem = None
    if request.method == "POST":
        problem = attempt(lambda: keep_form(request.user, code, request.POST))
        if problem is None:
            words = _("The form is changed; tasks set before keep theirs")
            return done(request, words, to=reverse("task_forms"))
    page = form_page(code, typed=request.POST, problem=problem)
    return render_page(request, "task_forms/form.html", page, status=status_of(problem))
