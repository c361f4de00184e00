"""Checks of requisites: control digits, lengths, and what was probably meant.

Formulas: ИНН (order of the tax service), ОГРН and ОГРНИП (control number in the register),
the key of an account with its БИК (Bank of Russia), УНП (the tax ministry of Belarus), БИН and ИИН
(the registers of Kazakhstan). Words are in `pult.clients.requisite_words`.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

_INN_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_11 = (7, *_INN_10)
_INN_12 = (3, *_INN_11)
_KEY = (7, 1, 3)
_UNP = (29, 23, 19, 17, 13, 7, 5, 3)
_BIN = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_BIN_AGAIN = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_TREASURY = ("03", "401", "402")
_TREASURY_BIK = ("00", "01", "02")
# Letters typed for digits, from both alphabets.
_LOOK_ALIKES = {
    ord(letter): digit
    for digit, letters in {"0": "OОQDoо", "1": "IІlі|", "3": "ЗзЭэ", "6": "Бб", "8": "ВB"}.items()
    for letter in letters
}
_SPACES = str.maketrans("", "", " \t\r\n\u00a0\u202f-–.'’")


@dataclass(frozen=True, slots=True)
class Check:
    """`problem` is a word of `requisite_words.PROBLEMS`, empty when all is well; `hint` is the
    value probably meant; `value` the value without spaces. A `warning` does not make it wrong."""

    ok: bool
    value: str = ""
    problem: str = ""
    hint: str = ""
    warning: str = ""


def check_inn(text: str, known: Collection[str] = ()) -> Check:
    """ИНН of a company (10) or a person (12). `known` are numbers of the base: the one that
    differs by a digit is the best hint."""
    return _checked(text, "inn", (10, 12), _inn_is_true, known)


def check_kpp(text: str) -> Check:
    """КПП has no control digit: four digits of the office, two digits or capitals of the reason,
    three digits."""
    value = _clean(text)
    if len(value) != 9:
        return Check(False, value, "kpp_length")
    if not (value[:4].isdigit() and value[6:].isdigit() and _reason(value[4:6])):
        return Check(False, value, "kpp_shape", _as_digits(value))
    if set(value) == {"0"}:
        return Check(False, value, "zeros")
    return Check(True, value)


def check_ogrn(text: str, known: Collection[str] = ()) -> Check:
    """ОГРН of a company: 13 digits, the first is 1 or 5."""
    return _checked(text, "ogrn", (13,), _ogrn_is_true, known)


def check_ogrnip(text: str, known: Collection[str] = ()) -> Check:
    """ОГРНИП: 15 digits, the first is 3; a remainder above nine leaves its last digit."""
    return _checked(text, "ogrnip", (15,), _ogrnip_is_true, known)


def check_bik(text: str) -> Check:
    """БИК of a Russian bank: 9 digits, the country 04, or 00–02 of the treasury."""
    value = _clean(text)
    if not value.isdigit() or not value.isascii():
        return Check(False, value, "digits", _hint_digits(value, 9))
    if len(value) != 9:
        return Check(False, value, "bik_length")
    if value[:2] != "04" and value[:2] not in _TREASURY_BIK:
        return Check(False, value, "bik_country")
    warning = "treasury" if value[:2] in _TREASURY_BIK else ""
    return Check(True, value, warning=warning)


def check_account(account: str, bik: str, known: Collection[str] = ()) -> Check:
    """A settlement or correspondent account by its key with the БИК. Accounts of the treasury
    follow other rules: they are not refused, a warning is given."""
    value, bank = _clean(account), _clean(bik)
    if not value.isdigit() or not value.isascii():
        return Check(False, value, "digits", _hint_digits(value, 20))
    if len(value) != 20:
        return Check(False, value, "account_length")
    if not check_bik(bank).ok:
        return Check(False, value, "account_needs_bik")
    if value.startswith(_TREASURY) or bank.startswith(_TREASURY_BIK):
        return Check(True, value, warning="treasury")
    if _key_is_true(value, bank):
        return Check(True, value)
    hint = _meant(value, lambda other: _key_is_true(other, bank), known)
    return Check(False, value, "account_key", hint)


def check_foreign(text: str, country: str) -> Check:
    """УНП of Belarus (9), БИН or ИИН of Kazakhstan (12), ПИНФЛ or ИНН of Uzbekistan (14 or 9).

    Control digits are known of a Kazakh number and of a Belarusian one of a company: a person's,
    which begins with letters, and an Uzbek one are checked by their length.
    """
    value, country = _clean(text), country.upper()
    lengths = {"BY": (9,), "KZ": (12,), "UZ": (9, 14)}.get(country)
    if lengths is None:
        return Check(True, value, warning="country_unknown")
    shaped = value.isdigit() or (country == "BY" and value[:2].isalpha() and value[2:].isdigit())
    if not shaped or not value.isascii():
        return Check(False, value, "digits", _hint_digits(value, *lengths))
    if len(value) not in lengths:
        return Check(False, value, f"{country.lower()}_length")
    if set(value) == {"0"}:
        return Check(False, value, "zeros")
    is_true = {"BY": _unp_is_true, "KZ": _bin_is_true}.get(country)
    if is_true and value.isdigit() and not is_true(value):
        return Check(False, value, f"{country.lower()}_control", _meant(value, is_true, ()))
    return Check(True, value)


def _checked(text, name, lengths, is_true: Callable[[str], bool], known) -> Check:
    value = _clean(text)
    if not value.isdigit() or not value.isascii():
        meant = _as_digits(value)
        right = len(meant) in lengths and is_true(meant)
        return Check(False, value, "digits", meant if right else "")
    if len(value) not in lengths:
        return Check(False, value, f"{name}_length")
    if set(value) == {"0"}:
        return Check(False, value, "zeros")
    if not is_true(value):
        return Check(False, value, f"{name}_control", _meant(value, is_true, known))
    return Check(True, value)


def _clean(text: str) -> str:
    return text.translate(_SPACES)


def _as_digits(value: str) -> str:
    meant = value.translate(_LOOK_ALIKES)
    return meant if meant != value and meant.isdigit() else ""


def _hint_digits(value: str, *lengths: int) -> str:
    meant = _as_digits(value)
    return meant if len(meant) in lengths else ""


def _reason(text: str) -> bool:
    return all(c.isdigit() or "A" <= c <= "Z" for c in text) and text.isascii()


def _meant(value: str, is_true: Callable[[str], bool], known: Collection[str]) -> str:
    """The only known number a slip away, else the true number with two neighbours swapped,
    nearest to the end, where a hand slips most."""
    near = [other for other in known if len(other) == len(value) and _one_slip(other, value)]
    if len(near) == 1:
        return near[0]
    swapped = (
        value[:place] + value[place + 1] + value[place] + value[place + 2 :]
        for place in range(len(value) - 2, -1, -1)
        if value[place] != value[place + 1]
    )
    return next(filter(is_true, swapped), "")


def _one_slip(one: str, other: str) -> bool:
    """One digit differs, or two neighbours stand in each other's place."""
    places = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(places) == 1:
        return True
    first, second = places if len(places) == 2 else (0, 0)
    return second == first + 1 and one[first] == other[second] and one[second] == other[first]


