"""Bitrix24's rows as records of the common shape."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from pult.integrations.migration import tidy
from pult.integrations.migration.shape import Comment, Company, Contact, Deal, File, Link, Task

CLOSED_TASK = "5"
STATES = {"S": "won", "F": "lost"}
# How `ufCrmTask` writes what a task is about.
CRM = {"D": "deal", "C": "contact", "CO": "company"}
ORDER = ("deal", "company", "contact")


def company(
    row: Mapping[str, Any], requisite: Mapping[str, Any], bank: Mapping[str, Any]
) -> Company:
    address = row.get("REG_ADDRESS") or row.get("ADDRESS")
    return Company(
        id=text(row, "ID"),
        name=tidy.line(row.get("TITLE")) or text(row, "ID"),
        legal_name=tidy.line(
            requisite.get("RQ_COMPANY_NAME") or requisite.get("RQ_COMPANY_FULL_NAME"), 300
        ),
        inn=text(requisite, "RQ_INN"),
        kpp=text(requisite, "RQ_KPP"),
        ogrn=text(requisite, "RQ_OGRN") or text(requisite, "RQ_OGRNIP"),
        address=tidy.line(address, 300),
        account=text(bank, "RQ_ACC_NUM"),
        bik=text(bank, "RQ_BIK"),
        bank=tidy.line(bank.get("RQ_BANK_NAME")),
        site=first(row, "WEB"),
        about=tidy.line(row.get("COMMENTS"), 300),
        phone=first(row, "PHONE"),
        email=first(row, "EMAIL"),
        status=text(row, "COMPANY_TYPE"),
        responsible=text(row, "ASSIGNED_BY_ID"),
    )


def contact(row: Mapping[str, Any]) -> Contact:
    """Without what is said about the person: a comment on a card is nobody's character."""
    names = (row.get(name) for name in ("LAST_NAME", "NAME", "SECOND_NAME"))
    firms = row.get("COMPANY_IDS") or [row.get("COMPANY_ID")]
    return Contact(
        id=text(row, "ID"),
        name=tidy.line(" ".join(filter(None, names))) or text(row, "ID"),
        position=tidy.line(row.get("POST")),
        phone=first(row, "PHONE"),
        email=first(row, "EMAIL"),
        birthday=tidy.birthday(row.get("BIRTHDATE")),
        companies=tuple(str(one) for one in firms if one and str(one) != "0"),
        responsible=text(row, "ASSIGNED_BY_ID"),
    )


def deal(row: Mapping[str, Any], people: list[Mapping[str, Any]], zone: ZoneInfo) -> Deal:
    ordered = sorted(people, key=lambda one: one.get("IS_PRIMARY") != "Y")
    linked = tuple(str(one["CONTACT_ID"]) for one in ordered)
    own = tuple(str(row[name]) for name in ("CONTACT_ID",) if row.get(name) not in (None, "", "0"))
    firm = text(row, "COMPANY_ID")
    is_closed = row.get("CLOSED") == "Y"
    return Deal(
        id=text(row, "ID"),
        title=tidy.line(row.get("TITLE")) or text(row, "ID"),
        amount=tidy.kopecks(row.get("OPPORTUNITY") or 0),
        currency=text(row, "CURRENCY_ID") or "RUB",
        status=text(row, "STAGE_ID"),
        state=STATES.get(text(row, "STAGE_SEMANTIC_ID"), "open"),  # type: ignore[arg-type]
        companies=(firm,) if firm else (),
        contacts=linked or own,
        responsible=text(row, "ASSIGNED_BY_ID"),
        opened_on=tidy.day(row.get("BEGINDATE") or row.get("DATE_CREATE"), zone),
        closed_on=tidy.day(row.get("CLOSEDATE"), zone) if is_closed else None,
    )


def task(row: Mapping[str, Any], points: list[Mapping[str, Any]], zone: ZoneInfo) -> Task:
    """`points` are those of its checklists: the lists themselves are the roots among them."""
    about: list[Link] = []
    for word in row.get("ufCrmTask") or ():
        letters, _sign, pk = str(word).rpartition("_")
        if kind := CRM.get(letters):
            about.append((kind, pk))
    about.sort(key=lambda link: ORDER.index(link[0]))
    watchers = [*(row.get("auditors") or ()), *(row.get("accomplices") or ())]
    return Task(
        id=text(row, "id"),
        title=tidy.line(row.get("title")),
        text=tidy.plain(row.get("description")),
        due=tidy.moment(row.get("deadline"), zone),
        author=text(row, "createdBy"),
        doer=text(row, "responsibleId"),
        watchers=tuple(dict.fromkeys(str(pk) for pk in watchers)),
        checklist=tuple(
            tidy.line(one.get("TITLE"), 300)
            for one in points
            if int(one.get("PARENT_ID") or 0) and one.get("IS_COMPLETE") != "Y"
        ),
        parent=text(row, "parentId"),
        about=tuple(about),
        is_closed=text(row, "status") == CLOSED_TASK,
    )


def said(about: Link, row: Mapping[str, Any], zone: ZoneInfo) -> Comment | None:
    """A comment of the timeline or of a task; None for one that is only files, or Bitrix's own."""
    words = tidy.plain(row.get("COMMENT") or row.get("POST_MESSAGE"))
    if not words:
        return None
    return Comment(
        id=f"{about[0]}:{row['ID']}",
        about=about,
        text=words,
        author=text(row, "AUTHOR_ID"),
        author_name=tidy.line(row.get("AUTHOR_NAME")),
        at=tidy.moment(row.get("CREATED") or row.get("POST_DATE"), zone),
    )


def files_said(about: Link, row: Mapping[str, Any], zone: ZoneInfo) -> list[File]:
    """Files of a comment. Their addresses live for minutes, so how to ask anew is kept."""
    found = []
    for pk, one in dict(row.get("FILES") or row.get("ATTACHED_OBJECTS") or {}).items():
        is_timeline = "FILES" in row
        where = f"timeline:{row['ID']}:{pk}" if is_timeline else f"attached:{_attached(pk, one)}"
        found.append(
            File(
                id=f"{about[0]}:{row['ID']}:{pk}",
                about=about,
                name=str(one.get("name") or one.get("NAME") or pk),
                where=where,
                size=int(one.get("size") or one.get("SIZE") or 0),
                author=text(row, "AUTHOR_ID"),
                author_name=tidy.line(row.get("AUTHOR_NAME")),
                at=tidy.moment(row.get("CREATED") or row.get("POST_DATE"), zone),
            )
        )
    return found


def first(row: Mapping[str, Any], name: str) -> str:
    """The first value of a multifield, one for work before the others."""
    values = [one for one in row.get(name) or () if one.get("VALUE")]
    values.sort(key=lambda one: one.get("VALUE_TYPE") != "WORK")
    return str(values[0]["VALUE"]) if values else ""


def text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return "" if value in (None, False, 0, "0") else str(value)


def _attached(pk: str, one: Mapping[str, Any]) -> str:
    return str(one.get("ATTACHMENT_ID") or pk)
