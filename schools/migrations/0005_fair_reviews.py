import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('schools', '0004_the_year_around'),
    ]

    operations = [
        migrations.CreateModel(
            name='Cleaned',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Copy without names is being made'), ('ready', 'Copy without names is ready'), ('none', 'No copy without names')], default='waiting', max_length=10)),
                ('reason', models.CharField(blank=True, max_length=30)),
                ('found', models.JSONField(blank=True, default=list)),
                ('left', models.JSONField(blank=True, default=list)),
                ('token', models.CharField(blank=True, max_length=32)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('made_at', models.DateTimeField(blank=True, null=True)),
                ('copy', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cleaned_from', to='schools.storedfile')),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.county', verbose_name='county')),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='cleaned', to='schools.storedfile')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='schools.person')),
            ],
            options={
                'verbose_name': 'cleaned copy',
                'verbose_name_plural': 'cleaned copies',
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['asked_at'], name='cleaning_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('copy__isnull', False), ('state', 'ready')), models.Q(models.Q(('state', 'ready'), _negated=True), ('copy__isnull', True)), _connector='OR'), name='cleaned_when_ready'), models.CheckConstraint(condition=models.Q(('copy__isnull', True), models.Q(('copy', models.F('file')), _negated=True), _connector='OR'), name='cleaned_is_a_copy')],
            },
        ),
    ]
