"""People of the agency and their dated roles. Days are inclusive; no last day means "still"."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import connection, models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pult.kernel import clock
from pult.kernel.roles import Role, effective
from pult.kernel.statements import answer


class UserManager(BaseUserManager["User"]):
    """Finds people by e-mail, whatever its case."""

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class Department(models.Model):
    """A department. Its days and hours are in the regulation's calendar, under its code."""

    class Code(models.TextChoices):
        ACCOUNTS = "accounts", pgettext_lazy("department", "Client service")
        SALES = "sales", pgettext_lazy("department", "Sales")
        CONTEXT = "context", pgettext_lazy("department", "Search advertising")
        TARGET = "target", pgettext_lazy("department", "Social advertising")
        SMM = "smm", pgettext_lazy("department", "SMM")
        SEO = "seo", pgettext_lazy("department", "SEO")
        DESIGN = "design", pgettext_lazy("department", "Design")
        WEB = "web", pgettext_lazy("department", "Web development")
        ANALYTICS = "analytics", pgettext_lazy("department", "Analytics")
        PRODUCTION = "production", pgettext_lazy("department", "Production")
        ACCOUNTING = "accounting", pgettext_lazy("department", "Accounting")
        MANAGEMENT = "management", pgettext_lazy("department", "Management")
        IT = "it", pgettext_lazy("department", "IT")

    code = models.CharField(max_length=16, choices=Code.choices, unique=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return str(self.Code(self.code).label)  # get_code_display would translate every choice


class Team(models.Model):
    """A group inside a department with a head of its own."""

    name = models.CharField(max_length=80, unique=True)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="teams")
    is_closed = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class User(AbstractBaseUser):
    """A person who signs in, or whose name stands in a report. `roles` comes of today, as codes."""

    class Theme(models.TextChoices):
        AUTO = "auto", pgettext_lazy("look", "As the system")
        LIGHT = "light", pgettext_lazy("look", "Light")
        DARK = "dark", pgettext_lazy("look", "Dark")

    class Density(models.TextChoices):
        COMPACT = "compact", pgettext_lazy("look", "Compact")
        NORMAL = "normal", pgettext_lazy("look", "Normal")
        ROOMY = "roomy", pgettext_lazy("look", "Roomy")

    email = models.EmailField(_("e-mail"), unique=True)
    full_name = models.CharField(_("full name"), max_length=120)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    post = models.CharField(_("post"), max_length=120, blank=True)
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default="ru"
    )
    zone = models.CharField(_("time zone"), max_length=48, default=settings.TIME_ZONE)
    theme = models.CharField(_("theme"), max_length=5, choices=Theme.choices, default=Theme.AUTO)
    density = models.CharField(
        _("density"), max_length=8, choices=Density.choices, default=Density.NORMAL
    )
    hotkeys = models.BooleanField(_("single-key shortcuts"), default=True)
    is_active = models.BooleanField(default=True)
    # Shut out at once: nothing lets the person in until a colleague opens the doors again.
    doors_shut_at = models.DateTimeField(null=True, blank=True)
    doors_shut_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    doors_shut_why = models.CharField(max_length=16, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    objects = UserManager()

    class Meta:
        ordering = ["full_name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.full_name

    @cached_property
    def roles(self) -> frozenset[str]:
        """Codes of the roles held today, as a deputy too; signing in fills it in without a query
        of its own."""
        today = connection.ops.adapt_datefield_value(clock.today(settings.TIME_ZONE))
        held = answer(
            "SELECT role, acts_for_id FROM people_rolegrant WHERE user_id = %s AND since <= %s "
            "AND (until IS NULL OR until >= %s)",
            [self.pk, today, today],
        )
        return self.hold(held)

    @cached_property
    def acts_for(self) -> dict[str, int]:
        """Role → id of the colleague for whom it is held today, where it is not one's own."""
        self.__dict__.pop("roles", None)
        return self.__dict__.get("acts_for", {}) if self.roles else {}

    def hold(self, held: Iterable[tuple[str, int | None]]) -> frozenset[str]:
        """Take in the roles of today as (role, for whom); `acts_for` comes with them."""
        own = {role for role, principal in held if principal is None}
        lent = {role: pk for role, pk in held if pk is not None and role not in own}
        roles = effective(own | lent.keys())
        acts_for = {role: pk for role, pk in lent.items() if role in roles}
        self.__dict__.update(roles=roles, acts_for=acts_for)
        return roles

    @property
    def comes_in(self) -> bool:
        """Whether any way in, letter or address of their own may let the person in."""
        return self.is_active and self.doors_shut_at is None

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.partition(" ")[0]


def _in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(until__isnull=True) | Q(until__gte=F("since")), name=name
    )


class RoleGrant(models.Model):
    """A role a person holds from `since` to the last day `until`, in one team or everywhere.

    A deputy holds it for a colleague, `acts_for`, who keeps it all the while."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=24, choices=Role.choices)
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="grants"
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    acts_for = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="deputies"
    )

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            _in_order("role_days_in_order"),
            models.CheckConstraint(
                condition=Q(acts_for=None) | (Q(until__isnull=False) & ~Q(acts_for=F("user"))),
                name="deputy_is_another_and_has_a_last_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class Absence(models.Model):
    """Days a person is away and who stands in: a leave, or one day off. No deadline moves for it.

    The category never names an illness.
    """

    class Category(models.TextChoices):
        LEAVE = "leave", pgettext_lazy("absence", "Leave")
        DAY_OFF = "day_off", pgettext_lazy("absence", "Day off")
        SICK = "sick", pgettext_lazy("absence", "Sick leave")
        TRIP = "trip", pgettext_lazy("absence", "Business trip")
        OTHER = "other", pgettext_lazy("absence", "Away")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences")
    category = models.CharField(max_length=8, choices=Category.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    substitute = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="substitutions"
    )
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            _in_order("absence_days_in_order"),
            models.CheckConstraint(
                condition=Q(substitute__isnull=True) | ~Q(substitute=F("user")),
                name="absence_substitute_is_another",
            ),
        ]


class DutyPerson(models.Model):
    """Who answers clients on a day when the rest are off."""

    day = models.DateField(unique=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="duties")

    class Meta:
        ordering = ["day"]


PROFILE_FIELDS = ("full_name", "phone", "post", "language", "zone", "theme", "density", "hotkeys")
