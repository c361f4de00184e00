"""Keys to other services, kept encrypted with the data folder's key."""

import base64
import hashlib
import json
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from pult.kernel.errors import Refusal

if TYPE_CHECKING:
    from cryptography.fernet import Fernet


def seal(secrets: dict[str, str]) -> str:
    """The secrets as text that only this data folder can read."""
    return _cipher().encrypt(json.dumps(secrets).encode()).decode()


def unseal(sealed: str) -> dict[str, str]:
    """The secrets again; Refusal when they were sealed with another folder's key."""
    from cryptography.fernet import InvalidToken

    if not sealed:
        return {}
    try:
        return dict(json.loads(_cipher().decrypt(sealed.encode())))
    except InvalidToken:
        raise Refusal(
            _("The key to the other system cannot be read here"), cure=_("Enter it anew")
        ) from None


def _cipher() -> "Fernet":
    from cryptography.fernet import Fernet  # no page of the first second needs it

    key = hashlib.sha256(b"pult.integrations" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
