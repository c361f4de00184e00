"""Who conducts a client: given at once where nobody does, else by a handover."""

from django.urls import reverse

from pult.clients.models import Assignment


def post(person, name, args, /, **typed):
    return person.post(reverse(name, args=args), typed)


def test_a_client_that_has_a_manager_gets_another_by_a_handover_alone(login, cast, forest):
    typed = {"person": f"am:{cast.boris.pk}"}
    answer = post(login(cast.vera), "client_charge", [forest.pk], **typed)
    assert answer.status_code == 409
    assert reverse("handover_person", args=[cast.anna.pk]) in answer.text
    assert not Assignment.objects.filter(client=forest.row, user=cast.boris).exists()


def test_a_client_nobody_manages_gets_a_manager_at_once(login, cast, forest):
    Assignment.objects.filter(client=forest.row, role="am").delete()
    typed = {"person": f"am:{cast.boris.pk}"}
    assert post(login(cast.vera), "client_charge", [forest.pk], **typed).status_code == 303
    held = Assignment.objects.get(client=forest.row, role="am", until=None)
    assert held.user == cast.boris


def test_a_manager_cannot_give_a_client_away(login, cast, forest):
    typed = {"person": f"am:{cast.boris.pk}"}
    assert post(login(cast.anna), "client_charge", [forest.pk], **typed).status_code == 422
    assert not Assignment.objects.filter(client=forest.row, user=cast.boris).exists()
