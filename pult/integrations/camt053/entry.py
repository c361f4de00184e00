"""One booked entry: usually one payment, sometimes a batch of them."""

from datetime import date
from functools import partial

from django.utils.translation import gettext_lazy as _

from pult.integrations.camt053.xml import Node
from pult.integrations.statement.faults import BadField, faults
from pult.integrations.statement.model import BankDocument, Party
from pult.integrations.statement.values import BadValue, day, kopecks

_NO_REFERENCE = ("NOTPROVIDED", "NONREF")
_PART_SUMS = ("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt")


def documents_of(entry: Node, account: str) -> list[BankDocument]:
    """The payments of `entry` on our `account`. Of a batch each part is a payment and the parts
    must add up to the entry; parts without sums are one payment together. Raises BadField."""
    amount = _total(entry)
    incoming = _incoming(entry)
    parts = list(entry.all("NtryDtls/TxDtls"))
    if len(parts) <= 1:
        return [_document(entry, parts, account, amount, incoming)]
    sums = [_amount(part, *_PART_SUMS) for part in parts]
    if all(part_sum is None for part_sum in sums):
        return [_document(entry, parts, account, amount, incoming)]
    sides = [_incoming(part) if part.first("CdtDbtInd") else incoming for part in parts]
    total = sum(
        (s or 0) * (1 if side == incoming else -1) for s, side in zip(sums, sides, strict=True)
    )
    if None in sums or total != amount:
        reason = _("the parts of the batch do not add up to the entry")
        raise BadField("NtryDtls", "total", reason, entry.line)
    return [
        _document(entry, [part], account, part_sum or 0, side)
        for part, part_sum, side in zip(parts, sums, sides, strict=True)
        if part_sum
    ]


def faults_of(entry: Node, first: BadField) -> list[BadField]:
    """`first`, which made an entry unusable, and what else is wrong with it."""
    parts = list(entry.all("NtryDtls/TxDtls"))
    found = faults(
        [
            partial(_total, entry),
            partial(_incoming, entry),
            partial(_booked_on, entry),
            partial(_valued_on, entry),
            *(partial(_amount, part, *_PART_SUMS) for part in parts if len(parts) > 1),
            *(partial(_incoming, part) for part in parts if part.first("CdtDbtInd")),
        ]
    )
    same = (first.field, str(first.reason))
    return [first, *(bad for bad in found if (bad.field, str(bad.reason)) != same)]


def _document(
    entry: Node, parts: list[Node], account: str, amount: int, incoming: bool
) -> BankDocument:
    part = parts[0] if len(parts) == 1 else Node("", {}, entry.line)
    _valued_on(entry)  # a day that is none makes the whole entry doubtful
    on = _booked_on(entry)
    reversal = entry.value("RvslInd") in ("true", "1")
    other = _other_side(part, account, incoming, reversal)
    ours = Party(account=account)
    purpose = " ".join(text for node in parts for text in _remittance(node))
    return BankDocument(
        line=part.line or entry.line,
        kind=_kind(entry),
        number=_reference(part, "Refs/EndToEndId", "Refs/InstrId") or _reference(entry, "NtryRef"),
        date=on,
        amount=amount,
        payer=other if incoming else ours,
        payee=ours if incoming else other,
        purpose=purpose or entry.value("AddtlNtryInf"),
        debited_on=None if incoming else on,
        credited_on=on if incoming else None,
        bank_ref=_bank_reference(entry, part),
        currency=_currency(entry),
        extra={"reversal": "true"} if reversal else {},
    )


def _other_side(part: Node, account: str, incoming: bool, reversal: bool) -> Party:
    """The counter-party. A reversal names the sides of the payment it takes back, so ours may
    stand where the other is expected."""
    sides = [("Dbtr", "DbtrAcct", "DbtrAgt"), ("Cdtr", "CdtrAcct", "CdtrAgt")]
    if incoming == reversal:
        sides.reverse()
    parties = [_party(part, *side) for side in sides]
    return parties[1] if parties[0].account == account else parties[0]


def _party(part: Node, name: str, account: str, agent: str) -> Party:
    about = f"RltdPties/{name}"
    identity = "Id/OrgId/Othr/Id", "Id/PrvtId/Othr/Id"
    paths = [f"{about}/{middle}{end}" for middle in ("", "Pty/") for end in identity]
    inn = next((text for text in map(part.value, paths) if text.isdigit()), "")
    bank = f"RltdAgts/{agent}/FinInstnId"
    return Party(
        name=part.value(f"{about}/Nm", f"{about}/Pty/Nm"),
        inn=inn if len(inn) in (10, 12) else "",
        account=part.value(f"RltdPties/{account}/Id/IBAN", f"RltdPties/{account}/Id/Othr/Id"),
        bik=part.value(f"{bank}/ClrSysMmbId/MmbId", f"{bank}/BICFI", f"{bank}/BIC"),
        bank=part.value(f"{bank}/Nm"),
    )


def _remittance(part: Node) -> list[str]:
    texts = [node.text for node in part.all("RmtInf/Ustrd") if node.text]
    return texts or [
        node.text
        for path in ("RmtInf/Strd/CdtrRefInf/Ref", "RmtInf/Strd/AddtlRmtInf", "AddtlTxInf")
        for node in part.all(path)
        if node.text
    ]


def _kind(entry: Node) -> str:
    codes = ("BkTxCd/Prtry/Cd", "BkTxCd/Domn/Fmly/SubFmlyCd", "BkTxCd/Domn/Cd")
    return entry.value(*codes)


def _reference(node: Node, *paths: str) -> str:
    found = (node.value(path) for path in paths)
    return next((text for text in found if text and text not in _NO_REFERENCE), "")


def _bank_reference(entry: Node, part: Node) -> str:
    """The bank's own id; of a part of a batch, that of the part."""
    own = _reference(part, "Refs/AcctSvcrRef", "Refs/TxId")
    return own or _reference(entry, "AcctSvcrRef")


def _currency(entry: Node) -> str:
    return next((node.attributes.get("Ccy", "RUB") for node in entry.all("Amt")), "RUB")


def _incoming(node: Node) -> bool:
    mark = node.value("CdtDbtInd")
    if mark not in ("CRDT", "DBIT"):
        reason = _("the entry does not say which way the money went")
        raise BadField("CdtDbtInd", "required", reason, node.line)
    return mark == "CRDT"


def _total(entry: Node) -> int:
    amount = _amount(entry, "Amt")
    if amount is None or amount <= 0:
        reason = _("the sum of a document must be more than zero")
        raise BadField("Amt", "amount", reason, entry.line)
    return amount


def _amount(node: Node, *paths: str) -> int | None:
    for path in paths:
        found = node.first(path)
        if found is not None and found.text:
            try:
                return kopecks(found.text)
            except BadValue as bad:
                raise BadField("Amt", bad.code, bad.reason, found.line) from bad
    return None


def _booked_on(entry: Node) -> date:
    """The day of the booking, else that of the value."""
    booked = _day(entry, "BookgDt", "BookgDt/Dt", "BookgDt/DtTm")
    on = booked or _valued_on(entry)
    if on is None:
        raise BadField("BookgDt", "required", _("the document has no date"), entry.line)
    return on


def _valued_on(entry: Node) -> date | None:
    return _day(entry, "ValDt", "ValDt/Dt", "ValDt/DtTm")


def _day(entry: Node, field: str, *paths: str) -> date | None:
    text = entry.value(*paths)
    try:
        return day(text) if text else None
    except BadValue as bad:
        raise BadField(field, bad.code, bad.reason, entry.line) from bad
