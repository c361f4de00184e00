"""Empty tables to fill in, as XLSX: the titles Pult reads by itself and one example row."""

import io
from typing import Any

from django.utils.translation import gettext as _

CLIENTS = (
    ("Клиент", "Ромашка"),
    ("Аккаунт-менеджер", ""),
    ("Статус клиента", "в работе"),
    ("Чем занимается", "доставка цветов"),
    ("Сайт", "romashka.example"),
    ("Юридическое лицо", "ООО «Ромашка»"),
    ("ИНН", "7700000016"),
    ("КПП", "770001001"),
    ("Договор", "12-А"),
    ("Дата договора", "12.01.2026"),
    ("Контактное лицо", "Ирина Лес"),
    ("Должность", "директор по маркетингу"),
    ("Телефон", "+7 495 100-00-00"),
    ("E-mail", "irina@romashka.example"),
    ("День рождения", "05.03"),
    ("ЛПР", "да"),
    ("Услуга", "Поиск"),
    ("Инструмент", "контекст"),
    ("Площадка", "Яндекс Директ"),
    ("Логин", "romashka-ads"),
    ("ID кампании", ""),
    ("Бюджет", "100000"),
    ("Начало", "12.01.2026"),
    ("Остаток", "35000,50"),
    ("Остаток в кабинете", "8000"),
)
SPEND = (
    ("Дата", "02.03.2026"),
    ("Логин", "romashka-ads"),
    ("№ кампании", "101"),
    ("Название кампании", "Поиск"),
    ("Показы", "1520"),
    ("Клики", "31"),
    ("Расход с НДС", "2480,50"),
    ("Конверсии", "2"),
)
BANK = (
    ("Дата", "02.03.2026"),
    ("Номер документа", "17"),
    ("Приход", "122000,50"),
    ("Расход", ""),
    ("Контрагент", "ООО «Ромашка»"),
    ("ИНН контрагента", "7700000016"),
    ("Счет контрагента", "40702810100000000002"),
    ("Номер счета", "40702810900000000001"),
    ("Назначение платежа", "Оплата по счету № 15"),
)
TEMPLATES: dict[str, tuple[tuple[str, str], ...]] = {
    "clients": CLIENTS,
    "spend": SPEND,
    "bank": BANK,
}


def template_file(name: str) -> bytes:
    """The workbook; every cell is text, so that no account loses its last digits."""
    import xlsxwriter  # no page of the first second needs it

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet(_("Table"))
    head: Any = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    text: Any = book.add_format({"num_format": "@"})
    sheet.freeze_panes(1, 0)
    for place, (title, sample) in enumerate(TEMPLATES[name]):
        sheet.set_column(place, place, max(14, len(title) + 2), text)
        sheet.write_string(0, place, title, head)
        sheet.write_string(1, place, sample, text)
    book.close()
    return stream.getvalue()
