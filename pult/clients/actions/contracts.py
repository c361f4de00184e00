"""Contracts and their dated payment schemes."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pult.clients.access import client_for, contract_for, require
from pult.clients.actions.cards import edited
from pult.clients.actions.expectations import watch_gaps
from pult.clients.actions.schemes import tell_schemes
from pult.clients.edits import change, check, morning, only
from pult.clients.models import Client, Contract, LegalEntity, PaymentScheme
from pult.kernel import clock
from pult.kernel.errors import BadInput
from pult.kernel.facts import acting, record

if TYPE_CHECKING:
    from pult.people.models import User

DRAFTERS = ("am", "head", "director", "accountant", "sales")
SCHEMERS = ("head", "director", "accountant")
EDITABLE = frozenset(["kind", "number", "signed_on", "ends_on", "entity", "own_entity"])


def add_contract(
    *, by: "User", client_id: int, number: str, signed_on: date, **fields: Any
) -> Contract:
    """Enter a contract; `fields` are columns of `EDITABLE`."""
    role = require(by, *DRAFTERS, act=_("enter contracts"))
    client = client_for(by, client_id)
    fields = {**only(fields, EDITABLE), "number": number.strip(), "signed_on": signed_on}
    _check_entity(client, fields.get("entity"))
    with acting(client.pk):
        contract = Contract(client=client, **fields)
        check(contract)
        contract.save(force_insert=True)
        record(
            "contract.signed",
            root_id=client.pk,
            refs={"client": client.pk, "contract": contract.pk},
            by=by,
            role=role,
            day=signed_on,
        )
        watch_gaps(client, by, role)
    return contract


def edit_contract(*, by: "User", contract_id: int, version: int, **changes: Any) -> Contract:
    """Change a contract's columns; raises Conflict when someone else was first."""
    role = require(by, *DRAFTERS, act=_("enter contracts"))
    contract = contract_for(by, contract_id)
    _check_entity(contract.client, changes.get("entity"))
    with acting(contract.client_id):
        if change(contract, version, only(changes, EDITABLE), by):
            edited(contract.client, by, role, ["contracts"])
            watch_gaps(contract.client, by, role)
    return contract


def set_scheme(
    *,
    by: "User",
    contract_id: int,
    kind: str,
    since: date,
    days: int | None = None,
    limit: int | None = None,
    parts: int | None = None,
) -> PaymentScheme:
    """From `since` on the contract is paid like this; the scheme before it ends by itself.

    `days` to pay and a debt `limit` in kopecks belong to post-payment, `parts` to instalments.
    Raises BadInput when a scheme already begins on that day.
    """
    role = require(by, *SCHEMERS, act=_("set payment schemes"))
    contract = contract_for(by, contract_id)
    _check_terms(kind, days, parts)
    with acting(contract.client_id):
        if PaymentScheme.objects.filter(contract=contract, since=since).exists():
            raise BadInput(
                _("Another scheme begins on this day"),
                field="since",
                cure=_("Choose another first day"),
            )
        scheme = PaymentScheme(
            contract=contract,
            kind=kind,
            since=since,
            days=days,
            limit=limit,
            parts=parts,
            set_by=by,
            set_at=clock.now(),
        )
        check(scheme)
        scheme.save(force_insert=True)
        terms = {"days": days, "limit": limit, "parts": parts}
        record(
            "contract.scheme",
            root_id=contract.client_id,
            refs={"client": contract.client_id, "contract": contract.pk},
            by=by,
            role=role,
            at=morning(since),
            state=kind,
            payload={name: value for name, value in terms.items() if value is not None},
        )
        for line in contract.lines.all():
            tell_schemes(line, by=by, role=role)
    return scheme


def _check_terms(kind: str, days: int | None, parts: int | None) -> None:
    if kind == PaymentScheme.Kind.POSTPAID and days is None:
        raise BadInput(_("Say within how many days the client pays"), field="days")
    if kind == PaymentScheme.Kind.INSTALMENTS and (parts or 0) < 2:
        raise BadInput(_("There are at least two instalments"), field="parts")


def _check_entity(client: Client, entity: LegalEntity | None) -> None:
    if entity and entity.client_id != client.pk:
        raise BadInput(_("This legal entity belongs to another client"), field="entity")
