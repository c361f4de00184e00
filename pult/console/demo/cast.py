"""Who works at the demo agency and whom it serves. All names are invented."""

from dataclasses import dataclass

DOMAIN = "demo.pult"
AGENCY_NAME = "ООО «Камертон»"
AGENCY_INN = "7700000023"
AGENCY_KPP = "770001001"
AGENCY_ADDRESS = "Москва, Садовая, 12"
AGENCY_SIGNATORY = "Директор Захар Громов"
AGENCY_ACCOUNT = "40702810000000000900"
AGENCY_BIK = "044525225"
AGENCY_BANK = "Первый Учебный банк"


@dataclass(frozen=True)
class Person:
    """A colleague: login before @demo.pult, name, role, team ("" = none) and department."""

    login: str
    name: str
    role: str
    team: str = ""
    department: str = ""


TEAMS = ("Север", "Юг")

PEOPLE = (
    Person("anna", "Анна Кравец", "am", "Север", "accounts"),
    Person("boris", "Борис Лаптев", "am", "Север", "accounts"),
    Person("irina", "Ирина Соколик", "am", "Юг", "accounts"),
    Person("semyon", "Семён Ракитин", "am", "Юг", "accounts"),
    Person("vera", "Вера Лисина", "head", "Север", "accounts"),
    Person("gleb", "Глеб Орешин", "sales"),
    Person("darya", "Дарья Мельник", "executor", "", "context"),
    Person("kirill", "Кирилл Ясень", "executor", "", "target"),
    Person("lidia", "Лидия Вереск", "executor", "", "design"),
    Person("mark", "Марк Осокин", "executor", "", "seo"),
    Person("egor", "Егор Стрельцов", "production_head", "", "context"),
    Person("marat", "Марат Зимин", "production_director"),
    Person("zhanna", "Жанна Белова", "accountant"),
    Person("zakhar", "Захар Громов", "director"),
    Person("ilya", "Илья Руднев", "it"),
    Person("pavel", "Павел Штрих", "contractor"),
    Person("olga", "Ольга Пчёлкина", "client"),
)


@dataclass(frozen=True)
class Firm:
    """A client: trade name, business, legal form and name, manager, habits.

    `habit` steers its story: punctual, slow, part (pays in parts), joint (two invoices in one
    payment), third (another firm pays), forgotten (the last invoice was not asked for), silent
    (no contacts lately), trusted, paused, new (its first money is not there yet).
    """

    name: str
    about: str
    legal: str
    am: str
    tools: tuple[str, ...] = ("context",)
    habit: str = "punctual"


FIRMS = (
    Firm("Северный паркет", "паркет и укладка", "ООО «Северный паркет»", "anna", ("context",)),
    Firm(
        "Кофейня Зерно", "сеть кофеен", "ООО «Зерно и Ко»", "anna", ("target", "smm"), "forgotten"
    ),
    Firm("Клиника Аврора", "стоматология", "ООО «Аврора-Мед»", "anna", ("context", "seo"), "slow"),
    Firm("Мебель Лофт-14", "мебель на заказ", "ООО «Лофт-14»", "anna", ("context", "target")),
    Firm("Автошкола Вираж", "обучение вождению", "ООО «Вираж»", "anna", ("context",), "part"),
    Firm("Окна Горизонт", "остекление", "ООО «Горизонт»", "anna", ("context",), "silent"),
    Firm("Школа Умка", "курсы для детей", "АНО «Умка»", "anna", ("target",), "trusted"),
    Firm("Ветклиника Лапа", "ветеринария", "ООО «Лапа»", "anna", ("context",), "new"),
    Firm("Фитнес Ритм", "фитнес-клуб", "ООО «Ритм»", "boris", ("target",), "joint"),
    Firm("Турклуб Азимут", "походы и туры", "ООО «Азимут»", "boris", ("context", "target")),
    Firm("Стройдвор Брус", "пиломатериалы", "ООО «Брус»", "boris", ("context",), "third"),
    Firm("Ювелирный дом Яхонт", "украшения", "ООО «Яхонт»", "boris", ("context",), "slow"),
    Firm("Электромаркет Фаза", "электрика", "ООО «Фаза»", "boris", ("context", "seo")),
    Firm("Цветы Пион", "доставка цветов", "ООО «Пион»", "boris", ("target",), "forgotten"),
    Firm("Пекарня Опара", "хлеб и торты", "ООО «Опара»", "boris", ("target",), "paused"),
    Firm("Логистика Маршрут", "перевозки", "ООО «Маршрут»", "semyon", ("context",)),
    Firm("Мастерская Шов", "пошив штор", "ООО «Шов»", "irina", ("context",), "part"),
    Firm("Санаторий Бор", "отдых и лечение", "АО «Бор»", "irina", ("context", "target")),
    Firm("Книжный Абзац", "книжный магазин", "ООО «Абзац»", "irina", ("target",), "silent"),
    Firm("Матрасы Облако", "матрасы", "ООО «Облако»", "irina", ("context",), "forgotten"),
    Firm("Типография Кегль", "печать", "ООО «Кегль»", "irina", ("context", "seo"), "slow"),
    Firm("Велосипеды Спица", "велосипеды", "ООО «Спица»", "irina", ("context",), "paused"),
    Firm("Ремонт Терем", "ремонт квартир", "ООО «Терем»", "irina", ("context",)),
    Firm("Гончарня Глина", "посуда", "ООО «Глина»", "irina", ("target",), "new"),
)

CONTACT_NAMES = (
    "Алла Рожкова",
    "Пётр Лугов",
    "Нина Сафьян",
    "Олег Тишин",
    "Рита Колос",
    "Семён Бродский-Мост",
    "Тамара Ель",
    "Фёдор Причал",
)
POSTS = ("директор по маркетингу", "владелец", "руководитель продаж", "маркетолог")

TOOLS = {
    "context": ("Яндекс.Директ", "yandex"),
    "target": ("VK Реклама", "vk"),
    "seo": ("Продвижение в поиске", ""),
    "smm": ("Ведение сообществ", ""),
}
SPENDING = ("context", "target")


def inn_of(number: int) -> str:
    """A valid tax number of a company for the demo: 78 + `number` + check digit."""
    digits = f"78{number:07}"
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    control = sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11 % 10
    return f"{digits}{control}"
