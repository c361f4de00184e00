"""Rows of a file → clients of a file: one client may stand in several rows."""

import re
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pult.clients.logic.movein.reading import RowProblem, RowValues
from pult.clients.logic.people import phone_key

Tokens = Callable[[str], Iterable[str]]
Row = dict[str, Any]

# Words that say what kind of company it is, not which one.
LEGAL_FORMS = frozenset(
    re.findall(
        r"\w+",
        "ооо оао зао пао ао нао ип ано тоо чп фгуп гк llc ltd inc группа компания фирма общество",
    )
)
# What guesses the tool of a line when no column tells.
TOOL_OF_PLATFORM = {"direct": "context", "google": "context", "vk": "target", "telegram": "target"}


@dataclass
class FileClient:
    """A client as the file tells it; lists keep the order of the file without repeats."""

    key: str
    name: str
    name_tokens: frozenset[str]
    lines: list[int] = field(default_factory=list)
    card: Row = field(default_factory=dict)
    am: str = ""
    sites: list[str] = field(default_factory=list)
    brands: list[str] = field(default_factory=list)
    entities: list[Row] = field(default_factory=list)
    accounts: list[Row] = field(default_factory=list)
    contacts: list[Row] = field(default_factory=list)
    contracts: list[Row] = field(default_factory=list)
    service_lines: list[Row] = field(default_factory=list)
    balances: list[Row] = field(default_factory=list)
    # (platform, login, campaign) → the rows of the file that name it
    feed_rows: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)

    @property
    def inns(self) -> set[str]:
        return {entity["inn"] for entity in self.entities if entity.get("inn")}


def name_tokens(text: str, tokens: Tokens) -> frozenset[str]:
    """The words that tell one client from another, whatever their order and endings."""
    found = frozenset(tokens(text))
    return found - LEGAL_FORMS or found


def gather(
    rows: Iterable[RowValues], tokens: Tokens, left_out: Container[int] = ()
) -> tuple[list[FileClient], list[RowProblem]]:
    """Put the rows of one client together.

    A row is of the client it names, or of the one with its tax number; a row that names nobody
    goes on about the client of the row above, as merged cells do. A row of the lines `left_out`
    brings nothing, yet the rows under it go on about its client.
    """
    clients: dict[frozenset[str], FileClient] = {}
    by_inn: dict[str, FileClient] = {}
    problems: list[RowProblem] = []
    current: FileClient | None = None
    for row in rows:
        found = _whose(row, clients, by_inn, current, tokens)
        if found is None:
            if row.line not in left_out:
                problems.append(RowProblem(row.line, "client", "", "no_client"))
            continue
        current = found
        if row.line not in left_out:
            _take(found, row)
        if inn := row.values.get("inn"):
            by_inn.setdefault(inn, found)
    return [client for client in clients.values() if client.lines], problems


def _whose(
    row: RowValues,
    clients: dict[frozenset[str], FileClient],
    by_inn: dict[str, FileClient],
    current: FileClient | None,
    tokens: Tokens,
) -> FileClient | None:
    values = row.values
    name = values.get("client", "")
    if not name:
        if (inn := values.get("inn")) and inn in by_inn:
            return by_inn[inn]
        name = values.get("entity", "") or values.get("inn", "")
    if not name:
        return current
    words = name_tokens(name, tokens)
    if words not in clients:
        clients[words] = FileClient(key=" ".join(sorted(words)), name=name, name_tokens=words)
    return clients[words]


