import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('xinfang', '0012_alike'),
    ]

    operations = [
        migrations.AddField(
            model_name='receptionday',
            name='slots',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.CreateModel(
            name='ReceptionVisit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('turn', models.PositiveSmallIntegerField()),
                ('walk_in', models.BooleanField(default=False)),
                ('taken_at', models.DateTimeField()),
                ('taken_by', models.BigIntegerField(null=True)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='xinfang.matter')),
                ('reception', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='xinfang.receptionday')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('reception', 'matter'), name='reception_matter_once'), models.UniqueConstraint(fields=('reception', 'turn'), name='reception_turn_once')],
            },
        ),
    ]
