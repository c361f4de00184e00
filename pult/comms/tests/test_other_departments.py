"""What other departments talk of with a client: noted, marked, new to its manager."""

import pytest
from django.urls import reverse

from pult.clients.tests.factories import make_assignment, make_client
from pult.comms.actions import edit_contact, log_contact, see_contacts, void_contact
from pult.comms.models import Interaction
from pult.comms.queries import contact_log, new_contacts
from pult.kernel.errors import NotVisible, Refusal
from pult.kernel.models import Fact
from pult.people.actions import grant_role
from pult.people.models import User

pytestmark = pytest.mark.django_db
CALL = {"channel": "call", "outcome": "two_way"}


@pytest.fixture
def forest(cast):
    client = make_client("Лес", am=cast.anna)
    make_assignment(client, cast.darya, "executor")
    return client


def talked(who, forest, **more):
    return log_contact(by=who, client_id=forest.pk, **{**CALL, **more})


def test_a_specialist_notes_a_talk_that_meets_no_duty_of_the_manager(cast, forest):
    talked(cast.darya, forest, channel="meeting", note="О сайте", asked=True)
    kinds = list(Fact.objects.filter(root_id=forest.pk).values_list("kind", flat=True))
    assert "contact.elsewhere" in kinds
    assert not {"contact.logged", "meeting.held", "contact.waits"} & set(kinds)
    row = Interaction.objects.get()
    edit_contact(
        by=cast.darya, client_id=forest.pk, interaction_id=row.pk, version=1, outcome="attempt"
    )
    assert not Fact.objects.filter(kind="contact.logged").exists()
    assert Interaction.objects.get().department == "context"


def test_it_is_new_to_the_manager_alone_until_seen(cast, forest):
    talked(cast.darya, forest, note="Просили другой баннер")
    talked(cast.anna, forest)
    (new,) = new_contacts(cast.anna)
    assert (new.client, new.by) == ("Лес", cast.darya.full_name)
    assert new_contacts(cast.boris) == new_contacts(cast.darya) == ()
    with pytest.raises(NotVisible):
        see_contacts(by=cast.boris, client_id=forest.pk)
    with pytest.raises(Refusal):
        see_contacts(by=cast.darya, client_id=forest.pk)
    assert see_contacts(by=cast.anna, client_id=forest.pk) == 1
    assert see_contacts(by=cast.anna, client_id=forest.pk) == 0
    assert new_contacts(cast.anna) == ()
    assert Fact.objects.filter(kind="contact.seen").count() == 1


def test_an_entry_taken_back_is_new_to_nobody_and_a_colleagues_stays(cast, forest):
    row = talked(cast.darya, forest)
    entry = {"client_id": forest.pk, "interaction_id": row.pk}
    with pytest.raises(Refusal):
        void_contact(by=cast.egor, reason="Не было", **entry)
    void_contact(by=cast.darya, reason="Не было", **entry)
    assert new_contacts(cast.anna) == ()
    with pytest.raises(NotVisible):
        log_contact(by=cast.darya, client_id=make_client("Окна", am=cast.anna).pk, **CALL)


def test_the_log_tells_the_department_and_is_narrowed_by_it(cast, forest):
    talked(cast.darya, forest)
    talked(cast.anna, forest)
    talked(cast.zhanna, forest)

    def by(**more):
        return {one.by for one in contact_log(cast.anna, forest.pk, **more)}

    assert by(department="context") == {cast.darya.full_name}
    assert by(department="accounting") == {cast.zhanna.full_name}
    assert by(department="") == {cast.anna.full_name}
    assert len(by()) == 3


def test_the_manager_meets_it_in_the_day_and_at_the_client(login, cast, forest):
    here = reverse("client_contacts", args=[forest.pk])
    said = {**CALL, "note": "Хотят новый баннер"}
    assert login(cast.darya).post(here, said).status_code == 303
    new = reverse("new_contacts")
    for page in ("my_day", "working_day"):
        assert f'hx-get="{new}"' in login(cast.anna).get(reverse(page)).content.decode()
    asked = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "new-contacts"}
    assert "Лес" in login(cast.anna).get(new, **asked).content.decode()
    text = login(cast.anna).get(here).content.decode()
    assert "Хотят новый баннер" in text
    assert "Контекстная реклама" in text
    assert (
        login(cast.anna).post(reverse("client_contacts_seen", args=[forest.pk])).status_code == 303
    )
    assert "Лес" not in login(cast.anna).get(new, **asked).content.decode()
    assert "Хотят" not in login(cast.anna).get(here, {"department": "own"}).content.decode()


def test_a_manager_of_other_clients_who_does_the_work_here_speaks_for_their_department(
    cast, forest
):
    grant_role(user=cast.darya, role="am", by=cast.vera)
    make_client("Поле", am=cast.darya)
    darya = User.objects.get(pk=cast.darya.pk)
    assert talked(darya, forest).department == "context"
    assert not Fact.objects.filter(root_id=forest.pk, kind="contact.logged").exists()
    own = make_client("Ручей", am=cast.darya)
    assert talked(darya, own).department == ""