def _inn_is_true(value: str) -> bool:
    digits = [int(c) for c in value]
    if len(digits) == 10:
        return _control(digits, _INN_10) == digits[9]
    return _control(digits, _INN_11) == digits[10] and _control(digits, _INN_12) == digits[11]


def _unp_is_true(value: str) -> bool:
    """A remainder of ten is never given out."""
    return sum(int(c) * w for c, w in zip(value, _UNP, strict=False)) % 11 == int(value[8])


def _bin_is_true(value: str) -> bool:
    """A remainder of ten asks for the second weights; of ten again, the number is not given out."""
    digits = [int(c) for c in value]
    for weights in (_BIN, _BIN_AGAIN):
        found = sum(d * w for d, w in zip(digits, weights, strict=False)) % 11
        if found < 10:
            return found == digits[11]
    return False


def _control(digits: list[int], weights: tuple[int, ...]) -> int:
    return sum(d * w for d, w in zip(digits, weights, strict=False)) % 11 % 10


def _ogrn_is_true(value: str) -> bool:
    return value[0] in "15" and int(value[:12]) % 11 % 10 == int(value[12])


def _ogrnip_is_true(value: str) -> bool:
    return value[0] == "3" and int(value[:14]) % 13 % 10 == int(value[14])


def _key_is_true(account: str, bik: str) -> bool:
    """Three digits of the bank before the account, weights 7 1 3: last digits add up to ten.
    A correspondent account takes 0 and the digits 5–6 of the БИК."""
    bank = f"0{bik[4:6]}" if account.startswith("301") else bik[-3:]
    digits = (int(c) for c in bank + account)
    return sum(d * _KEY[place % 3] % 10 for place, d in enumerate(digits)) % 10 == 0
