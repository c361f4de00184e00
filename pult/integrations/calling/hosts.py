"""Which addresses are called at all: those of a public service, over TLS.

Hosts of the house are called when `INNER_HOSTS` of the settings names them, and no other: whoever
may type an address here is not therefore let into the network Pult stands in. A name is looked up
once for each line, and the line goes to the address that was checked.
"""

import ipaddress
import socket
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from pult.integrations.calling.errors import bad_answer, inner
from pult.kernel.errors import BadInput

HERE = frozenset(["127.0.0.1", "localhost", "::1"])


def checked_base(base: str) -> str:
    """The address with its scheme; BadInput for one of the house that the settings do not name, and
    for one without TLS unless it is this very machine."""
    base = base.strip()
    parts = urlsplit(base if "://" in base else f"https://{base}")
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    named = "." in host or is_of_house(host) or is_let(host)
    if not named or "@" in parts.netloc or parts.query or parts.fragment or port == 0:
        raise BadInput(
            _("This is not the address of a service"),
            field="host",
            cure=_("Write it as agency.example.ru"),
        )
    if is_of_house(host) and not is_let(host):
        raise BadInput(
            _("This address lies within the network Pult stands in"),
            field="host",
            cure=_("If the system is yours, whoever keeps Pult names it in PULT_INNER_HOSTS"),
        )
    is_here = host in HERE and is_let(host)
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
    return bool(found) and all(_is_open(str(one[4][0])) for one in found)


def is_let(host: str) -> bool:
    """Whether the settings name this host of the house."""
    return host.lower() in settings.INNER_HOSTS


def is_of_house(host: str) -> bool:
    """Whether a host is this machine by name or, by number, no place of the open internet."""
    bare = host.lower().rstrip(".")
    if bare == "localhost" or bare.endswith(".localhost"):
        return True
    number = _number(bare)
    return bool(number) and not _is_open(number)


def open_line(address: tuple[str, int], *given: Any, **more: Any) -> socket.socket:
    """`socket.create_connection` to a host that may be called; raises BadAnswer for another."""
    host, port = address
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    found = list(dict.fromkeys(str(row[4][0]) for row in rows))
    if not is_let(host) and not all(_is_open(one) for one in found):
        raise inner(host)
    for number in found[:-1]:
        try:
            return socket.create_connection((number, port), *given, **more)
        except OSError:
            continue
    return socket.create_connection((found[-1], port), *given, **more)


def _number(host: str) -> str:
    """The address a host is written as, in any of the forms machines take (0x7f.1), or nothing."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except (OSError, UnicodeError):
        return ""


def _is_open(number: str) -> bool:
    one = ipaddress.ip_address(number.partition("%")[0])
    one = getattr(one, "ipv4_mapped", None) or one
    return one.is_global and not one.is_multicast
