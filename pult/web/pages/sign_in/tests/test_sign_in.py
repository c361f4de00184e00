from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.urls import reverse

from pult.kernel import clock
from pult.kernel.access import PUBLIC, access, access_of
from pult.people.actions import hire, part_with
from pult.people.models import User
from pult.people.sign_in import Backend, invitation_to, invited

pytestmark = pytest.mark.django_db
PASSWORD = "тихий омут 47"


@pytest.fixture(autouse=True)
def fresh_rate_limits():
    cache.clear()


@pytest.fixture
def anna(cast):
    cast.anna.set_password(PASSWORD)
    cast.anna.save()
    return cast.anna


def sign_in(client, email="anna@agency.example", password=PASSWORD):
    return client.post("/sign-in/", {"login": email, "password": password})


def signed_in_as(client):
    return client.session.get("_auth_user_id")


def test_a_person_signs_in_by_e_mail_whatever_its_case(client, anna):
    answer = sign_in(client, email="Anna@Agency.Example")
    assert (answer.status_code, answer.url) == (302, "/")
    assert signed_in_as(client) == str(anna.pk)


def test_a_wrong_password_says_nothing_about_who_works_here(client, anna):
    wrong = sign_in(client, password="не тот пароль")
    nobody = sign_in(client, email="nobody@agency.example")
    assert signed_in_as(client) is None
    errors = [list(answer.context["form"].non_field_errors()) for answer in (wrong, nobody)]
    assert errors[0] == errors[1] != []


def test_guessing_passwords_is_slowed_down(client, anna):
    for _ in range(5):
        sign_in(client, password="не тот пароль")
    sign_in(client)
    assert signed_in_as(client) is None


def test_a_person_who_left_cannot_sign_in_and_is_signed_out(client, anna, cast):
    sign_in(client)
    part_with(user=anna, by=cast.vera)
    assert Backend().get_user(anna.pk) is None
    client.logout()
    sign_in(client)
    assert signed_in_as(client) is None


def test_nobody_signs_up_uninvited(client):
    assert client.get(reverse("account_signup")).status_code == 200
    client.post(reverse("account_signup"), {"email": "new@agency.example", "password1": PASSWORD})
    assert not User.objects.exists()


def test_the_one_time_code_is_asked_for_where_it_is_set_up(client, anna):
    secret = generate_totp_secret()
    totp = TOTP.activate(anna, secret).instance
    assert secret not in str(Authenticator.objects.get(pk=totp.pk).data)
    answer = sign_in(client)
    assert answer.url == reverse("mfa_authenticate")
    assert signed_in_as(client) is None
    assert client.get(answer.url).status_code == 200


def test_the_sign_in_page_offers_a_passkey_and_no_inline_script(client):
    page = client.get("/sign-in/")
    assert "passkey_login" in page.content.decode()
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "usersessions_list",
        "account_change_password",
        "account_reset_password",
        "account_logout",
    ],
)
def test_every_page_of_ones_account_opens(client, anna, name):
    sign_in(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(reverse(name)).status_code == 200


def test_an_invitation_lets_a_person_choose_a_password_and_come_in(client, cast):
    new = hire(email="ira@agency.example", full_name="Ирина Клёнова", roles=["am"], by=cast.vera)
    link = reverse("invitation", args=invitation_to(new))
    assert "Ирина" in client.get(link).content.decode()
    answer = client.post(link, {"password": PASSWORD, "again": PASSWORD})
    assert answer.url == "/"
    assert signed_in_as(client) == str(new.pk)
    assert client.get(link).status_code == 410


def test_an_invitation_dies_in_three_days(cast, freeze):
    new = hire(email="ira@agency.example", full_name="Ирина Клёнова", by=cast.vera)
    who, token = invitation_to(new)
    assert invited(who, token) == new
    freeze(clock.now() + timedelta(days=3, minutes=1))
    assert invited(who, token) is None


@pytest.mark.parametrize("link", ["x/y", "MTIz/abc-def", "%D0%B9/abc"])
def test_a_made_up_invitation_is_over(client, link):
    assert client.get(f"/invitation/{link}/").status_code == 410


@pytest.mark.parametrize(
    ("password", "again", "field"),
    [("коротко", "коротко", "password"), (PASSWORD, PASSWORD + "!", "again")],
)
def test_a_weak_or_mistyped_password_is_refused_by_field(client, cast, password, again, field):
    new = hire(email="ira@agency.example", full_name="Ирина Клёнова", by=cast.vera)
    link = reverse("invitation", args=invitation_to(new))
    answer = client.post(link, {"password": password, "again": again})
    assert answer.status_code == 422
    assert answer.context["problem"].field == field
    assert signed_in_as(client) is None


def test_the_demo_opens_with_one_click_per_role(client, cast, settings):
    settings.DEMO = True
    assert "Жанна Зимина" in client.get("/sign-in/").content.decode()
    assert client.post("/demo/sign-in/accountant/").url == "/"
    assert signed_in_as(client) == str(cast.zhanna.pk)


def test_outside_the_demo_there_is_no_such_door(client, cast, settings):
    settings.DEMO = False
    assert client.post("/demo/sign-in/accountant/").status_code == 404
    assert "Жанна" not in client.get("/sign-in/").content.decode()
    settings.DEMO = True
    assert client.get("/demo/sign-in/accountant/").status_code == 405
    assert client.post("/demo/sign-in/nobody/").status_code == 404


def test_a_signed_in_page_costs_two_queries_before_its_own(
    rf, client, anna, django_assert_num_queries
):
    sign_in(client)
    with django_assert_num_queries(2):
        assert client.get("/no-such-page/").status_code == 404


def test_a_persons_language_wins_over_the_browsers(client, cast):
    cast.anna.language = "en"
    cast.anna.save()
    client.force_login(cast.anna)
    answer = client.get(reverse("mfa_index"), headers={"accept-language": "ru"})
    assert answer.headers["Content-Language"] == "en"


def answer_of(rf, user, *roles, htmx=False):
    @access(*roles)
    def page(request):
        from django.http import HttpResponse

        return HttpResponse("in")

    request = rf.get("/money/?q=1")
    request.user = user
    return page(request)


def test_a_stranger_is_sent_to_sign_in_and_back(rf):
    from django.contrib.auth.models import AnonymousUser

    answer = answer_of(rf, AnonymousUser(), "am")
    assert answer.url == "/sign-in/?next=/money/%3Fq%3D1"


def test_a_colleague_without_the_role_is_forbidden(rf, cast):
    from django.core.exceptions import PermissionDenied

    assert answer_of(rf, cast.zhanna, "am", "accountant").content == b"in"
    assert answer_of(rf, cast.zhanna).content == b"in"
    with pytest.raises(PermissionDenied):
        answer_of(rf, cast.zhanna, "am", "head")


def test_every_view_can_say_who_may_open_it():
    from django.urls import resolve

    for address in ("/sign-in/", "/sign-out/", "/account/2fa/", "/demo/sign-in/am/"):
        assert access_of(resolve(address).func) == PUBLIC, address

    def undeclared(request): ...

    assert access_of(undeclared) is None
