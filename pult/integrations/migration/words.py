"""What kinds and fields of records are called where people read of them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KINDS = {
    "company": pgettext_lazy("record", "Clients"),
    "contact": pgettext_lazy("record", "People"),
    "deal": pgettext_lazy("record", "Deals"),
    "task": pgettext_lazy("record", "Open tasks"),
    "comment": pgettext_lazy("record", "Comments"),
    "file": pgettext_lazy("record", "Files"),
}
KIND = {
    "company": pgettext_lazy("one record", "Client"),
    "contact": pgettext_lazy("one record", "Person"),
    "task": pgettext_lazy("one record", "Task"),
}
FIELDS = {
    "name": pgettext_lazy("migrated field", "name"),
    "about": pgettext_lazy("migrated field", "business"),
    "legal_name": pgettext_lazy("migrated field", "legal entity"),
    "inn": pgettext_lazy("migrated field", "ИНН"),
    "kpp": pgettext_lazy("migrated field", "КПП"),
    "ogrn": pgettext_lazy("migrated field", "ОГРН"),
    "address": pgettext_lazy("migrated field", "address"),
    "responsible": pgettext_lazy("migrated field", "account manager"),
    "position": pgettext_lazy("migrated field", "position"),
    "phone": pgettext_lazy("migrated field", "phone"),
    "email": pgettext_lazy("migrated field", "e-mail"),
    "birthday": pgettext_lazy("migrated field", "birthday"),
    "title": pgettext_lazy("migrated field", "title"),
    "text": pgettext_lazy("migrated field", "what is to be done"),
    "due": pgettext_lazy("migrated field", "deadline"),
    "state": pgettext_lazy("migrated field", "state"),
    "gone": pgettext_lazy("migrated field", "deleted there"),
}
# Why a record waits or was left out, where its reason is a code.
WHY = {
    "ask": _("Looks like a client Pult has: say whether it is the same"),
    "owner": _("What it belongs to is not here yet"),
    "nobody": _("It belongs to no client"),
    "late": _("It came after its team's cut-over"),
    "skip": _("Left out by an answer"),
    "closed": _("Closed there"),
    "erased": _("The person was erased here"),
    "": _("Waits to be brought in"),
}


def why(code: str) -> str:
    return str(WHY.get(code, code))
