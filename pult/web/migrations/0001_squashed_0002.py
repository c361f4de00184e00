"""What the files in `replaces` did one after another (docs/adr/0031)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('web', '0001_initial'),
        ('web', '0002_view_alert'),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(max_length=32)),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('query', models.CharField(blank=True, max_length=500)),
                ('role', models.CharField(blank=True, max_length=24)),
                ('pinned', models.BooleanField(default=False)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='views', to=settings.AUTH_USER_MODEL)),
                ('alert', models.BooleanField(default=False)),
                ('known', models.JSONField(blank=True, default=list)),
                ('fresh', models.PositiveIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(fields=['page', 'user'], name='view_of_a_person')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('user__isnull', False)), fields=('page', 'user', 'name'), name='view_name_once_a_person'), models.CheckConstraint(condition=models.Q(models.Q(('role', ''), ('user__isnull', False)), models.Q(('user', None), models.Q(('role', ''), _negated=True)), _connector='OR'), name='view_is_own_or_shared'), models.CheckConstraint(condition=models.Q(('alert', False), ('user__isnull', False), _connector='OR'), name='view_alerts_its_owner')],
            },
        ),
    ]
