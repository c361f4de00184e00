"""Numbers that may be right and cannot be checked say so beside themselves."""

import pytest

from pult.clients.checks import account_warning, number_warning


@pytest.mark.parametrize(
    ("account", "bik", "country", "said"),
    [
        ("03100643000000011700", "017301011", "RU", True),
        ("40702810100000000002", "044525225", "RU", False),
        ("03100643000000011700", "017301011", "BY", False),
    ],
)
def test_the_key_of_a_treasury_account_is_said_to_be_unchecked(account, bik, country, said):
    assert bool(account_warning(account, bik, country)) is said


@pytest.mark.parametrize(
    ("inn", "country", "said"),
    [("7707083893", "RU", False), ("DE123", "DE", True), ("", "DE", False)],
)
def test_a_number_of_a_country_without_rules_is_said_to_be_unchecked(inn, country, said):
    assert bool(number_warning(inn, country)) is said
