"""A small table of clients on its way in."""

from datetime import date

from pult.clients.actions import movein

COLUMNS = [
    "client", "am", "entity", "inn", "contact", "phone", "birthday", "line", "tool", "platform",
    "login", "campaign", "budget", "period_from", "balance",
]  # fmt: skip
MAPPING = {name: place for place, name in enumerate(COLUMNS)}
ROWS = [
    ["Ромашка", "anna@agency.example", "ООО «Луг»", "7700000016", "Ирина", "+7 495 100-00-00",
     "5.03", "Поиск", "контекст", "Директ", "romashka", "11", "100000", "2026-01-12", "35000.50"],
    ["Ромашка", "", "", "", "Олег", "", "", "Соцсети", "таргет", "ВК", "", "22", "50000",
     "2026-05-01", ""],
    ["Василёк", "boris@agency.example", "", "", "Пётр", "", "", "SEO", "seo", "", "", "", "", "",
     "-1200"],
]  # fmt: skip


def rows(*more):
    return list(enumerate([*ROWS, *more], 2))


def bring(cast, table=None, **more):
    batch, preview = movein.start_import(
        by=cast.vera,
        file_name="clients.xlsx",
        columns=COLUMNS,
        rows=table or rows(),
        mapping=MAPPING,
        go_live=date(2026, 3, 16),
        balance_day=date(2026, 3, 15),
        **more,
    )
    return movein.run_import(batch_id=batch.pk, polite=False), preview
