

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0003_import_problems'),
    ]

    operations = [
        migrations.AddField(
            model_name='ownentity',
            name='closed',
            field=models.BooleanField(default=False, verbose_name='no longer used'),
        ),
        migrations.AlterField(
            model_name='ownentity',
            name='vat',
            field=models.CharField(choices=[('standard', 'VAT, standard rate'), ('5', 'VAT 5 %, simplified system'), ('7', 'VAT 7 %, simplified system'), ('none', 'No VAT')], default='standard', max_length=8, verbose_name='VAT'),
        ),
        migrations.CreateModel(
            name='OwnVat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('vat', models.CharField(choices=[('standard', 'VAT, standard rate'), ('5', 'VAT 5 %, simplified system'), ('7', 'VAT 7 %, simplified system'), ('none', 'No VAT')], max_length=8, verbose_name='VAT')),
                ('since', models.DateField(verbose_name='from this day on')),
                ('entity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='vats', to='clients.ownentity')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('entity', 'since'), name='own_vat_once_a_day')],
            },
        ),
    ]
