from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('xinfang', '0015_calls'),
    ]

    operations = [
        migrations.AddField(
            model_name='hallticket',
            name='first_called_at',
            field=models.DateTimeField(null=True),
        ),
    ]
