"""Fields of the agency's own: the head adds them, whoever edits a card fills them in."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pult.clients.access import client_for, require
from pult.clients.actions.cards import CREATORS, edited
from pult.clients.edits import change, check, only
from pult.clients.models import Client, CustomField, CustomValue
from pult.kernel.errors import BadInput, Conflict, NotVisible
from pult.kernel.facts import acting, record

if TYPE_CHECKING:
    from pult.people.models import User

KEEPERS = ("head", "director")
EDITABLE = frozenset(["name", "options", "place", "closed"])
LONGEST_NUMBER = 15


def add_custom_field(
    *, by: "User", name: str, kind: str, options: str = "", place: int = 0
) -> CustomField:
    """Add a field to every card; a choice has its options, one a line."""
    role = require(by, *KEEPERS, act=_("choose the fields of cards"))
    with acting(0):
        field = CustomField(name=name.strip(), kind=kind, options=_listed(options), place=place)
        _check_options(field)
        check(field)
        field.save(force_insert=True)
        _tell(field, by, role, ["name"])
    return field


def edit_custom_field(*, by: "User", field_id: int, version: int, **changes: Any) -> CustomField:
    """Rename a field, change its options, or stop asking it; what was typed stays."""
    role = require(by, *KEEPERS, act=_("choose the fields of cards"))
    with acting(0):
        field = CustomField.objects.filter(pk=field_id).first()
        if field is None:
            raise NotVisible(_("There is no such field"))
        changes = only(changes, EDITABLE)
        if "options" in changes:
            changes["options"] = _listed(changes["options"])
            _check_options(CustomField(kind=field.kind, options=changes["options"]))
        if fields := change(field, version, changes):
            _tell(field, by, role, fields)
    return field


def set_custom_values(
    *, by: "User", client_id: int, values: dict[int, Any], versions: dict[int, int]
) -> None:
    """Write values of a client's own fields: field → what was typed, '' for none.

    `versions` are those of the values the person saw, 0 where there was none. All or nothing:
    BadInput names the field a value does not fit, Conflict whoever was first.
    """
    role = require(by, *CREATORS, act=_("edit clients"))
    client = client_for(by, client_id)
    fields = {field.pk: field for field in CustomField.objects.filter(closed=False)}
    with acting(client.pk):
        held = {row.field_id: row for row in CustomValue.objects.filter(client=client)}
        changed = [
            _write(client, fields[pk], held.get(pk), _read(fields[pk], typed), versions[pk], by)
            for pk, typed in values.items()
            if pk in fields
        ]
        if any(changed):
            edited(client, by, role, ["custom"])


def _write(
    client: Client,
    field: CustomField,
    row: CustomValue | None,
    value: str,
    version: int,
    by: "User",
) -> bool:
    if row is None and value and not version:
        row = CustomValue(client=client, field=field)
        row.save(force_insert=True)
        return bool(change(row, row.version, {"value": value}, by))
    if row is None:
        return False
    if row.version != version and row.value == value:
        return False
    if row.version != version:
        raise Conflict(
            _("While you were editing, somebody wrote “%(value)s” in “%(field)s”")
            % {"value": row.value, "field": field.name},
            cure=_("Open it again and repeat your change"),
        )
    return bool(change(row, version, {"value": value}, by))


def _read(field: CustomField, typed: Any) -> str:
    """A typed value as it is kept; BadInput when it is not one of the field's kind."""
    if field.kind == CustomField.Kind.YES:
        return "1" if typed not in ("", "0", False, None) else ""
    text = typed.isoformat() if isinstance(typed, date) else str(typed or "").strip()
    if not text:
        return ""
    if field.kind == CustomField.Kind.NUMBER:
        number = text.replace(" ", "").replace("\u00a0", "")
        if not number.removeprefix("-").isdecimal() or len(number) > LONGEST_NUMBER:
            raise _wrong(field, _("Enter a whole number"))
        return str(int(number))
    if field.kind == CustomField.Kind.DAY:
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise _wrong(field, _("Choose a day")) from None
    if field.kind == CustomField.Kind.CHOICE and text not in field.options.splitlines():
        raise _wrong(field, _("Choose one of what is offered"))
    return text


def _wrong(field: CustomField, words: str) -> BadInput:
    return BadInput(words, field=f"custom_{field.pk}", cure=field.name)


def _listed(options: str) -> str:
    return "\n".join(dict.fromkeys(line.strip() for line in options.splitlines() if line.strip()))


def _check_options(field: CustomField) -> None:
    if field.kind == CustomField.Kind.CHOICE and len(field.options.splitlines()) < 2:
        raise BadInput(_("Give at least two options, one a line"), field="options")


def _tell(field: CustomField, by: "User", role: str, fields: list[str]) -> None:
    refs = {"custom_field": field.pk}
    record("agency.field", root_id=0, refs=refs, by=by, role=role, payload={"fields": fields})
