"""Clients of a file against clients already known: what to create, what to fill, what to ask."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

from pult.clients.logic.movein.claims import Claim, Claims
from pult.clients.logic.movein.gathering import FileClient, Tokens, gather, name_tokens
from pult.clients.logic.movein.managers import Managers
from pult.clients.logic.movein.reading import RowProblem, RowValues
from pult.clients.logic.movein.shapes import ClientPlan, Known, KnownClient, Match
from pult.clients.logic.people import phone_key

Row = dict[str, Any]
# "create", "skip", or the id of the client it is.
Decision = str | int

# Shared words ÷ all words from which two names may mean one client.
LIKENESS = 0.6
# A word in more names than this tells nothing apart.
COMMON = 200


def plan(
    rows: Iterable[RowValues],
    known: Known,
    tokens: Tokens,
    decisions: Mapping[str, Decision] | None = None,
    left_out: Container[int] = (),
) -> tuple[list[ClientPlan], list[RowProblem]]:
    """What every client of a file would become, and rows that turned out to belong to nobody, to
    claim another client's campaigns or to name a manager nobody knows; the last keep their client
    out. Rows of the lines `left_out` only say whose they are.

    `decisions` answer earlier questions by the plan's key. The same rows against the same
    clients give the same plans; rows already brought in give plans with nothing to do.
    """
    rows = list(rows)
    index = _Index(known, tokens)
    clients, problems = gather(rows, tokens, left_out)
    taken = _taken_feeds(clients, index, decisions or {}, known.feeds)
    if taken:
        out = {problem.line for problem in taken}.union(left_out)
        clients, problems = gather(rows, tokens, out)
        problems += taken
    claims, managers = Claims(known.feeds), Managers(known.people, tokens)
    unmanaged = managers.problems(rows)
    doubtful = {problem.line for problem in unmanaged}
    plans = [
        _plan_one(client, managers.of(client.am), index, claims, (decisions or {}).get(client.key))
        for client in clients
        if doubtful.isdisjoint(client.lines)
    ]
    return plans, problems + unmanaged


def _taken_feeds(
    clients: Iterable[FileClient],
    index: "_Index",
    decisions: Mapping[str, Decision],
    known: Iterable[Claim],
) -> list[RowProblem]:
    """Rows that claim what feeds another client's line, in Pult or above them in the file."""
    claims, problems = Claims(known), []
    for client in clients:
        made = _matched(client, index, decisions.get(client.key))
        if made.action in ("skip", "ask"):
            continue
        for claim, _line in _claims_of(client, made):
            other = claims.against(claim)
            if other is None:
                claims.add(claim)
            elif other.client != claim.client:
                name = "campaign" if claim.campaign else "login"
                value = claim.campaign or claim.login
                problems += [
                    RowProblem(line, name, "", "feed_taken", value, other.name)
                    for line in client.feed_rows[claim.source, claim.login, claim.campaign]
                ]
    return problems


def _matched(client: FileClient, index: "_Index", decision: Decision | None) -> ClientPlan:
    """Which client it is, before anything is compared."""
    made = ClientPlan(key=client.key, lines=client.lines, name=client.name)
    made.client_id, made.matches = index.match(client)
    if decision == "skip":
        made.action = "skip"
    elif isinstance(decision, int):
        made.client_id = decision
    elif decision == "create":
        made.client_id = None
    elif made.client_id is None and made.matches:
        made.action = "ask"
    return made


def _plan_one(
    client: FileClient,
    am: int | None,
    index: "_Index",
    claims: Claims,
    decision: Decision | None,
) -> ClientPlan:
    made = _matched(client, index, decision)
    if made.action == "skip":
        return made
    there = index.by_id.get(made.client_id) if made.client_id else None
    _compare(made, client, am, there or KnownClient(0, client.name))
    if made.action != "ask":
        _claim_feeds(made, client, claims)
    if there:
        if client.name in client.inns:
            made.name = there.name
        made.action = "same" if made.is_empty() else "update"
    return made


