import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Cast


def count_old_numbers(apps, schema_editor):
    """Whole numbers of six digits at most count, as `pult.money.numbering` counts them."""
    invoices = apps.get_model("money", "Invoice").objects
    counted = invoices.filter(own_entity__isnull=False, number__regex=r"^[0-9]{1,6}$")
    counted.update(ordinal=Cast("number", models.PositiveIntegerField()))


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0004_own_entity_terms'),
        ('money', '0005_ad_money_waits'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='invoice',
            name='ordinal',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name='invoice',
            name='own_entity',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='clients.ownentity'),
        ),
        migrations.AddIndex(
            model_name='invoice',
            index=models.Index(fields=['own_entity', 'year', 'ordinal'], name='last_invoice_number'),
        ),
        migrations.RunPython(count_old_numbers, migrations.RunPython.noop),
    ]
