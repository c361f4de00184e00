"""What the files in `replaces` did one after another (docs/adr/0031)."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from pult.kernel.create_together import CreateTogether


class Migration(migrations.Migration):

    replaces = [
        ('people', '0001_initial'),
        ('people', '0002_calendar_moves_out'),
        ('people', '0003_client_limits'),
        ('people', '0004_deputies'),
        ('people', '0005_days'),
        ('people', '0006_contractors'),
        ('people', '0007_topics'),
        ('people', '0008_shut_doors'),
        ('people', '0009_strengths'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        CreateTogether([
            migrations.CreateModel(
                name='Department',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(choices=[('accounts', 'Client service'), ('sales', 'Sales'), ('context', 'Search advertising'), ('target', 'Social advertising'), ('smm', 'SMM'), ('seo', 'SEO'), ('design', 'Design'), ('web', 'Web development'), ('analytics', 'Analytics'), ('production', 'Production'), ('accounting', 'Accounting'), ('management', 'Management'), ('it', 'IT')], max_length=16, unique=True)),
                ],
                options={
                    'ordering': ['code'],
                },
            ),
            migrations.CreateModel(
                name='User',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail')),
                    ('full_name', models.CharField(max_length=120, verbose_name='full name')),
                    ('language', models.CharField(choices=[('ru', 'Russian'), ('en', 'English')], default='ru', max_length=5, verbose_name='language')),
                    ('zone', models.CharField(default='Europe/Moscow', max_length=48, verbose_name='time zone')),
                    ('theme', models.CharField(choices=[('auto', 'As the system'), ('light', 'Light'), ('dark', 'Dark')], default='auto', max_length=5, verbose_name='theme')),
                    ('density', models.CharField(choices=[('compact', 'Compact'), ('normal', 'Normal'), ('roomy', 'Roomy')], default='normal', max_length=8, verbose_name='density')),
                    ('hotkeys', models.BooleanField(default=True, verbose_name='single-key shortcuts')),
                    ('is_active', models.BooleanField(default=True)),
                    ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='people.department')),
                    ('phone', models.CharField(blank=True, max_length=40, verbose_name='phone')),
                    ('post', models.CharField(blank=True, max_length=120, verbose_name='post')),
                    ('doors_shut_at', models.DateTimeField(blank=True, null=True)),
                    ('doors_shut_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('doors_shut_why', models.CharField(blank=True, max_length=16)),
                ],
                options={
                    'ordering': ['full_name'],
                    'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_once')],
                },
            ),
            migrations.CreateModel(
                name='DutyPerson',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField(unique=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['day'],
                },
            ),
            migrations.CreateModel(
                name='Team',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80, unique=True)),
                    ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='people.department')),
                    ('is_closed', models.BooleanField(default=False)),
                ],
                options={
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='RoleGrant',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(choices=[('am', 'Account manager'), ('head', 'Head of client service'), ('sales', 'Sales manager'), ('executor', 'Specialist'), ('production_head', 'Head of production'), ('production_director', 'Production director'), ('accountant', 'Accountant'), ('director', 'Director'), ('it', 'IT'), ('contractor', 'Contractor'), ('client', 'Client')], max_length=24)),
                    ('since', models.DateField()),
                    ('until', models.DateField(blank=True, null=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to=settings.AUTH_USER_MODEL)),
                    ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='people.team')),
                    ('acts_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deputies', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['since', 'id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='role_days_in_order'), models.CheckConstraint(condition=models.Q(('acts_for', None), models.Q(('until__isnull', False), models.Q(('acts_for', models.F('user')), _negated=True)), _connector='OR'), name='deputy_is_another_and_has_a_last_day')],
                },
            ),
            migrations.CreateModel(
                name='Absence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('category', models.CharField(choices=[('leave', 'Leave'), ('day_off', 'Day off'), ('sick', 'Sick leave'), ('trip', 'Business trip'), ('other', 'Away')], max_length=8)),
                    ('since', models.DateField()),
                    ('until', models.DateField(blank=True, null=True)),
                    ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('substitute', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='substitutions', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['since', 'id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='absence_days_in_order'), models.CheckConstraint(condition=models.Q(('substitute__isnull', True), models.Q(('substitute', models.F('user')), _negated=True), _connector='OR'), name='absence_substitute_is_another')],
                },
            ),
            migrations.CreateModel(
                name='ClientLimit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('clients', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('since', models.DateField()),
                    ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='client_limits', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-since', '-id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('user__isnull', False), ('clients__isnull', False), _connector='OR'), name='limit_of_everybody_is_a_number')],
                },
            ),
            migrations.CreateModel(
                name='DayClose',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField()),
                    ('signed_at', models.DateTimeField(blank=True, null=True)),
                    ('mail', models.CharField(choices=[('clear', 'Nothing unread'), ('explained', 'Unread letters are left, and why is said'), ('left', 'Not said')], default='left', max_length=10)),
                    ('mail_reason', models.TextField(blank=True)),
                    ('left', models.PositiveIntegerField(default=0)),
                    ('plan', models.TextField(blank=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closed_days', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-day', 'user__full_name'],
                    'constraints': [models.UniqueConstraint(fields=('user', 'day'), name='a_day_closes_once')],
                },
            ),
            migrations.CreateModel(
                name='CarryOver',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('source', models.CharField(max_length=16)),
                    ('item_id', models.BigIntegerField()),
                    ('title', models.CharField(max_length=300)),
                    ('reason', models.TextField(blank=True)),
                    ('close', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='carried', to='people.dayclose')),
                ],
                options={
                    'ordering': ['id'],
                    'constraints': [models.UniqueConstraint(fields=('close', 'source', 'item_id'), name='carried_over_once_a_day')],
                },
            ),
            migrations.CreateModel(
                name='DayNotice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField()),
                    ('kind', models.CharField(choices=[('late', 'Late today'), ('away', 'Not coming today'), ('unpaid', "A day at one's own expense")], max_length=8)),
                    ('force_majeure', models.BooleanField(default=False)),
                    ('expected_at', models.TimeField(blank=True, null=True)),
                    ('told_at', models.DateTimeField()),
                    ('in_time', models.BooleanField()),
                    ('absence', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to='people.absence')),
                    ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-day', 'user__full_name'],
                    'constraints': [models.UniqueConstraint(fields=('user', 'day'), name='one_notice_a_day'), models.CheckConstraint(condition=models.Q(('expected_at', None), ('kind', 'late'), _connector='OR'), name='only_the_late_are_expected')],
                },
            ),
            migrations.CreateModel(
                name='Schedule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('since', models.DateField()),
                    ('zone', models.CharField(max_length=48)),
                    ('week', models.JSONField(blank=True, null=True)),
                    ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schedules', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-since', '-id'],
                },
            ),
            migrations.CreateModel(
                name='Shift',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField()),
                    ('start', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('end', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['day'],
                    'constraints': [models.UniqueConstraint(fields=('user', 'day'), name='one_shift_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('end', None), ('start', None)), models.Q(('end__lte', 1440), ('start__lt', models.F('end'))), _connector='OR'), name='shift_ends_after_it_begins')],
                },
            ),
            migrations.CreateModel(
                name='Topic',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120)),
                    ('words', models.CharField(blank=True, max_length=300)),
                    ('note', models.CharField(blank=True, max_length=300)),
                    ('role', models.CharField(blank=True, choices=[('am', 'Account manager'), ('head', 'Head of client service'), ('sales', 'Sales manager'), ('executor', 'Specialist'), ('production_head', 'Head of production'), ('production_director', 'Production director'), ('accountant', 'Accountant'), ('director', 'Director'), ('it', 'IT'), ('contractor', 'Contractor'), ('client', 'Client')], max_length=24)),
                    ('is_closed', models.BooleanField(default=False)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='topics', to='people.department')),
                    ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='topics', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['name'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('person__isnull', False), models.Q(('role', ''), _negated=True), ('department__isnull', False), _connector='OR'), name='somebody_answers_for_a_topic')],
                },
            ),
            migrations.CreateModel(
                name='Strength',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('bold', 'Bold moves and quick tests'), ('creative', 'Ideas and creative work'), ('order', 'Order, papers and deadlines'), ('figures', 'Figures and analytics'), ('talks', 'Hard talks'), ('large', 'Large clients')], max_length=8)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='strengths', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['user', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('user', 'kind'), name='a_strength_once_a_person')],
                },
            ),
        ]),
    ]
