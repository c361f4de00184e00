"""One invoice begins one funding period at most, whatever order its money comes and goes in."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pult.kernel.money import split
from pult.money.logic.periods import Came, funding_of, is_enough

LINE = 1
MORNING = datetime(2026, 3, 10, 9, tzinfo=UTC)
ASKED = {(LINE, 1): 1_000_00, (LINE, 2): 500_00, (LINE, 3): 333_33}


def came(*shares):
    """(payment, invoice, kopecks) in the order they were made, a minute apart."""
    return [
        Came(pk, LINE, invoice, payment, amount, MORNING + timedelta(minutes=pk))
        for pk, (payment, invoice, amount) in enumerate(shares, 1)
    ]


def keys(*shares):
    return [period.key for period in funding_of(came(*shares), ASKED).get(LINE, ())]


def test_a_part_begins_nothing_and_nine_tenths_begin_the_period():
    assert keys((7, 1, 899_99)) == []
    assert keys((7, 1, 900_00)) == ["p7"]


def test_the_rest_of_an_invoice_begins_no_second_period():
    assert keys((7, 1, 900_00), (8, 1, 100_00)) == ["p7"]


def test_several_parts_begin_one_period_with_the_one_that_makes_nine_tenths():
    assert keys((7, 1, 400_00), (8, 1, 500_00), (9, 1, 100_00)) == ["p8"]


def test_money_given_back_in_part_leaves_the_period_and_given_back_whole_ends_it():
    assert keys((7, 1, 1_000_00), (8, 1, -400_00)) == ["p7"]
    assert keys((7, 1, 1_000_00), (8, 1, -400_00), (9, 1, 400_00)) == ["p7"]
    assert keys((6, 2, 500_00), (7, 1, 1_000_00), (8, 1, -1_000_00)) == ["p6"]


def test_an_advance_given_to_a_later_invoice_begins_a_period_of_its_own():
    assert keys((7, 1, 1_000_00), (8, 2, 500_00), (7, 3, 333_33)) == ["p7", "p8", "p7i3"]


def test_two_invoices_paid_at_once_begin_one_period():
    both = [Came(pk, LINE, pk, 7, ASKED[LINE, pk], MORNING) for pk in (1, 2)]
    assert [period.key for period in funding_of(both, ASKED)[LINE]] == ["p7"]


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=6))
def test_nine_tenths_split_over_lines_are_enough_for_each_of_them(asked):
    paid = sum(asked) * 9 // 10 + 1
    assert all(is_enough(part, of) for part, of in zip(split(paid, asked), asked, strict=True))


BOOKED = st.tuples(st.integers(1, 9), st.integers(1, 3), st.integers(-60_000, 120_000))


@given(st.lists(BOOKED, max_size=12))
def test_no_invoice_begins_two_periods(shares):
    found = keys(*shares)
    assert len(found) == len(set(found)) <= len({invoice for _payment, invoice, _sum in shares})


@given(st.lists(BOOKED, max_size=10), st.integers(1, 3), st.integers(1, 200_000))
def test_one_more_payment_begins_one_period_at_most_and_ends_none(shares, invoice, amount):
    before, after = keys(*shares), keys(*shares, (10, invoice, amount))
    assert [key for key in after if key in before] == before
    assert len(after) <= len(before) + 1


@given(st.integers(1, 3), st.lists(st.integers(1, 100_000), min_size=1, max_size=8))
def test_an_invoice_paid_in_any_parts_begins_its_period_with_the_ninth_tenth(invoice, parts):
    sums = [sum(parts[: n + 1]) for n in range(len(parts))]
    enough = [n for n, got in enumerate(sums, 1) if is_enough(got, ASKED[LINE, invoice])]
    found = keys(*((n, invoice, part) for n, part in enumerate(parts, 1)))
    assert found == [f"p{n}" for n in enough[:1]]
