"""What is recorded about people: who came, in which role, who is away, who stands in."""

from pult.kernel.facts import FactKind, register

HIRED = FactKind("person_hired", "человек принят", "person hired", refs=("person",))
INVITATION = FactKind(
    "invitation_accepted", "приглашение принято", "invitation accepted", refs=("person",)
)
LEFT = FactKind(
    "person_left",
    "человек ушёл",
    "person left",
    refs=("person",),
    fields={"last_day": str},
)
PROFILE = FactKind(
    "person_changed",
    "данные человека изменены",
    "person's details changed",
    refs=("person",),
    fields={"changed": list},
    doc="Names of the changed fields; the values live in the erasable row.",
)
ROLE_GRANTED = FactKind(
    "role_granted",
    "роль назначена",
    "role granted",
    refs=("person", "grant", "team?"),
    fields={"role": str, "since": str, "until": str},
)
ROLE_ENDED = FactKind(
    "role_ended",
    "роль снята",
    "role ended",
    refs=("person", "grant", "team?"),
    fields={"role": str, "until": str},
)
DEPUTY = FactKind(
    "deputy_named",
    "заместитель назначен",
    "deputy named",
    refs=("person", "grant", "principal"),
    fields={"role": str, "since": str, "until": str},
    doc="The person holds the role for the principal on these days.",
)
DEPUTY_ENDED = FactKind(
    "deputy_ended",
    "замещение закончено",
    "deputy's days ended",
    refs=("person", "grant", "principal"),
    fields={"role": str, "until": str},
)
ABSENCE = FactKind(
    "absence_noted",
    "отсутствие отмечено",
    "absence noted",
    refs=("person", "absence", "substitute?"),
    fields={"category": str, "since": str, "until": str},
)
ABSENCE_ENDED = FactKind(
    "absence_ended",
    "отсутствие закончено",
    "absence ended",
    refs=("person", "absence"),
    fields={"until": str},
)
STAND_IN_ENDED = FactKind(
    "stand_in_ended",
    "замена на время отсутствия снята",
    "standing in ended",
    refs=("person", "absence", "substitute"),
    doc="Whoever stood in left or was shut out: nobody is named for the absence.",
)
DUTY = FactKind(
    "duty_set", "дежурный назначен", "duty person set", refs=("person",), fields={"day": str}
)
DUTY_FREED = FactKind(
    "duty_freed",
    "дежурство освободилось",
    "duty freed",
    refs=("person",),
    doc="The key is the day: whoever was on duty left or was shut out, nobody is named yet.",
)
NOTICE = FactKind(
    "person.notice",
    "предупреждение о дне",
    "notice about a day",
    shape="state",
    refs=("person",),
    fields={"force_majeure": bool, "in_time": bool},
    audience="department",
    doc="late | away | unpaid | taken_back; the key is the day. Never a cause.",
)
LATE = FactKind(
    "person.late",
    "опоздание",
    "lateness",
    shape="state",
    refs=("person",),
    fields={"minutes": int},
    audience="department",
    doc="noted | over the limit; the key is the day. Said by a person, never inferred; no cause.",
)
DECISION = FactKind(
    "person.decision",
    "решение руководителя о дне",
    "a head's decision about a day",
    shape="state",
    refs=("person",),
    fields={"about": str, "reason_code": str},
    audience="department",
    doc="excused | remark | talk; the key is the day. A person decides; nothing follows by itself.",
)
MAIL = FactKind(
    "person.mail",
    "почта в конце дня",
    "mail at the end of a day",
    shape="state",
    refs=("person",),
    audience="department",
    doc="clear | explained | left: the person's own word, nobody reads their mail.",
)
REST = FactKind(
    "person.rest",
    "остаток дня",
    "the rest of a day",
    shape="state",
    refs=("person",),
    audience="department",
    doc="What burns and is not merely due today: settled (done or carried over) | left.",
)
TODAY = FactKind(
    "person.today",
    "дела дня",
    "what was for today",
    shape="state",
    refs=("person",),
    audience="department",
    doc="What was due that day, neither overdue nor urgent: settled | left.",
)
TALK = FactKind(
    "person.talk",
    "комментарии в конце дня",
    "comments at the end of a day",
    shape="state",
    refs=("person",),
    audience="department",
    doc="Comments of the person's open tasks: read | left.",
)
CLOSED = FactKind(
    "person.day_closed",
    "рабочий день закрыт",
    "working day closed",
    refs=("person",),
    fields={"left": int, "explained": bool},
    audience="department",
)
LAPSED = FactKind(
    "person.day_lapsed",
    "рабочий день закрылся сам",
    "working day closed by itself",
    refs=("person",),
    fields={"left": int},
    audience="department",
    doc="Nobody signed it, and nothing goes up for that: evenings are not worked.",
)
SCHEDULE = FactKind(
    "schedule_set",
    "график назначен",
    "schedule set",
    refs=("person",),
    fields={"since": str, "days": int},
    doc="Working days of the week; −1 gives the person back to the department's hours.",
)
SHIFT = FactKind(
    "shift_set",
    "смена назначена",
    "shift set",
    refs=("person",),
    fields={"day": str, "works": bool},
)
DOORS = FactKind(
    "doors_closed",
    "вход закрыт",
    "every way in closed",
    refs=("person",),
    fields={"sessions": int},
    doc="Sessions, password, passkeys and links of a person ended; nothing lets them in.",
)
DOORS_OPENED = FactKind(
    "doors_opened",
    "вход открыт",
    "ways in opened",
    refs=("person",),
    doc="The person comes back by a new invitation only.",
)
INVITATION_SENT = FactKind(
    "invitation_sent",
    "приглашение отправлено",
    "invitation sent",
    refs=("person",),
    fields={"origin": str},
    doc="By letter to the person's own address: nobody else sees the link.",
)
EXPORT = FactKind(
    "export_made",
    "список выгружен файлом",
    "list carried out as a file",
    refs=("person",),
    doc="Key: which list; value: rows.",
)
LIMIT = FactKind(
    "client_limit_set",
    "предел клиентов назначен",
    "limit of clients set",
    refs=("person?",),
    fields={"clients": int, "since": str},
    audience="department",
    doc="Without a person everybody's; −1 gives a person back to everybody's.",
)
STRENGTHS = FactKind(
    "person_strengths",
    "сильные стороны менеджера отмечены",
    "a manager's strengths noted",
    refs=("person",),
    fields={"strengths": list},
    audience="department",
    doc="Codes of categories, all that hold from now on.",
)
TEAM = FactKind(
    "team_changed",
    "команда изменена",
    "team changed",
    shape="state",
    refs=("team",),
    doc="formed | renamed | closed",
)
TOPIC = FactKind(
    "topic_set",
    "тема справочника",
    "topic of the directory",
    shape="state",
    refs=("topic",),
    doc="set | closed; its words lie in the row.",
)
DEMO = FactKind(
    "demo_opened",
    "демонстрационное агентство открыто",
    "demo agency opened",
    doc="Marks a database as the demo's own: nobody's work is in it.",
)

register(
    HIRED,
    INVITATION,
    LEFT,
    PROFILE,
    ROLE_GRANTED,
    ROLE_ENDED,
    DEPUTY,
    DEPUTY_ENDED,
    ABSENCE,
    ABSENCE_ENDED,
    DUTY,
    DUTY_FREED,
    NOTICE,
    LATE,
    DECISION,
    MAIL,
    REST,
    TODAY,
    TALK,
    CLOSED,
    LAPSED,
    SCHEDULE,
    SHIFT,
    DOORS,
    DOORS_OPENED,
    INVITATION_SENT,
    STAND_IN_ENDED,
    EXPORT,
    LIMIT,
    STRENGTHS,
    TEAM,
    TOPIC,
    DEMO,
)
