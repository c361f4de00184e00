"""Remarks on a pack that loads: chains that cannot be kept, gates nobody can open."""

from pathlib import Path

from pult.regulation.language.check import check
from pult.regulation.language.tests.packs import card, write_pack

LEAD = """правило | обязанность
о ком | услуга
когда | плановый запуск услуги
срок | за **{days}** ({name}) до
доказательство | {proof}
кто | аккаунт-менеджер"""
LEAD_EXAMPLES = """пример | плановый запуск услуги | {proof} | сейчас | ожидаем
а | 2026-04-13 | 2026-03-20 12:00 | 2026-04-10 12:00 | исполнено
б | 2026-04-13 | — | 2026-04-13 12:00 | просрочено"""
NEXT = """правило | обязанность
о ком | услуга
когда | {when}
срок | в течение **{days}** ({name})
доказательство | {proof}
кто | аккаунт-менеджер"""
NEXT_EXAMPLES = """пример | {when} | {proof} | сейчас | ожидаем
а | 2026-03-20 12:00 | 2026-03-20 13:00 | 2026-03-20 14:00 | исполнено
б | 2026-03-03 12:00 | — | 2026-03-31 12:00 | просрочено"""


def lead(clause: str, proof: str, days: str, name: str) -> str:
    rule = LEAD.format(days=days, name=name, proof=proof)
    return card(rule, LEAD_EXAMPLES.format(proof=proof), clause)


def follow(clause: str, when: str, proof: str, days: str, name: str) -> str:
    rule = NEXT.format(when=when, days=days, name=name, proof=proof)
    return card(rule, NEXT_EXAMPLES.format(when=when, proof=proof), clause)


def remarks(folder: Path, text: str) -> list[str]:
    report = check(write_pack(folder, text))
    wrong = [*map(str, report.pack.problems), *report.failures]
    assert wrong == []
    return [remark.message() for remark in report.remarks]


CHAIN = lead("1.1", "счёт отправлен", "7 рабочих дней", "invoice.lead") + follow(
    "1.2", "счёт отправлен", "расчёт готов", "5 рабочих дней", "silence"
)


def test_a_chain_that_fits_its_window_is_passed_over(tmp_path: Path):
    assert remarks(tmp_path, CHAIN) == []


def test_a_chain_longer_than_its_window_is_told(tmp_path: Path):
    more = follow("1.3", "расчёт готов", "оплата поступила", "3 рабочих дня", "report.lead")
    assert remarks(tmp_path, CHAIN + more) == [
        "цепочка 1.1 → 1.2 → 1.3 требует 8.0 раб. дн., а до срока остаётся 7.0"
    ]


def test_what_the_chain_ends_with_keeps_its_own_lead(tmp_path: Path):
    more = lead("1.3", "расчёт готов", "3 рабочих дня", "report.lead")
    assert remarks(tmp_path, CHAIN + more) == [
        "цепочка 1.1 → 1.2 требует 8.0 раб. дн., а до срока остаётся 7.0"
    ]


def test_a_gate_on_a_fact_nobody_records_is_told(tmp_path: Path):
    gate = card(
        "правило | шлюз\nо ком | услуга\nзапирает | запустить услугу\nпока нет | расчёт готов",
        "пример | расчёт готов | услуга запущена | ожидаем\n"
        "а | 2026-03-02 | 2026-03-03 | можно\nб | — | 2026-03-03 | нельзя",
    )
    assert remarks(tmp_path, gate) == [
        "шлюз 9.9 никогда не откроется: «расчёт готов» ещё никто не записывает"
    ]


def test_a_gate_that_needs_a_thing_and_its_opposite_is_told(tmp_path: Path):
    gate = card(
        "правило | шлюз\nо ком | услуга\nзапирает | запустить услугу\n"
        "пока нет | услуга идёт и услуга не идёт\nкроме | клиент проверенный",
        "пример | клиент проверенный | услуга запущена | ожидаем\n"
        "а | да | 2026-03-03 | можно\nб | — | 2026-03-03 | нельзя",
    )
    assert remarks(tmp_path, gate) == [
        "шлюз 9.9 никогда не откроется: «услуга идёт» нужно и запрещено сразу"
    ]


def test_the_shipped_pack_needs_no_remark():
    from pult.regulation.pack_path import default_pack

    assert check(default_pack()).remarks == ()
