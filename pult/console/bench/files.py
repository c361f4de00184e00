"""Large generated files, and the process that brings them in beside the savings being timed."""

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from pult.console.bench.figure import seconds_of

SOURCE = "direct"
ACCOUNT, BIK, BANK = "40702810900000000009", "044525225", "Первый Учебный банк"
DAYS = 100
AMOUNT = 12_200_000
LOST = 40  # clients whose rows a sweep writes again
PAYING = 5  # one document in so many pays an invoice that waits for it


def bring() -> list[str]:
    """The command of the process that works beside."""
    return [sys.executable, "-m", "pult.console.bench.files"]


def lay_statement(documents: int) -> str:
    """A statement, one document in PAYING of which pays an invoice laid with it; its path."""
    from django.conf import settings

    path = Path(settings.HOME) / "statement.txt"
    path.write_bytes(_statement(documents))
    return str(path)


def lay_spend(rows: int) -> str:
    """Spend of every line, day by day backwards; its path."""
    from django.conf import settings

    from pult.integrations.direct_report.writer import write_report

    path = Path(settings.HOME) / "spend.tsv"
    with path.open("wb") as file:
        file.writelines(write_report(_spend(rows)))
    return str(path)


def _statement(documents: int) -> bytes:
    from pult.console.bench.invoices import ask
    from pult.integrations.bank_1c.writer import write_statement
    from pult.integrations.statement.model import AccountSection, Party, Statement
    from pult.kernel import clock

    today = clock.today("Europe/Moscow")
    own = Party("ООО «Агентство»", "7700000023", "770001001", ACCOUNT, BIK, BANK)
    papers = list(_papers(documents, ask(documents // PAYING, today), own, today))
    incoming = sum(paper.amount for paper in papers)
    section = AccountSection(
        ACCOUNT, BIK, 0, incoming, 0, incoming, today - timedelta(days=DAYS), today
    )
    return write_statement(
        Statement(
            format="1c",
            sender=BANK,
            period_from=section.date_from,
            period_to=today,
            accounts=[section],
            documents=papers,
        )
    )


def _papers(
    count: int, asked: list[tuple[int, str, date, int]], own: "object", today: date
) -> Iterator[object]:
    """Payments for what was asked, and four times as many for what was paid before."""
    from pult.clients.queries.payers import payer_index
    from pult.integrations.statement.model import BankDocument, Party
    from pult.money.models import Invoice

    payers = {client: inn for inn, ids in payer_index(today).by_inn.items() for client in ids}
    invoices = Invoice.objects.filter(paid_state=Invoice.Paid.FULL).order_by("pk")
    known = list(invoices.values_list("client", "number", "issued_on", "total")[:count])
    known = known or [(0, "1", today, AMOUNT)]
    for number in range(count):
        pays = number % PAYING == 0 and number // PAYING < len(asked)
        chosen = asked[number // PAYING] if pays else known[number % len(known)]
        client, invoice, issued, total = chosen
        day = today - timedelta(days=number % DAYS)
        payer = Party(f"ООО «Клиент {client}»", payers.get(client, ""), "", f"4070281{number:013}")
        yield BankDocument(
            line=0,
            kind="Платежное поручение",
            number=str(number + 1),
            date=day,
            amount=total,
            payer=payer,
            payee=own,  # type: ignore[arg-type]
            purpose=f"Оплата по счету №{invoice} от {issued:%d.%m.%Y}. В т.ч. НДС 22%",
            credited_on=day,
            op_code="01",
        )


def _spend(count: int) -> Iterator[object]:
    from pult.clients.models import ServiceLine
    from pult.integrations.spend.model import SpendRow
    from pult.kernel import clock

    lines = list(ServiceLine.objects.order_by("pk").values_list("pk", flat=True))
    today = clock.today("Europe/Moscow")
    rows = (
        SpendRow(
            line=0,
            day=today - timedelta(days=day),
            campaign_id=f"b{line}",
            campaign_name=f"Кампания {line}",
            login="",
            impressions=1_000,
            clicks=20,
            cost_kopecks=100_000 + line % 997,
            conversions=None,
        )
        for day in range(1, count // max(len(lines), 1) + 2)
        for line in lines
    )
    return islice(rows, count)


def _feeds() -> None:
    """Each line is fed by the campaign of its number."""
    from pult.clients.models import LineFeed, ServiceLine

    lines = ServiceLine.objects.values_list("pk", flat=True)
    LineFeed.objects.bulk_create(
        (LineFeed(line_id=pk, source=SOURCE, campaign_id=f"b{pk}") for pk in lines),
        batch_size=2000,
        ignore_conflicts=True,
    )


def _bank(path: str) -> str:
    from pult.integrations import intake

    read = intake.open_bank(intake.read_path(Path(path)), "statement.txt")
    told = intake.take_bank(read, by=None, accounts=[ACCOUNT]).summary
    return f"{told['matched']} matched, {told['unsettled']} left to people"


def _bring_spend(path: str) -> str:
    from pult.integrations import intake

    read = intake.open_spend_file(intake.read_path(Path(path)), "spend.tsv")
    told = intake.take_spend(read, by=None, with_vat=True)
    return f"{told.lines} lines"


def _catch_up() -> None:
    """What fell due since the agency was generated is not what is timed."""
    from pult.regulation.sweep import sweep

    sweep(polite=False)


def _sweep() -> str:
    """The rows of a few clients are lost; a polite sweep brings them back."""
    from django.db import connection

    from pult.regulation.sweep import sweep

    with connection.cursor() as cursor:
        cursor.execute("SELECT MIN(root_id), MAX(root_id) FROM regulation_obligation")
        low, high = cursor.fetchone()
        last = low + min((high - low) // 250, LOST)
        cursor.execute("DELETE FROM regulation_obligation WHERE root_id <= %s", [last])
        lost = cursor.rowcount
    sweep()
    return f"{lost} rows of {last - low + 1} clients"


def main(name: str, path: str = "") -> None:
    """Say that it begins, work, say how long it took and what was done."""
    from pult.console.output import django

    django()
    ready = {"spend": _feeds, "sweep": _catch_up}
    if name in ready:
        ready[name]()
    print("begins", flush=True)
    work = {"bank": lambda: _bank(path), "spend": lambda: _bring_spend(path), "sweep": _sweep}
    taken, told = seconds_of(work[name])
    print(f"{taken:.2f} {told}")


if __name__ == "__main__":
    main(*sys.argv[1:])
