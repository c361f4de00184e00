from dataclasses import replace

import pytest
from django.core import mail

from pult.kernel import outbox
from pult.people.models import RoleGrant
from pult.people.notices import mail_answer, mail_escalation
from pult.regulation.actions import dispute
from pult.regulation.escalation import escalate
from pult.regulation.evaluate.card import Rung
from pult.regulation.evaluate.table import Mode
from pult.regulation.evaluate.tests.shapes import LEAD, bh
from pult.regulation.models import Dispute, Obligation
from pult.regulation.providers import Providers, provide
from pult.regulation.sweep import sweep
from pult.regulation.tests.world import install, tell
from pult.regulation.timers import tick
from pult.regulation.whole_acts import decide_disputes, dispute_rows

pytestmark = pytest.mark.django_db
CARD = replace(
    LEAD,
    feed=None,
    feed_limit=None,
    role="am",
    act="invoice.request",
    ladder=(Rung(bh(0), "head"),),
)


@pytest.fixture
def head_told(cast, freeze, monkeypatch):
    """Вера is told of a row that is overdue since yesterday; letters are switched on."""
    monkeypatch.setattr(outbox, "_by_kind", {})
    outbox.after_commit("escalation.sent", mail_escalation)
    provide(holders=lambda role, at, roots: dict.fromkeys(roots, cast.vera.pk))
    freeze("2026-05-05 12:00")
    install(CARD, mode=Mode.ESCALATING)
    tell("line.funds_end", line=7, key="june", day="2026-05-18")
    freeze("2026-05-07 12:00")
    tick(sweep=sweep)
    escalate()
    yield cast.vera
    provide(holders=Providers().holders)


def test_a_letter_goes_out_after_the_commit_in_the_reader_s_language(head_told):
    assert mail.outbox == []
    outbox.dispatch()
    (letter,) = mail.outbox
    assert letter.to == [head_told.email]
    assert "просрочено по пункту 5.3" in letter.subject
    assert "06.05.2026 в 19:00" in letter.body


def test_a_mail_server_that_is_away_is_tried_again(head_told, freeze, monkeypatch):
    def away(*args, **kwargs):
        raise OSError("no route")

    with monkeypatch.context() as patched:
        patched.setattr("pult.people.notices.send_mail", away)
        outbox.dispatch()
    freeze("2026-05-07 12:05")
    outbox.dispatch()
    assert len(mail.outbox) == 1


def test_somebody_who_left_gets_no_letter(head_told):
    head_told.is_active = False
    head_told.save(update_fields=["is_active"])
    outbox.dispatch()
    assert mail.outbox == []


def test_letters_are_off_unless_asked_for(settings):
    assert settings.MAIL_NOTICES is False


@pytest.fixture
def two_disputed(cast, freeze, monkeypatch):
    """Анна disputed two rows with one proof; letters are switched on."""
    monkeypatch.setattr(outbox, "_by_kind", {})
    outbox.after_commit("obligation.disputed", mail_answer)
    provide(names=lambda subjects: {("client", 1): "ООО «Лес»"})
    freeze("2026-05-05 12:00")
    install(CARD)
    for line in (7, 8):
        tell("line.funds_end", line=line, key="june", day="2026-05-18")
    rows = Obligation.objects.values_list("pk", flat=True)
    dispute_rows(obligation_ids=rows, proof="счёт ушёл с другой почты", by=cast.anna, role="am")
    yield Dispute.objects.earliest("pk")
    provide(names=Providers().names)


def answered(dispute_id, cast, *, upheld=False):
    decide_disputes(
        dispute_id=dispute_id, upheld=upheld, answer="письма нет", by=cast.vera, role="head"
    )
    outbox.dispatch()
    outbox.dispatch()


def test_an_answer_to_a_dispute_is_one_letter_to_whoever_asked(two_disputed, cast):
    outbox.dispatch()
    assert mail.outbox == [], "a dispute that waits is no answer"
    answered(two_disputed.pk, cast)
    (letter,) = mail.outbox
    assert letter.to == [cast.anna.email]
    assert letter.subject == "ООО «Лес»: ваш спор (5.3) отклонён"
    assert "письма нет" not in letter.body, "the words stay in Pult"


def test_an_answer_is_written_in_the_language_of_whoever_asked(two_disputed, cast):
    cast.anna.language = "en"
    cast.anna.save(update_fields=["language"])
    answered(two_disputed.pk, cast, upheld=True)
    (letter,) = mail.outbox
    assert letter.subject == "ООО «Лес»: your dispute of 5.3 is upheld"


def test_whoever_left_or_is_of_no_staff_gets_no_answer_by_mail(two_disputed, cast):
    RoleGrant.objects.filter(user=cast.anna).update(role="client")
    decide_disputes(
        dispute_id=two_disputed.pk, upheld=True, answer="верно", by=cast.vera, role="head"
    )
    outbox.dispatch()
    assert mail.outbox == []


def test_a_dispute_of_another_moment_has_a_letter_of_its_own(two_disputed, cast, freeze):
    freeze("2026-05-05 12:05")
    tell("line.funds_end", line=9, key="june", day="2026-05-18")
    row = Obligation.objects.get(subject_id=9)
    alone = dispute(obligation_id=row.pk, proof="другая строка", by=cast.anna, role="am")
    answered(two_disputed.pk, cast)
    answered(alone.pk, cast)
    assert len(mail.outbox) == 2
