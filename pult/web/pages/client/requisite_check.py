"""Numbers judged while they are typed: what is wrong, what was probably meant, who has them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pult.clients.checks import check_account, check_requisites
from pult.clients.models import LegalEntity
from pult.clients.queries import same_payer
from pult.kernel.errors import BadInput

if TYPE_CHECKING:
    from pult.people.models import User

UNSEEN = "—"
NUMBERS = ("inn", "kpp", "ogrn")


@dataclass(frozen=True)
class CheckPage:
    """`wrong` are (label, message, hint); `twins` names of other clients with the tax number."""

    wrong: tuple[tuple[str, Any, Any], ...]
    twins: tuple[str, ...]
    is_good: bool


def requisite_check(user: "User", client_id: int | None, typed: QueryDict) -> CheckPage:
    """Each number by itself, so that all slips are seen at once; without a client, the agency's."""
    country = typed.get("country", "RU")
    labels = {
        "inn": _("ИНН"),
        "kpp": _("КПП"),
        "ogrn": _("ОГРН"),
        "account": pgettext("bank", "Account"),
    }
    wrong = []
    given = [name for name in NUMBERS if typed.get(name, "").strip()]
    for name in given:
        try:
            check_requisites({name: typed[name]}, country)
        except BadInput as problem:
            wrong.append((labels[name], problem.message, problem.cure))
    if typed.get("account", "").strip():
        given.append("account")
        try:
            check_account(typed["account"], typed.get("bik", ""), country)
        except BadInput as problem:
            wrong.append((pgettext("bank", "Account"), problem.message, problem.cure))
    inn = "".join(typed.get("inn", "").split())
    kpp = typed.get("kpp", "").strip()
    twins = _named(same_payer(user, inn, kpp, besides=client_id)) if client_id else ()
    return CheckPage(tuple(wrong), twins, bool(given) and not wrong)


def twins_of(
    user: "User", client_id: int, typed: QueryDict, row: LegalEntity | None = None
) -> tuple[str, ...]:
    """Other clients with the tax number that is typed; none where it stands with this one already,
    as somebody has said that they are two."""
    inn = "".join(typed.get("inn", "").split())
    if not inn or (row and row.inn == inn):
        return ()
    return _named(same_payer(user, inn, typed.get("kpp", "").strip(), besides=client_id))


def check_another(data: dict[str, Any], others: tuple[str, ...]) -> None:
    """Take the word that this is another client out of what was typed; BadInput where it is asked
    for and was not given."""
    if not data.pop("another", False) and others:
        raise BadInput(
            _("This tax number is there already: %(clients)s") % {"clients": ", ".join(others)},
            field="another",
            cure=_("Tick it if this is another client"),
        )


def _named(twins: list[str]) -> tuple[str, ...]:
    """One this person does not see is told of without its name."""
    return tuple(_("another manager's client") if name == UNSEEN else name for name in twins)
