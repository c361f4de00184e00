from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0010_one_list_without_merged"),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="birthday_presumed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("birthday_presumed", False))
                | models.Q(("birthday_year__isnull", False)),
                name="contact_presumes_a_year_that_is_there",
            ),
        ),
    ]
