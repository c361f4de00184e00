"""How people get in: by e-mail, passkey or one-time code, and only when they were invited."""

import base64
import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, get_script_prefix, resolve
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from pult.kernel import clock
from pult.kernel.words import is_local_path
from pult.people.models import User
from pult.people.sessions import signed_in

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

SILENT = ("account/messages/logged_in.txt", "account/messages/logged_out.txt")


class Backend(AuthenticationBackend):
    """allauth's, fetching a person and their roles of today in one query."""

    def get_user(self, user_id: int) -> User | None:
        user = signed_in(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user: User) -> bool:
        return user.comes_in


class AccountAdapter(DefaultAccountAdapter):
    """There is no open sign-up: people come by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """Where a sign-in goes on: to a page there is here, or quietly to the first one."""
        return is_local_path(url) and super().is_safe_url(url) and _is_page(urlsplit(url).path)

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """A passkey and whatever else proves who somebody is asks here last."""
        if user.comes_in:
            return super().pre_login(request, user, **kwargs)
        clear_login(request)
        return self.respond_user_inactive(request, user)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *rest: Any,
        **more: Any,
    ) -> None:
        """Coming in and going out need no message: the page that follows says it."""
        if message_template not in SILENT:
            super().add_message(request, level, message_template, *rest, **more)


def _is_page(path: str) -> bool:
    try:
        resolve(path.removeprefix(get_script_prefix().removesuffix("/")))
    except Resolver404:
        return False
    return True


class MFAAdapter(DefaultMFAAdapter):
    """Keeps the secrets of one-time codes encrypted with the data folder's key."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> "Fernet":
    from cryptography.fernet import Fernet  # no page of the first second needs it

    key = hashlib.sha256(b"pult.people.mfa" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class _Invitations(PasswordResetTokenGenerator):
    """One-time: the token dies with the first password or sign-in, or after three days."""

    key_salt = "pult.people.invitation"

    def _now(self) -> datetime:
        return clock.now().replace(tzinfo=None)


_invitations = _Invitations()


def invitation_to(user: User) -> tuple[str, str]:
    """What an invitation link carries: who and a one-time token."""
    return urlsafe_base64_encode(str(user.pk).encode()), _invitations.make_token(user)


def invited(who: str, token: str) -> User | None:
    """The person a link invites; None when it is wrong, used or too old."""
    try:
        user = User.objects.get(pk=int(urlsafe_base64_decode(who)), is_active=True)
    except (ValueError, OverflowError, User.DoesNotExist):
        return None
    return user if user.comes_in and _invitations.check_token(user, token) else None
