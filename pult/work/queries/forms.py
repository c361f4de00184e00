"""Forms of tasks to choose from and to change."""

from pult.people.models import Department
from pult.work.editions import forms
from pult.work.logic.forms import Form
from pult.work.queries.card import field_values
from pult.work.queries.card_shapes import FormItem


def form_items(*, department: str = "", with_put_away: bool = False) -> tuple[FormItem, ...]:
    """The forms a department may be asked by, or all, by title. One query."""
    found = [
        _item(form)
        for form in forms().values()
        if (form.is_active or with_put_away) and (not department or department in form.departments)
    ]
    return tuple(sorted(found, key=lambda item: item.title))


def form_item(code: str) -> FormItem | None:
    """The newest version of a form."""
    form = forms().get(code)
    return _item(form) if form else None


def _item(form: Form) -> FormItem:
    return FormItem(
        code=form.code,
        version=form.version,
        title=form.title,
        about=form.about,
        kind=form.kind,
        departments=tuple((code, str(Department.Code(code).label)) for code in form.departments),
        term=form.term,
        fields=field_values(form, {}, with_money=True),
        checklist=form.checklist,
        is_active=form.is_active,
        is_shipped=form.version == 0,
    )
