"""Who may open what: the decorator every page wears, and its table.

A view without `@access` (or an entry for its package) fails `tests/access`, which walks all
addresses.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from pult.kernel.errors import NotVisible, Refusal
from pult.kernel.roles import EVERY_ROLE, Role

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Access:
    """Who opens a view: anybody at all, anybody signed in, or holders of one of `roles`."""

    roles: frozenset[str]
    is_public: bool = False

    def admits(self, roles: Iterable[str]) -> bool:
        return self.is_public or not self.roles.isdisjoint(roles)


PUBLIC = Access(frozenset(), is_public=True)
SIGNED_IN = Access(EVERY_ROLE)

_packages: dict[str, Access] = {}


def access(*roles: str) -> Callable[[View], View]:
    """Open a view to holders of one of `roles`; without roles, to all who are signed in.

    A stranger is sent to sign in, a colleague without the role gets 403, and what a query calls
    `NotVisible` becomes 404.
    """
    if unknown := set(roles) - EVERY_ROLE:
        raise ValueError(f"no such role: {', '.join(sorted(unknown))}")
    rule = Access(frozenset(roles)) if roles else SIGNED_IN

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            if not rule.admits(request.user.roles):
                raise PermissionDenied
            try:
                return view(request, *args, **kwargs)
            except NotVisible as problem:
                raise Http404(str(problem)) from problem

        guarded.access = rule  # type: ignore[attr-defined]
        return guarded

    return decorate


def public(view: View) -> View:
    """Mark a view that needs no sign-in (it may ask for one itself)."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def refuse_unless(person: Any, *roles: str) -> None:
    """Refuse an action to a person who holds none of `roles`; nobody (None) is Pult itself."""
    if person is None or not person.roles.isdisjoint(roles):
        return
    raise Refusal(
        _("Your role does not allow this"),
        who=" · ".join(str(Role(role).label) for role in roles),
    )


def open_package(prefix: str, rule: Access) -> None:
    """Declare who opens the views of somebody else's package (`allauth.`)."""
    _packages[prefix] = rule


def access_of(view: View) -> Access | None:
    """The rule of a resolved view, None when nobody declared one."""
    owner = getattr(view, "view_class", view)
    declared = getattr(view, "access", None) or getattr(owner, "access", None)
    if declared is not None:
        return declared
    module = getattr(owner, "__module__", "")
    return next((rule for prefix, rule in _packages.items() if module.startswith(prefix)), None)


def page_before(request: HttpRequest) -> str:
    """The page of this Pult from which a request came; empty when it did not come from one."""
    address = request.headers.get("Referer", "")
    hosts, secure = {request.get_host()}, request.is_secure()
    if not url_has_allowed_host_and_scheme(address, hosts, require_https=secure):
        return ""
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    safe = request.method in ("GET", "HEAD")
    here = request.get_full_path() if safe else page_before(request) or "/"
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(redirect_to_login(request.htmx.current_url_abs_path).url)
    return redirect_to_login(here)
