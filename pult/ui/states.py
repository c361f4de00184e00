"""The states a person sees: a word, an icon and a tone each, so that colour never stands alone."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TONES = ("plain", "quiet", "accent", "ok", "soon", "breach", "waiting")


@dataclass(frozen=True)
class State:
    """How a code is shown. `tone` is one of `TONES`; `breach` is the only red one."""

    label: Any
    icon: str
    tone: str


STATES = {
    "forecast": State(pgettext_lazy("obligation", "forecast"), "circle-dashed", "quiet"),
    "open": State(pgettext_lazy("obligation", "open"), "circle", "plain"),
    "soon": State(pgettext_lazy("obligation", "due soon"), "clock-alert", "soon"),
    "overdue": State(pgettext_lazy("obligation", "overdue"), "circle-alert", "breach"),
    "late": State(pgettext_lazy("obligation", "done late"), "history", "soon"),
    "met": State(pgettext_lazy("obligation", "done"), "circle-check", "ok"),
    "waived": State(pgettext_lazy("obligation", "waived"), "circle-slash", "quiet"),
    "void": State(pgettext_lazy("obligation", "no longer needed"), "ban", "quiet"),
    "waiting": State(pgettext_lazy("obligation", "waiting for the client"), "hourglass", "waiting"),
    "postponed": State(pgettext_lazy("obligation", "postponed"), "timer", "quiet"),
    "disputed": State(pgettext_lazy("obligation", "disputed"), "scale", "waiting"),
    "shadow": State(pgettext_lazy("obligation", "shadow"), "eye-off", "quiet"),
    "no_data": State(pgettext_lazy("obligation", "no data"), "unplug", "quiet"),
    "paused": State(pgettext_lazy("obligation", "paused"), "pause", "quiet"),
    "gate": State(pgettext_lazy("obligation", "gate closed"), "lock", "breach"),
}
UNKNOWN = State(_("unknown"), "circle-question-mark", "quiet")


def state_of(code: Any) -> State:
    """The look of a state's code; a code nobody described is shown as unknown, not hidden."""
    return STATES.get(str(code), UNKNOWN)
