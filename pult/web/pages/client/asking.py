"""One way to answer a form: act and see other, or the form again with what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pult.kernel.errors import BadInput, Conflict, NotVisible, PultError, Refusal
from pult.ui.render import render_page
from pult.web.answers import came_from, see_other
from pult.web.pages.client.again import Theirs, keep_both
from pult.web.pages.client.head import Head, head_of

Act = Callable[[dict[str, Any]], Any]
SAVE_AGAIN = gettext_lazy(
    "What you typed is still here, and what you did not touch is as it is now. A text you both "
    "wrote holds both. Look it over and save again: what you then send is kept."
)


@dataclass(frozen=True)
class FormPage:
    """A form under a client's header; `problem` is why the act was refused. After a conflict
    `theirs` are the fields that others changed too. `check_url` answers what is typed while it is
    typed.
    """

    head: Head | None
    title: str
    note: str
    form: forms.Form
    problem: PultError | None
    is_conflict: bool
    theirs: tuple[Theirs, ...]
    submit: str
    back: str
    here: str
    check_url: str


def answer_form(
    request: HttpRequest,
    form: forms.Form,
    act: Act,
    *,
    title: str,
    client_id: int | None,
    back: str,
    done: str = "",
    submit: str = "",
    note: str = "",
    check_url: str = "",
    tab: str = "client",
    template: str = "client/form.html",
) -> HttpResponse:
    """303 to where the person came from (`next`, else `back`) with the word `done` once
    `act(cleaned data)` has worked.

    Otherwise the page: 200 when asked for, 422 for what cannot be taken, 409 for a refusal or
    somebody else's earlier change, with everything typed still there. A page that is not a
    client's brings its own `template`.
    """
    back = came_from(request, back)
    problem, status = None, 200
    if request.method == "POST":
        # An empty form is typed too: `request.POST or None` leaves it unbound, as if never sent.
        form.data, form.is_bound = request.POST, True
        problem = _try(form, act)
        if problem is None and not form.errors:
            messages.success(request, done or _("Saved"))
            return see_other(back)
        status = 409 if problem else 422
    theirs = None
    if isinstance(problem, Conflict):
        theirs = keep_both(form, problem)
        problem = problem if theirs is None else Conflict(problem.message, cure=str(SAVE_AGAIN))
    page = FormPage(
        head=head_of(request.user, client_id, tab) if client_id else None,
        title=title,
        note=note,
        form=form,
        problem=problem,
        is_conflict=isinstance(problem, Conflict) and theirs is None,
        theirs=theirs or (),
        submit=submit or _("Save"),
        back=back,
        here=request.path,
        check_url=check_url,
    )
    return render_page(request, template, page, status=status)


def _try(form: forms.Form, act: Act) -> PultError | None:
    """The refusal of an act; what is wrong with a field goes to that field instead. A box that was
    not ticked is no mistake: what asks for it is told above the form, once."""
    if not form.is_valid():
        return None
    try:
        act(dict(form.cleaned_data))
    except NotVisible:
        raise
    except BadInput as wrong:
        field = form.fields.get(wrong.field)
        is_box = field is None or isinstance(field, forms.BooleanField)
        form.add_error(None if is_box else wrong.field, str(wrong))
    except (Refusal, Conflict) as problem:
        return problem
    return None


def tab_address(name: str, client_id: int, *more: int) -> str:
    """The address of a client's page."""
    return reverse(name, args=[client_id, *more])
