"""What the components draw, and that nothing foreign gets through them."""

import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from lucide import IconDoesNotExist

from pult.kernel import clock
from pult.kernel.errors import BadInput, Refusal
from pult.ui.parts import Clause, Tab, clauses_of
from pult.ui.states import STATES, TONES, state_of

EVIL = '"><script>alert(1)</script>'
NOON = datetime(2026, 5, 5, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_noon_in_english():
    with clock.frozen(NOON), translation.override("en"):
        yield


def draw(source: str, path: str = "/clients/", **context: object) -> str:
    context["request"] = RequestFactory().get(path)
    return Template("{% load pult %}" + source).render(Context(context))


class Skeleton(HTMLParser):
    VOID = {"input", "br", "img", "hr", "path", "circle", "rect", "line", "meta", "link"}

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


CALLS = [
    "{% badge evil icon='star' title=evil %}",
    "{% clauses evil_clauses %}",
    "{% kbd evil %}",
    "{% avatar evil %}",
    "{% stat evil evil note=evil %}",
    "{% progress 0.5 label=evil %}",
    "{% button evil href=evil key='e' title=evil %}",
    "{% post_button evil evil field_reason=evil confirm=evil %}",
    "{% why_button evil %}",
    "{% menu evil id='m' %}x{% endmenu %}",
    "{% control 'q' evil value=evil help=evil error=evil %}",
    "{% choice 'q' evil evil_pairs value=evil %}",
    "{% file_drop 'f' evil help=evil %}",
    "{% tabs evil_tabs label=evil %}",
    "{% crumbs evil_pairs %}",
    "{% steps evil_list current=1 %}",
    "{% page_head evil sub=evil over=evil %}{% endpage_head %}",
    "{% panel evil sub=evil id=evil %}x{% endpanel %}",
    "{% empty evil %}x{% endempty %}",
    "{% callout title=evil %}{{ evil }}{% endcallout %}",
    "{% dialog id='d' title=evil %}x{% enddialog %}",
    "{% toast %}{{ evil }}{% endtoast %}",
    "{% term evil %}{{ evil }}{% endterm %}",
    "{% hit evil evil kind=evil detail=evil %}",
    "{% rows evil %}{% row evil client=evil client_href=evil href=evil clauses=evil_clauses "
    "note=evil amount=evil why=evil peek=evil id=evil %}{% endrow %}{% endrows %}",
    "{% table evil %}<tbody></tbody>{% endtable %}",
    "{% th evil sort=evil %}",
    "{% timeline %}{% timeline_item evil who=evil %}{{ evil }}{% endtimeline_item %}"
    "{% endtimeline %}",
    "{% refusal evil_error %}",
    "{% sparkline numbers title=evil summary=evil %}",
    "{% bar 0.5 title=evil %}",
    "{% curve evil_figures title=evil current=0 %}",
    "{% band_chart dates numbers numbers numbers numbers evil_marks title=evil summary=evil %}",
    "{% icon 'phone' label=evil %}",
]


@pytest.mark.parametrize("call", CALLS)
def test_nothing_foreign_gets_through_a_component(call):
    dates = [date(2026, 5, 1), date(2026, 5, 2)]
    html = draw(
        call,
        evil=EVIL,
        evil_clauses=[Clause(EVIL, EVIL, EVIL)],
        evil_pairs=[(EVIL, EVIL)],
        evil_list=[EVIL],
        evil_tabs=[Tab(EVIL, EVIL)],
        evil_error=Refusal(EVIL, clause=EVIL, cure=EVIL, who=EVIL),
        evil_figures=[(EVIL, 1), (EVIL, 2)],
        evil_marks=[(dates[0], EVIL)],
        dates=dates,
        numbers=[1, 2],
    )
    assert "<script" not in html
    assert "alert(1)" in html
    skeleton = Skeleton()
    skeleton.feed(html)
    assert skeleton.open == []


@pytest.mark.parametrize("name", ["style", "onclick", "onload"])
def test_attributes_the_security_policy_drops_are_refused_aloud(name):
    with pytest.raises(ValueError, match="not allowed"):
        draw("{% button 'x' " + name + "='y' %}")


def test_an_unknown_icon_is_an_error_and_not_a_blank():
    with pytest.raises(IconDoesNotExist):
        draw("{% icon 'no-such-icon' %}")


def test_every_state_has_a_word_an_icon_and_a_known_tone():
    for code, state in STATES.items():
        html = draw("{% state code %}", code=code)
        assert str(state.label) in html
        assert "<svg" in html
        assert state.tone in TONES


def test_only_a_breach_and_a_closed_gate_are_red():
    assert {code for code, state in STATES.items() if state.tone == "breach"} == {"overdue", "gate"}


def test_a_state_nobody_described_is_shown_as_unknown():
    assert "unknown" in draw("{% state 'invented' %}")
    assert state_of(None).tone == "quiet"


def test_a_row_says_who_what_by_which_clause_and_by_when():
    html = draw(
        "{% row 'Request an invoice' client='Forest' client_href='/clients/1/' href='/o/7/' "
        "state='overdue' clauses='5.3 5.1' due=due why='/o/7/why/' peek='client-1' %}"
        "{% button 'Done' key='e' %}{% endrow %}",
        due=datetime(2026, 5, 4, 9, 0, tzinfo=UTC),
    )
    assert 'href="/regulation/5.3/"' in html
    assert 'title="Monday, 4 May 2026, 12:00 MSK"' in html
    assert ">yesterday, 12:00<" in html
    assert 'aria-label="overdue"' in html
    assert 'data-key="e"' in html
    assert 'data-key="?"' in html
    assert 'data-peek="client-1"' in html


def test_a_date_past_the_known_calendar_says_so_in_words():
    html = draw("{% row 'x' due=due provisional=True %}{% endrow %}", due=date(2028, 1, 12))
    assert ">provisional<" in html
    assert "not published yet" in html


def test_clauses_come_as_words_pairs_and_objects():
    assert [c.id for c in clauses_of("5.3, 5.1 М4.9")] == ["5.3", "5.1", "М4.9"]
    assert clauses_of([("5.3", "Ahead")]) == [Clause("5.3", "Ahead")]
    assert clauses_of([Clause("1.1", href="/x/")])[0].link == "/x/"
    assert clauses_of(None) == []


def test_a_button_is_a_link_only_when_it_leads_somewhere():
    assert draw("{% button 'Go' href='/x/' %}").startswith("<a ")
    assert 'type="submit"' in draw("{% button 'Save' %}")
    assert 'type="button"' in draw("{% button 'Open' opens='dialog' %}")


def test_a_post_button_works_without_scripts_and_carries_the_token():
    html = draw("{% post_button 'Done' '/o/7/done/' target='#agenda' field_reason='sent' %}")
    assert 'method="post" action="/o/7/done/"' in html
    assert re.search(r'name="csrfmiddlewaretoken" value="\w{20,}"', html)
    assert 'name="reason" value="sent"' in html
    assert 'hx-post="/o/7/done/"' in html


class Sample(forms.Form):
    name = forms.CharField(help_text="short")
    agree = forms.BooleanField(required=False)
    secret = forms.CharField(widget=forms.HiddenInput)


def test_a_wrong_field_is_tied_to_its_error_and_its_help():
    form = Sample({"secret": "1"})
    html = draw("{% field form.name %}", form=form)
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert 'id="id_name_helptext"' in html


def test_a_hidden_field_comes_bare_and_a_tick_has_its_label_after():
    form = Sample()
    assert draw("{% field form.secret %}", form=form).startswith('<input type="hidden"')
    tick = draw("{% field form.agree %}", form=form)
    assert tick.index("<input") < tick.index("<label")


def test_the_errors_of_a_form_lead_to_its_fields():
    assert draw("{% form_errors form %}", form=Sample({"name": "x", "secret": "y"})) == ""
    html = draw("{% form_errors form %}", form=Sample({"secret": "y"}))
    assert 'href="#id_name"' in html
    assert 'role="alert"' in html


def test_a_heading_sorts_turns_round_and_forgets_the_page():
    once = draw("{% th 'Name' sort='name' %}", "/clients/?q=a&page=3")
    assert 'href="?q=a&amp;sort=name"' in once
    assert "aria-sort" not in once
    again = draw("{% th 'Name' sort='name' %}", "/clients/?sort=name")
    assert 'href="?sort=-name"' in again
    assert 'aria-sort="ascending"' in again
    assert 'aria-sort="descending"' in draw("{% th 'Name' sort='name' %}", "/?sort=-name")


def test_a_pager_keeps_the_query_and_hides_when_there_is_one_page():
    html = draw("{% pager number=2 pages=3 total=140 %}", "/clients/?q=a&page=2")
    assert 'href="?q=a&amp;page=1"' in html
    assert 'href="?q=a&amp;page=3"' in html
    assert "140" in html
    assert draw("{% pager number=1 pages=1 %}") == ""


def test_a_swapped_list_says_aloud_how_many_were_found():
    html = draw("{% pager number=1 pages=1 total=2 target='#list' %}")
    assert html == '<span hidden data-announce="2 found"></span>'
    assert 'data-announce="Nobody"' in draw("{% empty 'Nobody' %}{% endempty %}")


def test_filters_keep_the_order_of_the_table():
    html = draw("{% filters target='#list' %}{% endfilters %}", "/clients/?sort=-name")
    assert 'name="sort" value="-name"' in html
    assert 'method="get"' in html
    assert 'hx-target="#list"' in html


def test_a_choice_marks_what_is_chosen():
    html = draw("{% choice 'am' 'Manager' people value='2' %}", people=[(1, "A"), (2, "B")])
    assert '<option value="2" selected>B</option>' in html


def test_a_refusal_says_what_who_and_by_which_clause():
    html = draw(
        "{% refusal error %}",
        error=Refusal("Closed", clause="8.1", cure="Check payments.", who="Vera"),
    )
    for words in ("Closed", "Check payments.", "Who can help: Vera", "/regulation/8.1/"):
        assert words in html
    bad = draw("{% refusal error %}", error=BadInput("Not a sum", line=7, field="Сумма"))
    assert "line 7" in bad
    assert "“Сумма”" in bad


def test_progress_that_nobody_can_foresee_shows_no_number():
    assert 'value="42"' in draw("{% progress 0.42 %}")
    assert "value=" not in draw("{% progress None %}")
    assert 'value="100"' in draw("{% progress 1.7 %}")


def test_an_avatar_is_the_same_for_the_same_name():
    assert draw("{% avatar 'Анна Кравец' %}") == draw("{% avatar 'Анна Кравец' %}")
    assert ">АК<" in draw("{% avatar 'Анна Кравец' %}")
    assert ">?<" in draw("{% avatar '' %}")


def test_a_query_of_many_values_survives_sorting():
    from pult.ui.components.lists import changed

    assert changed(QueryDict("tag=a&tag=b"), page=2) == "?tag=a&tag=b&page=2"
