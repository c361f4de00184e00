from dataclasses import replace

import pytest
from django.core import mail

from pult.kernel import outbox
from pult.people.notices import mail_escalation
from pult.regulation.escalation import escalate
from pult.regulation.evaluate.card import Rung
from pult.regulation.evaluate.table import Mode
from pult.regulation.evaluate.tests.shapes import LEAD, bh
from pult.regulation.providers import Providers, provide
from pult.regulation.sweep import sweep
from pult.regulation.tests.world import install, tell
from pult.regulation.timers import tick

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
