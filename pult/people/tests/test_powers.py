"""Nobody takes what they could not give, and powers held for a colleague stay below them."""

from datetime import date

import pytest
from django.urls import reverse

from pult.kernel.errors import BadInput, Refusal
from pult.people.actions import (
    close_doors,
    end_role,
    grant_role,
    hire,
    name_deputy,
    part_with,
    set_department,
)
from pult.people.models import RoleGrant, User
from pult.people.queries import roles_of

pytestmark = pytest.mark.django_db
LAST = date(2026, 11, 25)


def again(person):
    return User.objects.get(pk=person.pk)


@pytest.fixture
def ivan(cast):
    return hire(email="i@agency.example", full_name="Иван Кедров", roles=["it"], by=None)


@pytest.fixture
def deputy(cast, freeze):
    """Вера signs for Захар till Wednesday."""
    freeze("2026-11-23 12:00")
    days = {"since": date(2026, 11, 23), "until": LAST}
    name_deputy(principal=cast.zakhar, deputy=cast.vera, role="director", by=cast.zakhar, **days)
    return again(cast.vera)


def test_the_contractors_role_is_given_to_nobody_who_outranks_the_giver(cast, ivan):
    for user, by in ((cast.vera, cast.egor), (cast.zakhar, cast.vera), (ivan, cast.vera)):
        with pytest.raises(Refusal):
            grant_role(user=user, role="contractor", by=by)
        assert "contractor" not in roles_of(user)
    grant_role(user=cast.darya, role="contractor", by=cast.vera)
    assert roles_of(cast.darya) == {"contractor"}


def test_the_page_refuses_to_make_a_contractor_of_a_director(login, cast):
    address = reverse("person_role", args=[cast.zakhar.pk])
    assert login(cast.vera).post(address, {"role": "contractor"}).status_code == 409
    assert roles_of(cast.zakhar) == {"director"}


def test_the_last_director_or_it_becomes_no_contractor_nor_counts_as_one_when_they_are(cast, ivan):
    grant_role(user=ivan, role="contractor", by=cast.zakhar)
    with pytest.raises(Refusal):
        part_with(user=cast.zakhar, by=None)
    with pytest.raises(Refusal):
        grant_role(user=cast.zakhar, role="contractor", by=None)
    assert roles_of(cast.zakhar) == {"director"}


def test_nobody_ends_a_role_of_somebody_who_outranks_them(cast):
    grant = grant_role(user=cast.vera, role="executor", by=cast.zakhar)
    with pytest.raises(Refusal):
        end_role(grant=grant, by=cast.egor)
    end_role(grant=grant, by=cast.zakhar)


def test_a_deputy_gives_what_signs_for_their_own_days_alone_and_nothing_to_equals(cast, deputy):
    for role in ("director", "it"):
        for until in (None, LAST):
            with pytest.raises(Refusal):
                grant_role(user=cast.boris, role=role, until=until, by=deputy)
    for until in (None, date(2026, 11, 26)):
        with pytest.raises(BadInput) as bad:
            grant_role(user=cast.boris, role="head", until=until, by=deputy)
        assert bad.value.field == "until"
        assert "25.11.2026" in str(bad.value)
    grant_role(user=cast.boris, role="head", until=LAST, by=deputy)
    assert roles_of(cast.boris, LAST) == {"am", "head"}
    grant_role(user=cast.boris, role="sales", by=deputy)  # Вера gives it as a head
    assert RoleGrant.objects.get(user=cast.boris, role="sales").until is None


def test_a_deputy_has_no_power_over_the_colleague_nor_their_equals(cast, ivan, deputy):
    other = hire(email="k@agency.example", full_name="Кира Лисина", roles=["director"], by=None)
    for user in (cast.zakhar, other, ivan):
        acts = [
            lambda user=user: part_with(user=user, by=deputy),
            lambda user=user: close_doors(user=user, by=deputy),
            lambda user=user: set_department(user=user, department=None, by=deputy),
            lambda user=user: grant_role(user=user, role="contractor", until=LAST, by=deputy),
            lambda user=user: end_role(grant=user.grants.get(), by=deputy),
        ]
        for act in acts:
            with pytest.raises(Refusal):
                act()
        assert again(user).comes_in
        assert roles_of(user) == {user.grants.get().role}


def test_a_deputy_of_the_head_has_no_power_over_the_head_and_has_it_below(cast, freeze):
    freeze("2026-11-23 12:00")
    days = {"since": date(2026, 11, 23), "until": LAST}
    name_deputy(principal=cast.vera, deputy=cast.gleb, role="head", by=cast.vera, **days)
    own = grant_role(user=cast.vera, role="am", by=cast.zakhar)
    gleb = again(cast.gleb)
    for act in (lambda: end_role(grant=own, by=gleb), lambda: close_doors(user=cast.vera, by=gleb)):
        with pytest.raises(Refusal):
            act()
    close_doors(user=cast.anna, by=gleb)
    assert not again(cast.anna).comes_in


def test_a_deputy_makes_the_director_no_invitation_and_is_shown_no_such_button(login, cast, deputy):
    cast.zakhar.set_unusable_password()
    cast.zakhar.save()
    page = login(deputy).get(reverse("person", args=[cast.zakhar.pk])).context["page"]
    assert (page.may_invite, page.may_close, page.may_open) == (False, False, False)
    assert not any(one.may_end for one in page.roles)
    address = reverse("person_invitation", args=[cast.zakhar.pk])
    assert login(deputy).post(address).status_code == 409


def test_whom_a_deputy_may_name_deputies_for_is_asked_of_their_own_roles(login, cast, deputy):
    other = hire(email="k@agency.example", full_name="Кира Лисина", roles=["director"], by=None)
    page = login(deputy).get(reverse("person", args=[other.pk])).context["page"]
    assert page.deputies.roles == ()
    days = {"since": date(2026, 11, 24), "until": LAST}
    with pytest.raises(Refusal):
        name_deputy(principal=other, deputy=cast.boris, role="director", by=deputy, **days)
