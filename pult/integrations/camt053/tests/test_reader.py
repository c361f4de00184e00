"""camt.053 of any version, and XML made to hurt."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from pult.integrations.camt053 import read
from pult.integrations.statement import UnknownFormat

OURS = "40702810900000000001"
THEIRS = "40702810100000000002"


def statement(*entries, version="02", prefix=""):
    text = f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt>
<GrpHdr><MsgId>1</MsgId></GrpHdr>
<Stmt><Id>7</Id><Acct><Id><Othr><Id>{OURS}</Id></Othr></Id><Ccy>RUB</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="RUB">1000.00</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-02-02</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="RUB">500.5</Amt>
<CdtDbtInd>DBIT</CdtDbtInd><Dt><Dt>2026-02-03</Dt></Dt></Bal>
{"".join(entries)}</Stmt></BkToCstmrStmt></Document>"""
    if prefix:
        text = text.replace("xmlns=", f"xmlns:{prefix}=")
        text = text.replace("</", "\0").replace("<?", "\1").replace("<", f"<{prefix}:")
        text = text.replace("\0", f"</{prefix}:").replace("\1", "<?")
    return text.encode()


def entry(amount="122000.50", mark="CRDT", status="<Sts>BOOK</Sts>", details=None, extra=""):
    if details is None:
        details = part()
    return (
        f'<Ntry><Amt Ccy="RUB">{amount}</Amt><CdtDbtInd>{mark}</CdtDbtInd>{extra}{status}'
        "<BookgDt><Dt>2026-02-02</Dt></BookgDt><AcctSvcrRef>B-1</AcctSvcrRef>"
        "<BkTxCd><Prtry><Cd>01</Cd></Prtry></BkTxCd>"
        f"<NtryDtls>{details}</NtryDtls></Ntry>"
    )


def part(amount="", number="17", text="Оплата по счету 5"):
    amount = amount and f'<Amt Ccy="RUB">{amount}</Amt>'
    return (
        f"<TxDtls><Refs><EndToEndId>{number}</EndToEndId></Refs>{amount}<RltdPties>"
        "<Dbtr><Nm>ООО Лес</Nm><Id><OrgId><Othr><Id>7700000016</Id></Othr></OrgId></Id></Dbtr>"
        f"<DbtrAcct><Id><Othr><Id>{THEIRS}</Id></Othr></Id></DbtrAcct>"
        f"<Cdtr><Nm>Мы</Nm></Cdtr><CdtrAcct><Id><Othr><Id>{OURS}</Id></Othr></Id></CdtrAcct>"
        f"</RltdPties><RmtInf><Ustrd>{text}</Ustrd><Ustrd>и далее</Ustrd></RmtInf></TxDtls>"
    )


@pytest.mark.parametrize("version", ["02", "03", "04", "08", "13"])
@pytest.mark.parametrize("prefix", ["", "ns2"])
def test_an_entry_is_read_in_any_version_and_namespace(version, prefix):
    found = read(statement(entry(), version=version, prefix=prefix))
    assert (found.problems, found.warnings) == ([], [])
    (section,) = found.accounts
    assert (section.account, section.opening, section.closing) == (OURS, 100000, -50050)
    assert (section.date_from, section.date_to) == (date(2026, 2, 2), date(2026, 2, 3))
    (document,) = found.documents
    assert (document.number, document.amount, document.bank_ref) == ("17", 12200050, "B-1")
    assert (document.payer.name, document.payer.inn) == ("ООО Лес", "7700000016")
    assert (document.payer.account, document.payee.account) == (THEIRS, OURS)
    assert document.purpose == "Оплата по счету 5 и далее"
    assert (document.credited_on, document.debited_on) == (date(2026, 2, 2), None)


def test_a_batch_is_as_many_payments_as_it_has_parts():
    details = part("100.00", "1") + part("22.50", "2")
    found = read(statement(entry("122.50", details=details)))
    assert [(d.number, d.amount) for d in found.documents] == [("1", 10000), ("2", 2250)]


