"""1CClientBankExchange as banks really write it."""

from datetime import date

import pytest

from pult.integrations.bank_1c import read
from pult.integrations.statement import AccountSection, BankDocument, Party
from pult.integrations.statement.faults import MOST_EXPLAINED

OURS = "40702810900000000001"
THEIRS = "40702810100000000002"

HEAD = f"""1CClientBankExchange
ВерсияФормата=1.03
Кодировка=Windows
Отправитель=Банк Приречный
Получатель=1С:Предприятие
ДатаНачала=02.02.2026
ДатаКонца=03.02.2026
РасчСчет={OURS}
"""
SECTION = f"""СекцияРасчСчет
ДатаНачала=02.02.2026
ДатаКонца=02.02.2026
РасчСчет={OURS}
НачальныйОстаток=1000.00
ВсегоПоступило=122000.5
ВсегоСписано=0
КонечныйОстаток=123000.50
КонецРасчСчет
"""
DOCUMENT = f"""СекцияДокумент=Платежное поручение
Номер=17
Дата=30.01.2026
Сумма=122000.5
ПлательщикСчет={THEIRS}
ДатаСписано=
Плательщик=ИНН 7700000016 ООО "Тёплый дом"
ПлательщикИНН=7700000016
ПлательщикКПП=0
Плательщик1=ООО "Тёплый дом"
ПолучательСчет={OURS}
ДатаПоступило=02.02.2026
ПолучательИНН=7700000023
Получатель1=ООО "Пульт и партнёры"
ВидОплаты=01
НазначениеПлатежа=Оплата по счету №А-2026/015=аванс. В т.ч. НДС (22%) 22000-00
Очередность=5
КонецДокумента
"""
TAIL = "КонецФайла"


def file(*parts, encoding="cp1251", newline="\n"):
    return newline.join("".join(parts).split("\n")).encode(encoding)


def only_problem(data):
    (problem,) = read(data).problems
    return problem


