"""Views of tasks that tell their owner what is new: above the list, and by mail where the agency
asks for it. What a view holds is asked by the worker, never by a page."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import send_mail
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pult.kernel.errors import Refusal
from pult.kernel.facts import acting
from pult.kernel.jobs import job
from pult.kernel.models import Job
from pult.web.fields import one_of
from pult.web.models import SavedView
from pult.web.pages.tasks.filters import filters_of
from pult.web.saved_views import own_view, remove_view, save_view
from pult.work.queries import task_ids

if TYPE_CHECKING:
    from pult.people.models import User

LOOK = "web.view_alerts"
PAGE = "tasks"
MOST = 500  # tasks of a view that are told apart; the soonest of more


def keep_view(by: "User", given: QueryDict) -> SavedView:
    """Save the list as it stands; what a view with an alert holds now is not new."""
    name, query = given.get("name", ""), given.get("query", "")
    view = save_view(by=by, page=PAGE, name=name, query=query)
    return _looked(view) if view.alert else view


def set_alert(*, by: "User", view_id: int, on: bool) -> SavedView:
    """Tell the owner of a view what comes into it from now on, or no more."""
    view = own_view(by, view_id, PAGE)
    if view.user_id is None:
        raise Refusal(
            _("A view of everybody's tells nobody"), cure=_("Save it as your own, under any name")
        )
    view.alert = on
    return _looked(view)


def note_looked(*, by: "User", view_id: int) -> SavedView:
    """The owner has seen what is in the view now."""
    return _looked(own_view(by, view_id, PAGE))


def change_view(user: "User", view_id: int, given: QueryDict) -> tuple[SavedView, str]:
    """Do to a view what its button says; returns it with what to tell."""
    act = one_of(given, "act", ("alert", "quiet", "looked", "remove"))
    own_view(user, view_id, PAGE)
    if act == "remove":
        return remove_view(by=user, view_id=view_id), _("View “%(name)s” is removed")
    if act == "looked":
        return note_looked(by=user, view_id=view_id), _("“%(name)s”: nothing new is left")
    view = set_alert(by=user, view_id=view_id, on=act == "alert")
    if view.alert:
        return view, _("You will be told what is new in “%(name)s”")
    return view, _("You will not be told what is new in “%(name)s”")


@job(LOOK)
def look(job: Job, **args: Any) -> dict[str, int]:
    """Count what is new in every view with an alert; a task that left and came again is new."""
    told = 0
    for view in SavedView.objects.filter(
        alert=True, user__is_active=True, user__doors_shut_at=None
    ).select_related("user"):
        now = _ids(view)
        known = [pk for pk in view.known if pk in set(now)]
        fresh, before = len(now) - len(known), view.fresh
        if (known, fresh) == (view.known, before):
            continue
        with acting():
            # Whoever looked meanwhile has seen them.
            still = SavedView.objects.filter(pk=view.pk, alert=True, known=view.known)
            changed = still.update(known=known, fresh=fresh)
        if changed and fresh > before:
            told += 1
            _mail(view, fresh)
    return {"told": told}


def _looked(view: SavedView) -> SavedView:
    view.known = _ids(view) if view.alert else []
    view.fresh = 0
    with acting():
        view.save(update_fields=["alert", "known", "fresh"])
    return view


def _ids(view: SavedView) -> list[int]:
    return task_ids(view.user, filters_of(view.user, QueryDict(view.query)), MOST)


def _mail(view: SavedView, fresh: int) -> None:
    if not settings.MAIL_NOTICES:
        return
    with translation.override(view.user.language):
        words = ngettext("“%(view)s”: %(n)d new task", "“%(view)s”: %(n)d new tasks", fresh) % {
            "view": view.name,
            "n": fresh,
        }
        text = _("The view is in Pult, under Tasks.")
    send_mail(words, f"{words}.\n{text}", settings.DEFAULT_FROM_EMAIL, [view.user.email])
