"""An error names the field a reader sees, never its code."""

import pytest
from django.utils.translation import override

from pult.kernel.errors import BadInput
from pult.ui.components.boxes import refusal


@pytest.mark.parametrize(
    ("field", "line", "words"),
    [
        ("issued_on", None, "поле «Дата счёта»"),
        ("share_7", None, ""),
        ("ids", None, ""),
        ("Сумма платежа", 4, "строка 4, поле «Сумма платежа»"),
        ("cost", 4, "строка 4, поле «Ожидаемая цена»"),
        ("expense", 4, "строка 4, поле «expense»"),
        ("Начало, руб.", None, "поле «Начало, руб.»"),
    ],
)
def test_a_field_is_named_in_words_or_not_at_all(field, line, words):
    with override("ru"):
        told = str(refusal(BadInput("Так нельзя", field=field, line=line)))
    place = f'<span class="callout__place">{words}</span>'
    assert (place in told) if words else ("callout__place" not in told)
