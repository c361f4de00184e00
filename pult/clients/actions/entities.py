"""Payers, their accounts, and third parties who pay for a client."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from pult.clients.access import client_for, entity_for, require
from pult.clients.actions.cards import edited
from pult.clients.checks import check_account, check_requisites
from pult.clients.edits import change, check, only
from pult.clients.models import (
    BankAccount,
    LegalEntity,
    PayerAlias,
)
from pult.kernel import clock
from pult.kernel.errors import BadInput
from pult.kernel.facts import acting

if TYPE_CHECKING:
    from pult.people.models import User

EDITORS = ("am", "head", "director", "accountant", "sales")
REQUISITES = frozenset(["name", "country", "inn", "kpp", "ogrn", "address", "signatory"])
EDITABLE = REQUISITES | {"postal_address", "closed"}


def add_entity(*, by: "User", client_id: int, name: str, **fields: Any) -> LegalEntity:
    """Add a payer; `fields` are columns of `EDITABLE`.

    Raises BadInput naming the number that cannot be right and what it may have been. The same
    tax number at another client is allowed: see `queries.same_payer` for the warning.
    """
    role = require(by, *EDITORS, act=_("edit legal entities"))
    client = client_for(by, client_id)
    fields = check_requisites({**only(fields, EDITABLE), "name": name.strip()})
    with acting(client.pk):
        entity = LegalEntity(client=client, **fields)
        _refuse_twin(entity)
        check(entity)
        entity.save(force_insert=True)
        edited(client, by, role, ["entities"])
    return entity


def edit_entity(*, by: "User", entity_id: int, version: int, **changes: Any) -> LegalEntity:
    """Change a payer's columns; raises Conflict when someone else was first."""
    role = require(by, *EDITORS, act=_("edit legal entities"))
    entity = entity_for(by, entity_id)
    changes = check_requisites(only(changes, EDITABLE), country=entity.country)
    with acting(entity.client_id):
        if change(entity, version, changes, by):
            edited(entity.client, by, role, ["entities"])
    return entity


def add_account(
    *, by: "User", entity_id: int, account: str, bik: str, bank: str = ""
) -> BankAccount:
    """Add an account of a payer; its check digit must agree with the bank's code."""
    role = require(by, *EDITORS, act=_("edit legal entities"))
    entity = entity_for(by, entity_id)
    check_account(account, bik, entity.country)
    with acting(entity.client_id):
        row, made = BankAccount.objects.get_or_create(
            entity=entity, account=account, bik=bik, defaults={"bank": bank}
        )
        if made:
            edited(entity.client, by, role, ["accounts"])
    return row


def add_payer_alias(
    *,
    by: "User",
    client_id: int,
    inn: str = "",
    account: str = "",
    name: str = "",
    since: date | None = None,
) -> PayerAlias:
    """Money of this third party is the client's from a day on; known by tax number or account."""
    role = require(by, *EDITORS, act=_("say who pays for a client"))
    client = client_for(by, client_id)
    if not inn and not account:
        raise BadInput(_("Give the payer's tax number or account"), field="inn")
    if inn:
        check_requisites({"inn": inn})
    with acting(client.pk):
        alias, made = PayerAlias.objects.get_or_create(
            client=client,
            inn=inn,
            account=account,
            until=None,
            defaults={"name": name, "since": since or clock.today(settings.TIME_ZONE)},
        )
        if made:
            edited(client, by, role, ["payers"])
    return alias


def end_payer_alias(*, by: "User", client_id: int, alias_id: int, last_day: date) -> None:
    """From the day after `last_day` the third party's money is no longer the client's."""
    role = require(by, *EDITORS, act=_("say who pays for a client"))
    client = client_for(by, client_id)
    with acting(client.pk):
        if client.payer_aliases.filter(pk=alias_id).update(until=last_day):
            edited(client, by, role, ["payers"])


def _refuse_twin(entity: LegalEntity) -> None:
    twins = LegalEntity.objects.filter(client=entity.client, inn=entity.inn, kpp=entity.kpp)
    if entity.inn and twins.exists():
        raise BadInput(
            _("The client already has this legal entity"),
            field="inn",
            cure=_("Edit the one it has"),
        )
