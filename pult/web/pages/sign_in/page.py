"""What the sign-in page of the demo offers."""

from dataclasses import dataclass

from django.conf import settings

from pult.kernel.roles import Role
from pult.people.queries import first_holders


@dataclass(frozen=True)
class DemoPerson:
    role: str
    label: str
    name: str


@dataclass(frozen=True)
class SignInPage:
    """`demo` is empty outside the demo."""

    demo: tuple[DemoPerson, ...] = ()


def sign_in_page() -> SignInPage:
    if not settings.DEMO:
        return SignInPage()
    holders = first_holders()
    return SignInPage(
        tuple(
            DemoPerson(role.value, str(role.label), holders[role].full_name)
            for role in Role
            if role in holders
        )
    )
