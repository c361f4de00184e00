"""The list of clients."""

from django.urls import reverse

from pult.clients.tests import factories as make


def test_a_manager_sees_own_clients_only(login, cast):
    make.make_client("Лесная мебель", am=cast.anna)
    make.make_client("Ясный день", am=cast.boris)
    text = login(cast.anna).get(reverse("clients")).text
    assert "Лесная мебель" in text
    assert "Ясный день" not in text
