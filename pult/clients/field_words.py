"""What the fields of a client's rows are called where their history is told."""

from typing import Any

from django.utils.translation import gettext_lazy as _

FIELDS: dict[str, Any] = {
    "name": _("name"),
    "about": _("business"),
    "relationship": _("relationship"),
    "worked_since": _("works with us since"),
    "folder": _("folder of the client"),
    "group": _("group"),
    "brands": _("brands"),
    "brand": _("brand"),
    "sites": _("sites"),
    "site": _("site"),
    "entities": _("requisites"),
    "entity": _("payer"),
    "payer": _("payer"),
    "own_entity": _("our legal entity"),
    "accounts": _("accounts"),
    "payers": _("payers"),
    "contacts": _("contacts"),
    "contracts": _("contracts"),
    "contract": _("contract"),
    "feeds": _("campaigns"),
    "wallet": _("advertising account"),
    "period_from": _("period"),
    "period_to": _("period"),
    "platform": _("platform"),
    "tool": _("tool"),
    "balances": _("balances"),
    "lines": _("service lines"),
    "status": _("status"),
    "always_on": _("goes on without a break"),
    "money_flow": _("whose money"),
    "position": _("position"),
    "phone": _("phone"),
    "email": _("e-mail"),
    "address": _("address"),
    "postal_address": _("postal address"),
    "decides": _("takes decisions"),
    "birthday_day": _("birthday: day"),
    "birthday_month": _("birthday: month"),
    "birthday_year": _("birthday: year"),
    "birthday_presumed": _("birthday: the year is presumed"),
    "left": _("no longer works there"),
    "traits": _("character"),
    "country": _("country"),
    "inn": _("tax number"),
    "kpp": _("КПП"),
    "ogrn": _("ОГРН"),
    "signatory": _("signs documents"),
    "closed": _("no longer used"),
    "kind": _("kind"),
    "number": _("number"),
    "signed_on": _("date"),
    "ends_on": _("last day"),
    "text": _("text"),
    "due_on": _("by"),
    "set_on": _("named on"),
    "state": _("state"),
    "started_at": _("began"),
    "resolution": _("what came of it"),
    "closed_on": _("closed on"),
    "review_on": _("review on"),
    "business": _("specifics of the business"),
    "product": _("product"),
    "market": _("market"),
    "promotion": _("ways of promotion"),
    "payment": _("habits of paying"),
    "documents": _("habits with documents"),
    "reporting": _("reports"),
    "solvency": _("solvency"),
    "custom": _("own fields"),
    "merged_into": _("merged into"),
    "value": _("value"),
    "options": _("options"),
    "place": _("place"),
    "held_at": _("The call was held"),
    "held_by": _("The call was held"),
    "summary": _("Summary for the client"),
    "sent_at": _("Sent"),
    "answer": _("The client confirms"),
    "answered_on": _("The client confirms"),
    "proof": _("What shows it"),
    "gaps_settled": _("The client expects more than is agreed"),
    "gaps_note": _("What you agreed on with the client"),
}


PLATFORMS: dict[str, Any] = {
    "direct": _("Yandex Direct"),
    "yandex": _("Yandex Direct"),
    "vk": _("VK Ads"),
    "google": _("Google Ads"),
}


def field_word(name: str) -> str:
    """The word of a field; the code itself where it has none."""
    return str(FIELDS.get(name, name))


def platform_words(code: str) -> Any:
    """The name of a platform; one that a person typed is shown as it is."""
    return PLATFORMS.get(code.casefold(), code)
