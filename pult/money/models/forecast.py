"""Every forecast ever made of the day a line's money ends, kept to be judged by what happened."""

from django.db import models


class LineForecast(models.Model):
    """One forecast of one line, made for `as_of` (the last day whose spend was known).

    `q10`, `q50`, `q90` and `alarm_on` are days; empty means beyond the horizon. `band` holds the
    cumulative probability by day of the horizon, in per mille; `period` is the funding period it
    speaks of, `ended_on` what really happened in it (empty while unknown, or when a payment came
    before the end).
    """

    line = models.ForeignKey("clients.ServiceLine", models.PROTECT, related_name="forecasts")
    as_of = models.DateField()
    made_at = models.DateTimeField()
    balance = models.BigIntegerField()
    q10 = models.DateField(null=True)
    q50 = models.DateField(null=True)
    q90 = models.DateField(null=True)
    alarm_on = models.DateField(null=True)
    stale_days = models.PositiveSmallIntegerField(default=0)
    band = models.JSONField(default=list)
    period = models.CharField(max_length=32, blank=True)
    ended_on = models.DateField(null=True)
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line"],
                condition=models.Q(current=True),
                name="one_current_forecast_a_line",
            )
        ]
        indexes = [models.Index(fields=["line", "current"]), models.Index(fields=["as_of"])]
