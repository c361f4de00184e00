"""What may go wrong with a call, in words for whoever set the connection up."""

import socket
import ssl
from typing import Any

from django.utils.translation import gettext_lazy as _

from pult.kernel.errors import PultError


class Trouble(PultError):
    """A call that brought nothing. `code` is the service's own word for it, if it said one."""

    def __init__(self, message: Any, *, cure: Any = "", code: str = "") -> None:
        super().__init__(message, cure=cure)
        self.code = code


class Unreached(Trouble):
    """Nobody answered, or the answer broke off."""


class Denied(Trouble):
    """The service does not let us in: the key is wrong, taken back or too weak."""


class Missing(Trouble):
    """There is no such thing, or no longer."""


class TooOften(Trouble):
    """The service asked to wait again and again."""


class BadAnswer(Trouble):
    """The answer is not what the service's description promises."""


def unreached(host: str, why: object) -> Unreached:
    return Unreached(
        _("%(host)s does not answer: %(why)s") % {"host": host, "why": _in_words(why)},
        cure=_("Check the address; if it is right, try again later"),
    )


def _in_words(why: object) -> object:
    """What went wrong on the way, for whoever knows no numbers of errors."""
    if not isinstance(why, Exception):
        return why
    words = (
        (TimeoutError, _("it was silent for too long")),
        (ConnectionRefusedError, _("nobody is at home there")),
        (socket.gaierror, _("there is no host of this name")),
        (ssl.SSLError, _("its certificate is not to be trusted")),
    )
    return next((told for kind, told in words if isinstance(why, kind)), _("the line was cut"))


def inner(host: str) -> BadAnswer:
    return BadAnswer(
        _("%(host)s lies within the network Pult stands in") % {"host": host},
        cure=_("If the system is yours, whoever keeps Pult names it in PULT_INNER_HOSTS"),
    )


def denied(host: str, code: str = "") -> Denied:
    return Denied(
        _("%(host)s does not let Pult in") % {"host": host},
        cure=_("Make a new key there and enter it here"),
        code=code,
    )


def missing(host: str, code: str = "") -> Missing:
    return Missing(_("%(host)s has no such thing") % {"host": host}, code=code)


def too_often(host: str) -> TooOften:
    return TooOften(
        _("%(host)s asks to call less often") % {"host": host},
        cure=_("Pult goes on by itself later"),
    )


def bad_answer(host: str, why: object, code: str = "") -> BadAnswer:
    return BadAnswer(
        _("%(host)s answers in a way nobody described: %(why)s") % {"host": host, "why": why},
        cure=_("Try again; if it goes on, tell whoever keeps Pult"),
        code=code,
    )
