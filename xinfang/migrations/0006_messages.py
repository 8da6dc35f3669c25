import django.db.models.deletion
import xinfang.labels.choices
from django.db import migrations, models

KNOWN = """
UPDATE xinfang_outgoingmessage SET
  at = due_at,
  kind = CASE WHEN effect_key LIKE 'right:%%' THEN 'right_nearing'
              WHEN effect_key LIKE 'code-renewed:%%' THEN 'code_renewed' ELSE 'phone_code' END,
  state = CASE WHEN sent_at IS NULL THEN 'dropped' ELSE 'sent' END,
  failure = CASE WHEN sent_at IS NULL THEN 'too_late' ELSE '' END,
  address_sealed = ''::bytea,
  text_sealed = ''::bytea
"""


class Migration(migrations.Migration):

    dependencies = [
        ('xinfang', '0005_hall'),
    ]

    operations = [
        migrations.CreateModel(
            name='MessageWish',
            fields=[
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='message_wish', serialize=False, to='xinfang.matter')),
                ('way', models.CharField(choices=xinfang.labels.choices.message_ways, max_length=8)),
                ('mail_sealed', models.BinaryField(default=bytes)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.AddField('outgoingmessage', 'at', models.DateTimeField(null=True)),
        migrations.AddField('outgoingmessage', 'expires_at', models.DateTimeField(null=True)),
        migrations.AddField('outgoingmessage', 'facts', models.JSONField(default=dict)),
        migrations.AddField('outgoingmessage', 'kind', models.CharField(choices=xinfang.labels.choices.message_kinds, default='', max_length=20), preserve_default=False),
        migrations.AddField('outgoingmessage', 'maybe_twice', models.BooleanField(default=False)),
        migrations.AddField('outgoingmessage', 'post_number', models.CharField(blank=True, max_length=40)),
        migrations.AddField('outgoingmessage', 'posted_by', models.BigIntegerField(null=True)),
        migrations.AddField('outgoingmessage', 'reached', models.CharField(blank=True, max_length=60)),
        migrations.AddField('outgoingmessage', 'state', models.CharField(choices=xinfang.labels.choices.message_states, default='waiting', max_length=12)),
        migrations.AlterField('outgoingmessage', 'channel', models.CharField(blank=True, max_length=12)),
        migrations.AlterField('outgoingmessage', 'address_sealed', models.BinaryField(default=bytes)),
        migrations.AlterField('outgoingmessage', 'text_sealed', models.BinaryField(default=bytes)),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
        migrations.AlterField('outgoingmessage', 'at', models.DateTimeField()),
        migrations.RemoveIndex('outgoingmessage', 'message_due'),
        migrations.AddIndex('outgoingmessage', models.Index(condition=models.Q(('state', 'waiting')), fields=['due_at'], name='message_due')),
        migrations.AddIndex('outgoingmessage', models.Index(condition=models.Q(('state', 'to_post')), fields=['at'], name='message_to_post')),
        migrations.AddIndex('outgoingmessage', models.Index(fields=['matter', 'at'], name='message_matter')),
    ]
