"""The fields a table may bring, the titles agencies give them, the words in their cells."""

import hashlib
from collections.abc import Sequence

# Field → titles, the likeliest first; `guess_mapping` of the table reader takes it as it is.
WANTED: dict[str, tuple[str, ...]] = {
    "client": ("клиент", "название клиента", "заказчик", "client", "customer"),
    "group": ("группа компаний", "холдинг", "group"),
    "brand": ("бренд", "торговая марка", "brand"),
    "site": ("сайт", "домен", "url", "site", "website"),
    "about": ("чем занимается", "сфера", "ниша", "бизнес", "about", "industry"),
    "status": ("статус клиента", "статус", "status"),
    "am": ("аккаунт-менеджер", "аккаунт", "менеджер", "ответственный", "account manager", "am"),
    "entity": ("юридическое лицо", "юрлицо", "плательщик", "контрагент", "legal entity", "payer"),
    "inn": ("инн", "инн клиента", "унп", "бин", "inn", "tax number"),
    "kpp": ("кпп", "kpp"),
    "ogrn": ("огрн", "огрнип", "ogrn"),
    "address": ("юридический адрес", "адрес", "address"),
    "account": ("расчётный счёт", "р/с", "номер счёта", "account number", "bank account"),
    "bik": ("бик", "bik", "bank code"),
    "bank": ("банк", "bank"),
    "contract": ("договор", "номер договора", "contract", "contract number"),
    "contract_date": ("дата договора", "contract date"),
    "contact": ("контактное лицо", "контакт", "фио", "contact", "contact person"),
    "position": ("должность", "position"),
    "phone": ("телефон", "phone"),
    "email": ("e-mail", "email", "почта", "электронная почта"),
    "birthday": ("день рождения", "дата рождения", "birthday"),
    "decides": ("лпр", "принимает решения", "decision maker"),
    "line": ("услуга", "направление", "проект", "service", "service line"),
    "tool": ("инструмент", "вид рекламы", "тип услуги", "tool"),
    "platform": ("площадка", "система", "кабинет", "platform"),
    "login": ("логин", "логин кабинета", "login"),
    "campaign": ("id кампании", "номер кампании", "кампания", "campaign id", "campaign"),
    "budget": ("бюджет", "бюджет в месяц", "месячный бюджет", "budget", "monthly budget"),
    "money_flow": ("кто платит площадке", "схема денег", "money flow"),
    "period_from": ("начало", "дата начала", "старт", "start", "from"),
    "period_to": ("окончание", "дата окончания", "конец", "end", "to"),
    "balance": ("остаток", "баланс", "остаток у агентства", "balance"),
    "balance_platform": ("остаток в кабинете", "баланс кабинета", "platform balance"),
    "balance_day": ("на дату", "дата остатка", "остаток на дату", "balance date", "as of"),
}
FIELDS = tuple(WANTED)

STATUSES = {
    "лид": "lead",
    "lead": "lead",
    "потенциальный": "lead",
    "клиент": "client",
    "client": "client",
    "активен": "client",
    "активный": "client",
    "в работе": "client",
    "active": "client",
    "пауза": "paused",
    "на паузе": "paused",
    "paused": "paused",
    "ушёл": "ended",
    "завершён": "ended",
    "архив": "ended",
    "ended": "ended",
    "closed": "ended",
}
TOOLS = {
    "контекст": "context",
    "контекстная реклама": "context",
    "директ": "context",
    "яндекс директ": "context",
    "поиск": "context",
    "рся": "context",
    "context": "context",
    "ppc": "context",
    "таргет": "target",
    "таргетированная реклама": "target",
    "target": "target",
    "медийная реклама": "media",
    "медийка": "media",
    "media": "media",
    "сео": "seo",
    "seo": "seo",
    "продвижение сайта": "seo",
    "поисковое продвижение": "seo",
    "smm": "smm",
    "смм": "smm",
    "соцсети": "smm",
    "дизайн": "design",
    "design": "design",
    "разработка": "web",
    "сайт": "web",
    "web": "web",
    "аналитика": "analytics",
    "analytics": "analytics",
    "другое": "other",
    "other": "other",
}
PLATFORMS = {
    "яндекс директ": "direct",
    "яндекс": "direct",
    "директ": "direct",
    "direct": "direct",
    "вк": "vk",
    "вконтакте": "vk",
    "vk реклама": "vk",
    "vk": "vk",
    "vk ads": "vk",
    "telegram": "telegram",
    "телеграм": "telegram",
    "google ads": "google",
    "google": "google",
}
FLOWS = {
    "агентство": "through_agency",
    "через агентство": "through_agency",
    "agency": "through_agency",
    "through_agency": "through_agency",
    "клиент": "client_pays_platform",
    "клиент напрямую": "client_pays_platform",
    "напрямую": "client_pays_platform",
    "client": "client_pays_platform",
    "client_pays_platform": "client_pays_platform",
}
YES = frozenset(["да", "yes", "1", "+", "true", "лпр", "д", "y"])
NO = frozenset(["", "нет", "no", "0", "-", "—", "false", "н", "n"])


def signature(columns: Sequence[str]) -> str:
    """The same for every file with these columns in this order."""
    return hashlib.sha256("\x1f".join(columns).casefold().encode()).hexdigest()


def folded(text: str) -> str:
    """A word of a dictionary above, however it was typed."""
    plain = text.casefold().replace(".", " ").replace("«", "").replace("»", "")
    return " ".join(plain.split())
