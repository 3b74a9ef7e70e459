"""Draws made before they had strata: one stratum without a name, planned when they were drawn."""

from django.db import migrations


def give_one_stratum(apps, schema_editor):
    """Turn a frame of ids into pairs; its hash stays, since a stratum without a name adds nothing to a line."""
    draw_model = apps.get_model("assessment", "Draw")
    for draw in draw_model._base_manager.all():
        draw.frame = [row if isinstance(row, list) else [row, ""] for row in draw.frame]
        draw.sizes = draw.sizes or {"": draw.size}
        draw.planned_by_id = draw.planned_by_id or draw.drawn_by_id
        draw.planned_at = draw.drawn_at or draw.planned_at
        draw.save()


class Migration(migrations.Migration):
    dependencies = [("assessment", "0006_fair_reviews")]

    operations = [migrations.RunPython(give_one_stratum, migrations.RunPython.noop)]
