import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('xinfang', '0007_hall_roster'),
    ]

    operations = [
        migrations.AddField(
            model_name='matter',
            name='leaders',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None),
        ),
        migrations.AddField(
            model_name='matter',
            name='in_charge',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('in_charge__isnull', False)), fields=['in_charge'], name='matter_in_charge'),
        ),
    ]
