"""What is written is read back, and no damage passes in silence."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from pult.integrations.bank_1c import read, write_statement
from pult.integrations.bank_1c.tests.test_reader import (
    DOCUMENT,
    HEAD,
    OURS,
    SECTION,
    TAIL,
    THEIRS,
    file,
)
from pult.integrations.statement import BankDocument, Party, Statement

WORDS = st.text(
    st.sampled_from("абвёЁяЖ ABz019№=«»\"'.,:;-()/%"), max_size=60
).map(lambda text: " ".join(text.replace("«", "").replace("»", "").split()))  # fmt: skip
PARTIES = st.builds(
    Party,
    name=WORDS.filter(lambda text: not text[:1].isdigit()),
    inn=st.sampled_from(["", "7700000016", "770000000156"]),
    kpp=st.sampled_from(["", "770001001"]),
    account=st.sampled_from([OURS, THEIRS]),
    bik=st.sampled_from(["", "044525225"]),
    bank=WORDS,
    settlement=st.sampled_from(["", "40702810000000000077"]),
)
DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))
DOCUMENTS = st.builds(
    BankDocument,
    line=st.just(0),
    kind=WORDS,
    number=WORDS,
    date=DAYS,
    amount=st.integers(1, 10**14),
    payer=PARTIES,
    payee=PARTIES,
    purpose=WORDS,
    debited_on=st.none() | DAYS,
    credited_on=st.none() | DAYS,
    op_code=st.sampled_from(["", "01", "17"]),
    extra=st.dictionaries(st.sampled_from(["Очередность", "Код", "СвойКлюч"]), WORDS.filter(bool)),
)


@settings(max_examples=150, deadline=None)
@given(
    documents=st.lists(DOCUMENTS, max_size=6),
    encoding=st.sampled_from(["cp1251", "cp866", "utf-8"]),
    newline=st.sampled_from(["\n", "\r\n"]),
)
def test_what_is_written_is_read_back(documents, encoding, newline):
    statement = Statement("1CClientBankExchange", documents=documents)
    found = read(write_statement(statement, encoding, newline=newline))
    for document in found.documents:
        document.line = 0
    assert found.problems == []
    assert found.documents == documents
    assert found.encoding == encoding


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_mutilated_file_never_loses_a_document_in_silence(data):
    lines = "".join([HEAD, SECTION, DOCUMENT * 3, TAIL]).split("\n")
    place = data.draw(st.integers(1, len(lines) - 1))
    what = data.draw(st.sampled_from(["drop", "twice", "swap", "noise"]))
    if what == "drop":
        del lines[place]
    elif what == "twice":
        lines.insert(place, lines[place])
    elif what == "swap":
        other = data.draw(st.integers(1, len(lines) - 1))
        lines[place], lines[other] = lines[other], lines[place]
    else:
        lines[place] = data.draw(st.text(max_size=40))
    statement = read("\n".join(lines).encode("utf-8", errors="replace"))
    assert len(statement.documents) >= 3 or statement.problems


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 2000))
def test_any_bytes_after_the_first_line_are_survived(noise, place):
    whole = file(HEAD, SECTION, DOCUMENT, TAIL)
    read(b"1CClientBankExchange\n" + noise)
    read(whole[:place] + noise + whole[place:])
