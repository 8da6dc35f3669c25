from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("xinfang", "0014_safety")]

    operations = [
        migrations.AddIndex(
            model_name="deadline",
            index=models.Index(
                condition=models.Q(("code", "HF-BAD1"), ("ended_at__isnull", True), ("met_at__isnull", True)),
                fields=["matter"],
                name="deadline_call",
            ),
        ),
    ]
