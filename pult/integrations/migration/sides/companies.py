"""A company there, a client with its first legal entity here."""

from django.utils.translation import gettext as _

from pult.clients.access import holder, require
from pult.clients.actions import add_entity, edit_client, edit_entity
from pult.clients.checks import number_checks
from pult.clients.logic.people import email_key, phone_key
from pult.clients.models import Client, LegalEntity
from pult.integrations.migration.shape import Company
from pult.integrations.migration.sides.people import Names
from pult.kernel.errors import Refusal
from pult.kernel.words import bare_host, is_host, line_of
from pult.people.models import User

CARD = ("name", "about")
ENTITY = {"legal_name": "name", "inn": "inn", "kpp": "kpp", "ogrn": "ogrn", "address": "address"}
FILLED = frozenset(["name"])
LONGEST = {"name": 200, "legal_name": 300, "address": 300, "about": 300}


def theirs(record: Company, names: Names) -> dict[str, str]:
    """What a card can take of it: a number that cannot be right is left there."""
    found = {name: line_of(getattr(record, name))[: LONGEST.get(name, 300)] for name in CARD}
    checks = number_checks()
    for name in ENTITY:
        value = line_of(getattr(record, name))[: LONGEST.get(name, 300)]
        check = checks.get(name)
        if check:
            value = "".join(value.split())
        found[name] = "" if value and check and check(value) is not None else value
    user = names.user(record.responsible)
    found["responsible"] = user.full_name if user else ""
    return found


def unfit(record: Company) -> list[str]:
    """Fields of a record whose values cannot be right and stay there."""
    checks = number_checks()
    wrong = [
        name
        for name in ("inn", "kpp", "ogrn")
        if (value := "".join(getattr(record, name).split())) and checks[name](value) is not None
    ]
    if record.phone and not phone_key(record.phone):
        wrong.append("phone")
    if record.email and not email_key(record.email):
        wrong.append("email")
    if record.site and not is_host(bare_host(record.site)):
        wrong.append("site")
    return wrong


def ours(row: Client) -> dict[str, str]:
    found = {name: line_of(getattr(row, name)) for name in CARD}
    entity = first_entity(row)
    for name, column in ENTITY.items():
        found[name] = line_of(getattr(entity, column)) if entity else ""
    manager = holder(row.pk, "am")
    found["responsible"] = manager.full_name if manager else ""
    return found


def take(by: User, row: Client, values: dict[str, str], _names: Names) -> None:
    """Raises Refusal for the manager: a client changes hands by a handover only."""
    require(by, "am", "head", "director", act=_("edit clients"))
    if "responsible" in values:
        raise Refusal(
            _("A client changes hands by a handover"),
            cure=_("Start it on the client's card, then keep ours here"),
        )
    card = {name: values[name] for name in CARD if name in values}
    if card:
        edit_client(by=by, client_id=row.pk, version=row.version, **card)
    entity = first_entity(row)
    columns = {ENTITY[name]: values[name] for name in ENTITY if name in values}
    if columns and entity:
        edit_entity(by=by, entity_id=entity.pk, version=entity.version, **columns)
    elif any(columns.values()):
        add_entity(by=by, client_id=row.pk, **{"name": row.name, **columns})


def take_gone(by: User, row: Client) -> None:
    raise Refusal(
        _("A client does not leave because its card was deleted there"),
        cure=_("End the work on the client's card if it has left, then keep ours here"),
        subject=row,
    )


def first_entity(row: Client) -> LegalEntity | None:
    return row.entities.filter(closed=False).order_by("pk").first()
