"""What a person does on any page."""

import re
from typing import Any


def button(page: Any, words: str) -> Any:
    """The first button that says just this, with or without the key it shows."""
    name = re.compile(rf"^\s*{re.escape(words)}\s*\w?\s*$")
    return page.get_by_role("button", name=name).first


def press(page: Any, words: str, said: str) -> None:
    """A button, and the words that tell that it was done."""
    button(page, words).click()
    page.locator(".toast", has_text=said).first.wait_for()
