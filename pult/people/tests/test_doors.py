"""Анна is shut out: by no password, key, letter or link does she come in until she is let in."""

import re
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import RequestFactory
from django.urls import reverse

from pult.kernel.errors import Refusal
from pult.kernel.models import Fact
from pult.kernel.outbox import dispatch
from pult.people.actions import (
    close_doors,
    name_deputy,
    open_doors,
    part_with,
    send_invitation,
    set_absence,
)
from pult.people.models import Absence, RoleGrant, User
from pult.people.notices import mail_invitation, mail_opened
from pult.people.sign_in import AccountAdapter, Backend, invitation_to, invited

pytestmark = pytest.mark.django_db
PASSWORD = "sosna-i-bereza-2026"


@pytest.fixture
def anna(cast):
    cast.anna.set_password(PASSWORD)
    cast.anna.save()
    Authenticator.objects.create(user=cast.anna, type="webauthn", data={})
    return cast.anna


def asks_for_a_letter(client, user):
    mail.outbox.clear()
    client.post(reverse("account_reset_password"), {"email": user.email})
    return [link for one in mail.outbox for link in re.findall(r"/reset/key/\S+", one.body)]


def may_pass(user):
    """What every way of proving who one is asks last, passkeys too."""
    request = RequestFactory().get("/")
    request.session = {}
    told = {"email_verification": "none", "signal_kwargs": None, "email": None, "signup": False}
    return AccountAdapter(request).pre_login(request, user, redirect_url=None, **told) is None


def test_a_letter_about_a_forgotten_password_brings_nobody_back(client, cast, anna):
    assert asks_for_a_letter(client, anna)
    close_doors(user=anna, by=cast.vera, why="urgent")
    assert asks_for_a_letter(client, anna) == []
    open_doors(user=anna, by=cast.vera)
    assert asks_for_a_letter(client, User.objects.get(pk=anna.pk)) == []


def test_no_password_key_or_session_lets_in_whoever_is_shut_out(client, cast, anna):
    client.force_login(anna)
    assert may_pass(anna)
    close_doors(user=anna, by=cast.vera)
    shut = User.objects.get(pk=anna.pk)
    shut.set_password(PASSWORD)  # whatever sets one later
    shut.save()
    answer = client.post(reverse("account_login"), {"login": shut.email, "password": PASSWORD})
    assert answer.url == reverse("account_inactive")
    assert not Authenticator.objects.exists()
    assert not may_pass(shut)
    assert Backend().get_user(shut.pk) is None
    assert client.get("/").status_code == 302


def test_invitations_made_before_and_while_doors_are_shut_are_dead(cast):
    before = invitation_to(cast.anna)
    close_doors(user=cast.anna, by=cast.vera)
    shut = User.objects.get(pk=cast.anna.pk)
    meanwhile = invitation_to(shut)
    assert invited(*before) is None
    assert invited(*meanwhile) is None
    opened = open_doors(user=shut, by=cast.zakhar)
    assert invited(*before) is None
    assert invited(*invitation_to(opened)) == opened
    assert Fact.objects.filter(kind="doors_opened", actor=cast.zakhar).count() == 1


def test_a_head_shuts_out_neither_the_director_nor_themself(cast):
    for user in (cast.zakhar, cast.vera):
        with pytest.raises(Refusal):
            close_doors(user=user, by=cast.vera)
        assert User.objects.get(pk=user.pk).comes_in


def test_whoever_is_shut_out_opens_no_doors_nor_does_a_colleague(cast):
    close_doors(user=cast.vera, by=cast.zakhar)
    for by in (cast.vera, cast.anna):
        with pytest.raises(Refusal):
            open_doors(user=cast.vera, by=by)
    with pytest.raises(Refusal):
        open_doors(user=cast.anna, by=cast.zakhar)  # nothing is shut


@pytest.mark.parametrize("leave", [close_doors, part_with])
def test_what_a_leaver_was_to_do_for_colleagues_ends(cast, freeze, leave):
    freeze("2026-11-23 12:00")
    days = {"since": date(2026, 11, 26), "until": date(2026, 11, 30)}
    name_deputy(principal=cast.vera, deputy=cast.anna, role="head", by=cast.vera, **days)
    set_absence(user=cast.boris, category="leave", substitute=cast.anna, by=cast.vera, **days)
    leave(user=cast.anna, by=cast.vera)
    assert not RoleGrant.objects.filter(acts_for=cast.vera).exists()
    assert Absence.objects.get().substitute is None
    assert Fact.objects.filter(kind__in=("deputy_ended", "stand_in_ended")).count() == 2


def test_the_page_says_who_shut_the_doors_and_lets_the_person_in_again(login, cast):
    close_doors(user=cast.anna, by=cast.zakhar, why="urgent")
    vera, place = login(cast.vera), reverse("person", args=[cast.anna.pk])
    page = vera.get(place)
    assert "Захар Ильин" in page.text
    assert "Недоступен" in page.text
    invitation = reverse("person_invitation", args=[cast.anna.pk])
    assert vera.post(invitation).status_code == 409
    assert login(cast.anna).get("/").status_code == 302
    vera = login(cast.vera)
    assert vera.post(reverse("person_doors", args=[cast.anna.pk])).status_code == 303
    answer = vera.post(invitation, follow=True)
    assert "/invitation/M" not in answer.text  # no link for whoever opened the doors
    assert Fact.objects.filter(kind="invitation_sent", actor=cast.vera).count() == 1


def test_whoever_was_shut_out_is_invited_by_a_letter_of_their_own(login, client, cast):
    close_doors(user=cast.anna, by=cast.vera)
    with pytest.raises(Refusal):
        send_invitation(user=cast.anna, origin="https://pult.example.com", by=cast.vera)
    open_doors(user=cast.anna, by=cast.vera)
    for by in (cast.anna, cast.boris):
        with pytest.raises(Refusal):
            send_invitation(user=cast.anna, origin="https://pult.example.com", by=by)
    mail.outbox.clear()
    send_invitation(user=cast.anna, origin="https://pult.example.com", by=cast.vera)
    dispatch()
    (letter,) = mail.outbox
    assert letter.to == [cast.anna.email]
    assert "Вера Громова" in letter.body
    (path,) = re.findall(r"https://pult.example.com(/invitation/\S+)", letter.body)
    chosen = {"password": PASSWORD, "again": PASSWORD}
    assert client.post(path, chosen).status_code == 302
    anna = User.objects.get(pk=cast.anna.pk)
    assert anna.check_password(PASSWORD)
    with pytest.raises(Refusal):
        send_invitation(user=anna, origin="https://pult.example.com", by=cast.vera)
    mail_invitation(Fact.objects.get(kind="invitation_sent"))
    assert len(mail.outbox) == 1


def test_heads_and_directors_are_told_who_was_let_in_again(login, cast):
    close_doors(user=cast.anna, by=cast.vera)
    open_doors(user=cast.anna, by=cast.vera)
    mail.outbox.clear()
    mail_opened(Fact.objects.get(kind="doors_opened"))
    assert [letter.to for letter in mail.outbox] == [[cast.zakhar.email]]
    for reader in (cast.zakhar, cast.vera):
        page = login(reader).get(reverse("people")).context["page"]
        assert ("Анна Берёзова", "") in [(one.name, one.role) for one in page.powers]
    assert login(cast.gleb).get(reverse("people")).context["page"].powers == ()
