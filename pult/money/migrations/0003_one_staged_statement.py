from django.db import migrations, models
from django.db.models import Max


def join_doubles(apps, schema_editor):
    """Files staged twice over by imports at once become one: nobody has seen any of them."""
    files = apps.get_model("money", "StatementFile").objects.filter(status="staged")
    documents = apps.get_model("money", "BankDocument").objects
    for sha256, kept in files.values_list("sha256").annotate(Max("pk")):
        doubles = files.filter(sha256=sha256).exclude(pk=kept)
        documents.filter(file__in=list(doubles.values_list("pk", flat=True))).update(file=kept)
        doubles.delete()


class Migration(migrations.Migration):

    dependencies = [
        ('money', '0002_fewer_indexes'),
    ]

    operations = [
        migrations.AddField(
            model_name='statementfile',
            name='lease_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(join_doubles, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='statementfile',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'staged')), fields=('sha256',), name='one_staged_statement'),
        ),
    ]
