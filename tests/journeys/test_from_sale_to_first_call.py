"""One client from the sale to the first call: Глеб hands over, Анна sends back and takes, the
client is met and confirms; the clock moves and the regulation follows."""

import re
from typing import Any

import pytest

from pult.clients.access import holder
from pult.clients.logic.handovers import MAY_BE_NONE, PAPERS
from pult.clients.models import BankAccount, Client, FirstCall, Handover
from pult.clients.tests import factories as make
from pult.integrations.bank_1c.tests.test_reader import DOCUMENT, HEAD, SECTION, TAIL, file
from pult.money.tests.factories import make_invoice
from pult.regulation.evaluate.table import State
from pult.regulation.models import Obligation
from tests.journeys.hands import button, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AIMS = 6
BRIEF = {"folder": "files/romashka", "sold": "Контекст", "proposal": "https://files.example/p"}


@pytest.fixture
def sold(cast, at) -> Client:
    """Глеб has sold «Ромашка»: requisites, the mail of its director, an invoice nobody paid."""
    at("2026-03-02 10:00")
    client = make.make_client("Ромашка", status="lead")
    make.make_assignment(client, cast.gleb, "sales")
    entity = make.make_entity(client)
    BankAccount.objects.create(entity=entity, account="40702810100000000002", bik="044525225")
    make.make_own_entity()
    make.make_contact(client, email="irina@romashka.example")
    line = make.make_line(client, status="planned")
    make_invoice(client, "15", (line, 122_000_50))
    return client


@pytest.fixture
def statement(tmp_path) -> str:
    """The bank tells on the third of March that the invoice is paid."""
    came = DOCUMENT.replace("№А-2026/015=аванс", "№15 от 02.03.2026")
    parts = (part.replace(".02.2026", ".03.2026") for part in (HEAD, SECTION, came, TAIL))
    path = tmp_path / "kl_to_1c.txt"
    path.write_bytes(file(*(part.replace("30.01.2026", "03.03.2026") for part in parts)))
    return str(path)


def states(clause: str) -> list[str]:
    found = Obligation.objects.filter(clause=clause).values_list("state", flat=True)
    return [State(one).name.lower() for one in found]


def test_a_sold_client_is_handed_over_sent_back_mended_taken_and_met(
    desk, cast, at, sold, statement, tmp_path
):
    seller, manager = desk(cast.gleb), desk(cast.anna)
    place = begins(seller)
    brings(seller, tmp_path)
    is_refused(seller, "2.2")
    at("2026-03-03 11:00")
    is_paid(desk(cast.zhanna), statement)
    seller.goto(place)
    press(seller, "Предложить проект", "Проект предложен")

    manager.goto(place)
    sends_back(manager, about="Расчёт", words="Нет цен по месяцам")
    assert holder(sold.pk, "am") is None
    seller.goto(place)
    mends(seller, "Дописал цены")
    at("2026-03-04 12:00")
    manager.goto(place)
    takes(manager)
    sold.refresh_from_db()
    assert (sold.status, holder(sold.pk, "am"), holder(sold.pk, "sales")) == (
        "client",
        cast.anna,
        None,
    )
    studies(manager)
    seller.goto(place)
    press(seller, "Всё понято", "Записано")
    assert states("2.10") == states("2.11") == ["met"]
    assert states("3.1") == ["open"]

    at("2026-03-05 15:00")
    meets(manager, place)
    assert states("3.1") == ["met"]
    assert FirstCall.objects.get().answer == "yes"


def begins(page: Any) -> str:
    page.goto("/handovers/new/")
    page.select_option("[name=client]", label="Ромашка")
    anna = page.locator("[name=receiver] option", has_text="Анна Берёзова")
    page.select_option("[name=receiver]", value=anna.get_attribute("value"))
    button(page, "Начать").click()
    page.wait_for_url(re.compile(r"/handovers/\d+/$"))
    return page.url


def brings(page: Any, folder: Any) -> None:
    for name, text in BRIEF.items():
        page.fill(f"[name={name}]", text)
    page.fill("[name=goals]", "60 заявок в месяц")
    page.fill("[name=wishes]", "Без колл-центра")
    press(page, "Сохранить бриф", "Бриф сохранён")
    for _kind in MAY_BE_NONE:
        press(page, "Их нет", "Записано")
    for kind in set(PAPERS) - MAY_BE_NONE:
        path = folder / f"{kind}.pdf"
        path.write_bytes(b"%PDF-1.4")
        page.set_input_files(f"[name=file-{kind}]", str(path))
    press(page, "Приложить", "Документы приложены")


def is_refused(page: Any, clause: str) -> None:
    button(page, "Предложить проект").click()
    page.locator("main .callout", has_text=clause).first.wait_for()
    assert Handover.objects.get().state == "draft"


def is_paid(page: Any, statement: str) -> None:
    page.goto("/imports/")
    page.set_input_files("input[type=file]", statement)
    page.keyboard.press("e")
    page.wait_for_url("**/imports/bank/**")
    page.keyboard.press("e")
    page.wait_for_url("**/imports/statements/**")


def sends_back(page: Any, about: str, words: str) -> None:
    page.get_by_text("Вернуть с замечаниями").click()
    page.get_by_label(about, exact=True).fill(words)
    press(page, "Вернуть на доработку", "Проект возвращён")
    point = Handover.objects.get().points.get()
    assert (point.clause, point.text, point.bounced) == ("2.4", words, True)


def mends(page: Any, answer: str) -> None:
    page.get_by_label("Ответ").fill(answer)
    press(page, "Ответ", "Ответ записан")
    press(page, "Предложить проект", "Проект предложен")


def takes(page: Any) -> None:
    press(page, "Выяснено", "Записано")
    page.get_by_label("Все документы здесь, бриф заполнен").check()
    page.get_by_label("Инструменты и бюджеты в карточке верны").check()
    press(page, "Принять проект", "Проект ваш")


def studies(page: Any) -> None:
    studied = page.get_by_role("button", name="Изучено", exact=True)
    while studied.count():
        press(page, "Изучено", "Изучено")


def meets(page: Any, place: str) -> None:
    page.goto(place)
    page.get_by_role("link", name="Первый звонок").first.click()
    page.locator("[name=goal]").fill("60 заявок в месяц")
    for box in page.locator("[name=aim]").all():
        box.check()
    page.fill("[name=days]", "90")
    button(page, "Звонок состоялся").click()
    page.locator("main .callout", has_text="2.15").first.wait_for()  # contacts come first
    assert page.locator("[name=goal]").input_value() == "60 заявок в месяц"
    Client.objects.get().contacts.update(
        phone="+7 495 100-00-00", position="Директор", birthday_day=5, birthday_month=3
    )
    press(page, "Звонок состоялся", "Первый звонок состоялся")
    assert len(FirstCall.objects.get().aims) == AIMS
    assert "60 заявок в месяц" in page.locator("[name=summary]").input_value()
    press(page, "Отправлено", "Итоги отправлены")
    page.get_by_label("Чем это видно").fill("Письмо Ирины")
    press(page, "Клиент подтвердил", "Ответ клиента отмечен")
