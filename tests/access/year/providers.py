"""Who may open what: online hours brought in, and one person's ledger."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django_scopes import scope

from assessment.training.models import HourClaim
from assessment.training.providers import actions
from tests.access.lines import Line, get, post
from tests.access.stage import Stage
from tests.assessment.providing import COLUMNS, HEADINGS, entered, line, mapping_of, sent
from tests.cast import acting
from tests.schools.roster_files import xlsx

OFFICE = "county-office"
READS_LEDGERS = "county-office principal cio team school-trainer"
PROVIDER, MAPPING, TAKEN = {"pk": "provider"}, {"pk": "open_mapping"}, {"pk": "hour_import"}
CHOSEN = {f"column_{key}": heading for key, heading in COLUMNS.items()} | {
    "unit": "hours", "date_order": "ymd", "finished_words": "已结业",
}  # fmt: skip


def file(stage: Stage, hours: int) -> SimpleUploadedFile:
    """Return a file of the provider with one row."""
    return SimpleUploadedFile("hours.xlsx", xlsx([HEADINGS, line(stage.east["teacher5"], "UP", hours)]))


LINES: list[Line] = [
    get("assessment:county-providers", OFFICE, lambda s: s.provider.name),
    post("assessment:county-providers-add", OFFICE, lambda s: {"name": "另一平台"}),
    get("assessment:county-provider", OFFICE, lambda s: s.provider.name, at=PROVIDER),
    post("assessment:county-provider-switch", OFFICE, at=PROVIDER),
    post("assessment:county-provider-sample", OFFICE, lambda s: {"name": "New", "sample": file(s, 1)}, at=PROVIDER),
    post("assessment:county-provider-import", OFFICE,
         lambda s: {"mapping": s.mapping.pk, "file": file(s, 2)}, at=PROVIDER),
    get("assessment:county-mapping", OFFICE, lambda s: s.open_mapping.name, at=MAPPING),
    post("assessment:county-mapping-save", OFFICE, lambda s: CHOSEN, at=MAPPING),
    get("assessment:county-hour-import", OFFICE, lambda s: "Course of East", at=TAKEN),
    post("assessment:county-hour-import-look", OFFICE, at=TAKEN, is_idle=True),
    post("assessment:county-hour-import-commit", OFFICE, at=TAKEN),
    get("assessment:county-person-hours", OFFICE, lambda s: "Course entered", at={"pk": "person"}),
    get("assessment:county-hours-correction", OFFICE, lambda s: "Course entered", at={"pk": "imported"}),
    post("assessment:county-hours-correct", OFFICE, lambda s: {"hours": "1", "because": "Less."},
         at={"pk": "imported"}),
    get("assessment:school-person-hours", READS_LEDGERS, lambda s: "Course entered", at={"pk": "person"}),
]  # fmt: skip


def give(stage: Stage) -> None:
    """A provider with two mappings, a file that waits, and recognised hours of East's second teacher."""
    alpha, east = stage.world.alpha, stage.east
    with scope(county=alpha.county, school=None):
        mapping = mapping_of(alpha, name="List of East")
        stage.things |= {"mapping": mapping, "provider": mapping.provider}
        stage.things["open_mapping"] = actions.take_sample(
            provider=mapping.provider, name="Begun mapping", content=xlsx([HEADINGS]), file_name="s.xlsx",
            by=acting(alpha["county-office"]),
        )  # fmt: skip
        entered(alpha, [line(east["teacher2"], course="Course entered")], mapping, is_recognised=True)
        stage.things["imported"] = HourClaim.objects.get(title="Course entered")
        stage.things["hour_import"] = sent(
            alpha, [line(east["teacher2"], "C9", course="Course of East")], mapping
        )
