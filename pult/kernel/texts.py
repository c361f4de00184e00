"""Texts people type have an end: one too long is refused in words, alike on every database."""

from django.utils.translation import gettext as _

from pult.kernel.errors import BadInput

LONGEST_TEXT = 20_000
LONGEST_REASON = 500
LONGEST_LINE = 200


def fitting(text: str, field: str, most: int = LONGEST_TEXT) -> str:
    """The text as it is, nothing cut; BadInput for one of more than `most` letters."""
    if len(text) > most:
        raise BadInput(
            _("This text is too long: at most %(most)d letters") % {"most": most}, field=field
        )
    return text
