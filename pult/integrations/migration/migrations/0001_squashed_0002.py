"""What the files in `replaces` did one after another (docs/adr/0031)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from pult.kernel.create_together import CreateTogether


class Migration(migrations.Migration):

    replaces = [
        ('migration', '0001_initial'),
        ('migration', '0002_pace_and_holder'),
    ]

    initial = True

    dependencies = [
        ('clients', '0001_squashed_0012'),
        ('kernel', '0001_squashed_0003'),
        ('people', '0001_squashed_0009'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether([
            migrations.CreateModel(
                name='Source',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('system', models.CharField(choices=[('amocrm', 'amoCRM'), ('bitrix24', 'Bitrix24'), ('megaplan', 'Megaplan')], max_length=12, verbose_name='system')),
                    ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                    ('address', models.CharField(blank=True, max_length=200, verbose_name='address')),
                    ('secret', models.TextField(blank=True)),
                    ('zone', models.CharField(max_length=48, verbose_name='time zone')),
                    ('go_live', models.DateField(verbose_name='first day of the regulation')),
                    ('columns', models.JSONField(blank=True, default=dict)),
                    ('is_followed', models.BooleanField(default=False, verbose_name='read by itself')),
                    ('created_at', models.DateTimeField()),
                    ('synced_at', models.DateTimeField(blank=True, null=True)),
                    ('full_at', models.DateTimeField(blank=True, null=True)),
                    ('lease_until', models.DateTimeField(blank=True, null=True)),
                    ('trouble', models.CharField(blank=True, max_length=500)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('lease_by', models.CharField(blank=True, max_length=160)),
                    ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='minutes between readings')),
                    ('tried_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='source_has_a_name'), models.CheckConstraint(condition=models.Q(('is_followed', False), models.Q(('secret', ''), _negated=True), _connector='OR'), name='source_followed_by_its_key')],
                },
            ),
            migrations.CreateModel(
                name='Batch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('status', models.CharField(choices=[('reading', 'Being read'), ('ready', 'Read, to be looked at'), ('bringing', 'Being brought in'), ('done', 'Brought in'), ('stopped', 'Stopped'), ('undoing', 'Being taken back'), ('undone', 'Taken back')], default='reading', max_length=8)),
                    ('file_name', models.CharField(blank=True, max_length=200)),
                    ('is_sync', models.BooleanField(default=False)),
                    ('created_at', models.DateTimeField()),
                    ('done_at', models.DateTimeField(blank=True, null=True)),
                    ('plan', models.JSONField(blank=True, default=dict)),
                    ('lines', models.JSONField(blank=True, default=dict)),
                    ('decisions', models.JSONField(blank=True, default=dict)),
                    ('counts', models.JSONField(blank=True, default=dict)),
                    ('trouble', models.CharField(blank=True, max_length=500)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('movein', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='clients.importbatch')),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='batches', to='migration.source')),
                ],
            ),
            migrations.CreateModel(
                name='FormerDeal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=200, verbose_name='title')),
                    ('amount', models.BigIntegerField(default=0)),
                    ('currency', models.CharField(default='RUB', max_length=3)),
                    ('stage', models.CharField(blank=True, max_length=200)),
                    ('state', models.CharField(choices=[('open', 'Open'), ('won', 'Won'), ('lost', 'Lost')], default='open', max_length=4)),
                    ('responsible', models.CharField(blank=True, max_length=200)),
                    ('opened_on', models.DateField(blank=True, null=True)),
                    ('closed_on', models.DateField(blank=True, null=True)),
                    ('client', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='clients.client')),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='migration.source')),
                ],
                options={
                    'indexes': [models.Index(fields=['client', '-id'], name='former_deal_of_a_client')],
                },
            ),
            migrations.CreateModel(
                name='Item',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=8)),
                    ('external_id', models.CharField(max_length=96)),
                    ('state', models.CharField(choices=[('waiting', 'Waiting'), ('brought', 'Brought in'), ('left', 'Left out'), ('late', 'Came after the cut-over'), ('undone', 'Taken back'), ('gone', 'Deleted there')], default='waiting', max_length=8)),
                    ('data', models.JSONField(blank=True, default=dict)),
                    ('marks', models.JSONField(blank=True, default=dict)),
                    ('table', models.CharField(blank=True, max_length=12)),
                    ('row', models.BigIntegerField(default=0)),
                    ('client_id', models.BigIntegerField(default=0)),
                    ('is_made', models.BooleanField(default=False)),
                    ('version', models.PositiveIntegerField(default=0)),
                    ('is_wanted', models.BooleanField(default=False)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('why', models.CharField(blank=True, max_length=300)),
                    ('seen_at', models.DateTimeField()),
                    ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='items', to='migration.batch')),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='migration.source')),
                ],
                options={
                    'indexes': [models.Index(fields=['source', 'state', 'kind'], name='migrated_item_todo'), models.Index(fields=['table', 'row'], name='migrated_item_row'), models.Index(fields=['client_id'], name='migrated_item_client')],
                    'constraints': [models.UniqueConstraint(fields=('source', 'kind', 'external_id'), name='migrated_item_once')],
                },
            ),
            migrations.CreateModel(
                name='FormerNote',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('author', models.CharField(blank=True, max_length=200)),
                    ('at', models.DateTimeField(blank=True, null=True)),
                    ('text', models.TextField(blank=True)),
                    ('file_name', models.CharField(blank=True, max_length=200)),
                    ('client', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='clients.client')),
                    ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='clients.contact')),
                    ('deal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notes', to='migration.formerdeal')),
                    ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.storedfile')),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='migration.source')),
                ],
                options={
                    'indexes': [models.Index(fields=['client', '-at'], name='former_note_of_a_client')],
                },
            ),
            migrations.CreateModel(
                name='CutOver',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField(verbose_name='first day in Pult alone')),
                    ('at', models.DateTimeField()),
                    ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team')),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cut_overs', to='migration.source')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled_at', None)), fields=('source', 'team'), name='one_cut_over_a_team')],
                },
            ),
            migrations.CreateModel(
                name='TheirPerson',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('external_id', models.CharField(max_length=64)),
                    ('name', models.CharField(max_length=200)),
                    ('email', models.CharField(blank=True, max_length=200)),
                    ('is_active', models.BooleanField(default=True)),
                    ('is_decided', models.BooleanField(default=False)),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='people', to='migration.source')),
                    ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['name', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('source', 'external_id'), name='their_person_once')],
                },
            ),
            migrations.CreateModel(
                name='TheirStatus',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=8)),
                    ('external_id', models.CharField(max_length=64)),
                    ('name', models.CharField(max_length=200)),
                    ('ours', models.CharField(blank=True, choices=[('', 'says nothing about the client'), ('lead', 'lead'), ('client', 'client'), ('paused', 'paused'), ('ended', 'has left'), ('skip', 'is not brought over')], max_length=8)),
                    ('is_decided', models.BooleanField(default=False)),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statuses', to='migration.source')),
                ],
                options={
                    'ordering': ['kind', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('source', 'kind', 'external_id'), name='their_status_once')],
                },
            ),
            migrations.CreateModel(
                name='Difference',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('field', models.CharField(max_length=16)),
                    ('theirs', models.TextField(blank=True)),
                    ('ours', models.TextField(blank=True)),
                    ('mark', models.CharField(blank=True, max_length=32)),
                    ('state', models.CharField(choices=[('open', 'Open'), ('later', 'Asked later'), ('theirs', 'Theirs taken'), ('ours', 'Ours kept'), ('agreed', 'The same by now')], default='open', max_length=8)),
                    ('found_at', models.DateTimeField()),
                    ('later_until', models.DateField(blank=True, null=True)),
                    ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('client', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='clients.client')),
                    ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='differences', to='migration.item')),
                ],
                options={
                    'indexes': [models.Index(fields=['state', 'client'], name='difference_to_decide')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['open', 'later'])), fields=('item', 'field'), name='one_open_difference_a_field')],
                },
            ),
        ]),
    ]
