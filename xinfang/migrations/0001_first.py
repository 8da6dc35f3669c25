import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
import xinfang.labels.choices
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=50)),
                ('is_active', models.BooleanField(default=True)),
                ('must_change_password', models.BooleanField(default=False)),
                ('is_demo', models.BooleanField(default=False)),
                ('opened_at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('seq', models.PositiveIntegerField()),
                ('name_sealed', models.BinaryField()),
                ('media_type', models.CharField(max_length=80)),
                ('size', models.PositiveIntegerField()),
                ('salt', models.BinaryField(max_length=16)),
                ('stored', models.CharField(max_length=80)),
                ('by_petitioner', models.BooleanField(default=False)),
                ('shown_to_petitioner', models.BooleanField(default=False)),
                ('masked_by', models.PositiveIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Chain',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('matter', 'Matter'), ('batch', 'Batch'), ('house', 'House')], max_length=8)),
                ('seq', models.PositiveIntegerField(default=0)),
                ('head', models.BinaryField(max_length=32)),
                ('checkpointed_seq', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='BatchItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField()),
                ('row_hash', models.BinaryField(max_length=32)),
                ('state', models.CharField(max_length=12)),
                ('suspected', models.UUIDField(null=True)),
                ('unit', models.CharField(blank=True, max_length=24)),
                ('due_on', models.DateField(null=True)),
                ('problems', models.JSONField(default=list)),
                ('row_sealed', models.BinaryField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='CacheEntry',
            fields=[
                ('cache_key', models.CharField(max_length=255, primary_key=True, serialize=False)),
                ('value', models.TextField()),
                ('expires', models.DateTimeField(db_index=True)),
            ],
            options={
                'db_table': 'django_cache',
            },
        ),
        migrations.CreateModel(
            name='CalendarYear',
            fields=[
                ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('notice', models.CharField(max_length=120)),
                ('document', models.JSONField()),
                ('published_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='CodeFailure',
            fields=[
                ('subject', models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ('count', models.PositiveIntegerField(default=0)),
                ('last_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('seq', models.PositiveIntegerField()),
                ('channel', models.CharField(choices=xinfang.labels.choices.channels, max_length=20)),
                ('received_at', models.DateTimeField()),
                ('postmarked_on', models.DateField(null=True)),
                ('asked_by_us', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Installation',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('is_demo', models.BooleanField(default=False)),
                ('district', models.CharField(max_length=12)),
                ('chain', models.UUIDField()),
                ('settings', models.JSONField(default=dict)),
                ('opened_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='LedgerCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code9', models.CharField(max_length=12)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.BigIntegerField()),
                ('role', models.CharField(max_length=24)),
                ('unit', models.CharField(max_length=24)),
                ('what', models.CharField(max_length=24)),
                ('reason_sealed', models.BinaryField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('matter', models.UUIDField(null=True)),
                ('code', models.CharField(max_length=32)),
                ('facts', models.JSONField(default=dict)),
                ('effect_key', models.CharField(max_length=120, unique=True)),
                ('at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='OutgoingMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effect_key', models.CharField(max_length=120, unique=True)),
                ('matter', models.UUIDField(null=True)),
                ('channel', models.CharField(max_length=12)),
                ('address_sealed', models.BinaryField()),
                ('text_sealed', models.BinaryField()),
                ('due_at', models.DateTimeField()),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('sent_at', models.DateTimeField(null=True)),
                ('provider_id', models.CharField(blank=True, max_length=80)),
                ('failure', models.CharField(blank=True, max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('petitioner', 'Petitioner'), ('agent', 'Agent'), ('representative', 'Representative')], max_length=16)),
                ('seq', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name_sealed', models.BinaryField(null=True)),
                ('id_type', models.CharField(blank=True, max_length=8)),
                ('id_number_sealed', models.BinaryField(null=True)),
                ('id_number_index', models.BinaryField(db_index=True, null=True)),
                ('phone_sealed', models.BinaryField(null=True)),
                ('phone_index', models.BinaryField(db_index=True, null=True)),
                ('address_sealed', models.BinaryField(null=True)),
                ('accessibility_needs', models.JSONField(default=list)),
                ('is_organisation', models.BooleanField(default=False)),
                ('masked_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='PhoneCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_hash', models.BinaryField(max_length=32)),
                ('sent_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('failures', models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=24)),
                ('title', models.CharField(blank=True, max_length=60)),
                ('duty', models.CharField(blank=True, max_length=24)),
                ('origin', models.CharField(blank=True, max_length=24)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Rollout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=xinfang.labels.choices.rollout_statuses, max_length=16)),
                ('on', models.DateField()),
                ('note', models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='SealedSlip',
            fields=[
                ('serial', models.CharField(max_length=16, primary_key=True, serialize=False)),
                ('code_hash', models.BinaryField(max_length=32)),
                ('issued_at', models.DateTimeField()),
                ('bound_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('code', models.CharField(db_collation='C', max_length=24, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('short_name', models.CharField(max_length=40)),
                ('tier', models.CharField(choices=xinfang.labels.choices.tiers, max_length=12)),
                ('kind', models.CharField(choices=xinfang.labels.choices.unit_kinds, max_length=24)),
                ('path', models.CharField(db_collation='C', max_length=160, unique=True)),
                ('is_organ', models.BooleanField(default=False)),
                ('leading_organ', models.CharField(blank=True, max_length=120)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('opening_hours', models.JSONField(blank=True, null=True)),
                ('team_resident', models.BooleanField(default=True)),
                ('open_from', models.DateField(blank=True, null=True)),
                ('open_to', models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Area',
            fields=[
                ('code', models.CharField(max_length=12, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('pinyin', models.CharField(blank=True, max_length=400)),
                ('kind', models.CharField(blank=True, max_length=40)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='xinfang.area')),
            ],
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('chain', models.OneToOneField(db_column='id', on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='batch', serialize=False, to='xinfang.chain')),
                ('number', models.CharField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('assigned_by', models.CharField(max_length=120)),
                ('document', models.CharField(max_length=60)),
                ('assigned_on', models.DateField()),
                ('default_due_on', models.DateField(null=True)),
                ('level', models.CharField(blank=True, max_length=12)),
                ('note', models.CharField(blank=True, max_length=400)),
                ('file_hash', models.BinaryField(max_length=32)),
                ('file_name', models.CharField(blank=True, max_length=200)),
                ('entered_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Matter',
            fields=[
                ('chain', models.OneToOneField(db_column='id', on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='matter', serialize=False, to='xinfang.chain')),
                ('number', models.CharField(max_length=12, unique=True)),
                ('ledger_number', models.CharField(max_length=32, unique=True)),
                ('submission_key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('body_hash', models.BinaryField(max_length=32, null=True)),
                ('code_hash', models.BinaryField(max_length=32, null=True)),
                ('stage', models.CharField(choices=xinfang.labels.choices.stages, max_length=20)),
                ('is_open', models.BooleanField(default=True)),
                ('holder', models.CharField(max_length=24)),
                ('unit_path', models.CharField(db_collation='C', max_length=160)),
                ('origin_path', models.CharField(db_collation='C', max_length=160)),
                ('area', models.CharField(max_length=12)),
                ('channel', models.CharField(choices=xinfang.labels.choices.channels, max_length=20)),
                ('kind', models.CharField(blank=True, max_length=12)),
                ('category', models.CharField(blank=True, max_length=60)),
                ('level', models.CharField(blank=True, max_length=12)),
                ('addressee', models.CharField(blank=True, max_length=12)),
                ('nature', models.CharField(blank=True, max_length=12)),
                ('solvable', models.BooleanField(null=True)),
                ('restricted', models.BooleanField(default=False)),
                ('imported', models.BooleanField(default=False)),
                ('sealed', models.BooleanField(default=False)),
                ('recused_users', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('recused_units', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), default=list, size=None)),
                ('contested_at', models.DateTimeField(null=True)),
                ('withdrawal_asked_at', models.DateTimeField(null=True)),
                ('batch', models.CharField(blank=True, max_length=36)),
                ('lead', models.CharField(blank=True, max_length=24)),
                ('organ', models.CharField(blank=True, max_length=24)),
                ('received_at', models.DateTimeField()),
                ('registered_at', models.DateTimeField()),
                ('registered_by', models.BigIntegerField(null=True)),
                ('triaged_at', models.DateTimeField(null=True)),
                ('accepted_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('result', models.CharField(blank=True, max_length=24)),
                ('resolved_at', models.DateTimeField(null=True)),
                ('at_rest_at', models.DateTimeField(null=True)),
                ('struck_off_at', models.DateTimeField(null=True)),
                ('merged_into', models.UUIDField(null=True)),
                ('present', models.PositiveIntegerField(default=1)),
                ('concerned', models.PositiveIntegerField(default=1)),
                ('next_clock', models.CharField(blank=True, max_length=24)),
                ('next_prudent_on', models.DateField(null=True)),
                ('last_at', models.DateTimeField()),
                ('tokens', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, size=None)),
            ],
        ),
        migrations.AddIndex(
            model_name='chain',
            index=models.Index(condition=models.Q(('seq', models.F('checkpointed_seq')), _negated=True), fields=['id'], name='chain_awaits_checkpoint'),
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('pk', models.CompositePrimaryKey('chain_id', 'seq', blank=True, editable=False, primary_key=True, serialize=False)),
                ('chain', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='xinfang.chain')),
                ('seq', models.PositiveIntegerField()),
                ('type', models.CharField(max_length=32)),
                ('occurred_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('actor', models.BigIntegerField(null=True)),
                ('role', models.CharField(max_length=24)),
                ('unit', models.CharField(blank=True, max_length=24)),
                ('payload', models.JSONField()),
                ('rule_version', models.CharField(max_length=16)),
                ('previous', models.BinaryField(max_length=32)),
                ('hash', models.BinaryField(max_length=32)),
            ],
        ),
        migrations.AddConstraint(
            model_name='installation',
            constraint=models.CheckConstraint(condition=models.Q(('id', 1)), name='one_installation'),
        ),
        migrations.AddConstraint(
            model_name='ledgercounter',
            constraint=models.UniqueConstraint(fields=('code9', 'year'), name='one_counter_a_year'),
        ),
        migrations.AddField(
            model_name='notice',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='outgoingmessage',
            index=models.Index(condition=models.Q(('sent_at__isnull', True)), fields=['due_at'], name='message_due'),
        ),
        migrations.AddField(
            model_name='party',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parties', to='xinfang.person'),
        ),
        migrations.AddField(
            model_name='post',
            name='holder',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to=settings.AUTH_USER_MODEL),
        ),
        migrations.CreateModel(
            name='ProtectedText',
            fields=[
                ('pk', models.CompositePrimaryKey('chain_id', 'seq', 'field', blank=True, editable=False, primary_key=True, serialize=False)),
                ('chain', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='xinfang.chain')),
                ('seq', models.PositiveIntegerField()),
                ('field', models.CharField(max_length=32)),
                ('sealed', models.BinaryField(null=True)),
                ('salt', models.BinaryField(max_length=16)),
                ('masked_by', models.PositiveIntegerField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='rollout',
            name='area',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='xinfang.area'),
        ),
        migrations.AddField(
            model_name='unit',
            name='area',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='xinfang.area'),
        ),
        migrations.AddField(
            model_name='unit',
            name='parent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='xinfang.unit'),
        ),
        migrations.AddField(
            model_name='post',
            name='home_unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seconded', to='xinfang.unit'),
        ),
        migrations.AddField(
            model_name='post',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='xinfang.unit'),
        ),
        migrations.AddField(
            model_name='batchitem',
            name='batch',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='xinfang.batch'),
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('pk', models.CompositePrimaryKey('matter_id', 'k', blank=True, editable=False, primary_key=True, serialize=False)),
                ('matter', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='xinfang.matter')),
                ('k', models.PositiveSmallIntegerField()),
                ('unit', models.CharField(max_length=24)),
                ('part', models.CharField(max_length=4)),
                ('mode', models.CharField(max_length=12)),
                ('assigned_at', models.DateTimeField()),
                ('due_on', models.DateField(null=True)),
                ('signed_at', models.DateTimeField(null=True)),
                ('handler', models.BigIntegerField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('returned_at', models.DateTimeField(null=True)),
                ('sent_back', models.BooleanField(default=False)),
            ],
        ),
        migrations.AddField(
            model_name='sealedslip',
            name='matter',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='slips', to='xinfang.matter'),
        ),
        migrations.AddField(
            model_name='phonecode',
            name='matter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='phone_codes', to='xinfang.matter'),
        ),
        migrations.AddField(
            model_name='party',
            name='matter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parties', to='xinfang.matter'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('is_open', True)), fields=['next_prudent_on', 'chain'], name='queue_by_date'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('is_open', True)), fields=['unit_path', 'next_prudent_on', 'chain'], name='queue_in_scope'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['unit_path', '-received_at'], name='matter_in_scope'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['origin_path', '-received_at'], name='matter_came_in'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('batch', ''), _negated=True), fields=['batch'], name='matter_batch'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=django.contrib.postgres.indexes.GinIndex(fields=['tokens'], name='matter_words'),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['registered', 'triaged', 'assigned', 'objected', 'informed', 'channelled', 'accepted', 'not_accepted', 'no_longer', 'handling', 'opinion_served', 'executing', 'awaiting_external', 'implemented', 'withdrawn', 'closed', 'struck_off', 'archived'])), name='stage_in_closed_list'),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.CheckConstraint(condition=models.Q(('struck_off_at__isnull', True), ('stage__in', ['struck_off', 'archived']), _connector='OR'), name='struck_off_only_at_the_end'),
        ),
        migrations.AddField(
            model_name='look',
            name='matter',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='looks', to='xinfang.matter'),
        ),
        migrations.CreateModel(
            name='Deadline',
            fields=[
                ('pk', models.CompositePrimaryKey('matter_id', 'key', blank=True, editable=False, primary_key=True, serialize=False)),
                ('matter', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='xinfang.matter')),
                ('key', models.CharField(max_length=24)),
                ('code', models.CharField(max_length=12)),
                ('k', models.PositiveSmallIntegerField(default=0)),
                ('unit', models.CharField(blank=True, max_length=24)),
                ('unit_path', models.CharField(db_collation='C', max_length=160)),
                ('trigger_at', models.DateTimeField()),
                ('raw_on', models.DateField(null=True)),
                ('due_on', models.DateField(null=True)),
                ('prudent_on', models.DateField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('provisional', models.BooleanField(default=False)),
                ('met_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('why_not', models.CharField(blank=True, max_length=24)),
                ('level', models.PositiveSmallIntegerField(default=0)),
                ('look_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='contact',
            name='matter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='xinfang.matter'),
        ),
        migrations.AddField(
            model_name='batchitem',
            name='matter',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='batch_items', to='xinfang.matter'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='matter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='xinfang.matter'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['type', 'recorded_at'], name='event_type_recorded'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ccf7c53937220c3489f7e9f6c621a3c6d8819f57', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_05746', table='xinfang_event', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['user', '-at'], name='notice_user'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['holder', 'to_on'], name='post_holder'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.UniqueConstraint(condition=models.Q(('to_on__isnull', True)), fields=('unit', 'role', 'holder'), name='post_held_once'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(fields=['unit', 'matter'], name='task_unit'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('handler__isnull', False)), fields=['handler', 'matter'], name='task_handler'),
        ),
        migrations.AddIndex(
            model_name='phonecode',
            index=models.Index(fields=['matter', '-sent_at'], name='phone_code_matter'),
        ),
        migrations.AddConstraint(
            model_name='party',
            constraint=models.UniqueConstraint(fields=('matter', 'person', 'part'), name='party_once'),
        ),
        migrations.AddIndex(
            model_name='look',
            index=models.Index(fields=['matter', '-at'], name='look_matter'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='look',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b41d4360c905851c350f8fe896e66e4b0b1de920', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bfe41', table='xinfang_look', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='deadline',
            index=models.Index(condition=models.Q(('look_at__isnull', False)), fields=['look_at'], name='deadline_look'),
        ),
        migrations.AddIndex(
            model_name='deadline',
            index=models.Index(condition=models.Q(('provisional', True)), fields=['provisional'], name='deadline_provisional'),
        ),
        migrations.AddIndex(
            model_name='deadline',
            index=models.Index(condition=models.Q(('due_at__isnull', False), ('ended_at__isnull', True), ('met_at__isnull', True)), fields=['unit_path', 'due_at'], name='deadline_running'),
        ),
        migrations.AddConstraint(
            model_name='batchitem',
            constraint=models.UniqueConstraint(fields=('batch', 'row'), name='batch_row_once'),
        ),
    ]
