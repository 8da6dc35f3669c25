from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('xinfang', '0013_receptions'),
    ]

    operations = [
        migrations.AddField(
            model_name='matter',
            name='safety_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='matter',
            name='address_kept_at',
            field=models.DateTimeField(null=True),
        ),
    ]
