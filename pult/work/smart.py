"""Whether a task is correct, measurable and ahead (М4.0)."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.kernel.errors import BadInput
from pult.work.logic import forms
from pult.work.models import Task

if TYPE_CHECKING:
    from pult.work.logic.forms import Form


def check_smart(task: Task, form: "Form") -> None:
    """Correct: every required field; measurable: a result and how one sees it (М4.0)."""
    if not task.result:
        raise BadInput(_("Say what is to be there in the end"), field="result")
    if not task.measure:
        raise BadInput(_("Say how one sees that it is done"), field="measure")
    if lacking := forms.missing(form, task.values):
        labels = {field.code: field.label for field in form.fields}
        raise BadInput(
            _("“%(field)s” is to be filled in") % {"field": labels[lacking[0]]},
            field=f"value_{lacking[0]}",
        )
    if task.due <= task.created_at:
        raise BadInput(_("The deadline is to be ahead"), field="due")
