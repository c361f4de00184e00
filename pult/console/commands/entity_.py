"""`pult entity`: the agency's own legal entities, in whose name invoices go out."""

from datetime import datetime
from typing import Any

import click

from pult.console.output import django, show

DAY = click.DateTime(["%Y-%m-%d", "%d.%m.%Y"])
VAT = click.Choice(["standard", "5", "7", "none"])
COLUMNS = (
    ("--inn", "ИНН (УНП, БИН)."),
    ("--kpp", "КПП."),
    ("--ogrn", "ОГРН or ОГРНИП."),
    ("--address", "As documents print it."),
    ("--signatory", "Who signs documents: position and name."),
    ("--country", "RU, BY, KZ or --; RU by default."),
)
ACCOUNT = (
    ("--account", "An account to add."),
    ("--bik", "БИК of its bank."),
    ("--bank", "Its bank."),
)


def _options(*options: tuple[str, str]) -> Any:
    def add(command: Any) -> Any:
        for name, words in reversed(options):
            command = click.option(name, help=words)(command)
        return command

    return add


@click.group("entity")
def command() -> None:
    """Add, list or edit the agency's own legal entities.

    Example: pult entity add --name "ООО «Пример»" --inn 7707083893 --kpp 773601001
    """


@command.command("add")
@click.option("--name", required=True)
@_options(*COLUMNS, *ACCOUNT)
@click.option("--vat", type=VAT, default="standard", show_default=True)
@click.option("--json", "as_json", is_flag=True)
def add(name: str, vat: str, as_json: bool, **given: str | None) -> None:
    """Add a legal entity and, if you like, its account.

    Example: pult entity add --name "ООО «Пример»" --inn 7707083893 --signatory "Директор З. Лунин"
    """
    django()
    from pult.clients.actions import add_own_entity
    from pult.kernel.facts import acting

    account = _account(given)
    with acting(0):
        row = add_own_entity(by=None, name=name, vat=vat, **_told(given))
        _add_account(row.pk, account)
    show(_figures(row.pk), as_json)


@command.command("edit")
@click.argument("number", type=click.IntRange(min=1))
@click.option("--name")
@_options(*COLUMNS, *ACCOUNT)
@click.option("--vat", type=VAT, help="How VAT is charged; needs --since.")
@click.option("--since", type=DAY, help="The first day of that VAT.")
@click.option("--closed/--open", default=None, help="Whether it is still used.")
@click.option("--json", "as_json", is_flag=True)
def edit(
    number: int,
    vat: str | None,
    since: datetime | None,
    closed: bool | None,
    as_json: bool,
    **given: str | None,
) -> None:
    """Change the entity NUMBER: what is not named stays.

    Example: pult entity edit 1 --vat 5 --since 2026-01-01
    """
    if (vat is None) != (since is None):
        raise click.UsageError("--vat and --since go together")
    django()
    from pult.clients.actions import edit_own_entity, set_own_vat
    from pult.clients.queries import own_entity_of
    from pult.kernel.facts import acting

    account = _account(given)
    changes = _told(given) | ({} if closed is None else {"closed": closed})
    with acting(0):
        version = own_entity_of(number).version
        edit_own_entity(by=None, entity_id=number, version=version, **changes)
        if vat and since:
            set_own_vat(by=None, entity_id=number, vat=vat, since=since.date())
        _add_account(number, account)
    show(_figures(number), as_json)


@command.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_(as_json: bool) -> None:
    """The agency's legal entities, those in use first.

    Example: pult entity list --json
    """
    django()
    rows = _all()
    if as_json:
        show(rows, True)
        return
    show(
        {f"{row['id']} {row['name']}": f"{row['inn']} {row['vat']}".strip() for row in rows}, False
    )


def _told(given: dict[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in given.items() if value is not None}


def _account(given: dict[str, str | None]) -> dict[str, str]:
    """The options of an account, taken out of all."""
    account = {name: given.pop(name) or "" for name in ("account", "bik", "bank")}
    if any(account.values()) and not account["account"]:
        raise click.UsageError("--bik and --bank need --account")
    return account


def _add_account(entity_id: int, account: dict[str, str]) -> None:
    from pult.clients.actions import add_own_account

    if account["account"]:
        add_own_account(by=None, entity_id=entity_id, **account)


def _all() -> list[dict[str, Any]]:
    from pult.clients.queries import agency, own_vat_on
    from pult.people.queries import business_day

    today = business_day()
    return [
        {
            "id": item.row.pk,
            "name": item.row.name,
            "inn": item.row.inn,
            "kpp": item.row.kpp,
            "ogrn": item.row.ogrn,
            "address": item.row.address,
            "signatory": item.row.signatory,
            "vat": own_vat_on(item.row, today),
            "accounts": [one.account for one in item.accounts if not one.closed],
            "closed": item.row.closed,
            "version": item.row.version,
        }
        for item in agency(today).entities
    ]


def _figures(entity_id: int) -> dict[str, Any]:
    return next(row for row in _all() if row["id"] == entity_id)
