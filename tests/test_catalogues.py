"""Both languages are complete: every message of the source has its Russian words."""

import re

from pult.kernel.catalogues import PACKAGE, catalogues, read_catalogue, wanted_messages

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def translated() -> dict[tuple[str, str | None], object]:
    """(msgid, context) → Russian text (a tuple for plurals) of every catalogue."""
    found = {}
    for sources in catalogues().values():
        for message in read_catalogue(sources):
            if message.id:
                msgid = message.id[0] if isinstance(message.id, tuple) else message.id
                found[msgid, message.context] = message.string
    return found


def test_every_message_speaks_russian():
    known = translated()
    missing = {
        msgid: places[0]
        for (msgid, context), places in wanted_messages().items()
        if not known.get((msgid, context)) and not _django_knows(msgid, context)
    }
    assert missing == {}


def _django_knows(msgid: str, context: str | None) -> bool:
    """Messages that Django and allauth themselves translate, in the same context."""
    from django.utils.translation import gettext, override, pgettext

    with override("ru"):
        return (pgettext(context, msgid) if context else gettext(msgid)) != msgid


def test_a_message_known_without_its_context_is_still_missing():
    assert _django_knows("Yes", None)
    assert not _django_knows("Yes", "a context of our own")


def test_translations_keep_their_placeholders():
    wrong = []
    for (msgid, _context), text in translated().items():
        for form in text if isinstance(text, tuple) else (text,):
            if form and set(PLACEHOLDER.findall(form)) - set(PLACEHOLDER.findall(msgid)):
                wrong.append(msgid)
    assert wrong == []


def test_no_translation_is_left_without_its_message():
    assert translated().keys() - wanted_messages().keys() == set()


def test_the_catalogues_lie_beside_their_source():
    assert all(target.is_relative_to(PACKAGE) for target in catalogues())
