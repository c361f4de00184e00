"""Whom a refusal names as the one who can help."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import translation

from pult.kernel.errors import Refusal
from pult.kernel.roles import Role

READER = SimpleNamespace(full_name="Vera", roles=frozenset({"head"}))


@pytest.mark.parametrize(
    ("who", "told"),
    [("Vera", ""), ("Vera, Zakhar", "Zakhar"), (Role.HEAD.label, ""), ("Zakhar", "Zakhar")],
)
def test_a_refusal_never_names_its_reader(who, told):
    told_to = {"error": Refusal("Closed", who=who), "request": SimpleNamespace(user=READER)}
    with translation.override("en"):
        html = Template("{% load pult %}{% refusal error %}").render(Context(told_to))
    assert ("Who can help" in html) == bool(told)
    assert f"Who can help: {told}</p>" in html or not told
