"""`/ui/`: every component with its variants, drawn live beside the call that draws it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import sin
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from pult.kernel import clock
from pult.kernel.access import public
from pult.kernel.errors import Refusal
from pult.ui.components.marks import progress
from pult.ui.frame import DENSITIES, THEMES, Frame, NavItem, frame_of
from pult.ui.parts import Clause, DayItem, RowButtons, Tab
from pult.ui.render import render_page
from pult.ui.specimens import CHAPTERS, specimens


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Client"), help_text=_("As people say it, without ООО"))
    inn = forms.CharField(label="ИНН", min_length=10)
    kind = forms.ChoiceField(label=_("Payment"), choices=[("pre", "предоплата"), ("post", "после")])
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea)
    agree = forms.BooleanField(label=_("The head has agreed"), required=False)


@dataclass(frozen=True)
class Drawn:
    title: str
    source: str
    note: Any
    html: SafeString


@dataclass(frozen=True)
class Section:
    id: str
    title: Any
    specimens: tuple[Drawn, ...]


@dataclass(frozen=True)
class Catalogue:
    sections: tuple[Section, ...]
    themes: tuple[str, ...]
    densities: tuple[str, ...]
    theme: str
    density: str
    previews: tuple[tuple[str, str, str], ...] = ()


@public
def catalogue(request: HttpRequest) -> HttpResponse:
    """All components; `?theme=dark&density=compact` shows them another way."""
    dress(request)
    looks = frame_of(request)
    page = Catalogue(
        tuple(_drawn(request, id, title) for id, title in CHAPTERS),
        THEMES,
        DENSITIES,
        looks.theme,
        looks.density,
        (("light", "wide", "light"), ("dark", "wide", "dark"), ("light", "phone", "phone")),
    )
    return render_page(request, "ui/catalogue.html", page)


@public
@xframe_options_sameorigin
def preview(request: HttpRequest) -> HttpResponse:
    """One page as it looks whole: the catalogue shows it by day, by night and on a phone."""
    dress(request)
    page = Catalogue((_drawn(request, "lists", ""),), THEMES, DENSITIES, "", "")
    return render_page(request, "ui/preview.html", page)


@public
def sample_why(request: HttpRequest) -> HttpResponse:
    return render_page(request, "ui/sample_why.html", None)


@public
def sample_progress(request: HttpRequest) -> HttpResponse:
    """A job that is done by the time anybody asks."""
    return HttpResponse(progress(1, "Сверено платежей"))


def dress(request: HttpRequest) -> None:
    """Give the request the theme and density of its address, and a menu when it has none."""
    own = frame_of(request)
    theme, density = request.GET.get("theme"), request.GET.get("density")
    own = replace(
        own,
        theme=theme if theme in THEMES else own.theme,
        density=density if density in DENSITIES else own.density,
    )
    request._pult_frame = own if own.nav else _sample_frame(own)  # type: ignore[attr-defined]


def _sample_frame(own: Frame) -> Frame:
    return replace(
        own,
        user_name="Анна Кравец",
        role="аккаунт-менеджер",
        search_url="/search/",
        profile_url="/profile/",
        sign_out_url="/sign-out/",
        nav=(
            NavItem("Мой день", "/ui/", "sun", 5, "breach"),
            NavItem("Клиенты", "/clients/", "users"),
            NavItem("Деньги", "/money/", "wallet", 2, "soon"),
            NavItem("Выписки", "/import/", "file-up"),
            NavItem("Регламент", "/regulation/", "book-open", primary=False),
            NavItem("Перед праздниками", "/breaks/", "calendar-clock", primary=False),
        ),
    )


def _drawn(request: HttpRequest, chapter: str, title: Any) -> Section:
    sample = _sample()
    return Section(
        chapter,
        title,
        tuple(
            Drawn(one.title, one.source, one.note, render_to_string(one.template, sample, request))
            for one in specimens(chapter)
        ),
    )


def _sample() -> dict[str, Any]:
    now = clock.now()
    return {
        "today": now + timedelta(hours=2),
        "tomorrow": now + timedelta(days=1),
        "yesterday": now - timedelta(days=1),
        "next_month": now + timedelta(days=33),
        "earlier": now - timedelta(hours=5),
        "balance": "18 026,55 ₽",
        "day": [_asked(now + timedelta(days=1))],
        "clause_list": [Clause("5.3", "Счёт заранее"), Clause("12.1", "Разговор раз в две недели")],
        "tab_list": [
            Tab("Сейчас", "#", current=True, count=5),
            Tab("Деньги", "#money"),
            Tab("История", "#history", count=124),
        ],
        "crumb_list": [("Клиенты", "/clients/"), ("Лесная мебель", "")],
        "step_list": ["Файл", "Проверка", "Разбор", "Готово"],
        "people": [("", "все"), ("1", "Анна Кравец"), ("2", "Борис Лапин")],
        "states": [("", "любое"), ("overdue", "просрочено")],
        "reasons": [("client", "ждём клиента"), ("internal", "ждём коллег")],
        "form": SampleForm({"name": "Лесная мебель", "inn": "77", "kind": "pre"}),
        "refused": Refusal(
            "Запуск закрыт: счёт 214 не оплачен.",
            clause="8.1",
            cure="Проверьте платежи за сегодня или попросите отсрочку.",
            who="Вера Мороз",
        ),
        "band": _band(),
        "curve_values": [(lead, 61 - lead * 4 + lead * lead // 4) for lead in range(1, 15)],
        "spark": [int(300 + 120 * sin(day / 2) + day * 6) for day in range(30)],
    }


def _band() -> dict[str, Any]:
    """A balance that melts: thirty days of facts and thirty of forecast, in kopecks."""
    today = clock.now().date()
    dates = [today + timedelta(days=shift) for shift in range(-30, 31)]
    spent = [
        25_000_000 - 620_000 * day - int(240_000 * sin(day)) + (9_000_000 if day > 12 else 0)
        for day in range(31)
    ]
    ahead = [max(spent[-1] - 640_000 * day, 0) for day in range(1, 31)]
    gap: list[int | None] = [None] * 30
    return {
        "dates": dates,
        "actual": [*spent, *gap],
        "q10": [*gap, spent[-1], *(max(value - 90_000 * i, 0) for i, value in enumerate(ahead))],
        "q50": [*gap, spent[-1], *ahead],
        "q90": [*gap, spent[-1], *(value + 80_000 * i for i, value in enumerate(ahead))],
        "marks": [
            (today, "сегодня"),
            (today + timedelta(days=13), "счёт до"),
            (today + timedelta(days=24), "кончатся"),
        ],
    }


def _asked(due: datetime) -> DayItem:
    """A thing of the day, with its buttons."""
    menu = (("Это не так", "#", "scale"),)
    return DayItem(
        id=1,
        what="Подтвердить пополнение кабинета",
        client="Автосалон «Меридиан»",
        client_href="#",
        state="open",
        clauses=(("5.4", ""),),
        due=due,
        provisional=False,
        note="",
        why="/ui/why/",
        peek="",
        buttons=RowButtons(1, "Пополнено", "#", "wallet", False, ("Позже", "#"), menu),
    )
