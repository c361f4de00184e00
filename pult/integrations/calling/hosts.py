"""Which addresses are called at all: those of a public service, over TLS."""

import ipaddress
import socket
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext_lazy as _

from pult.integrations.calling.errors import bad_answer
from pult.kernel.errors import BadInput


def checked_base(base: str) -> str:
    """The address with its scheme; BadInput for one without TLS unless it is this very machine."""
    base = base.strip()
    parts = urlsplit(base if "://" in base else f"https://{base}")
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    is_here = host in ("127.0.0.1", "localhost", "::1")
    named = "." in host or is_here
    if not named or parts.username or parts.query or parts.fragment or port == 0:
        raise BadInput(
            _("This is not the address of a service"),
            field="host",
            cure=_("Write it as agency.example.ru"),
        )
    if parts.scheme != "https" and not (parts.scheme == "http" and is_here):
        raise BadInput(
            _("The address is to begin with https://"), field="host", cure=_("Write https:// first")
        )
    return parts.geturl().rstrip("/")


def checked_redirect(url: str, location: str, own: str) -> str:
    """Where a redirect of `own` host leads; BadAnswer for a place no file of theirs can be in."""
    target = urljoin(url, location)
    parts = urlsplit(target)
    if parts.netloc == own and parts.scheme == urlsplit(url).scheme:
        return target
    if parts.scheme != "https" or not is_public(parts.hostname or ""):
        raise bad_answer(own, f"redirect to {parts.netloc}")
    return target


def is_public(host: str) -> bool:
    """Whether every address of a host is one of the open internet."""
    try:
        found = socket.getaddrinfo(host, None)
    except OSError:
        return False
    return bool(found) and all(ipaddress.ip_address(one[4][0]).is_global for one in found)
