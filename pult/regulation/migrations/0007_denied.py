from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("regulation", "0006_open_rows")]

    operations = [
        migrations.AddIndex(
            model_name="transition",
            index=models.Index(
                condition=models.Q(("to_state", 8)),
                fields=["clause", "known_at"],
                name="transition_denied",
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="every_deadline",
            field=models.BooleanField(default=True),
        ),
    ]