class _Index:
    """Known clients by whatever may betray that two are one."""

    def __init__(self, known: Known, tokens: Tokens) -> None:
        self.by_id = {client.id: client for client in known.clients}
        self.by_inn: dict[str, set[int]] = {}
        self.by_phone: dict[str, set[int]] = {}
        self.by_email: dict[str, set[int]] = {}
        self.by_name: dict[frozenset[str], set[int]] = {}
        self.by_word: dict[str, set[int]] = {}
        self.words: dict[int, frozenset[str]] = {}
        for client in known.clients:
            self._take(client, name_tokens(client.name, tokens))

    def _take(self, client: KnownClient, words: frozenset[str]) -> None:
        self.words[client.id] = words
        self.by_name.setdefault(words, set()).add(client.id)
        for word in words:
            self.by_word.setdefault(word, set()).add(client.id)
        for entity in client.entities:
            self.by_inn.setdefault(entity["inn"], set()).add(client.id)
        for contact in client.contacts:
            self.by_phone.setdefault(contact["phone_key"], set()).add(client.id)
            self.by_email.setdefault(contact["email"], set()).add(client.id)
        for index in (self.by_inn, self.by_phone, self.by_email):
            index.pop("", None)

    def match(self, client: FileClient) -> tuple[int | None, list[Match]]:
        """The client it surely is, or those it may be.

        Sure: one client has its tax number, or one its very name and no other number speaks
        against. Everything else is asked.
        """
        by_inn = self._of(self.by_inn, client.inns)
        by_name = self.by_name.get(client.name_tokens, set())
        if len(by_inn) == 1:
            return next(iter(by_inn)), []
        if not by_inn and len(by_name) == 1 and self._may_be(next(iter(by_name)), client):
            return next(iter(by_name)), []
        found: dict[int, str] = {}
        phones = {phone_key(c.get("phone", "")) for c in client.contacts}
        emails = {c.get("email", "") for c in client.contacts}
        for why, ids in (
            ("inn", by_inn),
            ("name", by_name),
            ("phone", self._of(self.by_phone, phones)),
            ("email", self._of(self.by_email, emails)),
            ("similar", self._similar(client.name_tokens)),
        ):
            for pk in sorted(ids):
                found.setdefault(pk, why)
        return None, [Match(pk, self.by_id[pk].name, why) for pk, why in found.items()]

    def _may_be(self, pk: int, client: FileClient) -> bool:
        theirs = {entity["inn"] for entity in self.by_id[pk].entities if entity["inn"]}
        return not theirs or not client.inns or bool(theirs & client.inns)

    def _similar(self, words: frozenset[str]) -> set[int]:
        shared: Counter[int] = Counter()
        for word in words:
            ids = self.by_word.get(word, ())
            if len(ids) <= COMMON:
                shared.update(ids)
        return {
            pk for pk, count in shared.items() if count >= LIKENESS * len(words | self.words[pk])
        }

    @staticmethod
    def _of(index: Mapping[str, set[int]], keys: Iterable[str]) -> set[int]:
        return set().union(*(index.get(key, set()) for key in keys))


def _compare(
    made: ClientPlan,
    client: FileClient,
    am: int | None,
    there: KnownClient,
) -> None:
    """Fill in what the plan would add or fill; what is there already is left alone."""
    is_new = there.id == 0
    for name, value in client.card.items():
        current = getattr(there, name, "") if name != "status" else ("" if is_new else "kept")
        if not current:
            made.card[name] = value
        elif name != "status" and current != value:
            made.kept.append(name)
    if am and there.am is None:
        made.am = am
    elif am and am != there.am:
        made.kept.append("am")
    made.add["sites"] = [{"host": s} for s in client.sites if s not in there.sites]
    made.add["brands"] = [{"name": b} for b in client.brands if b not in there.brands]
    accounts = {row["account"] for row in there.accounts}
    made.add["accounts"] = [r for r in client.accounts if r["account"] not in accounts]
    for table, wanted, present, same in (
        ("entities", client.entities, there.entities, _same_entity),
        ("contacts", client.contacts, there.contacts, _same_contact),
        ("contracts", client.contracts, there.contracts, _same_contract),
        ("lines", client.service_lines, there.lines, _same_line),
    ):
        _add_or_fill(made, table, wanted, present, same)
    if not there.has_opening:
        made.add["balances"] = client.balances


def _add_or_fill(
    made: ClientPlan, table: str, wanted: list[Row], present: Iterable[Row], same: Any
) -> None:
    for row in wanted:
        twin = next((other for other in present if same(row, other)), None)
        if twin is None:
            made.add.setdefault(table, []).append(row)
            continue
        empty = {
            name: value
            for name, value in row.items()
            if value not in ("", None) and name in twin and twin[name] in ("", None, False)
        }
        if empty:
            made.fill.setdefault(table, []).append({"id": twin["id"], **empty})


def _claim_feeds(made: ClientPlan, client: FileClient, claims: Claims) -> None:
    feeds = made.add.setdefault("feeds", [])
    for claim, line in _claims_of(client, made):
        if claims.against(claim) is None:
            claims.add(claim)
            feeds.append(
                {
                    "source": claim.source,
                    "login": claim.login,
                    "campaign_id": claim.campaign,
                    "line": line,
                }
            )


def _claims_of(client: FileClient, made: ClientPlan) -> Iterator[tuple[Claim, str]]:
    """What the file says feeds the lines of a client, each with the name of its line."""
    whose = made.client_id or client.key
    for line in client.service_lines:
        login, source = line.get("login", ""), line.get("platform", "")
        for campaign in line["campaigns"] or ([""] if login else []):
            if source:
                yield Claim(source, login, campaign, whose, client.name), line["name"]


def _same_entity(row: Row, other: Row) -> bool:
    if row.get("inn"):
        kpps = {row.get("kpp", ""), other["kpp"]}
        return row["inn"] == other["inn"] and (len(kpps) == 1 or "" in kpps)
    return row["name"].casefold() == other["name"].casefold()


def _same_contact(row: Row, other: Row) -> bool:
    phone, email = row.get("phone_key"), row.get("email")
    if (phone and phone == other["phone_key"]) or (email and email == other["email"]):
        return True
    return row["name"].casefold() == other["name"].casefold()


def _same_contract(row: Row, other: Row) -> bool:
    return row["number"] == other["number"]


def _same_line(row: Row, other: Row) -> bool:
    return (row["name"].casefold(), row["tool"]) == (other["name"].casefold(), other["tool"])
