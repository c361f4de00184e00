"""Every signed number in one list, as the engine resolves it: parameters, modes, go-live dates."""

from pult.kernel import clock
from pult.regulation.calendars import midnight
from pult.regulation.evaluate.table import ParameterValue as Value
from pult.regulation.models import ClauseMode, GoLive, ParameterValue

AGENCY = ("agency", 0)


def signed_values() -> tuple[Value, ...]:
    """Values, modes (`mode.<clause>`) and go-live minutes (`go.live`), oldest recorded first."""
    return (*_parameters(), *_modes(), *_go_lives())


def _parameters() -> list[Value]:
    return [
        Value(
            id=row.pk,
            name=row.name,
            value=row.value,
            effective=midnight(row.effective_from),
            recorded=clock.to_minute(row.recorded_at),
            scope=(row.scope_type, row.scope_id),
        )
        for row in ParameterValue.objects.order_by("recorded_at", "id")
    ]


def _modes() -> list[Value]:
    return [
        Value(
            id=0,
            name=f"mode.{row.clause}",
            value=row.mode,
            effective=midnight(row.since),
            recorded=clock.to_minute(row.recorded_at),
            scope=("team", row.team_id) if row.team_id else AGENCY,
        )
        for row in ClauseMode.objects.order_by("recorded_at", "id")
    ]


def _go_lives() -> list[Value]:
    return [
        Value(
            id=0,
            name="go.live",
            value=midnight(row.on),
            effective=0,
            recorded=clock.to_minute(row.recorded_at),
            scope=(row.scope_type, row.scope_id),
        )
        for row in GoLive.objects.order_by("recorded_at", "id")
    ]
