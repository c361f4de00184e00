"""What the Labour Code alone says of a day, for years whose calendar is not published.

Article 112 names the holidays and moves one that falls on a weekend to the next working day;
the January ones are moved by a yearly decree, which nobody can foretell, so they stay put here.
Article 95 shortens the working day directly before a holiday.
"""

from datetime import date, timedelta

from pult.kernel.calendar.reasons import DayRecord, Reason

_NEW_YEAR = ("Новогодние каникулы", "New Year holidays")
HOLIDAYS: dict[tuple[int, int], tuple[str, str]] = {
    **{(1, day): _NEW_YEAR for day in (1, 2, 3, 4, 5, 6, 8)},
    (1, 7): ("Рождество Христово", "Christmas"),
    (2, 23): ("День защитника Отечества", "Defender of the Fatherland Day"),
    (3, 8): ("Международный женский день", "International Women's Day"),
    (5, 1): ("Праздник Весны и Труда", "Spring and Labour Day"),
    (5, 9): ("День Победы", "Victory Day"),
    (6, 12): ("День России", "Russia Day"),
    (11, 4): ("День народного единства", "National Unity Day"),
}
_ONE_DAY = timedelta(days=1)


def holiday_name(day: date) -> tuple[str, str] | None:
    """The Russian and English name of the holiday of article 112, if `day` is one."""
    return HOLIDAYS.get((day.month, day.day))


def statutory_day(day: date) -> DayRecord:
    """The kind of `day` and its reason by the Labour Code alone."""
    name = holiday_name(day)
    if name:
        return DayRecord(day, "off", Reason("holiday", *name))
    if day.weekday() >= 5:
        return DayRecord(day, "off", Reason("weekend"))
    origin = _moved_here_by_law(day)
    if origin:
        return DayRecord(day, "off", Reason("moved", *HOLIDAYS[origin.month, origin.day], origin))
    tomorrow = holiday_name(day + _ONE_DAY)
    if tomorrow:
        return DayRecord(day, "short", Reason("shortened", *tomorrow))
    return DayRecord(day, "work", Reason("weekday"))


def _moved_here_by_law(day: date) -> date | None:
    """The weekend holiday whose day off falls on this Monday.

    No two holidays outside January stand closer than a week apart, so Monday is always free.
    """
    if day.weekday() != 0:
        return None
    for origin in (day - _ONE_DAY, day - 2 * _ONE_DAY):
        if origin.month != 1 and holiday_name(origin):
            return origin
    return None
