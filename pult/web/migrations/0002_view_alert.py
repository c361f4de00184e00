from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("savedview", "alert", models.BooleanField(default=False)),
        migrations.AddField("savedview", "known", models.JSONField(blank=True, default=list)),
        migrations.AddField("savedview", "fresh", models.PositiveIntegerField(default=0)),
        migrations.AddConstraint(
            "savedview",
            models.CheckConstraint(
                condition=models.Q(("alert", False), ("user__isnull", False), _connector="OR"),
                name="view_alerts_its_owner",
            ),
        ),
    ]
