"""Numbers on the papers of clients whose invoices got another one since."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('money', '0007_dated_keys'),
    ]

    operations = [
        migrations.CreateModel(
            name='FormerNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=32)),
                ('key', models.TextField()),
                ('replaced_at', models.DateTimeField(null=True)),
                ('invoice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='former_numbers', to='money.invoice')),
            ],
            options={
                'indexes': [models.Index(fields=['key'], name='former_number_by_key')],
                'constraints': [models.UniqueConstraint(fields=('invoice', 'key'), name='former_number_once')],
            },
        ),
    ]
