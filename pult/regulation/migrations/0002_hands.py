import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('regulation', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            ],
        ),
        migrations.AddConstraint(
            model_name='postponement',
            constraint=models.UniqueConstraint(fields=('clause', 'part', 'subject_type', 'subject_id', 'row_key'), name='one_postponement'),
        ),
        migrations.AddField(
            model_name='waiver',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='waiver',
            index=models.Index(fields=['root_id', 'until'], name='waiver_root'),
        ),
    ]
