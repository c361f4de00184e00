"""Money that is no client's: own transfers, returns, the bank's own, loans, taxes, acquiring."""

import re

from pult.money.logic.bank.placing import Direction, Document

# One search over the folded purpose; the group that hit names the reason.
_NOT_CLIENT = re.compile(
    r"(?P<acquiring>ЭКВАЙРИНГ|ОПЕРАЦИЯМ С ИСП[А-Я]* (?:БАНК[А-Я]* )?КАРТ|РЕЕСТР[А-Я]* ОПЕРАЦИЙ)"
    r"|(?P<tax_refund>ВОЗВРАТ[А-Я]* (?:[А-Я]+ )?(?:НАЛОГ|НДС|ПЕРЕПЛАТ|ЕНП|ЕНС|ПОШЛИН))"
    r"|(?P<loan>\bЗАИ?Е?М[АУ]?\b|\bЗАЙМ[АУ]?\b|\bЗАЙМ|КРЕДИТН[А-Я]* (?:ДОГОВОР|ЛИНИ)|ТРАНШ)"
    r"|(?P<interest>ПРОЦЕНТ[А-Я]* (?:НА|ПО|ЗА) |НАЧИСЛЕН[А-Я]* ПРОЦЕНТ|ВЫПЛАТ[А-Я]* ПРОЦЕНТ)"
    r"|(?P<deposit>ДЕПОЗИТ|ВОЗВРАТ ВКЛАДА)"
    r"|(?P<cash>(?:ВЗНОС|ВНЕСЕНИЕ|ПРИЕМ)[А-Я]* НАЛИЧН|САМОИНКАСС)"
    r"|(?P<own_transfer>СОБСТВЕНН[А-Я]* СРЕДСТВ|МЕЖДУ СВОИМИ СЧЕТ)"
)
# Without one of these the search above cannot hit; they are several times as fast to look for.
_STEMS = (
    "ЭКВАЙР",
    "КАРТ",
    "РЕЕСТР",
    "ЗАЕМ",
    "ЗАЙМ",
    "ЗАИМ",
    "КРЕДИТ",
    "ТРАНШ",
    "ПРОЦЕНТ",
    "ДЕПОЗИТ",
    "НАЛИЧН",
    "ИНКАСС",
    "СОБСТВЕНН",
    "СВОИМИ",
)
_RETURN = re.compile(r"\bВОЗВРАТ[АУ]?\b")
_FEE = re.compile(r"КОМИСС|РКО\b|ЗА ОБСЛУЖИВАНИЕ|АБОНЕНТСКАЯ ПЛАТА|ПЛАТА ЗА ВЕДЕНИЕ")
_TREASURY = re.compile(r"\bУФК\b|КАЗНАЧЕЙСТВ|\bФНС\b")
_BANK_ORDER = "17"


def money_of_nobody(
    document: Document, folded: str, way: Direction, own_inn: bool, client_known: bool
):
    """(kind, confidence, reason) of a document no invoice is to be sought for, else `None`.

    A known client that names its own words (a loan, a deposit) is still a client: words alone
    decide only about payers nobody knows. A return goes to a person, whoever sends it.
    """
    if way == "own" or own_inn:
        return "not_client_money", "certain", "own_transfer"
    if way == "out":
        if _RETURN.search(folded) and client_known:
            return "return", "confirm", "return"
        return "not_client_money", "certain", "fee" if _is_fee(document, folded) else "outgoing"
    returned = "ВОЗВРАТ" in folded
    if client_known and not returned:
        return None
    found = (
        _NOT_CLIENT.search(folded) if returned or any(map(folded.__contains__, _STEMS)) else None
    )
    reason = found.lastgroup if found else None
    if reason == "tax_refund" and not client_known:
        return "not_client_money", "likely", reason
    if _RETURN.search(folded) and reason in (None, "tax_refund"):
        return "return", "confirm", "return"
    if client_known:
        return None
    if reason:
        return "not_client_money", "likely", reason
    if document.payer.account.startswith("03") and _TREASURY.search(document.payer.name.upper()):
        return "not_client_money", "likely", "treasury"
    return None


def _is_fee(document: Document, folded: str) -> bool:
    return getattr(document, "op_code", "") == _BANK_ORDER or bool(_FEE.search(folded))
