"""The fields of a table of spend as people call them, and the platforms it may come from."""

from django.utils.translation import gettext_lazy as _

FIELDS = {
    "day": _("Day of the spend"),
    "cost": _("Spent"),
    "campaign_id": _("Number of the campaign"),
    "campaign_name": _("Name of the campaign"),
    "login": _("Login of the ad account"),
    "impressions": _("Impressions"),
    "clicks": _("Clicks"),
    "conversions": _("Conversions"),
}
# Codes are those of service lines and of feeds.
PLATFORMS = (
    ("direct", _("Yandex Direct")),
    ("vk", _("VK Ads")),
    ("telegram", _("Telegram Ads")),
    ("google", _("Google Ads")),
    ("table", _("Another platform")),
)
