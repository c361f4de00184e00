"""What the files in `replaces` did one after another (docs/adr/0031)."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from pult.kernel.create_together import CreateTogether


class Migration(migrations.Migration):

    replaces = [
        ('money', '0001_initial'),
        ('money', '0002_fewer_indexes'),
        ('money', '0003_one_staged_statement'),
        ('money', '0004_invoice_due'),
        ('money', '0005_ad_money_waits'),
        ('money', '0006_counted_numbers'),
        ('money', '0007_dated_keys'),
        ('money', '0008_former_numbers'),
        ('money', '0009_deals'),
    ]

    initial = True

    dependencies = [
        ('clients', '0001_squashed_0012'),
        ('kernel', '0001_squashed_0003'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('work', '0001_squashed_0004'),
    ]

    operations = [
        CreateTogether([
            migrations.CreateModel(
                name='Invoice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(blank=True, max_length=32)),
                    ('year', models.PositiveSmallIntegerField(null=True)),
                    ('status', models.CharField(choices=[('requested', 'requested'), ('issued', 'issued'), ('sent', 'sent'), ('cancelled', 'cancelled')], default='requested', max_length=12)),
                    ('paid_state', models.CharField(choices=[('none', 'not paid'), ('part', 'paid in part'), ('full', 'paid'), ('over', 'overpaid')], default='none', max_length=8)),
                    ('total', models.BigIntegerField(default=0)),
                    ('paid', models.BigIntegerField(default=0)),
                    ('covers_from', models.DateField(null=True)),
                    ('covers_to', models.DateField(null=True)),
                    ('requested_at', models.DateTimeField(null=True)),
                    ('wish', models.CharField(blank=True, max_length=500)),
                    ('issued_on', models.DateField(null=True)),
                    ('due_on', models.DateField(null=True)),
                    ('sent_at', models.DateTimeField(null=True)),
                    ('cancelled_at', models.DateTimeField(null=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invoices', to='clients.client')),
                    ('contract', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='clients.contract')),
                    ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('own_entity', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='clients.ownentity')),
                    ('payer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='clients.legalentity')),
                    ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('ordinal', models.PositiveIntegerField(null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['client', 'status'], name='money_invoi_client__93619a_idx'), models.Index(fields=['status', 'requested_at'], name='money_invoi_status_8a52c2_idx'), models.Index(fields=['number'], name='money_invoi_number_094757_idx'), models.Index(fields=['due_on'], name='invoice_due'), models.Index(fields=['own_entity', 'year', 'ordinal'], name='last_invoice_number')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('own_entity', 'year', 'number'), name='one_invoice_a_number'), models.CheckConstraint(condition=models.Q(('total__gte', 0)), name='invoice_total_not_negative'), models.CheckConstraint(condition=models.Q(('paid__gte', 0)), name='invoice_paid_not_negative')],
                },
            ),
            migrations.CreateModel(
                name='InvoiceLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('purpose', models.CharField(choices=[('ad', 'advertising budget'), ('fee', 'agency fee')], default='ad', max_length=4)),
                    ('amount', models.BigIntegerField()),
                    ('vat_rate', models.PositiveSmallIntegerField(help_text='VAT rate in per cent; empty means without VAT', null=True)),
                    ('title', models.CharField(blank=True, max_length=200)),
                    ('invoice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='money.invoice')),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invoice_lines', to='clients.serviceline')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='invoice_line_positive')],
                },
            ),
            migrations.CreateModel(
                name='LineForecast',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('as_of', models.DateField()),
                    ('made_at', models.DateTimeField()),
                    ('balance', models.BigIntegerField()),
                    ('q10', models.DateField(null=True)),
                    ('q50', models.DateField(null=True)),
                    ('q90', models.DateField(null=True)),
                    ('alarm_on', models.DateField(null=True)),
                    ('stale_days', models.PositiveSmallIntegerField(default=0)),
                    ('band', models.JSONField(default=list)),
                    ('period', models.CharField(blank=True, max_length=32)),
                    ('ended_on', models.DateField(null=True)),
                    ('current', models.BooleanField(default=True)),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='forecasts', to='clients.serviceline')),
                ],
                options={
                    'indexes': [models.Index(fields=['line', 'current'], name='money_linef_line_id_d13685_idx'), models.Index(fields=['as_of'], name='money_linef_as_of_6e2a97_idx')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('current', True)), fields=('line',), name='one_current_forecast_a_line')],
                },
            ),
            migrations.CreateModel(
                name='SpendFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sha256', models.CharField(max_length=64)),
                    ('name', models.CharField(max_length=200)),
                    ('source', models.CharField(max_length=20)),
                    ('status', models.CharField(choices=[('staged', 'read, not posted'), ('posted', 'posted')], default='staged', max_length=8)),
                    ('loaded_at', models.DateTimeField()),
                    ('summary', models.JSONField(default=dict)),
                    ('loaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='SpendDay',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('source', models.CharField(max_length=20)),
                    ('campaign', models.CharField(max_length=80)),
                    ('day', models.DateField()),
                    ('campaign_name', models.CharField(blank=True, max_length=255)),
                    ('cost', models.BigIntegerField()),
                    ('impressions', models.BigIntegerField(default=0)),
                    ('clicks', models.BigIntegerField(default=0)),
                    ('conversions', models.BigIntegerField(null=True)),
                    ('line', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='clients.serviceline')),
                    ('file', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='money.spendfile')),
                ],
                options={
                    'indexes': [models.Index(fields=['line', 'day'], name='money_spend_line_id_c51c67_idx'), models.Index(condition=models.Q(('line', None)), fields=['source', 'campaign'], name='spend_of_nobody')],
                    'constraints': [models.UniqueConstraint(fields=('source', 'campaign', 'day'), name='one_spend_a_day')],
                },
            ),
            migrations.CreateModel(
                name='StatementFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sha256', models.CharField(db_index=True, max_length=64)),
                    ('name', models.CharField(max_length=200)),
                    ('format', models.CharField(max_length=20)),
                    ('encoding', models.CharField(blank=True, max_length=20)),
                    ('status', models.CharField(choices=[('staged', 'read, not posted'), ('posted', 'posted')], default='staged', max_length=8)),
                    ('loaded_at', models.DateTimeField()),
                    ('posted_at', models.DateTimeField(null=True)),
                    ('summary', models.JSONField(default=dict)),
                    ('loaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                    ('lease_until', models.DateTimeField(null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'staged')), fields=('sha256',), name='one_staged_statement')],
                },
            ),
            migrations.CreateModel(
                name='BankDocument',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('line_no', models.PositiveIntegerField()),
                    ('kind', models.CharField(max_length=60)),
                    ('number', models.CharField(max_length=40)),
                    ('date', models.DateField(null=True)),
                    ('money_on', models.DateField(null=True)),
                    ('amount', models.BigIntegerField()),
                    ('currency', models.CharField(default='RUB', max_length=3)),
                    ('direction', models.CharField(choices=[('in', 'incoming'), ('out', 'outgoing'), ('own', 'between own accounts'), ('undecided', 'direction unknown')], max_length=10)),
                    ('own_account', models.CharField(max_length=34)),
                    ('party_name', models.CharField(blank=True, max_length=255)),
                    ('party_inn', models.CharField(blank=True, max_length=14)),
                    ('party_account', models.CharField(blank=True, max_length=34)),
                    ('purpose', models.TextField(blank=True)),
                    ('content_key', models.CharField(max_length=64, unique=True)),
                    ('match', models.CharField(choices=[('pending', 'being matched'), ('matched', 'matched'), ('unsettled', 'to settle'), ('not_client', 'not client money'), ('settled', 'settled by hand')], default='pending', max_length=12)),
                    ('proposal', models.JSONField(default=dict)),
                    ('settled_at', models.DateTimeField(null=True)),
                    ('settled_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='money.statementfile')),
                ],
                options={
                    'indexes': [models.Index(fields=['match', 'money_on'], name='money_bankd_match_08ddd0_idx'), models.Index(fields=['party_inn'], name='money_bankd_party_i_de04f7_idx')],
                },
            ),
            migrations.CreateModel(
                name='Payment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('in', 'payment'), ('return', 'return')], default='in', max_length=6)),
                    ('amount', models.BigIntegerField()),
                    ('received_on', models.DateField()),
                    ('payer_name', models.CharField(blank=True, max_length=255)),
                    ('voided_at', models.DateTimeField(null=True)),
                    ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='clients.client')),
                    ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='money.bankdocument')),
                ],
                options={
                    'indexes': [models.Index(fields=['client', 'received_on'], name='money_payme_client__4b2498_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payment_positive'), models.UniqueConstraint(condition=models.Q(('voided_at', None)), fields=('document', 'client'), name='one_payment_a_client_and_document')],
                },
            ),
            migrations.CreateModel(
                name='Allocation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('amount', models.BigIntegerField()),
                    ('made_at', models.DateTimeField()),
                    ('reversed_at', models.DateTimeField(null=True)),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                    ('invoice_line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allocations', to='money.invoiceline')),
                    ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allocations', to='money.payment')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='allocation_positive')],
                },
            ),
            migrations.CreateModel(
                name='TopUp',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField()),
                    ('amount', models.BigIntegerField()),
                    ('voided_at', models.DateTimeField(null=True)),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='top_ups', to='clients.serviceline')),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                    ('made_at', models.DateTimeField(null=True)),
                    ('reason', models.CharField(blank=True, default='', max_length=200)),
                ],
                options={
                    'indexes': [models.Index(fields=['made_by', 'made_at'], name='top_ups_of_a_day')],
                },
            ),
            migrations.CreateModel(
                name='ColumnMapping',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('purpose', models.CharField(choices=[('spend', 'ad spend'), ('bank', 'bank statement')], max_length=8)),
                    ('signature', models.CharField(max_length=64)),
                    ('mapping', models.JSONField()),
                    ('confirmed_at', models.DateTimeField()),
                    ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('purpose', 'signature'), name='one_mapping_a_shape')],
                },
            ),
            migrations.CreateModel(
                name='MoneyWait',
                fields=[
                    ('line', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='clients.serviceline')),
                    ('amount', models.BigIntegerField(default=0)),
                    ('state', models.CharField(choices=[('waits', 'waits for a top-up'), ('moved', 'moved to the ad account'), ('gone', 'spent or given back')], max_length=5)),
                    ('told_at', models.DateTimeField(null=True)),
                ],
            ),
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
            migrations.CreateModel(
                name='Deal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=64, verbose_name='number of the appendix')),
                    ('total', models.BigIntegerField(verbose_name='sum')),
                    ('ad_budget', models.BigIntegerField(verbose_name='ad budget')),
                    ('tech_cost', models.BigIntegerField(verbose_name='technical cost')),
                    ('at', models.DateTimeField()),
                    ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deals', to='clients.client')),
                    ('fact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.fact')),
                    ('task', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deals', to='work.task')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled_at', None)), fields=('client', 'number'), name='one_deal_a_number'), models.UniqueConstraint(condition=models.Q(('cancelled_at', None)), fields=('task',), name='one_deal_an_appendix'), models.CheckConstraint(condition=models.Q(('ad_budget__gte', 0), ('tech_cost__gte', 0), ('total__gt', 0)), name='deal_is_worth_something'), models.CheckConstraint(condition=models.Q(('total__gte', django.db.models.expressions.CombinedExpression(models.F('ad_budget'), '+', models.F('tech_cost')))), name='deal_holds_its_parts')],
                },
            ),
        ]),
    ]
