from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("regulation", "0005_live_index")]

    operations = [
        migrations.AddIndex(
            model_name="transition",
            index=models.Index(
                condition=models.Q(("to_state", 8)),
                fields=["clause", "known_at"],
                name="transition_denied",
            ),
        ),
    ]
