"""What stood in a plan's columns becomes its content, with a version of what was filed; then the columns go."""

from django.db import migrations

FILED, APPROVED, CONFIRMED = 2, 4, 5


def into_content(apps, schema_editor):
    Filing = apps.get_model("assessment", "Filing")
    FilingVersion = apps.get_model("assessment", "FilingVersion")
    for plan in Filing._base_manager.order_by("pk"):
        goal = {"what": plan.goals, "baseline": "", "target": "", "measure": "", "date": "", "auto": ""}
        plan.content = {
            "problem": plan.problem,
            "basis": "",
            "goals": [goal] if plan.goals.strip() else [],
            "measures": "",
            "focus": plan.focus,
        }
        if plan.state in (FILED, APPROVED):
            version = FilingVersion._base_manager.create(
                county_id=plan.county_id,
                school_id=plan.school_id,
                filing=plan,
                number=1,
                title=plan.title,
                content=plan.content,
            )
            plan.approved = version if plan.state == APPROVED else None
        plan.save(update_fields=["content", "approved"])


def name_editions(apps, schema_editor):
    Selection = apps.get_model("assessment", "Selection")
    for choice in Selection._base_manager.filter(state=CONFIRMED).select_related("programme"):
        choice.catalogue_id = choice.programme.catalogue_id
        choice.save(update_fields=["catalogue"])


class Migration(migrations.Migration):
    dependencies = [("assessment", "0004_the_year_around")]

    operations = [
        migrations.RunPython(into_content, migrations.RunPython.noop),
        migrations.RunPython(name_editions, migrations.RunPython.noop),
        migrations.RemoveField(model_name="filing", name="focus"),
        migrations.RemoveField(model_name="filing", name="goals"),
        migrations.RemoveField(model_name="filing", name="problem"),
    ]
