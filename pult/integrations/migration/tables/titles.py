"""The columns of an export by kind: field → titles of Megaplan, Bitrix24 and amoCRM."""

KINDS = ("company", "contact", "deal", "task")

TITLES: dict[str, dict[str, tuple[str, ...]]] = {
    "company": {
        "name": ("название / фио", "название компании", "наименование", "название", "company name"),
        "legal_name": ("юридическое название", "полное наименование", "реквизиты"),
        "inn": ("инн",),
        "kpp": ("кпп",),
        "ogrn": ("огрн", "огрнип"),
        "address": ("юридический адрес", "фактический адрес", "адрес", "address"),
        "site": ("сайт", "корпоративный сайт", "web", "site"),
        "about": ("описание", "комментарий", "сфера деятельности"),
        "phone": ("рабочий телефон", "телефон", "phone"),
        "email": ("рабочий e-mail", "рабочий email", "e-mail", "email"),
        "status": ("тип компании", "статус", "категория"),
        "responsible": ("ответственный", "responsible"),
    },
    "contact": {
        "id": ("id", "номер"),
        "name": ("имя контакта", "контакт", "фио", "название / фио"),
        "last_name": ("фамилия",),
        "first_name": ("имя",),
        "middle_name": ("отчество",),
        "company": ("компания", "название компании", "организация"),
        "position": ("должность",),
        "phone": ("рабочий телефон", "мобильный телефон", "телефон", "phone"),
        "email": ("рабочий e-mail", "рабочий email", "e-mail", "email"),
        "birthday": ("дата рождения", "день рождения"),
        "responsible": ("ответственный", "responsible"),
        "type": ("тип",),
    },
    "deal": {
        "id": ("id", "номер"),
        "title": ("название сделки", "название"),
        "company": ("компания", "клиент", "название компании"),
        "contact": ("основной контакт", "контактное лицо", "контакт"),
        "responsible": ("ответственный", "responsible"),
        "status": ("этап сделки", "стадия сделки", "статус", "стадия"),
        "pipeline": ("воронка", "схема"),
        "amount": ("бюджет ₽", "бюджет", "сумма", "opportunity"),
        "currency": ("валюта",),
        "opened_on": ("дата создания", "дата начала"),
        "closed_on": ("дата закрытия", "дата завершения"),
        "note_1": ("примечание 1", "описание", "комментарий"),
        "note_2": ("примечание 2",),
        "note_3": ("примечание 3",),
        "note_4": ("примечание 4",),
        "note_5": ("примечание 5",),
    },
    "task": {
        "id": ("номер", "id"),
        "title": ("название", "задача", "заголовок"),
        "text": ("описание", "суть задачи"),
        "status": ("статус",),
        "author": ("постановщик",),
        "doer": ("ответственный", "исполнитель"),
        "watchers": ("аудиторы", "наблюдатели"),
        "company": ("заказчик", "клиент", "компания", "crm: компания"),
        "deal": ("сделка", "crm: сделка"),
        "due": ("дедлайн", "крайний срок", "срок"),
        "closed_on": ("завершена", "дата закрытия"),
    },
}
REQUIRED = {
    "company": ("name",),
    "contact": ("name",),
    "deal": ("title",),
    "task": ("title",),
}
# What tells one kind of table from another.
TELLING = {
    "company": ("inn", "kpp", "site", "address", "legal_name", "about"),
    "contact": ("last_name", "first_name", "position", "birthday"),
    "deal": ("status", "pipeline", "amount", "contact", "closed_on", "note_1"),
    "task": ("author", "doer", "watchers", "due", "text"),
}
# Words of a task's status that close it.
CLOSED = frozenset(
    ["завершена", "завершено", "закрыта", "отменена", "провалена", "выполнена", "completed", "done"]
)
WON = frozenset(["успешно реализовано", "сделка успешна", "успех", "выиграна", "won"])
LOST = frozenset(["закрыто и не реализовано", "сделка провалена", "провалена", "отказ", "lost"])
COMPANY = frozenset(["компания", "company"])
