"""A pattern in any case: the same answer from both databases."""

import pytest

from pult.kernel.search import anywhere, whole
from pult.kernel.search.models import SearchDocument

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("лофт", "Лофт-14, Мебель"),
        ("ЛОФТ-14", "Лофт-14, Мебель"),
        ("ежик", "Северный Ёжик"),
        ("ЁЖИК", "северный ежик"),
        ("vk видео", "VK Видео"),
        ("100% (a+b)[c]\\d^$.*?", "Скидка 100% (A+B)[C]\\D^$.*? всем"),
        ("straße", "Straße 5"),
    ],
)
def test_what_holds_the_text_is_found_in_any_case(asked, title):
    SearchDocument.objects.create(kind="client", object_id=1, root_id=1, title=title)
    rows = SearchDocument.objects
    assert rows.filter(title__regex=anywhere(asked)).exists()
    assert not rows.filter(title__regex=whole(asked)).exists() or asked.lower() == title.lower()
    assert rows.filter(title__regex=whole(title)).exists()


@pytest.mark.parametrize("asked", ["л.фт", "^лофт", "лофт$", "лофт-1[0-9]", "лофт|мебель"])
def test_signs_of_patterns_are_letters_like_any(asked):
    SearchDocument.objects.create(kind="client", object_id=1, root_id=1, title="Лофт-14, Мебель")
    assert not SearchDocument.objects.filter(title__regex=anywhere(asked)).exists()
