"""A passkey opens one person's account: its owner's."""

import hashlib
import json

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

pytestmark = pytest.mark.django_db
SITE = "testserver"
SEEN = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class Passkey:
    """A device in software: registered for its owner, it signs whatever it is asked to."""

    def __init__(self, owner, number):
        self.secret = ec.generate_private_key(ec.SECP256R1())
        self.id = bytes([number]) * 16
        public = ES256.from_cryptography_key(self.secret.public_key())
        known = AttestedCredentialData.create(bytes(16), self.id, public)
        data = self._data(SEEN | AuthenticatorData.FLAG.AT, known)
        said = CollectedClientData.create("webauthn.create", b"", f"https://{SITE}")
        answer = {
            "clientDataJSON": websafe_encode(said),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        }
        credential = self._credential(answer) | {"clientExtensionResults": {"credProps": {"rk": 1}}}
        self.row = WebAuthn.add(owner, "ключ", credential).instance

    def sign_in(self, handle_of):
        """A browser in which this device says that it belongs to `handle_of`."""
        browser = Client()
        address = reverse("mfa_login_webauthn")
        asked = browser.get(address, headers={"x-requested-with": "XMLHttpRequest"}).json()
        challenge = asked["request_options"]["publicKey"]["challenge"]
        said = CollectedClientData.create("webauthn.get", challenge, f"https://{SITE}")
        data = self._data(SEEN)
        answer = {
            "clientDataJSON": websafe_encode(said),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(
                self.secret.sign(bytes(data) + said.hash, ec.ECDSA(SHA256()))
            ),
            "userHandle": websafe_encode(user_pk_to_url_str(handle_of).encode()),
        }
        browser.post(address, {"credential": json.dumps(self._credential(answer))})
        return browser

    def _data(self, flags, *known):
        return AuthenticatorData.create(hashlib.sha256(SITE.encode()).digest(), flags, 0, *known)

    def _credential(self, answer):
        number = websafe_encode(self.id)
        return {"type": "public-key", "id": number, "rawId": number, "response": answer}


@pytest.fixture
def keys(cast):
    cache.clear()
    return Passkey(cast.anna, 1), Passkey(cast.boris, 2)


def who(browser):
    return browser.session.get("_auth_user_id")


def test_a_passkey_signs_its_owner_in(cast, keys):
    assert who(keys[1].sign_in(cast.boris)) == str(cast.boris.pk)


def test_a_passkey_does_not_sign_in_as_somebody_else(cast, keys):
    assert who(keys[1].sign_in(cast.anna)) is None


def test_a_passkey_of_somebody_who_has_none_signs_nobody_in(cast, keys):
    assert who(keys[1].sign_in(cast.vera)) is None


@pytest.mark.parametrize("name", ["mfa_remove_webauthn", "mfa_edit_webauthn"])
def test_nobody_takes_away_or_renames_anothers_passkey(cast, login, keys, name):
    boris = login(cast.boris)
    cast.boris.set_password("тихий омут 47")
    cast.boris.save()
    boris.force_login(cast.boris)
    boris.post(reverse("account_reauthenticate"), {"password": "тихий омут 47"})
    annas, own = (reverse(name, args=[key.row.pk]) for key in keys)
    assert boris.get(own).status_code == 200
    assert boris.get(annas).status_code == boris.post(annas, {"name": "мой"}).status_code == 404
    assert Authenticator.objects.get(pk=keys[0].row.pk).wrap().name == "ключ"
