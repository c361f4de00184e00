"""What the files in `replaces` did one after another (docs/adr/0031)."""

import django.core.serializers.json
import django.db.models.deletion
import pult.kernel.clock
from django.conf import settings
from django.db import migrations, models

from pult.kernel.append_only import append_only
from pult.kernel.create_together import CreateTogether
from pult.kernel.search.schema import create_index, drop_index


class Migration(migrations.Migration):

    replaces = [
        ('kernel', '0001_initial'),
        ('kernel', '0002_search'),
        ('kernel', '0003_sent_form'),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether([
            migrations.CreateModel(
                name='RootLock',
                fields=[
                    ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ],
            ),
            migrations.CreateModel(
                name='StoredFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sha256', models.CharField(max_length=64, unique=True)),
                    ('size', models.PositiveBigIntegerField()),
                    ('mime', models.CharField(max_length=96)),
                    ('created_at', models.DateTimeField(default=pult.kernel.clock.now)),
                ],
            ),
            migrations.CreateModel(
                name='Fact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=48)),
                    ('root_id', models.BigIntegerField(help_text='The client; 0 is the agency and its people')),
                    ('refs', models.JSONField(default=dict)),
                    ('valid_at', models.DateTimeField()),
                    ('recorded_at', models.DateTimeField(default=pult.kernel.clock.now)),
                    ('key', models.CharField(blank=True, default='', max_length=64)),
                    ('day', models.DateField(blank=True, null=True)),
                    ('state', models.CharField(blank=True, default='', max_length=32)),
                    ('value', models.BigIntegerField(blank=True, null=True)),
                    ('role', models.CharField(blank=True, default='', max_length=24)),
                    ('source', models.CharField(default='pult', max_length=32)),
                    ('external_id', models.CharField(blank=True, max_length=128, null=True)),
                    ('payload', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                    ('version', models.PositiveSmallIntegerField(default=1)),
                    ('actor', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('voids', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='voided_by', to='kernel.fact')),
                ],
                options={
                    'indexes': [models.Index(fields=['root_id', 'kind'], name='fact_root_kind')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('external_id__isnull', False)), fields=('source', 'external_id'), name='fact_once_per_external_id')],
                },
            ),
            migrations.CreateModel(
                name='Job',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=96)),
                    ('args', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                    ('state', models.CharField(choices=[('queued', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='queued', max_length=12)),
                    ('key', models.CharField(max_length=128, null=True, unique=True)),
                    ('run_after', models.DateTimeField(default=pult.kernel.clock.now)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('worker', models.CharField(blank=True, default='', max_length=96)),
                    ('lease_until', models.DateTimeField(null=True)),
                    ('heartbeat_at', models.DateTimeField(null=True)),
                    ('cancel_asked', models.BooleanField(default=False)),
                    ('progress_done', models.PositiveBigIntegerField(default=0)),
                    ('progress_total', models.PositiveBigIntegerField(default=0)),
                    ('message', models.TextField(blank=True, default='')),
                    ('result', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
                    ('created_at', models.DateTimeField(default=pult.kernel.clock.now)),
                    ('finished_at', models.DateTimeField(null=True)),
                    ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('state__in', ['queued', 'running'])), fields=['run_after'], name='job_alive')],
                },
            ),
            migrations.CreateModel(
                name='Outbox',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('handler', models.CharField(max_length=96)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('next_at', models.DateTimeField(db_index=True, default=pult.kernel.clock.now, null=True)),
                    ('error', models.TextField(blank=True, default='')),
                    ('fact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.fact')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('fact', 'handler'), name='outbox_once_per_handler')],
                },
            ),
            migrations.CreateModel(
                name='SearchDocument',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=40)),
                    ('object_id', models.BigIntegerField()),
                    ('root_id', models.BigIntegerField(help_text='The client; 0 is the agency and its people')),
                    ('title', models.TextField()),
                    ('title_tokens', models.TextField(blank=True, default='')),
                    ('tokens', models.TextField(blank=True, default='')),
                ],
                options={
                    'indexes': [models.Index(fields=['root_id'], name='search_document_root')],
                    'constraints': [models.UniqueConstraint(fields=('kind', 'object_id'), name='search_document_once_per_object')],
                },
            ),
            migrations.CreateModel(
                name='SentForm',
                fields=[
                    ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                    ('digest', models.CharField(max_length=64)),
                    ('at', models.DateTimeField()),
                ],
            ),
        ]),
        append_only("kernel_fact"),
        migrations.RunPython(create_index, drop_index),
    ]
