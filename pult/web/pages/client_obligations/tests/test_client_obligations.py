import io
import json
from pathlib import Path
from urllib.parse import quote
from zipfile import ZipFile

import pytest

from pult.clients.tests.factories import make_assignment
from pult.regulation.tests.world import tell

pytestmark = pytest.mark.django_db
BUDGETS = json.loads((Path(__file__).parents[5] / "tests" / "budgets.json").read_text())


@pytest.fixture
def path(world):
    return f"/clients/{world.forest.pk}/obligations/"


def rows(client, path):
    text = client.get(path).content.decode()
    return text.split("<tbody>")[1].split("</tbody>")[0] if "<tbody>" in text else ""


def test_open_done_and_breached_rows_stand_apart(world, login, path):
    anna = login(world.cast.anna)
    assert "Счёт заранее" in rows(anna, path)
    tell("invoice.sent", root=world.forest.pk, line=world.line.pk)
    assert "Счёт заранее" not in rows(anna, path)
    assert "Счёт заранее" in rows(anna, path + "?show=met")
    assert "Встреча раз в месяц" in rows(anna, path + "?show=breached")


def test_the_list_is_narrowed_by_clause_and_sorted(world, login, path):
    anna = login(world.cast.anna)
    only = rows(anna, path + "?clause=5.3&show=all")
    assert "/regulation/5.3/" in only
    assert "/regulation/12.1/" not in only
    clauses = rows(anna, path + "?show=all&sort=clause")
    assert clauses.index("/regulation/12.1/") < clauses.index("/regulation/5.3/")


def test_somebody_else_s_client_is_not_found(world, login, path):
    boris = login(world.cast.boris)
    assert boris.get(path).status_code == 404
    assert boris.get(path.rstrip("/") + ".csv").status_code == 404


def test_the_file_holds_what_the_page_shows(world, login, path):
    anna = login(world.cast.anna)
    answer = anna.get(path.rstrip("/") + ".csv?clause=5.3")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[1].startswith("5.3;Счёт заранее;Запросить счёт;Поиск;Аккаунт-менеджер;2026-05-06")
    assert len(lines) == 2
    assert quote(f"Обязательства, {world.forest.name}.csv") in answer["Content-Disposition"]
    book = ZipFile(io.BytesIO(anna.get(path.rstrip("/") + ".xlsx").content))
    assert "Пункт" in book.read("xl/sharedStrings.xml").decode()
    assert anna.get(path.rstrip("/") + ".exe").status_code == 404


def test_a_name_that_looks_like_a_formula_is_disarmed(world, login, path):
    world.line.name = "=HYPERLINK(1)"
    world.line.save()
    text = login(world.cast.anna).get(path.rstrip("/") + ".csv?clause=5.3").content.decode()
    assert "'=HYPERLINK(1)" in text


def test_a_list_of_fifty_keeps_its_budget(world, login, path, django_assert_max_num_queries):
    anna = login(world.cast.anna)
    anna.get(path)
    with django_assert_max_num_queries(BUDGETS["client_obligations"]):
        anna.get(path + "?show=all")


def test_the_overview_has_the_same_buttons_for_whoever_may_press_them(world, login):
    overview = f"/clients/{world.forest.pk}/"
    text = login(world.cast.anna).get(overview).content.decode()
    owed = text.split("Счёт заранее")[1].split("</li>")[0]
    assert f"/clients/{world.forest.pk}/invoices/new/?next=" in owed
    assert "Запросить" in owed
    assert 'id="act-dialog"' in text
    make_assignment(world.forest, world.cast.darya, "executor")
    assert "/invoices/new/?next=" not in login(world.cast.darya).get(overview).content.decode()
