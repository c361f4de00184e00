"""Escalations and new powers by mail: off unless the agency asks for it (`PULT_MAIL_NOTICES=1`).

The letter goes through the outbox: after the commit, tried again while the mail server is away, at
least once. It names the clause, the client and the deadline and nothing else.
"""

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.models import Fact
from pult.kernel.roles import Role
from pult.people.logic import zone_of
from pult.people.models import User
from pult.people.powers import ONLY_DIRECTOR_GRANTS
from pult.people.queries import who_is
from pult.regulation.models import Obligation
from pult.regulation.queries.rows import LedgerRow, rows_from


def mail_escalation(fact: Fact) -> None:
    """Write to whoever was told, in their language; nobody hears of a row that is gone."""
    reader = User.objects.filter(pk=fact.refs["person"], is_active=True).first()
    found = rows_from(Obligation.objects.filter(pk=fact.payload["row"]))
    if reader is None or not found:
        return
    with translation.override(reader.language):
        subject, text = _letter(found[0], reader)
    send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [reader.email])


def mail_power(fact: Fact) -> None:
    """Tell every director that somebody was made director, head or IT."""
    if fact.payload["role"] not in ONLY_DIRECTOR_GRANTS:
        return
    person = User.objects.filter(pk=fact.refs["person"]).first()
    if person is None:
        return
    for director in who_is(Role.DIRECTOR):
        with translation.override(director.language):
            said = {
                "person": person.full_name,
                "role": Role(fact.payload["role"]).label,
                "by": str(fact.actor or "Pult"),
            }
            subject = _("%(person)s was given the role “%(role)s”") % said
            text = _("%(person)s was given the role “%(role)s” by %(by)s. It is under People.")
            send_mail(subject, text % said, settings.DEFAULT_FROM_EMAIL, [director.email])


def _letter(row: LedgerRow, reader: User) -> tuple[str, str]:
    said = {"clause": row.clause, "title": row.title, "client": row.client or "—"}
    subject = _("%(client)s: clause %(clause)s is overdue") % said
    due = (row.due or clock.now()).astimezone(zone_of(reader.zone, settings.TIME_ZONE))
    text = _(
        "%(client)s: clause %(clause)s “%(title)s” was due on %(day)s at %(time)s.\n"
        "What it needs and why is in Pult, under Escalations."
    )
    return subject, text % (said | {"day": f"{due:%d.%m.%Y}", "time": f"{due:%H:%M}"})
