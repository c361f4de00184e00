"""What the files in `replaces` did one after another (docs/adr/0031)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from pult.kernel.create_together import CreateTogether


class Migration(migrations.Migration):

    replaces = [
        ('work', '0001_initial'),
        ('work', '0002_promise_slip'),
        ('work', '0003_task_load'),
        ('work', '0004_prices_of_contractors'),
    ]

    initial = True

    dependencies = [
        ('clients', '0001_squashed_0012'),
        ('kernel', '0001_squashed_0003'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether([
            migrations.CreateModel(
                name='Project',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('department', models.CharField(choices=[('accounts', 'Client service'), ('sales', 'Sales'), ('context', 'Search advertising'), ('target', 'Social advertising'), ('smm', 'SMM'), ('seo', 'SEO'), ('design', 'Design'), ('web', 'Web development'), ('analytics', 'Analytics'), ('production', 'Production'), ('accounting', 'Accounting'), ('management', 'Management'), ('it', 'IT')], max_length=16)),
                    ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                    ('started_on', models.DateField()),
                    ('ended_on', models.DateField(blank=True, null=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='clients.client')),
                    ('manager', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='projects', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['department', 'client'], name='project_department')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('client', 'department', 'title'), name='one_open_project_a_title'), models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='project_runs_forward')],
                },
            ),
            migrations.CreateModel(
                name='Recurrence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('basis', models.CharField(choices=[('calendar', 'By the calendar'), ('completion', 'After the last one is done')], max_length=10)),
                    ('unit', models.CharField(choices=[('day', 'working day'), ('week', 'week'), ('month', 'month')], max_length=5)),
                    ('every', models.PositiveSmallIntegerField(default=1)),
                    ('form', models.JSONField()),
                    ('next_on', models.DateField(blank=True, null=True)),
                    ('anchor', models.DateField()),
                    ('ends_on', models.DateField(blank=True, null=True)),
                    ('stopped_at', models.DateTimeField(blank=True, null=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recurrences', to='work.project')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('stopped_at', None)), fields=['next_on'], name='recurrence_due')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('every__gte', 1)), name='recurs_at_least_by_one')],
                },
            ),
            migrations.CreateModel(
                name='Task',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('department', models.CharField(choices=[('accounts', 'Client service'), ('sales', 'Sales'), ('context', 'Search advertising'), ('target', 'Social advertising'), ('smm', 'SMM'), ('seo', 'SEO'), ('design', 'Design'), ('web', 'Web development'), ('analytics', 'Analytics'), ('production', 'Production'), ('accounting', 'Accounting'), ('management', 'Management'), ('it', 'IT')], max_length=16)),
                    ('template', models.CharField(max_length=32)),
                    ('template_version', models.PositiveIntegerField(default=0)),
                    ('kind', models.CharField(choices=[('web', 'Sites'), ('context', 'Advertising'), ('seo', 'Search promotion'), ('design', 'Design and banners'), ('report', 'Reports'), ('counter', 'Counters and e-commerce'), ('audit', 'Audits and analytics'), ('smm', 'Social networks'), ('documents', 'Documents'), ('other', 'Other work')], max_length=12)),
                    ('title', models.CharField(max_length=200, verbose_name='title')),
                    ('result', models.TextField(verbose_name='what is to be there in the end')),
                    ('measure', models.TextField(blank=True, verbose_name='how one sees that it is done')),
                    ('values', models.JSONField(blank=True, default=dict)),
                    ('state', models.CharField(choices=[('new', 'New'), ('taken', 'In work'), ('done', 'Handed in'), ('accepted', 'Accepted'), ('returned', 'Sent back'), ('bounced', 'Bounced'), ('cancelled', 'Cancelled')], default='new', max_length=10)),
                    ('due', models.DateTimeField(verbose_name='deadline')),
                    ('due_first', models.DateTimeField()),
                    ('missed_at', models.DateTimeField(blank=True, null=True)),
                    ('is_promised', models.BooleanField(default=False, verbose_name='the date is promised to the client')),
                    ('urgent', models.BooleanField(default=False, verbose_name='urgent')),
                    ('is_global', models.BooleanField(default=False, verbose_name='global')),
                    ('is_important', models.BooleanField(default=False, verbose_name='an important decision')),
                    ('is_disputed', models.BooleanField(default=False, verbose_name='disputed')),
                    ('taken_at', models.DateTimeField(blank=True, null=True)),
                    ('done_at', models.DateTimeField(blank=True, null=True)),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('created_at', models.DateTimeField()),
                    ('changed_at', models.DateTimeField()),
                    ('estimate', models.PositiveIntegerField(default=0, verbose_name='estimate, minutes')),
                    ('spent', models.PositiveIntegerField(default=0, verbose_name='time spent, minutes')),
                    ('bounces', models.PositiveSmallIntegerField(default=0)),
                    ('moves', models.PositiveSmallIntegerField(default=0)),
                    ('returns', models.PositiveSmallIntegerField(default=0)),
                    ('occurrence', models.DateField(blank=True, null=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('assignee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to=settings.AUTH_USER_MODEL)),
                    ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks_set', to=settings.AUTH_USER_MODEL)),
                    ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='clients.client')),
                    ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='clients.serviceline')),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='work.project')),
                    ('recurrence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='work.recurrence')),
                    ('taken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('closed_at', None)), fields=['due', 'id'], name='task_open'), models.Index(condition=models.Q(('closed_at', None)), fields=['department', 'due', 'id'], name='task_open_queue'), models.Index(condition=models.Q(('closed_at', None)), fields=['assignee', 'due', 'id'], name='task_open_assignee'), models.Index(condition=models.Q(('closed_at', None)), fields=['author', 'due', 'id'], name='task_open_author'), models.Index(condition=models.Q(('closed_at', None)), fields=['client', 'due', 'id'], name='task_open_client'), models.Index(condition=models.Q(('closed_at', None)), fields=['state', 'due', 'id'], name='task_open_state'), models.Index(condition=models.Q(('closed_at__isnull', False)), fields=['-closed_at', 'id'], name='task_closed'), models.Index(condition=models.Q(('closed_at__isnull', False)), fields=['assignee', '-closed_at'], name='task_closed_assignee'), models.Index(condition=models.Q(('closed_at__isnull', False)), fields=['department', '-closed_at'], name='task_closed_queue'), models.Index(condition=models.Q(('closed_at__isnull', False)), fields=['client', '-closed_at'], name='task_closed_client'), models.Index(condition=models.Q(('state', 'done')), fields=['client', 'due'], name='task_handed_in'), models.Index(condition=models.Q(('closed_at', None)), fields=['department', 'assignee', 'due', 'closed_at', 'state', 'estimate'], name='task_load')],
                    'constraints': [models.UniqueConstraint(fields=('recurrence', 'occurrence'), name='one_task_an_occurrence'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='task_has_a_title'), models.CheckConstraint(condition=models.Q(('result', ''), _negated=True), name='task_names_its_result'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['accepted', 'cancelled'])), models.Q(('closed_at', None), ('state__in', ['new', 'taken', 'done', 'returned', 'bounced'])), _connector='OR'), name='task_closed_when_accepted_or_cancelled'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['taken', 'done', 'returned']), _negated=True), models.Q(('assignee__isnull', False), ('taken_at__isnull', False)), _connector='OR'), name='task_in_work_has_a_doer')],
                },
            ),
            migrations.CreateModel(
                name='Snooze',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('until', models.DateField()),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='snoozes', to='work.task')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('user', 'task'), name='one_snooze_a_task')],
                },
            ),
            migrations.CreateModel(
                name='Seen',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('last', models.BigIntegerField(default=0)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='work.task')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('user', 'task'), name='one_bookmark_a_task')],
                },
            ),
            migrations.CreateModel(
                name='Dependency',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('after', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holds', to='work.task')),
                    ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='waits_for', to='work.task')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('task', 'after'), name='depends_once'), models.CheckConstraint(condition=models.Q(('task', models.F('after')), _negated=True), name='depends_on_another')],
                },
            ),
            migrations.CreateModel(
                name='DeadlineMove',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('before', models.DateTimeField()),
                    ('after', models.DateTimeField()),
                    ('reason_code', models.CharField(blank=True, choices=[('client', 'The client asked'), ('waits', "Waiting for the client's materials"), ('scope', 'The work has grown'), ('load', 'Other work came first'), ('absence', 'Somebody is away'), ('mistake', 'The deadline was set wrongly'), ('other', 'Another reason')], max_length=12)),
                    ('note', models.CharField(blank=True, max_length=500)),
                    ('at', models.DateTimeField()),
                    ('after_breach', models.BooleanField(default=False)),
                    ('is_proposal', models.BooleanField(default=False)),
                    ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ('granted', models.BooleanField(default=False)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deadline_moves', to='work.task')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('decided_at', None), ('is_proposal', True)), fields=('task',), name='one_open_proposal_a_task')],
                },
            ),
            migrations.CreateModel(
                name='Comment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('text', models.TextField(blank=True, verbose_name='comment')),
                    ('edited_at', models.DateTimeField(blank=True, null=True)),
                    ('erased_at', models.DateTimeField(blank=True, null=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='work.task')),
                ],
                options={
                    'ordering': ['id'],
                },
            ),
            migrations.CreateModel(
                name='ChecklistItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('place', models.PositiveSmallIntegerField()),
                    ('text', models.CharField(max_length=300, verbose_name='item')),
                    ('done_at', models.DateTimeField(blank=True, null=True)),
                    ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checklist', to='work.task')),
                ],
                options={
                    'ordering': ['place', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Bounce',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('clause', models.CharField(max_length=16)),
                    ('fields', models.JSONField(blank=True, default=list)),
                    ('note', models.CharField(blank=True, max_length=1000)),
                    ('from_state', models.CharField(max_length=10)),
                    ('at', models.DateTimeField()),
                    ('fixed_at', models.DateTimeField(blank=True, null=True)),
                    ('unfounded_at', models.DateTimeField(blank=True, null=True)),
                    ('talked_at', models.DateTimeField(blank=True, null=True)),
                    ('decision', models.CharField(blank=True, max_length=1000)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bounces', to=settings.AUTH_USER_MODEL)),
                    ('fixed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('talked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('unfounded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('whose', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bounced', to=settings.AUTH_USER_MODEL)),
                    ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='given_back', to='work.task')),
                ],
                options={
                    'indexes': [models.Index(fields=['clause', 'at'], name='bounce_by_clause'), models.Index(fields=['whose', 'at'], name='bounce_by_person')],
                    'constraints': [models.UniqueConstraint(fields=('task', 'number'), name='bounce_once_a_number')],
                },
            ),
            migrations.CreateModel(
                name='Auditor',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('is_automatic', models.BooleanField(default=False)),
                    ('added_at', models.DateTimeField()),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='audits', to=settings.AUTH_USER_MODEL)),
                    ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='auditors', to='work.task')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('user', 'task'), name='audits_a_task_once')],
                },
            ),
            migrations.CreateModel(
                name='TaskFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=200)),
                    ('at', models.DateTimeField()),
                    ('removed_at', models.DateTimeField(blank=True, null=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('comment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='files', to='work.comment')),
                    ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.storedfile')),
                    ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='work.task')),
                ],
            ),
            migrations.CreateModel(
                name='TemplateEdition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=32)),
                    ('version', models.PositiveIntegerField()),
                    ('departments', models.JSONField()),
                    ('kind', models.CharField(choices=[('web', 'Sites'), ('context', 'Advertising'), ('seo', 'Search promotion'), ('design', 'Design and banners'), ('report', 'Reports'), ('counter', 'Counters and e-commerce'), ('audit', 'Audits and analytics'), ('smm', 'Social networks'), ('documents', 'Documents'), ('other', 'Other work')], max_length=12)),
                    ('title', models.CharField(max_length=120, verbose_name='title')),
                    ('about', models.CharField(blank=True, max_length=500, verbose_name='what it is for')),
                    ('fields', models.JSONField(blank=True, default=list)),
                    ('checklist', models.JSONField(blank=True, default=list)),
                    ('term', models.PositiveIntegerField(verbose_name='usual term, working minutes')),
                    ('is_active', models.BooleanField(default=True)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('code', 'version'), name='one_edition_a_version')],
                },
            ),
            migrations.CreateModel(
                name='TimeEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField()),
                    ('minutes', models.PositiveSmallIntegerField()),
                    ('note', models.CharField(blank=True, max_length=200)),
                    ('at', models.DateTimeField()),
                    ('voided_at', models.DateTimeField(blank=True, null=True)),
                    ('fact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.fact')),
                    ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='times', to='work.task')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='times', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['user', 'day'], name='time_of_a_person')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('minutes__gte', 1), ('minutes__lte', 1440)), name='time_fits_a_day')],
                },
            ),
            migrations.CreateModel(
                name='Mention',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='work.comment')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('comment', 'user'), name='mentioned_once_a_comment')],
                },
            ),
            migrations.CreateModel(
                name='PromiseSlip',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('before', models.DateTimeField()),
                    ('at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slips', to='work.task')),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('task',), name='one_open_slip_a_task')],
                },
            ),
            migrations.CreateModel(
                name='ContractorAct',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField()),
                    ('year', models.PositiveSmallIntegerField()),
                    ('on', models.DateField(verbose_name='date')),
                    ('first_day', models.DateField()),
                    ('last_day', models.DateField()),
                    ('total', models.BigIntegerField(verbose_name='total, kopecks')),
                    ('made_at', models.DateTimeField()),
                    ('void_reason', models.CharField(blank=True, max_length=300)),
                    ('contractor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contractor_acts', to=settings.AUTH_USER_MODEL)),
                    ('entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contractor_acts', to='clients.ownentity')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('voided_by', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='voids', to='work.contractoract')),
                ],
                options={
                    'ordering': ['-year', '-number'],
                    'constraints': [models.UniqueConstraint(fields=('year', 'number'), name='act_of_a_number_once_a_year'), models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='act_period_runs_forward')],
                },
            ),
            migrations.CreateModel(
                name='ActLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=200)),
                    ('accepted_on', models.DateField()),
                    ('amount', models.BigIntegerField(verbose_name='price, kopecks')),
                    ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='act_lines', to='work.task')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='work.contractoract')),
                ],
                options={
                    'ordering': ['accepted_on', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('act', 'task'), name='task_once_an_act')],
                },
            ),
            migrations.CreateModel(
                name='TaskPrice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('amount', models.BigIntegerField(verbose_name='price, kopecks')),
                    ('terms', models.CharField(blank=True, max_length=300)),
                    ('set_at', models.DateTimeField()),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('contractor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prices', to=settings.AUTH_USER_MODEL)),
                    ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('task', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='price', to='work.task')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='a_price_is_a_sum')],
                },
            ),
        ]),
    ]