def test_a_plain_statement_is_read_whole():
    statement = read(file(HEAD, SECTION, DOCUMENT, TAIL))
    assert statement.problems == []
    assert statement.warnings == []
    assert statement.sender == "Банк Приречный"
    assert (statement.period_from, statement.period_to) == (date(2026, 2, 2), date(2026, 2, 3))
    assert statement.accounts == [
        AccountSection(
            OURS, "", 100000, 12200050, 0, 12300050, date(2026, 2, 2), date(2026, 2, 2), "RUB", 9
        )
    ]
    assert statement.documents == [
        BankDocument(
            line=18,
            kind="Платежное поручение",
            number="17",
            date=date(2026, 1, 30),
            amount=12200050,
            payer=Party('ООО "Тёплый дом"', "7700000016", "", THEIRS),
            payee=Party('ООО "Пульт и партнёры"', "7700000023", "", OURS),
            purpose="Оплата по счету №А-2026/015=аванс. В т.ч. НДС (22%) 22000-00",
            credited_on=date(2026, 2, 2),
            op_code="01",
            extra={"Очередность": "5"},
        )
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\n\n", "\r"])
@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("declared", ["Windows", "DOS", "UTF-8", "windows-1251", ""])
def test_the_encoding_is_found_whatever_the_file_says(encoding, newline, declared):
    head = HEAD.replace("Windows", declared)
    statement = read(file(head, SECTION, DOCUMENT, TAIL, encoding=encoding, newline=newline))
    assert statement.problems == []
    assert statement.encoding == encoding.removesuffix("-sig").replace("utf-16", "utf-16-le")
    assert statement.documents[0].payer.name == 'ООО "Тёплый дом"'


def test_documents_of_one_shape_and_of_another_keep_their_lines():
    odd = DOCUMENT.replace("Очередность=5\n", "").replace("Номер=17", "Номер=18")
    broken = DOCUMENT.replace("аванс.", "аванс.\nвторая строка")
    statement = read(file(HEAD, DOCUMENT, DOCUMENT, odd, "\n", DOCUMENT, broken, odd, TAIL))
    assert [document.line for document in statement.documents] == [9, 27, 45, 63, 81, 100]
    assert [document.number for document in statement.documents] == [
        "17", "17", "18", "17", "17", "18",
    ]  # fmt: skip
    assert "аванс. вторая строка В т.ч." in statement.documents[4].purpose.replace("  ", " ")


def test_an_account_may_have_a_section_a_day():
    second = SECTION.replace("02.02.2026", "03.02.2026").replace("1000.00", "123000.50")
    sections = read(file(HEAD, SECTION, second, TAIL)).accounts
    assert [(section.date_from.day, section.opening) for section in sections] == [
        (2, 100000),
        (3, 12300050),
    ]


def test_unknown_kinds_and_a_bare_section_are_kept():
    named = DOCUMENT.replace("Платежное поручение", "Ордер особого рода")
    bare = DOCUMENT.replace("=Платежное поручение", "")
    kinds = [document.kind for document in read(file(HEAD, named, bare, TAIL)).documents]
    assert kinds == ["Ордер особого рода", ""]


def test_keys_are_known_by_any_case_and_with_yo():
    text = DOCUMENT.replace("ПлательщикСчет", "плательщикСчёт").replace("Номер=", " НОМЕР = ")
    document = read(file(HEAD, text, TAIL)).documents[0]
    assert (document.number, document.payer.account) == ("17", THEIRS)


def test_pieces_of_a_purpose_are_joined_only_when_the_whole_is_absent():
    pieces = "НазначениеПлатежа1=Оплата\nНазначениеПлатежа2=по счету 5\n"
    both = DOCUMENT.replace("Очередность=5\n", pieces)
    alone = both.replace(
        "НазначениеПлатежа=Оплата по счету №А-2026/015=аванс. В т.ч. НДС (22%) 22000-00\n", ""
    )
    whole, joined = read(file(HEAD, both, alone, TAIL)).documents
    assert whole.purpose.startswith("Оплата по счету №А-2026/015")
    assert "Оплата по счету 5" not in whole.purpose
    assert joined.purpose == "Оплата по счету 5"


def test_the_name_and_inn_are_cut_from_one_another():
    text = (
        DOCUMENT.replace("ПлательщикИНН=7700000016\n", "")
        .replace('Плательщик1=ООО "Тёплый дом"\n', "")
        .replace(f"ПлательщикСчет={THEIRS}", f"Плательщик2={THEIRS}")
    )
    payer = read(file(HEAD, text, TAIL)).documents[0].payer
    assert (payer.name, payer.inn, payer.account) == ('ООО "Тёплый дом"', "7700000016", THEIRS)


def test_the_second_account_of_a_side_is_kept():
    text = DOCUMENT.replace(
        f"ПлательщикСчет={THEIRS}",
        f"ПлательщикСчет=30101810400000000225\nПлательщикРасчСчет={THEIRS}",
    )
    payer = read(file(HEAD, text, TAIL)).documents[0].payer
    assert (payer.account, payer.settlement) == ("30101810400000000225", THEIRS)


@pytest.mark.parametrize(
    ("old", "new", "field", "code"),
    [
        ("Сумма=122000.5", "Сумма=", "Сумма", "required"),
        ("Сумма=122000.5\n", "", "Сумма", "required"),
        ("Сумма=122000.5", "Сумма=сто", "Сумма", "amount"),
        ("Сумма=122000.5", "Сумма=-5.00", "Сумма", "amount"),
        ("Сумма=122000.5", "Сумма=1e5", "Сумма", "amount"),
        ("Сумма=122000.5", "Сумма=0.00", "Сумма", "amount"),
        ("Сумма=122000.5", "Сумма=1.005", "Сумма", "decimals"),
        ("Сумма=122000.5", "Сумма=1.00\nСумма=2.00", "Сумма", "repeated"),
        ("Дата=30.01.2026", "Дата=30.02.2026", "Дата", "date"),
        ("Дата=30.01.2026", "Дата=", "Дата", "required"),
        ("Дата=30.01.2026", "Дата=30.01.0026", "Дата", "date"),
        ("ДатаПоступило=02.02.2026", "ДатаПоступило=вчера", "ДатаПоступило", "date"),
        ("Номер=17", "Номер=" + "9" * 40_000, "Номер", "long"),
        ("КонецДокумента\n", "", "СекцияДокумент", "unclosed"),
        ("СекцияДокумент=", "Секция=", "Секция", "stray"),
    ],
)
def test_a_bad_document_is_named_and_the_rest_is_offered(old, new, field, code):
    data = file(HEAD, DOCUMENT, DOCUMENT.replace(old, new), DOCUMENT, TAIL)
    statement = read(data)
    (problem,) = statement.problems
    assert (problem.field, problem.code) == (field, code)
    lines = data.decode("cp1251").split("\n")
    where = [n for n, line in enumerate(lines, 1) if line.startswith(f"{field}=") and 27 < n < 46]
    assert problem.line == (where[-1] if where and code not in ("unclosed", "stray") else 27)
    assert len(statement.documents) == 2
    assert str(statement.problems[0].reason)
    assert str(statement.problems[0].cure)


def test_a_file_cut_anywhere_never_passes_for_a_whole_one():
    data = file(HEAD, SECTION, DOCUMENT, DOCUMENT, TAIL)
    for end in range(len("1CClientBankExchange\n"), len(data)):
        assert read(data[:end]).problems, f"cut at {end}"


def test_an_account_section_never_closed_is_reported_and_documents_go_on():
    statement = read(file(HEAD, SECTION.replace("КонецРасчСчет\n", ""), DOCUMENT, TAIL))
    assert [(p.line, p.field, p.code) for p in statement.problems] == [
        (9, "СекцияРасчСчет", "unclosed")
    ]
    assert len(statement.documents) == 1
    assert statement.stated_accounts() == [OURS]


def test_of_very_many_bad_documents_each_is_named_and_the_first_thousand_in_full():
    bad = "СекцияДокумент=\nДата=31.02.2026\nКонецДокумента\n"
    text = HEAD + (MOST_EXPLAINED + 2) * bad + "КонецФайла\n"
    problems = read(text.encode("cp1251")).problems
    assert len(problems) == MOST_EXPLAINED + 2
    full, first = problems[MOST_EXPLAINED - 1], problems[MOST_EXPLAINED]
    assert (first.line, first.field, first.code) == (full.line + 3, "Сумма", "required")
    assert str(full.reason).startswith(f"{first.reason}; Дата: ")


def test_a_second_statement_glued_to_the_first_is_not_half_read():
    data = file(HEAD, DOCUMENT, TAIL, "\n", HEAD, DOCUMENT, TAIL)
    assert only_problem(data).code == "stray"


def test_the_kazakh_dialect_is_read():
    text = """1CClientBankExchange
ВерсияФормата=2.00
Кодировка=windows-1251
СЕКЦИЯРАСЧСЧЕТ
ДатаНачала=02.02.2026
ДатаКонца=02.02.2026
РасчСчет=KZ00000T0000000000A1
НачальныйОстаток=0
КОНЕЦРАСЧСЧЕТ
СЕКЦИЯДОКУМЕНТ=Выписка
НомерДокумента=7
ДатаДокумента=01.02.2026
ДатаОперации=02.02.2026
ВидДокумента=Платежное поручение
СуммаПриход=500.00
СуммаРасход=0.00
ПлательщикНаименование=ТОО "Степь"
ПлательщикБИН_ИИН=000140000001
ПлательщикИИК=KZ00000T0000000000B2
ПолучательНаименование=ТОО "Агентство"
ПолучательИИК=KZ00000T0000000000A1
НазначениеПлатежа=Оплата по счету 7
КОНЕЦДОКУМЕНТА
КОНЕЦФАЙЛА
"""
    statement = read(file(text))
    assert statement.problems == []
    assert statement.accounts[0].currency == "KZT"
    (document,) = statement.documents
    assert (document.number, document.amount, document.currency) == ("7", 50000, "KZT")
    assert (document.credited_on, document.debited_on) == (date(2026, 2, 2), None)
    assert document.payer.inn == "000140000001"
    assert document.kind == "Платежное поручение"


def test_a_row_with_two_wrong_fields_names_both_at_once():
    wrong = DOCUMENT.replace("Сумма=122000.5", "Сумма=много")
    wrong = wrong.replace("ДатаПоступило=02.02.2026", "ДатаПоступило=31.11.2026")
    problem = only_problem(file(HEAD, SECTION, wrong, TAIL))
    assert problem.field == "Сумма"
    assert "много" in str(problem.reason)
    assert "ДатаПоступило" in str(problem.reason)
    assert "31.11.2026" in str(problem.reason)
