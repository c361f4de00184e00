"""What is said of a wrong requisite. Keys are those of `logic.requisites.Check`."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "digits": _("There must be digits only."),
    "zeros": _("A number of zeros belongs to nobody."),
    "inn_length": _("ИНН has 10 digits for a company and 12 for a person."),
    "inn_control": _("The control digit of the ИНН is wrong."),
    "kpp_length": _("КПП has 9 characters."),
    "kpp_shape": _("КПП is four digits, two digits or letters, three digits."),
    "ogrn_length": _("ОГРН has 13 digits."),
    "ogrn_control": _("The control digit of the ОГРН is wrong."),
    "ogrnip_length": _("ОГРНИП has 15 digits."),
    "ogrnip_control": _("The control digit of the ОГРНИП is wrong."),
    "bik_length": _("БИК has 9 digits."),
    "bik_country": _("БИК of a Russian bank begins with 04."),
    "account_length": _("An account has 20 digits."),
    "account_needs_bik": _("Give a correct БИК: the account is checked together with it."),
    "account_key": _("The account does not belong to the bank with this БИК, or has a slip in it."),
    "by_length": _("УНП has 9 characters."),
    "by_control": _("The control digit of the УНП is wrong."),
    "kz_length": _("БИН or ИИН has 12 digits."),
    "kz_control": _("The control digit of the БИН or ИИН is wrong."),
    "uz_length": _("ИНН of Uzbekistan has 9 digits, ПИНФЛ has 14."),
}

WARNINGS = {
    "treasury": _("A treasury account: its key is not checked."),
    "country_unknown": _("Requisites of this country are not checked."),
}

HINT = _("It looks like %(value)s.")
