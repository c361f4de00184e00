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
DUTY = FactKind(
    "duty_set", "дежурный назначен", "duty person set", refs=("person",), fields={"day": str}
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
TEAM = FactKind(
    "team_changed",
    "команда изменена",
    "team changed",
    shape="state",
    refs=("team",),
    doc="formed | renamed | closed",
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
    LIMIT,
    TEAM,
    DEMO,
)
