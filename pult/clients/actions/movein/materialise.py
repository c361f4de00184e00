"""From a plan to rows of the tables: for many new clients at once, or one that is known."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Model

from pult.clients.models import (
    Assignment,
    BankAccount,
    Brand,
    Client,
    Contact,
    Contract,
    Group,
    ImportBatch,
    ImportRow,
    LegalEntity,
    LineBudget,
    LineFeed,
    OpeningBalance,
    ServiceLine,
    Site,
    Wallet,
)

if TYPE_CHECKING:
    from datetime import datetime

CONTACT_COLUMNS = (
    "name",
    "position",
    "phone",
    "phone_key",
    "email",
    "decides",
    "birthday_day",
    "birthday_month",
    "birthday_year",
)
ENTITY_COLUMNS = ("name", "inn", "kpp", "ogrn", "address")
# In the order of their dependence: a contract needs its payer, a feed its line.
TABLES: tuple[type[Model], ...] = (
    Site,
    Brand,
    LegalEntity,
    BankAccount,
    Contact,
    Contract,
    Wallet,
    ServiceLine,
    LineFeed,
    LineBudget,
    OpeningBalance,
    Assignment,
)


@dataclass
class Made:
    """Rows to be inserted for one client, by table, in the order of the plan."""

    client: Client
    rows: dict[type[Model], list[Any]] = field(default_factory=dict)

    def add(self, row: Model) -> Any:
        self.rows.setdefault(type(row), []).append(row)
        return row

    def of(self, table: type[Model]) -> list[Any]:
        return self.rows.get(table, [])


def logins_taken(rows: Iterable[ImportRow]) -> set[tuple[str, str]]:
    """(platform, login) of accounts that are there already, of those these rows speak of."""
    logins = {
        line["login"]
        for row in rows
        for line in row.plan["add"].get("lines", ())
        if line.get("login")
    }
    return set(Wallet.objects.filter(login__in=logins).values_list("platform", "login"))


def build(
    row: ImportRow,
    client: Client,
    batch: ImportBatch,
    now: "datetime",
    taken: set[tuple[str, str]],
) -> Made:
    """The unsaved rows that a plan adds to a client; what the client has is looked up first.

    `taken` are `logins_taken`, and grows: an account belongs to the first client that names it.
    """
    made, add = Made(client), row.plan["add"]
    is_new = row.plan["action"] == "create"
    old: dict[str, list[Any]] = {} if is_new else _present(client)
    for site in add.get("sites", ()):
        made.add(Site(client=client, host=site["host"]))
    for brand in add.get("brands", ()):
        made.add(Brand(client=client, name=brand["name"]))
    for entity in add.get("entities", ()):
        made.add(LegalEntity(client=client, **_only(entity, ENTITY_COLUMNS)))
    entities = [*old.get("entities", ()), *made.of(LegalEntity)]
    for account in add.get("accounts", ()):
        if payer := _payer(entities, account["inn"]):
            columns = _only(account, ("account", "bik", "bank"))
            made.add(BankAccount(entity=payer, **columns))
    for contact in add.get("contacts", ()):
        made.add(Contact(client=client, **_only(contact, CONTACT_COLUMNS)))
    for contract in add.get("contracts", ()):
        signed_on = _day(contract.get("signed_on")) or batch.go_live
        payer = _payer(entities, contract["inn"])
        number = contract["number"]
        made.add(Contract(client=client, number=number, signed_on=signed_on, entity=payer))
    _lines(made, row, batch, old, now, taken)
    am = row.plan["am"]
    if am and not (old and client.assignments.filter(role="am", until=None).exists()):
        made.add(Assignment(client=client, user_id=am, role="am", since=now))
    return made


def save(all_made: Iterable[Made]) -> None:
    """Insert rows of many clients, a statement a table."""
    all_made = list(all_made)
    for table in TABLES:
        rows = [row for made in all_made for row in made.of(table)]
        if rows:
            table._default_manager.bulk_create(rows)


def trail_of(made: Made) -> list[dict[str, Any]]:
    """What was inserted, to be found again by an undo."""
    return [
        {"table": table.__name__, "id": row.pk, "version": getattr(row, "version", 0)}
        for table in TABLES
        for row in made.of(table)
    ]


def _lines(
    made: Made,
    row: ImportRow,
    batch: ImportBatch,
    old: dict[str, list[Any]],
    now: "datetime",
    taken: set[tuple[str, str]],
) -> None:
    add, client = row.plan["add"], made.client
    sites = {site.host: site for site in [*old.get("sites", ()), *made.of(Site)]}
    contracts = {c.number: c for c in [*old.get("contracts", ()), *made.of(Contract)]}
    lines = {line.name.casefold(): line for line in old.get("lines", ())}
    wallets = {(w.platform, w.login): w for w in old.get("wallets", ())}
    for plan in add.get("lines", ()):
        line = _line(plan, client, batch)
        line.site = sites.get(plan.get("site", ""))
        line.contract = contracts.get(plan.get("contract", ""))
        line.wallet = _wallet(made, wallets, plan, taken)
        lines[line.name.casefold()] = made.add(line)
        if plan["budget"]:
            since = line.period_from or batch.go_live
            made.add(
                LineBudget(
                    line=line, since=since, monthly=plan["budget"], set_by=batch.by, set_at=now
                )
            )
    for feed in add.get("feeds", ()):
        if line := lines.get(feed["line"].casefold()):
            made.add(LineFeed(line=line, **_only(feed, ("source", "login", "campaign_id"))))
    for balance in add.get("balances", ()):
        made.add(
            OpeningBalance(
                client=client,
                line=lines.get(balance["line"].casefold()),
                day=_day(balance.get("day")) or batch.balance_day,
                with_agency=balance["with_agency"],
                on_platform=balance["on_platform"],
                batch=batch,
                set_by=batch.by,
                set_at=now,
            )
        )


def _line(plan: dict[str, Any], client: Client, batch: ImportBatch) -> ServiceLine:
    """A line as it stands on the day the regulation begins: it passes no gate on its way in."""
    first, last = _day(plan.get("period_from")), _day(plan.get("period_to"))
    if last and last < batch.go_live:
        status = ServiceLine.Status.ENDED
    elif first and first > batch.go_live:
        status = ServiceLine.Status.PLANNED
    else:
        status = ServiceLine.Status.RUNNING
    return ServiceLine(
        client=client,
        name=plan["name"],
        tool=plan["tool"],
        platform=plan.get("platform", ""),
        money_flow=plan.get("money_flow", ServiceLine.MoneyFlow.AGENCY),
        monthly_budget=plan["budget"],
        period_from=first,
        period_to=last,
        always_on=last is None,
        status=status,
        entered_running=status == ServiceLine.Status.RUNNING,
        planned_start=first if status == ServiceLine.Status.PLANNED else None,
    )


def _wallet(
    made: Made,
    wallets: dict[tuple[str, str], Wallet],
    plan: dict[str, Any],
    taken: set[tuple[str, str]],
) -> Wallet | None:
    """The account of the line's login; one that is another client's already is left to people."""
    key = (plan.get("platform", ""), plan.get("login", ""))
    if not all(key):
        return None
    if key not in wallets:
        if key in taken:
            return None
        taken.add(key)
        wallets[key] = made.add(Wallet(client=made.client, platform=key[0], login=key[1]))
    return wallets[key]


def _present(client: Client) -> dict[str, list[Any]]:
    names = ("entities", "sites", "contracts", "lines", "wallets")
    return {name: list(getattr(client, name).all()) for name in names}


def _payer(entities: list[LegalEntity], inn: str) -> LegalEntity | None:
    """The entity of a tax number; without one, the only entity there is."""
    if inn:
        return next((entity for entity in entities if entity.inn == inn), None)
    return entities[0] if len(entities) == 1 else None


def _only(row: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: row[name] for name in names if name in row}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def groups_of(rows: list[ImportRow]) -> dict[str, Group]:
    """The groups of companies these rows name, made where they are new."""
    names = {row.plan["card"].get("group", "")[:200] for row in rows} - {""}
    Group.objects.bulk_create([Group(name=name) for name in sorted(names)], ignore_conflicts=True)
    return {group.name: group for group in Group.objects.filter(name__in=names)}
