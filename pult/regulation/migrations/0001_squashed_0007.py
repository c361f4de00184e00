"""What the files in `replaces` did one after another (docs/adr/0031)."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

from pult.kernel.create_together import CreateTogether


class Migration(migrations.Migration):

    replaces = [
        ('regulation', '0001_initial'),
        ('regulation', '0002_hands'),
        ('regulation', '0003_days'),
        ('regulation', '0004_unit_calendars'),
        ('regulation', '0005_live_index'),
        ('regulation', '0006_open_rows'),
        ('regulation', '0007_denied'),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether([
            migrations.CreateModel(
                name='Dirty',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('root_id', models.BigIntegerField()),
                    ('clause', models.CharField(blank=True, max_length=32)),
                    ('reason', models.CharField(max_length=16)),
                ],
            ),
            migrations.CreateModel(
                name='Stamp',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.BigIntegerField(default=0)),
                ],
            ),
            migrations.CreateModel(
                name='SweepRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('rows', models.BigIntegerField()),
                    ('drift', models.IntegerField()),
                    ('lag', models.IntegerField(default=0)),
                    ('seconds', models.FloatField()),
                    ('sample', models.JSONField(default=list)),
                ],
            ),
            migrations.CreateModel(
                name='CalendarVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('unit', models.CharField(default='agency', max_length=24)),
                    ('number', models.PositiveIntegerField()),
                    ('recorded_at', models.DateTimeField()),
                    ('known_until', models.DateField(null=True)),
                    ('reason', models.TextField()),
                    ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('number',), name='one_calendar_version')],
                },
            ),
            migrations.CreateModel(
                name='CalendarDay',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('date', models.DateField()),
                    ('kind', models.CharField(blank=True, choices=[('work', 'work'), ('off', 'off'), ('short', 'short')], max_length=8)),
                    ('reason', models.CharField(blank=True, max_length=200)),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='regulation.calendarversion')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('version', 'date'), name='one_day_a_calendar_version')],
                },
            ),
            migrations.CreateModel(
                name='CardEdition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('pack', models.CharField(max_length=32)),
                    ('clause', models.CharField(max_length=32)),
                    ('edition', models.CharField(max_length=64)),
                    ('title', models.CharField(max_length=200)),
                    ('title_en', models.CharField(blank=True, max_length=200)),
                    ('wording', models.TextField()),
                    ('kind', models.CharField(max_length=16)),
                    ('text', models.TextField()),
                    ('file', models.CharField(max_length=200)),
                    ('effective_from', models.DateField(null=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('signed_at', models.DateTimeField(null=True)),
                    ('signed_as', models.CharField(blank=True, max_length=32)),
                    ('signed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('pack', 'clause', 'edition'), name='one_card_edition')],
                },
            ),
            migrations.CreateModel(
                name='ClauseMode',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('clause', models.CharField(max_length=32)),
                    ('team_id', models.BigIntegerField(default=0)),
                    ('mode', models.SmallIntegerField(choices=[(0, 'off'), (1, 'shadow'), (2, 'visible'), (3, 'escalating')])),
                    ('since', models.DateField()),
                    ('recorded_at', models.DateTimeField()),
                    ('reason', models.TextField()),
                    ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['clause', 'since'], name='mode_by_clause')],
                },
            ),
            migrations.CreateModel(
                name='Dispute',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('clause', models.CharField(max_length=32)),
                    ('part', models.SmallIntegerField(default=0)),
                    ('subject_type', models.CharField(max_length=24)),
                    ('subject_id', models.BigIntegerField()),
                    ('row_key', models.BigIntegerField()),
                    ('root_id', models.BigIntegerField()),
                    ('proof', models.TextField()),
                    ('opened_at', models.DateTimeField()),
                    ('decision', models.CharField(blank=True, choices=[('upheld', 'upheld'), ('rejected', 'rejected')], max_length=8)),
                    ('answer', models.TextField(blank=True)),
                    ('decided_at', models.DateTimeField(null=True)),
                    ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('every_deadline', models.BooleanField(default=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('decision', '')), fields=('clause', 'part', 'subject_type', 'subject_id', 'row_key'), name='one_open_dispute')],
                },
            ),
            migrations.CreateModel(
                name='EscalationSent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('clause', models.CharField(max_length=32)),
                    ('part', models.SmallIntegerField(default=0)),
                    ('subject_type', models.CharField(max_length=24)),
                    ('subject_id', models.BigIntegerField()),
                    ('row_key', models.BigIntegerField()),
                    ('root_id', models.BigIntegerField()),
                    ('rung', models.PositiveSmallIntegerField()),
                    ('due', models.BigIntegerField()),
                    ('role', models.CharField(max_length=24)),
                    ('recipient_id', models.BigIntegerField(default=0)),
                    ('sent_at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['recipient_id', 'sent_at'], name='escalation_recipient')],
                    'constraints': [models.UniqueConstraint(fields=('clause', 'part', 'subject_type', 'subject_id', 'row_key', 'rung', 'due'), name='one_escalation')],
                },
            ),
            migrations.CreateModel(
                name='GoLive',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('scope_type', models.CharField(choices=[('agency', 'agency'), ('team', 'team'), ('client', 'client')], max_length=8)),
                    ('scope_id', models.BigIntegerField(default=0)),
                    ('on', models.DateField()),
                    ('recorded_at', models.DateTimeField()),
                    ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Obligation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('clause', models.CharField(max_length=32)),
                    ('part', models.SmallIntegerField(default=0)),
                    ('subject_type', models.CharField(max_length=24)),
                    ('subject_id', models.BigIntegerField()),
                    ('row_key', models.BigIntegerField()),
                    ('root_id', models.BigIntegerField()),
                    ('role', models.CharField(blank=True, max_length=24)),
                    ('act', models.CharField(blank=True, max_length=64)),
                    ('state', models.SmallIntegerField()),
                    ('flags', models.IntegerField(default=0)),
                    ('mode', models.SmallIntegerField()),
                    ('trigger_fact', models.BigIntegerField(default=0)),
                    ('opened_at', models.BigIntegerField()),
                    ('soft_due', models.BigIntegerField(default=-1)),
                    ('due', models.BigIntegerField()),
                    ('evidence_fact', models.BigIntegerField(default=0)),
                    ('evidence_at', models.BigIntegerField(default=-1)),
                    ('need', models.SmallIntegerField(default=0)),
                    ('done', models.SmallIntegerField(default=0)),
                    ('edition_id', models.BigIntegerField(default=0)),
                    ('parameter_value', models.BigIntegerField(default=0)),
                    ('calendar_version', models.IntegerField(default=0)),
                    ('wake_at', models.BigIntegerField()),
                    ('first_seen', models.BigIntegerField()),
                    ('changed_at', models.BigIntegerField()),
                ],
                options={
                    'indexes': [models.Index(fields=['root_id', 'clause'], name='obligation_cell'), models.Index(fields=['clause', 'state'], name='obligation_clause'), models.Index(condition=models.Q(('state__in', [3, 4, 9])), fields=['due'], name='obligation_breach'), models.Index(condition=models.Q(('state__lte', 3), models.Q(('state', 2), _negated=True), django.db.models.lookups.Exact(django.db.models.expressions.CombinedExpression(models.F('flags'), '&', models.Value(256)), 0)), fields=['due', 'role', 'state', 'mode', 'flags', 'root_id', 'act', 'clause'], name='obligation_asked'), models.Index(condition=models.Q(('state__lte', 3), models.Q(('state', 2), _negated=True), django.db.models.lookups.Exact(django.db.models.expressions.CombinedExpression(models.F('flags'), '&', models.Value(256)), 0)), fields=['root_id', 'role', 'due', 'act', 'state', 'mode', 'flags'], name='obligation_live'), models.Index(condition=models.Q(('state__lte', 3), models.Q(('state', 2), _negated=True), django.db.models.lookups.Exact(django.db.models.expressions.CombinedExpression(models.F('flags'), '&', models.Value(256)), 0)), fields=['clause', 'mode', 'state', 'flags'], name='obligation_open')],
                    'constraints': [models.UniqueConstraint(fields=('clause', 'part', 'subject_type', 'subject_id', 'row_key'), name='one_obligation')],
                },
            ),
            migrations.CreateModel(
                name='ParameterValue',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=64)),
                    ('value', models.BigIntegerField()),
                    ('unit', models.CharField(max_length=12)),
                    ('scope_type', models.CharField(default='agency', max_length=24)),
                    ('scope_id', models.BigIntegerField(default=0)),
                    ('effective_from', models.DateField()),
                    ('recorded_at', models.DateTimeField()),
                    ('reason', models.TextField()),
                    ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['name', 'effective_from'], name='parameter_by_name')],
                },
            ),
            migrations.CreateModel(
                name='Postponement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('clause', models.CharField(max_length=32)),
                    ('part', models.SmallIntegerField(default=0)),
                    ('subject_type', models.CharField(max_length=24)),
                    ('subject_id', models.BigIntegerField()),
                    ('row_key', models.BigIntegerField()),
                    ('root_id', models.BigIntegerField()),
                    ('until', models.DateField()),
                    ('reason', models.CharField(max_length=500)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['root_id', 'until'], name='postponement_root')],
                    'constraints': [models.UniqueConstraint(fields=('clause', 'part', 'subject_type', 'subject_id', 'row_key'), name='one_postponement')],
                },
            ),
            migrations.CreateModel(
                name='Timer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('root_id', models.BigIntegerField()),
                    ('clause', models.CharField(max_length=32)),
                    ('wake_at', models.BigIntegerField()),
                ],
                options={
                    'indexes': [models.Index(fields=['wake_at'], name='timer_wake')],
                    'constraints': [models.UniqueConstraint(fields=('root_id', 'clause'), name='one_timer')],
                },
            ),
            migrations.CreateModel(
                name='Transition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('clause', models.CharField(max_length=32)),
                    ('part', models.SmallIntegerField(default=0)),
                    ('subject_type', models.CharField(max_length=24)),
                    ('subject_id', models.BigIntegerField()),
                    ('row_key', models.BigIntegerField()),
                    ('root_id', models.BigIntegerField()),
                    ('known_at', models.BigIntegerField()),
                    ('from_state', models.SmallIntegerField()),
                    ('to_state', models.SmallIntegerField()),
                    ('due', models.BigIntegerField()),
                    ('cause', models.CharField(max_length=16)),
                    ('cause_fact', models.BigIntegerField(default=0)),
                    ('edition_id', models.BigIntegerField(default=0)),
                    ('parameter_value', models.BigIntegerField(default=0)),
                    ('calendar_version', models.IntegerField(default=0)),
                ],
                options={
                    'indexes': [models.Index(fields=['root_id', 'known_at'], name='transition_root'), models.Index(fields=['clause', 'subject_type', 'subject_id', 'row_key'], name='transition_row'), models.Index(condition=models.Q(('to_state', 8)), fields=['clause', 'known_at'], name='transition_denied')],
                },
            ),
            migrations.CreateModel(
                name='Waiver',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('clause', models.CharField(max_length=32)),
                    ('subject_type', models.CharField(max_length=24)),
                    ('subject_id', models.BigIntegerField()),
                    ('row_key', models.BigIntegerField(default=0)),
                    ('root_id', models.BigIntegerField()),
                    ('until', models.DateField()),
                    ('reason', models.CharField(max_length=500)),
                    ('role', models.CharField(max_length=24)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['root_id', 'until'], name='waiver_root')],
                },
            ),
            migrations.CreateModel(
                name='CalendarHours',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('since', models.DateField()),
                    ('start', models.TimeField(null=True)),
                    ('end', models.TimeField(null=True)),
                    ('lunch_start', models.TimeField(null=True)),
                    ('lunch_end', models.TimeField(null=True)),
                    ('version', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='hours', to='regulation.calendarversion')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('end', None), ('lunch_end', None), ('lunch_start', None), ('start', None)), models.Q(('lunch_end__lte', models.F('end')), ('lunch_start__lte', models.F('lunch_end')), ('start__lte', models.F('lunch_start'))), _connector='OR'), name='calendar_hours_in_order')],
                },
            ),
        ]),
    ]
