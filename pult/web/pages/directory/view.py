"""Whom to ask: colleagues with their phones, and who answers for which topic."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pult.kernel.access import access
from pult.kernel.roles import STAFF
from pult.people.actions import close_topic
from pult.people.actions.topics import KEEPERS
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.pages.directory.page import directory_page
from pult.web.pages.directory.topic import topic_as_sent, topic_page, topic_there

FORM = require_http_methods(["GET", "POST"])


@access(*STAFF)
@require_GET
def directory(request: HttpRequest) -> HttpResponse:
    page = directory_page(request.user, request.GET)
    return render_page(request, "directory/directory.html", page)


@access(*KEEPERS)
@FORM
def topic_new(request: HttpRequest) -> HttpResponse:
    return _form(request, None)


@access(*KEEPERS)
@FORM
def topic(request: HttpRequest, topic_id: int) -> HttpResponse:
    return _form(request, topic_id)


@access(*KEEPERS)
@require_POST
def topic_close(request: HttpRequest, topic_id: int) -> HttpResponse:
    close_topic(topic=topic_there(topic_id), by=request.user)
    return done(request, _("The topic is closed"), to=reverse("directory"))


def _form(request: HttpRequest, topic_id: int | None) -> HttpResponse:
    problem = None
    if topic_id is not None:
        topic_there(topic_id)
    if request.method == "POST":
        act: Callable[[], Any] = lambda: topic_as_sent(request.user, topic_id, request.POST)  # noqa: E731
        problem = attempt(act)
        if problem is None:
            return done(request, _("The topic is saved"), to=reverse("directory"))
    page = topic_page(topic_id, sent=request.POST, problem=problem)
    return render_page(request, "directory/topic.html", page, status=status_of(problem))
