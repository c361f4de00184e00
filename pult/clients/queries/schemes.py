"""The payment scheme in force: what every gate and deadline about money reads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pult.clients.logic.dated import in_force
from pult.clients.models import PaymentScheme, ServiceLine


@dataclass(frozen=True)
class Scheme:
    """How a contract is paid on a day; `days` to pay, `limit` in kopecks, `parts` instalments."""

    contract_id: int
    kind: str
    since: date
    days: int | None
    limit: int | None
    parts: int | None


def scheme_on(contract_id: int, day: date) -> Scheme | None:
    """The scheme of a contract on a day; None before its first one."""
    return _in_force(PaymentScheme.objects.filter(contract=contract_id), day).get(contract_id)


def schemes_of_lines(line_ids: Iterable[int], day: date) -> dict[int, Scheme]:
    """Line id → the scheme of its contract on a day; lines without a contract are left out."""
    contracts = dict(
        ServiceLine.objects.filter(pk__in=line_ids, contract__isnull=False).values_list(
            "pk", "contract"
        )
    )
    return schemes_of(contracts, day)


def schemes_of(contracts: Mapping[int, int | None], day: date) -> dict[int, Scheme]:
    """The same for lines whose contracts are at hand: line → contract. One query at the most."""
    wanted = {contract for contract in contracts.values() if contract}
    if not wanted:
        return {}
    rows = PaymentScheme.objects.filter(contract__in=wanted)
    schemes = _in_force(rows, day)
    return {line: schemes[contract] for line, contract in contracts.items() if contract in schemes}


def _in_force(rows: Iterable[PaymentScheme], day: date) -> dict[int, Scheme]:
    grouped: dict[int, list[PaymentScheme]] = {}
    for row in rows:
        grouped.setdefault(row.contract_id, []).append(row)
    chosen = {contract: in_force(schemes, day) for contract, schemes in grouped.items()}
    return {
        contract: Scheme(contract, row.kind, row.since, row.days, row.limit, row.parts)
        for contract, row in chosen.items()
        if row is not None
    }
