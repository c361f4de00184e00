"""The key of a system: typed in one of its ways, replaced by the next, changed by the system."""

from datetime import date

import pytest

from pult.integrations.migration.actions.sources import add_source, edit_source, forget_key
from pult.integrations.migration.connectors import _keep, connect
from pult.integrations.migration.models import Source
from pult.integrations.sealed import seal, unseal
from pult.kernel.errors import BadInput, Refusal

pytestmark = pytest.mark.django_db
APPLICATION = {"client_id": "local.1", "client_secret": "тайна", "refresh_token": "refresh-0"}


@pytest.fixture
def portal(cast, freeze):
    freeze("2026-03-10 12:00")

    def made(**secrets):
        return add_source(
            by=cast.vera,
            system="bitrix24",
            name="Портал",
            address="https://portal.example",
            secrets=secrets,
            go_live=date(2026, 3, 16),
        )

    return made


def typed(cast, source, **secrets):
    source.refresh_from_db()
    edit_source(by=cast.vera, source_id=source.pk, version=source.version, secrets=secrets)
    source.refresh_from_db()
    return unseal(source.secret)


def test_an_application_replaces_the_webhook_and_the_other_way_round(cast, portal):
    source = portal(webhook="1/abcdef")
    assert typed(cast, source, **APPLICATION) == APPLICATION
    assert typed(cast, source, webhook="1/zzzzzz") == {"webhook": "1/zzzzzz"}


def test_half_an_application_is_no_key(cast, portal):
    with pytest.raises(BadInput, match="токен продления"):
        portal(client_id="local.1", client_secret="тайна")
    assert not Source.objects.exists()


def test_a_new_refresh_token_alone_is_enough_and_the_old_access_goes(cast, portal):
    source = portal(**APPLICATION)
    Source.objects.update(secret=seal({**APPLICATION, "access_token": "a", "expires": "1"}))
    found = typed(cast, source, refresh_token="refresh-9")
    assert found == {**APPLICATION, "refresh_token": "refresh-9"}


def test_a_pair_the_system_gave_does_not_overwrite_what_was_typed_meanwhile(cast, portal):
    source = portal(**APPLICATION)
    reading = Source.objects.get()
    typed(cast, source, refresh_token="refresh-9")
    _keep(reading, {**APPLICATION, "refresh_token": "refresh-1"})
    source.refresh_from_db()
    assert unseal(source.secret)["refresh_token"] == "refresh-9"


def test_a_key_changed_by_the_last_reading_is_the_one_that_is_used(cast, portal):
    source, other = portal(**APPLICATION), Source.objects.get()
    _keep(other, {**APPLICATION, "refresh_token": "refresh-1"})
    connect(source)
    assert unseal(source.secret)["refresh_token"] == "refresh-1"


def test_a_key_let_go_meanwhile_is_not_brought_back(cast, portal):
    source, reading = portal(**APPLICATION), Source.objects.get()
    forget_key(by=cast.vera, source_id=source.pk)
    _keep(reading, {**APPLICATION, "refresh_token": "refresh-1"})
    with pytest.raises(Refusal):
        connect(source)
