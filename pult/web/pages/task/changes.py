"""The form of what a task asks for: changed by those who set it, mended after a bounce."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pult.kernel.amounts import read_amount
from pult.kernel.errors import BadInput, PultError
from pult.money.queries import campaigns_of
from pult.web.fields import as_typed, id_in, whole_of
from pult.work.actions import edit_task, mend_task
from pult.work.queries import TaskCard, task_card
from pult.work.queries.card_shapes import FieldValue

if TYPE_CHECKING:
    from pult.people.models import User

CAMPAIGN = "campaign"
OWN = ("title", "result", "measure")


@dataclass(frozen=True)
class Input:
    """A field as a form shows it: `type` is that of the form's field, `value` what is typed;
    `known` are words to choose from that may be typed over, `error` is why what was typed is
    refused."""

    code: str
    label: str
    type: str
    required: bool
    options: tuple[tuple[str, str], ...]
    value: str
    is_missing: bool
    known: tuple[str, ...] = ()
    error: str = ""

    @property
    def name(self) -> str:
        return f"value_{self.code}"


@dataclass(frozen=True)
class ChangesPage:
    """`mends`: sending it mends a bounced task. `version` is the one the person saw first."""

    card: TaskCard
    title: str
    result: str
    measure: str
    estimate: str
    version: int
    inputs: tuple[Input, ...]
    lacking: tuple[str, ...]
    mends: bool
    problem: PultError | None


def changes_page(
    user: "User", task_id: int, *, typed: Mapping[str, str], problem: PultError | None
) -> ChangesPage:
    """The task with what was typed over it; raises NotVisible."""
    card = task_card(user, task_id)
    open_ = [one for one in card.bounces if one.fixed_at is None]
    lacking = tuple(dict.fromkeys(code for one in open_ for code in one.codes))
    kept = {"title": card.row.title, "result": card.result, "measure": card.measure}
    return ChangesPage(
        card=card,
        **{name: typed.get(name, value) for name, value in kept.items()},
        estimate=typed.get("estimate", str(-(-card.row.estimate // 60) or "")),
        version=card.row.version,
        inputs=inputs_of(card.fields, typed, lacking, card.row.client_id, problem),
        lacking=lacking,
        mends="mend" in card.acts,
        problem=problem,
    )


def inputs_of(
    fields: tuple[FieldValue, ...],
    typed: Mapping[str, str],
    lacking: tuple[str, ...] = (),
    client_id: int = 0,
    problem: PultError | None = None,
) -> tuple[Input, ...]:
    """The fields a person may fill in; money they do not see is not asked of them. The campaign is
    chosen from those the client is known to have."""
    named = client_id and any(one.code == CAMPAIGN for one in fields)
    known = campaigns_of(client_id) if named else ()
    wrong = getattr(problem, "field", "")
    return tuple(
        Input(
            code=one.code,
            label=one.label,
            type=one.type,
            required=one.required,
            options=(("", ""), *one.options),
            value=typed.get(f"value_{one.code}", _as_typed(one)),
            is_missing=one.code in lacking,
            known=known if one.code == CAMPAIGN else (),
            error=str(problem.message) if problem and wrong == f"value_{one.code}" else "",
        )
        for one in fields
        if not one.is_hidden
    )


def values_in(fields: tuple[FieldValue, ...], given: Mapping[str, str]) -> dict[str, Any]:
    """What was typed into the form's fields, money in kopecks; BadInput for no amount."""
    found: dict[str, Any] = {}
    for one in fields:
        if (name := f"value_{one.code}") not in given or one.is_hidden:
            continue
        text = given[name].strip()
        found[one.code] = _sum_in(text, one) if one.type == "money" and text else text
    return found


def _sum_in(text: str, field: FieldValue) -> int:
    """Kopecks typed into a field of the form; BadInput calls the field by its label."""
    name = f"value_{field.code}"
    try:
        return read_amount(text, field=name)
    except BadInput as wrong:
        told = {"field": field.label, "problem": wrong.message}
        message = _("“%(field)s”: %(problem)s") % told
        raise BadInput(message, field=name, cure=wrong.cure) from wrong


def change_task(user: "User", task_id: int, given: Mapping[str, str]) -> None:
    """Write the form: of a bounced task whoever may mends it."""
    card = task_card(user, task_id)
    act = mend_task if "mend" in card.acts else edit_task
    planned = hours_in(given)
    act(
        by=user,
        task_id=task_id,
        version=id_in(given, "version") or 0,
        values=values_in(card.fields, given),
        **{name: given[name] for name in OWN if name in given},
        **({} if planned is None else {"estimate": planned}),
    )


def hours_in(given: Mapping[str, str]) -> int | None:
    """The planned hours as minutes; None when the form leaves them out or empty."""
    if not str(given.get("estimate", "")).strip():
        return None
    return whole_of(given, "estimate") * 60


def _as_typed(field: FieldValue) -> str:
    if field.value in (None, ""):
        return ""
    return as_typed(field.value) if field.type == "money" else str(field.value)
