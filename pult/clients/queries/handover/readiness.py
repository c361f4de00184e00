"""What of a handover is there and what is lacking, read off its rows and Pult's own invoices."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from pult.clients.logic.handovers import STUDIED, WRITTEN, Readiness, readiness
from pult.clients.models import BankAccount, Contact, Handover, LegalEntity
from pult.clients.providers import Bill, bills_of, covered


@dataclass(frozen=True)
class Standing:
    """What a handover from sales stands on: kopecks asked and come, the client's invoices, its
    payers as (id, tax number, has a bank account)."""

    ready: Readiness
    asked: int
    came: int
    bills: tuple[Bill, ...]
    payers: tuple[tuple[int, str, bool], ...]


def standing_of(
    row: Handover, *, papers: Collection[str] | None = None, has_people: bool | None = None
) -> Standing:
    """Six queries; two less for whoever knows the kinds of papers and whether there are people."""
    asked, came = covered(row.client_id)
    bills = tuple(bills_of(row.client_id))
    payers = payers_of(row.client_id)
    if papers is None:
        papers = row.papers.filter(removed_at=None).values_list("kind", flat=True)
    if has_people is None:
        has_people = Contact.objects.filter(client=row.client_id, left=False).exists()
    brief = {name: bool(getattr(row, name)) for name in WRITTEN}
    ready = readiness(
        brief={**brief, "contacts": has_people},
        papers={*papers, *kept_papers(bills)},
        paid=bool(row.part_at) or 0 < asked <= came,
        requisites=any(inn and has_account for _pk, inn, has_account in payers),
    )
    return Standing(ready, asked, came, bills, payers)


def payers_of(client_id: int) -> tuple[tuple[int, str, bool], ...]:
    """(id, tax number, has a bank account), those with a tax number first."""
    accounts = BankAccount.objects.filter(entity=OuterRef("pk"))
    rows = LegalEntity.objects.filter(client=client_id).order_by("-inn", "pk")
    return tuple(rows.annotate(full=Exists(accounts)).values_list("pk", "inn", "full"))


def kept_papers(bills: Iterable[Bill]) -> frozenset[str]:
    """The kinds of papers that Pult itself keeps: an invoice it has issued is one."""
    return frozenset({"invoice"} if any(one.number for one in bills) else ())


def contacts_lacking(client_id: int) -> list[tuple[str, tuple[str, ...]]]:
    """(person, what is missing) of everybody on the client's side (2.15); a client without people
    lacks all of them."""
    return lacking_of(persons_lacking(client_id))


def lacking_of(
    people: Iterable[tuple[Contact, tuple[str, ...]]],
) -> list[tuple[str, tuple[str, ...]]]:
    """The same of people who are read already."""
    found = list(people)
    if found:
        return [(person.name, fields) for person, fields in found if fields]
    return [("", ("name", "email", "phone", "birthday", "position"))]


def persons_lacking(client_id: int) -> list[tuple[Contact, tuple[str, ...]]]:
    """Everybody on the client's side with what is missing of them."""
    people = Contact.objects.filter(client=client_id, left=False).order_by("id")
    found = []
    for one in people:
        there = {
            "name": one.name,
            "email": one.email,
            "phone": one.phone,
            "birthday": one.birthday_day,
            "position": one.position,
        }
        found.append((one, tuple(field for field, value in there.items() if not value)))
    return found


def to_study(row: Handover) -> dict[str, tuple[int, ...]]:
    """What 2.11 names → papers not studied yet (0 stands for the brief). Two queries.

    The plan of a handover is its media plan; a brief changed since asks again.
    """
    files = row.papers.filter(removed_at=None, file__isnull=False, kind__in=STUDIED)
    papers = list(files.values_list("kind", "pk"))
    done = list(row.studies.values_list("paper", "brief_version"))
    read = {paper for paper, _version in done}
    changed = row.changes.order_by("-version").values_list("version", flat=True).first() or 0
    waiting: dict[str, list[int]] = {about: [] for about in STUDIED}
    for kind, pk in papers:
        if pk not in read:
            waiting[kind].append(pk)
    if not any(paper is None and version >= changed for paper, version in done):
        waiting["brief"].append(0)
    return {about: tuple(papers) for about, papers in waiting.items()}
