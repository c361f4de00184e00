"""Companies and contacts of a former system as the rows of a move-in: one client, several lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pult.clients.logic.people import email_key, phone_key
from pult.integrations.migration.shape import Company, Contact
from pult.integrations.migration.sides import Names, companies, contacts
from pult.kernel.words import bare_host, is_host, line_of

COLUMNS = (
    "client",
    "status",
    "about",
    "am",
    "site",
    "entity",
    "inn",
    "kpp",
    "ogrn",
    "address",
    "account",
    "bik",
    "bank",
    "contact",
    "position",
    "phone",
    "email",
    "birthday",
)
MAPPING = {name: place for place, name in enumerate(COLUMNS)}
FIRST_LINE = 2  # as in a file whose first line is the titles


@dataclass
class Sheet:
    """The rows of new clients. `whose`: line → (kind, id) of the client there; `contact_of`: line →
    the person in it."""

    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    whose: dict[int, tuple[str, str]] = field(default_factory=dict)
    contact_of: dict[int, str] = field(default_factory=dict)

    def add(self, owner: tuple[str, str], values: Mapping[str, str], contact: str = "") -> None:
        line = FIRST_LINE + len(self.rows)
        self.rows.append((line, [values.get(name, "") for name in COLUMNS]))
        self.whose[line] = owner
        if contact:
            self.contact_of[line] = contact


def sheet_of(
    firms: Iterable[Company],
    people: Iterable[Contact],
    statuses: Mapping[tuple[str, str], str],
    names: Names,
    alone: frozenset[str],
) -> Sheet:
    """Rows for new clients: `statuses` are ours by (kind, id), `alone` the contacts that are
    clients by themselves."""
    sheet, by_firm, single = Sheet(), _by_firm(people), []
    for firm in firms:
        values = _of_firm(firm, names) | {"status": statuses.get(("company", firm.id), "lead")}
        staff = by_firm.pop(firm.id, [])
        own = _reach(firm.phone, firm.email)
        if own or not staff:
            sheet.add(("company", firm.id), values | own)
        for one in staff:
            sheet.add(("company", firm.id), values | _of_person(one), one.id)
    for person in people:
        if person.id in alone and person not in single:
            single.append(person)
            status = statuses.get(("contact", person.id), "lead")
            values = {
                "client": line_of(person.name)[:200],
                "am": _manager(names, person.responsible),
                "status": status,
            }
            sheet.add(("contact", person.id), values | _of_person(person), person.id)
    return sheet


def _by_firm(people: Iterable[Contact]) -> dict[str, list[Contact]]:
    """Each person once, with the first of their firms."""
    found: dict[str, list[Contact]] = {}
    for one in people:
        if one.companies:
            found.setdefault(one.companies[0], []).append(one)
    return found


def _of_firm(firm: Company, names: Names) -> dict[str, str]:
    values = companies.theirs(firm, names)
    host = bare_host(firm.site)
    found = {
        "client": values["name"],
        "about": values["about"],
        "am": _manager(names, firm.responsible),
        "site": host if is_host(host) else "",
        "inn": values["inn"],
        "kpp": values["kpp"] if values["inn"] else "",
        "ogrn": values["ogrn"],
        "address": values["address"],
        "entity": values["legal_name"],
    }
    if not found["entity"] and any(found[name] for name in ("inn", "ogrn", "address")):
        found["entity"] = values["name"]
    return found | _account(firm) if found["entity"] else found


def _account(firm: Company) -> dict[str, str]:
    """The bank account, if it can belong to its bank."""
    checks = companies.number_checks()
    account, bik = "".join(firm.account.split()), "".join(firm.bik.split())
    if not (account and bik) or checks["bik"](bik) or checks["account"](account, bik):
        return {}
    return {"account": account, "bik": bik, "bank": line_of(firm.bank)[:200]}


def _of_person(one: Contact) -> dict[str, str]:
    values = contacts.theirs(one, None)
    return {"contact": values.pop("name")} | values


def _reach(phone: str, email: str) -> dict[str, str]:
    phone = line_of(phone)[:40]
    found = {"phone": phone if phone_key(phone) else "", "email": email_key(email)}
    return {name: value for name, value in found.items() if value}


def _manager(names: Names, external_id: str) -> str:
    """Their responsible, if that is an account manager here."""
    user = names.user(external_id)
    return user.email if user and user.is_active and "am" in user.roles else ""