def test_a_batch_that_does_not_add_up_is_refused_and_the_rest_offered():
    details = part("100.00", "1") + part("22.00", "2")
    found = read(statement(entry("122.50", details=details), entry()))
    assert [(p.line, p.field, p.code) for p in found.problems] == [(9, "NtryDtls", "total")]
    assert [d.amount for d in found.documents] == [12200050]


def test_a_batch_without_sums_is_one_payment():
    found = read(statement(entry("122.50", details=part(text="первая") + part(text="вторая"))))
    assert [d.amount for d in found.documents] == [12250]
    assert found.documents[0].purpose == "первая и далее вторая и далее"


@pytest.mark.parametrize(
    "status", ["<Sts>PDNG</Sts>", "<Sts><Cd>INFO</Cd></Sts>", "<Sts><Cd>PDNG</Cd></Sts>"]
)
def test_what_is_not_booked_is_left_out_aloud(status):
    found = read(statement(entry(status=status), entry(status="<Sts><Cd>BOOK</Cd></Sts>")))
    assert len(found.documents) == 1
    assert len(found.warnings) == 1


def test_a_reversal_names_the_other_side_though_the_money_went_back():
    found = read(statement(entry(mark="DBIT", extra="<RvslInd>true</RvslInd>")))
    (document,) = found.documents
    assert (document.payer.account, document.payee.name) == (OURS, "ООО Лес")
    assert document.extra == {"reversal": "true"}
    assert document.debited_on == date(2026, 2, 2)


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (entry("1e5"), "amount"),
        (entry("0"), "amount"),
        (entry("-5"), "amount"),
        (entry("1.005"), "decimals"),
        (entry(mark="SOME"), "required"),
        (entry().replace("2026-02-02", "2026-02-30"), "date"),
        (entry().replace("<BookgDt><Dt>2026-02-02</Dt></BookgDt>", ""), "required"),
    ],
)
def test_a_bad_entry_is_named_and_the_rest_is_offered(bad, code):
    found = read(statement(bad, entry()))
    assert [(p.line, p.code) for p in found.problems] == [(9, code)]
    assert len(found.documents) == 1


BOMB = """<?xml version="1.0"?><!DOCTYPE Document [<!ENTITY a "ha">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><Document>&b;</Document>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE Document [<!ENTITY x SYSTEM "file:///etc/hosts">]>
<Document><BkToCstmrStmt>&x;</BkToCstmrStmt></Document>"""


@pytest.mark.parametrize(
    "data",
    [
        BOMB.encode(),
        OUTSIDE.encode(),
        BOMB.encode("utf-16"),
        b"<a>" * 100_000,
        statement(entry())[:-30],
        b"<Document><Other/></Document>",
        b"",
        b"not xml",
    ],
)
def test_hostile_and_broken_xml_is_refused(data):
    with pytest.raises(UnknownFormat):
        read(data)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 3000), st.binary(min_size=1, max_size=20))
def test_damaged_xml_is_read_or_refused(place, noise):
    data = statement(entry(), entry(details=part("1.00") + part("2.00")))
    try:
        found = read(data[:place] + noise + data[place + len(noise) :])
    except UnknownFormat:
        return
    assert all(document.amount > 0 for document in found.documents)


@translation.override("en")
def test_everything_wrong_with_an_entry_is_named_at_once():
    bad = entry("0.00", mark="?").replace("2026-02-02", "2026-02-31", 1)
    bad = bad.replace("</BookgDt>", "</BookgDt><ValDt><Dt>soon</Dt></ValDt>")
    found = read(statement(bad, entry()))
    assert [document.number for document in found.documents] == ["17"]
    (problem,) = found.problems
    assert (problem.field, problem.code) == ("Amt", "amount")
    assert str(problem.reason).split("; ") == [
        "the sum of a document must be more than zero",
        "CdtDbtInd: the entry does not say which way the money went",
        "BookgDt: There is no such day as “2026-02-31”",
        "ValDt: “soon” is not a date",
    ]


@translation.override("en")
def test_every_wrong_sum_of_a_batch_is_named_at_once():
    details = part("1.005", "1") + part("x", "2")
    found = read(statement(entry("122.50", details=details)))
    (problem,) = found.problems
    reasons = "“1.005” is finer than a kopeck; “x” is not a sum"
    assert (problem.field, str(problem.reason)) == ("Amt", reasons)
