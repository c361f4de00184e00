"""Escalations, answers to disputes, new powers and opened doors by mail: off unless the agency asks
for it (`PULT_MAIL_NOTICES=1`). An invitation to somebody whose doors were shut always goes by mail.

The letter goes through the outbox: after the commit, tried again while the mail server is away, at
least once. It names the clause, the client and the deadline or the decision and nothing else.
"""

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.models import Fact
from pult.kernel.roles import STAFF, Role
from pult.people.logic import zone_of
from pult.people.models import User
from pult.people.powers import ONLY_DIRECTOR_GRANTS
from pult.people.queries import who_is
from pult.people.sign_in import invitation_to
from pult.regulation.models import Dispute, Obligation
from pult.regulation.providers import providers
from pult.regulation.queries.rows import LedgerRow, rows_from


def mail_escalation(fact: Fact) -> None:
    """Write to whoever was told, in their language; nobody hears of a row that is gone."""
    reader = User.objects.filter(pk=fact.refs["person"]).first()
    found = rows_from(Obligation.objects.filter(pk=fact.payload["row"]))
    if reader is None or not reader.comes_in or not found:
        return
    with translation.override(reader.language):
        subject, text = _letter(found[0], reader)
    send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [reader.email])


def mail_answer(fact: Fact) -> None:
    """Tell whoever disputed a row, in their language, that it is decided; one letter for the rows
    that were disputed together. Only staff are written to."""
    asked = Dispute.objects.filter(pk=fact.payload.get("dispute")).exclude(decision="").first()
    if fact.state == "open" or asked is None:
        return
    reader, together = asked.opened_by, _answered_with(asked)
    if together[0].pk != asked.pk or not reader.comes_in or reader.roles.isdisjoint(STAFF):
        return
    names = providers().names({("client", asked.root_id)})
    said = {
        "client": names.get(("client", asked.root_id), "—"),
        "clauses": ", ".join(dict.fromkeys(one.clause for one in together)),
    }
    with translation.override(reader.language):
        subject = _upheld() if asked.decision == "upheld" else _rejected()
        text = _("The answer to your dispute and who gave it are in Pult, under Disputes.")
        words = f"{subject % said}.\n{text}"
    send_mail(subject % said, words, settings.DEFAULT_FROM_EMAIL, [reader.email])


def _answered_with(asked: Dispute) -> list[Dispute]:
    same = ("root_id", "opened_by_id", "opened_at", "decided_at", "decision")
    rows = Dispute.objects.filter(**{name: getattr(asked, name) for name in same})
    return list(rows.order_by("pk"))


def _upheld() -> str:
    return _("%(client)s: your dispute of %(clauses)s is upheld")


def _rejected() -> str:
    return _("%(client)s: your dispute of %(clauses)s is rejected")


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


def mail_opened(fact: Fact) -> None:
    """Tell the heads and directors that somebody who was shut out is let in again, and by whom."""
    person = User.objects.filter(pk=fact.refs["person"]).first()
    told = {one.pk: one for role in (Role.HEAD, Role.DIRECTOR) for one in who_is(role)}
    for reader in told.values():
        if person is None or reader.pk in (fact.actor_id, person.pk):
            continue
        with translation.override(reader.language):
            said = {"person": person.full_name, "by": str(fact.actor or "Pult")}
            subject = _("%(person)s may come in again") % said
            text = _("%(by)s opened the doors to %(person)s. It is under People.") % said
            send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [reader.email])


def mail_invitation(fact: Fact) -> None:
    """Send the person the link by which they choose a password, unless it is no longer due."""
    person = User.objects.filter(pk=fact.refs["person"]).first()
    if person is None or not person.comes_in or person.has_usable_password():
        return
    link = fact.payload["origin"] + reverse("invitation", args=invitation_to(person))
    with translation.override(person.language):
        said = {"by": str(fact.actor or "Pult"), "link": link}
        text = _(
            "%(by)s opened Pult to you again. Choose a password by this link, it works once and for"
            " three days:\n%(link)s\nIf you did not expect this letter, tell your director."
        )
        subject = _("You may come in again")
        send_mail(subject, text % said, settings.DEFAULT_FROM_EMAIL, [person.email])


def _letter(row: LedgerRow, reader: User) -> tuple[str, str]:
    said = {"clause": row.clause, "title": row.title, "client": row.client or "—"}
    subject = _("%(client)s: clause %(clause)s is overdue") % said
    due = (row.due or clock.now()).astimezone(zone_of(reader.zone, settings.TIME_ZONE))
    text = _(
        "%(client)s: clause %(clause)s “%(title)s” was due on %(day)s at %(time)s.\n"
        "What it needs and why is in Pult, under Escalations."
    )
    return subject, text % (said | {"day": f"{due:%d.%m.%Y}", "time": f"{due:%H:%M}"})