def _take(client: FileClient, row: RowValues) -> None:
    values = row.values
    client.lines.append(row.line)
    for name in ("status", "about", "group"):
        if values.get(name):
            client.card.setdefault(name, values[name])
    if values.get("am") and not client.am:
        client.am = values["am"]
    _add(client.sites, values.get("site"))
    _add(client.brands, values.get("brand"))
    entity = _entity(client, values)
    if values.get("account"):
        account = _only(values, "account", "bik", "bank")
        account["inn"] = entity.get("inn", "") if entity else ""
        _merge(client.accounts, account, "account")
    if contact := _contact(values):
        _merge(client.contacts, contact, "name")
    if values.get("contract"):
        contract = {"number": values["contract"], "inn": values.get("inn", "")}
        if day := values.get("contract_date"):
            contract["signed_on"] = day.isoformat()
        _merge(client.contracts, contract, "number")
    line = _line(values)
    if line:
        feed = (line.get("platform", ""), line.get("login", ""), *line["campaigns"], "")[:3]
        client.feed_rows.setdefault(feed, []).append(row.line)
        _merge_line(client, line)
    _balance(client, values, line)


def _entity(client: FileClient, values: Row) -> Row | None:
    entity = _only(values, "inn", "kpp", "ogrn", "address")
    if not entity and not values.get("entity"):
        return None
    entity["name"] = values.get("entity") or client.name
    for known in client.entities:
        kpps = {known.get("kpp", ""), entity.get("kpp", "")} - {""}
        same_inn = entity.get("inn") and known.get("inn") == entity.get("inn") and len(kpps) < 2
        same_name = not entity.get("inn") and known["name"] == entity["name"]
        if same_inn or same_name:
            known.update({name: value for name, value in entity.items() if name not in known})
            return known
    client.entities.append(entity)
    return entity


def _contact(values: Row) -> Row | None:
    contact = _only(values, "position", "phone", "email", "decides")
    name = values.get("contact") or values.get("email") or values.get("phone")
    if not name:
        return None
    contact["name"] = name
    if phone := contact.get("phone"):
        contact["phone_key"] = phone_key(phone)
    if born := values.get("birthday"):
        contact.update(birthday_day=born.day, birthday_month=born.month, birthday_year=born.year)
    return contact


def _line(values: Row) -> Row | None:
    line = _only(values, "tool", "platform", "login", "campaign", "money_flow", "site", "contract")
    if not (values.get("line") or line.keys() & {"tool", "platform", "campaign", "login"}):
        return None
    platform = line.get("platform", "")
    line.setdefault("tool", TOOL_OF_PLATFORM.get(platform, "other"))
    line["name"] = values.get("line") or " · ".join(
        part for part in (line["tool"], platform, line.get("site", "")) if part
    )
    line["campaigns"] = [campaign] if (campaign := line.pop("campaign", "")) else []
    line["budget"] = values.get("budget", 0)
    for name in ("period_from", "period_to"):
        day: date | None = values.get(name)
        line[name] = day.isoformat() if day else None
    return line


def _merge_line(client: FileClient, line: Row) -> None:
    """Several campaigns of one line stand in several rows."""
    for known in client.service_lines:
        if all(known.get(k) == line.get(k) for k in ("name", "tool", "platform", "login")):
            known["campaigns"] += [c for c in line["campaigns"] if c not in known["campaigns"]]
            known["budget"] = known["budget"] or line["budget"]
            return
    client.service_lines.append(line)


def _balance(client: FileClient, values: Row, line: Row | None) -> None:
    if "balance" not in values and "balance_platform" not in values:
        return
    balance = {
        "line": line["name"] if line else "",
        "with_agency": values.get("balance", 0),
        "on_platform": values.get("balance_platform", 0),
    }
    if day := values.get("balance_day"):
        balance["day"] = day.isoformat()
    if not any(known["line"] == balance["line"] for known in client.balances):
        client.balances.append(balance)


def _only(values: Row, *names: str) -> Row:
    return {name: values[name] for name in names if values.get(name)}


def _merge(rows: list[Row], row: Row, name: str) -> None:
    """Add a row, or what it tells more of the row with the same `name`."""
    for known in rows:
        if known[name].casefold() == row[name].casefold():
            known.update({key: value for key, value in row.items() if not known.get(key)})
            return
    rows.append(row)


def _add(rows: list[Any], row: Any) -> None:
    if row and row not in rows:
        rows.append(row)
