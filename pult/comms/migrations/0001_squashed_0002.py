"""What the files in `replaces` did one after another (docs/adr/0031)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('comms', '0001_initial'),
        ('comms', '0002_other_departments'),
    ]

    initial = True

    dependencies = [
        ('clients', '0001_squashed_0012'),
        ('kernel', '0001_squashed_0003'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Interaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('call', 'Call'), ('meeting', 'Meeting'), ('mail', 'Mail'), ('messenger', 'Messenger')], max_length=12)),
                ('direction', models.CharField(choices=[('out', 'We to the client'), ('in', 'The client to us')], default='out', max_length=3)),
                ('outcome', models.CharField(choices=[('two_way', 'We talked'), ('attempt', 'No answer'), ('light', 'A light touch')], max_length=8)),
                ('at', models.DateTimeField(verbose_name='when')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('noted_at', models.DateTimeField()),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('brand', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='interactions', to='clients.brand')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interactions', to=settings.AUTH_USER_MODEL)),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interactions', to='clients.client')),
                ('contacts', models.ManyToManyField(blank=True, related_name='interactions', to='clients.contact')),
                ('fact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.fact')),
                ('meeting_fact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.fact')),
                ('waits_fact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.fact')),
                ('department', models.CharField(blank=True, choices=[('accounts', 'Client service'), ('sales', 'Sales'), ('context', 'Search advertising'), ('target', 'Social advertising'), ('smm', 'SMM'), ('seo', 'SEO'), ('design', 'Design'), ('web', 'Web development'), ('analytics', 'Analytics'), ('production', 'Production'), ('accounting', 'Accounting'), ('management', 'Management'), ('it', 'IT')], max_length=16)),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('seen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at'],
                'indexes': [models.Index(fields=['client', '-at'], name='interaction_timeline'), models.Index(condition=models.Q(models.Q(('department', ''), _negated=True), ('seen_at', None), ('voided_at', None)), fields=['client'], name='interaction_new')],
            },
        ),
    ]
