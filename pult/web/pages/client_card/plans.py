"""Forms of plans and of their steps."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from pult.clients import actions
from pult.clients.access import client_for
from pult.clients.actions.cards import EDITORS
from pult.clients.card_access import plan_for, step_for
from pult.clients.models import Plan
from pult.kernel.access import access
from pult.web import answers
from pult.web.pages.client.asking import answer_form, tab_address
from pult.web.pages.client.edit_card import FORM
from pult.web.pages.client_card import forms
from pult.web.pages.client_card.view import TAB, own


@access(*EDITORS)
@FORM
def new(request: HttpRequest, client_id: int, kind: str) -> HttpResponse:
    """Make a plan; the one before it is kept."""
    client_for(request.user, client_id)
    if kind not in Plan.Kind.values:
        raise Http404
    return answer_form(
        request,
        forms.PlanForm(request.POST or None),
        lambda data: actions.make_plan(by=request.user, client_id=client_id, kind=kind, **data),
        title=str(Plan.Kind(kind).label),
        note=_("A new plan takes the place of the current one, which is kept."),
        client_id=client_id,
        back=tab_address(TAB, client_id),
        tab=TAB,
    )


@access(*EDITORS)
@FORM
def edit(request: HttpRequest, client_id: int, plan_id: int) -> HttpResponse:
    """Change the current plan."""
    plan = own(plan_for(request.user, plan_id), client_id)
    initial = {name: getattr(plan, name) for name in ("version", "text", "review_on")}
    return answer_form(
        request,
        forms.PlanForm(request.POST or None, initial=initial),
        lambda data: actions.edit_plan(by=request.user, plan_id=plan.pk, **data),
        title=plan.get_kind_display(),
        client_id=client_id,
        back=tab_address(TAB, client_id),
        tab=TAB,
    )


@access(*EDITORS)
@FORM
def step(request: HttpRequest, client_id: int, plan_id: int) -> HttpResponse:
    """The next thing to do and its day."""
    plan = own(plan_for(request.user, plan_id), client_id)
    return answer_form(
        request,
        forms.StepForm(request.POST or None),
        lambda data: actions.add_step(by=request.user, plan_id=plan.pk, **data),
        title=_("Next step"),
        note=plan.get_kind_display(),
        client_id=client_id,
        back=tab_address(TAB, client_id),
        tab=TAB,
    )


@access(*EDITORS)
@require_POST
def done(request: HttpRequest, client_id: int, step_id: int) -> HttpResponse:
    """The step is done; with `undone` it is not after all."""
    row = step_for(request.user, step_id)
    own(row.plan, client_id)
    is_done = "undone" not in request.POST
    actions.finish_step(by=request.user, step_id=row.pk, is_done=is_done)
    words = pgettext("step", "Done") if is_done else _("Open again")
    return answers.done(request, words, to=tab_address(TAB, client_id))
