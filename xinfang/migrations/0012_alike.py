import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('xinfang', '0011_catalogue'),
    ]

    operations = [
        migrations.AddField(
            model_name='matter',
            name='outline',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, size=None),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=django.contrib.postgres.indexes.GinIndex(fields=['outline'], name='matter_outline'),
        ),
        # How common a piece is decides which are asked for; the usual sample knows only what one in a hundred says.
        migrations.RunSQL(
            'ALTER TABLE xinfang_matter ALTER COLUMN outline SET STATISTICS 500', migrations.RunSQL.noop
        ),
        migrations.AddField(
            model_name='contact',
            name='submission_key',
            field=models.UUIDField(null=True, unique=True),
        ),
        migrations.AddField(
            model_name='contact',
            name='body_hash',
            field=models.BinaryField(max_length=32, null=True),
        ),
    ]
