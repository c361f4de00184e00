"""A dropped export of spend: VAT asked, columns remembered, campaigns tied to lines."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pult.clients.models import LineFeed
from pult.clients.tests.factories import make_assignment, make_client, make_line
from pult.kernel.jobs import work
from pult.money.models import SpendDay
from pult.web.pages.import_spend import taking

REPORT = (
    "Date\tCampaignId\tCampaignName\tImpressions\tClicks\tCost\n"
    "2026-02-01\t101\tПоиск\t1520\t31\t1220.00\n"
    "2026-02-02\t101\tПоиск\t20410\t55\t610.00\n"
).encode()
TABLE = "Когда;Что;Потрачено всего\n01.02.2026;Охват;122,00\n".encode()
CAMPAIGNS = "/imports/campaigns/"


@pytest.fixture
def line(cast):
    row = make_client("Ромашка", am=cast.anna)
    make_assignment(row, cast.darya, "executor")
    return make_line(row)


@pytest.fixture
def darya(login, cast):
    return login(cast.darya)


def drop(browser, data, name="direct.tsv"):
    upload = SimpleUploadedFile(name, data)
    return browser.post(reverse("imports"), {"file": upload, "kind": "spend"})["Location"]


def test_vat_is_asked_when_the_file_is_silent(darya):
    address = drop(darya, REPORT)
    assert 'name="vat"' in darya.get(address).text
    assert darya.post(address).status_code == 422
    assert not SpendDay.objects.exists()
    assert darya.post(address, {"vat": "with"}).status_code == 303
    assert sorted(SpendDay.objects.values_list("cost", flat=True)) == [500_00, 1_000_00]


def test_the_same_days_again_replace_and_never_double(darya):
    for vat, total in (("with", 1_500_00), ("without", 1_830_00)):
        darya.post(drop(darya, REPORT), {"vat": vat})
        assert sum(SpendDay.objects.values_list("cost", flat=True)) == total


def test_a_campaign_of_nobody_is_tied_to_a_line(darya, line):
    answer = darya.post(drop(darya, REPORT), {"vat": "with"})
    assert answer["Location"] == CAMPAIGNS
    assert "Ромашка" in darya.get(CAMPAIGNS).text
    given = {"source": "direct", "campaign": "101", "line": line.pk}
    assert darya.post(CAMPAIGNS, given).status_code == 303
    assert set(SpendDay.objects.values_list("line", flat=True)) == {line.pk}
    assert darya.post(CAMPAIGNS, {"source": "direct", "campaign": "101"}).status_code == 422


def test_a_campaign_is_not_tied_to_somebody_elses_line(login, cast, darya, line):
    darya.post(drop(darya, REPORT), {"vat": "with"})
    given = {"source": "direct", "campaign": "101", "line": line.pk}
    assert login(cast.boris).post(CAMPAIGNS, given).status_code == 404
    assert set(SpendDay.objects.values_list("line", flat=True)) == {None}


def test_a_campaign_is_offered_the_lines_of_its_platform(darya, line):
    make_line(line.client, "SEO", tool="seo", platform="")
    other = make_line(line.client, "Соцсети", tool="target", platform="vk")
    darya.post(drop(darya, REPORT), {"vat": "with"})
    ((_row, offered),) = darya.get(CAMPAIGNS).context["page"].rows
    assert [pk for pk, _name in offered] == ["", str(line.pk)]
    line.delete()
    ((_row, offered),) = darya.get(CAMPAIGNS).context["page"].rows
    assert [pk for pk, _name in offered] == ["", str(other.pk)]


def test_columns_of_a_platform_are_asked_once(darya):
    address = drop(darya, TABLE, "vk.csv")
    assert 'name="column_day"' in darya.get(address).text
    given = {"column_day": "0", "column_campaign_name": "1", "column_cost": "2"}
    assert darya.post(f"{address}columns/", given)["Location"] == address
    darya.post(address, {"vat": "with", "platform": "vk"})
    day = SpendDay.objects.get()
    assert (day.source, day.campaign, day.cost) == ("vk", "Охват", 100_00)
    later = drop(darya, TABLE.replace(b"122", b"244"), "vk.csv")
    assert darya.post(later, {"vat": "with", "platform": "vk"}).status_code == 303


def test_bad_rows_are_named(darya):
    text = darya.get(drop(darya, REPORT.replace(b"610.00", b"many"))).text
    assert "many" in text


@pytest.mark.django_db(transaction=True)
def test_a_long_export_is_taken_in_by_the_worker(darya, monkeypatch):
    monkeypatch.setattr(taking, "LONG", 0)
    progress = darya.post(drop(darya, REPORT), {"vat": "with"})["Location"]
    assert not SpendDay.objects.exists()
    work(once=True)
    assert CAMPAIGNS in darya.get(progress).text
    assert SpendDay.objects.count() == 2


def test_columns_of_one_title_are_asked_for_in_words(darya):
    table = "Дата;Кампания;Расход;Расход\n01.02.2026;Охват;122,00;5\n".encode()
    address = drop(darya, table, "vk.csv")
    page = darya.get(address)
    assert (page.status_code, "«Расход»" in page.text or "“Расход”" in page.text) == (200, True)
    given = {"column_day": "0", "column_campaign_name": "1", "column_cost": "3"}
    darya.post(f"{address}columns/", given)
    darya.post(address, {"vat": "without", "platform": "vk"})
    assert SpendDay.objects.get().cost == 5_00


def test_the_preview_names_the_campaigns_of_nobody_with_their_sum(darya, line):
    rows = REPORT + "2026-02-01\t102\tРСЯ\t10\t1\t99.00\n".encode()
    LineFeed.objects.create(line=line, source="direct", login="", campaign_id="102")
    text = darya.get(drop(darya, rows)).text
    panel = text[text.index("Ничьи кампании") :]
    assert "Поиск" in panel[: panel.index("</table>")]
    assert "РСЯ" not in panel[: panel.index("</table>")]
    assert "1\N{NO-BREAK SPACE}830,00" in panel[: panel.index("</table>")]
    assert "которых вы не ведёте" not in text


def test_the_preview_names_campaigns_of_clients_one_does_not_see_but_not_the_clients(
    login, cast, line
):
    LineFeed.objects.create(line=line, source="direct", login="", campaign_id="101")
    boris = login(cast.boris)
    text = boris.get(drop(boris, REPORT)).text
    panel = text[text.index("которых вы не ведёте") :]
    assert "Поиск" in panel[: panel.index("</table>")]
    assert "Ничьи кампании" not in text
    assert "Ромашка" not in text


def test_the_costliest_campaigns_of_nobody_come_first_and_the_rest_are_counted(darya):
    head, *_rows = REPORT.splitlines(keepends=True)
    rows = [f"2026-02-01\t{n}\tК{n:03}\t1\t1\t{n}.00\n".encode() for n in range(1, 31)]
    text = darya.get(drop(darya, head + b"".join(rows))).text
    panel = text[text.index("Ничьи кампании") :]
    panel = panel[: panel.index("</table>")]
    assert panel.index("К030") < panel.index("К011")
    assert "К010" not in panel
    assert "ещё 10" in panel
    assert "465,00" in panel


def test_a_preview_without_strangers_says_nothing_of_them(darya, line):
    LineFeed.objects.create(line=line, source="direct", login="", campaign_id="101")
    text = darya.get(drop(darya, REPORT)).text
    assert "Ничьи кампании" not in text
    assert "которых вы не ведёте" not in text


def test_a_bad_row_is_named_by_the_columns_of_the_file(darya):
    address = drop(darya, TABLE + "31.02.2026;;много\n".encode(), "t.csv")
    given = {"column_day": "0", "column_campaign_name": "1", "column_cost": "2"}
    darya.post(f"{address}columns/", given)
    text = darya.get(address).text
    assert ">Когда</td>" in text
    assert "Потрачено всего: «много»" in text
