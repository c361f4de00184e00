"""The agency itself: its legal entities, how they charge VAT, and its accounts.

`by` is None when Pult's own operator acts on the command line, or a statement names an account.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pult.clients.access import require
from pult.clients.actions.entities import REQUISITES
from pult.clients.checks import RUSSIA, check_account, check_requisites
from pult.clients.edits import change, check, morning, only
from pult.clients.models import OwnAccount, OwnEntity, OwnVat
from pult.kernel.days import check_day
from pult.kernel.errors import BadInput, NotVisible
from pult.kernel.facts import acting, record

if TYPE_CHECKING:
    from pult.people.models import User

KEEPERS = ("accountant", "director", "it")
EDITABLE = REQUISITES | {"closed"}
ACCOUNT_EDITABLE = frozenset(["bik", "bank", "entity", "closed"])


def add_own_entity(*, by: "User | None", name: str, **fields: Any) -> OwnEntity:
    """Add a legal entity of the agency; `fields` are columns of `REQUISITES`, and `vat`.

    Raises BadInput naming the number that cannot be right, or that another entity has.
    """
    role = _keeper(by)
    fields = check_requisites({**only(fields, REQUISITES | {"vat"}), "name": name.strip()})
    with acting(0):
        entity = OwnEntity(**fields)
        _refuse_twin(entity, entity.inn, entity.kpp)
        check(entity)
        entity.save(force_insert=True)
        _tell_entity(entity, by, role, sorted(fields))
    return entity


def edit_own_entity(
    *, by: "User | None", entity_id: int, version: int, **changes: Any
) -> OwnEntity:
    """Change the requisites of the agency's entity; what was issued keeps its number and VAT.

    Raises Conflict when somebody else was first.
    """
    role = _keeper(by)
    with acting(0):
        entity = _entity(entity_id)
        changes = check_requisites(only(changes, EDITABLE), country=entity.country)
        _refuse_twin(entity, changes.get("inn", entity.inn), changes.get("kpp", entity.kpp))
        if fields := change(entity, version, changes):
            _tell_entity(entity, by, role, fields)
    return entity


def set_own_vat(*, by: "User | None", entity_id: int, vat: str, since: date) -> OwnVat:
    """From a day on the entity charges VAT in another way; invoices issued before keep theirs.

    A second word about the same day replaces the first.
    """
    role = _keeper(by)
    check_day(since, "since")
    if vat not in OwnEntity.Vat.values:
        raise BadInput(_("Choose how the entity charges VAT"), field="vat")
    with acting(0):
        entity = _entity(entity_id)
        row, _made = OwnVat.objects.update_or_create(
            entity=entity, since=since, defaults={"vat": vat}
        )
        record(
            "agency.vat",
            root_id=0,
            refs={"own_entity": entity.pk},
            by=by,
            role=role,
            at=morning(since),
            key=str(entity.pk),
            state=vat,
        )
    return row


def add_own_account(
    *,
    by: "User | None",
    account: str,
    bik: str = "",
    bank: str = "",
    entity_id: int | None = None,
) -> OwnAccount:
    """Remember an account of the agency; a statement adds those of its own sections unasked.

    Naming the entity of an account already known ties the two. With a БИК the check digit of the
    account must agree with it.
    """
    role = _keeper(by)
    told = {"bik": bik, "bank": bank, "entity": _entity(entity_id) if entity_id else None}
    with acting(0):
        row, made = OwnAccount.objects.get_or_create(account="".join(account.split()))
        changes = {name: value for name, value in told.items() if value}
        _change_account(row, changes, by, role, ["account"] if made else [])
    return row


def edit_own_account(*, by: "User | None", account_id: int, **changes: Any) -> OwnAccount:
    """Say whose an account of the agency is, in which bank, and whether it is still used.

    `changes` are among `bik`, `bank`, `entity` and `closed`.
    """
    role = _keeper(by)
    with acting(0):
        row = OwnAccount.objects.filter(pk=account_id).first()
        if row is None:
            raise NotVisible(_("The agency has no such account"))
        _change_account(row, only(changes, ACCOUNT_EDITABLE), by, role, [])
    return row


def _change_account(
    row: OwnAccount, changes: dict[str, Any], by: "User | None", role: str, told: list[str]
) -> None:
    fields = told + sorted(name for name in changes if getattr(row, name) != changes[name])
    for name, value in changes.items():
        setattr(row, name, value)
    if row.bik:
        check_account(row.account, row.bik, row.entity.country if row.entity else RUSSIA)
    if not fields:
        return
    check(row)
    row.save()
    refs = {"own_account": row.pk} | ({"own_entity": row.entity_id} if row.entity_id else {})
    record("agency.account", root_id=0, refs=refs, by=by, role=role, payload={"fields": fields})


def _keeper(by: "User | None") -> str:
    return require(by, *KEEPERS, act=_("edit the agency's requisites")) if by else ""


def _entity(entity_id: int) -> OwnEntity:
    row = OwnEntity.objects.filter(pk=entity_id).first()
    if row is None:
        raise NotVisible(_("The agency has no such legal entity"))
    return row


def _refuse_twin(entity: OwnEntity, inn: str, kpp: str) -> None:
    twins = OwnEntity.objects.filter(inn=inn, kpp=kpp).exclude(pk=entity.pk)
    if inn and twins.exists():
        raise BadInput(
            _("The agency already has this legal entity"),
            field="inn",
            cure=_("Edit the one it has"),
        )


def _tell_entity(entity: OwnEntity, by: "User | None", role: str, fields: list[str]) -> None:
    refs, payload = {"own_entity": entity.pk}, {"fields": fields}
    record("agency.entity", root_id=0, refs=refs, by=by, role=role, payload=payload)
