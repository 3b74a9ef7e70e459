"""Files of a provider for the tests, the mapping that reads them, and their way into the ledger."""

from decimal import Decimal
from typing import Any

from assessment.training.models import HourClaim
from assessment.training.providers import actions, importing
from assessment.training.providers.importing import Asked
from assessment.training.providers.models import ColumnMapping, HourImport, Provider
from schools.people.models import Person
from tests.cast import CountyCast, acting
from tests.schools.roster_files import xlsx
from tests.stories import programme

HEADINGS = ["继教号", "姓名", "课程编号", "课程名称", "学时", "完成时间", "状态"]
COLUMNS = {
    "number": "继教号", "name": "姓名", "code": "课程编号", "course": "课程名称", "hours": "学时",
    "finished": "完成时间", "status": "状态",
}  # fmt: skip
DAY = "2026-05-03"


def line(person: Person, code: str = "C1", hours: Any = 10, **changed: Any) -> list[Any]:
    """Return one row in the order of HEADINGS; `changed` by our field names."""
    row = {
        "number": person.training_number, "name": person.name, "code": code, "course": f"Course {code}",
        "hours": hours, "finished": DAY, "status": "已结业",
    }  # fmt: skip
    return list((row | changed).values())


def mapping_of(
    cast: CountyCast, *, name: str = "List", provider: Provider | None = None, **settings: Any
) -> ColumnMapping:
    """Return a saved mapping of a provider that is entered where it is not there yet."""
    office = acting(cast["county-office"])
    provider = provider or Provider.objects.filter(county=cast.county).first()
    provider = provider or actions.add_provider(county=cast.county, name="e研网", by=office)
    mapping = actions.take_sample(
        provider=provider, name=name, content=xlsx([HEADINGS]), file_name="sample.xlsx", by=office
    )
    settings = {
        "columns": COLUMNS, "constants": {}, "unit": "hours", "date_order": "ymd", "finished_words": "已结业,合格",
    } | settings  # fmt: skip
    actions.save_mapping(mapping=mapping, settings=settings, by=office)
    return mapping


def sent(
    cast: CountyCast, rows: list[list[Any]], mapping: ColumnMapping | None = None, **facts: Any
) -> HourImport:
    """Send a file with these rows below the headings and return its dry run."""
    mapping = mapping or ColumnMapping.objects.first() or mapping_of(cast)
    return importing.receive(
        content=facts.get("content") or xlsx([facts.get("headings", HEADINGS), *rows]),
        name=facts.get("name", "hours.xlsx"),
        mapping=mapping,
        programme=programme(cast),
        by=acting(cast["county-office"]),
    )


def entered(
    cast: CountyCast, rows: list[list[Any]], mapping: ColumnMapping | None = None, **asked: Any
) -> HourImport:
    """Send a file and commit it."""
    taken = sent(cast, rows, mapping)
    importing.commit(hour_import=taken, asked=Asked(**asked), by=acting(cast["county-office"]))
    return taken


def outcomes(taken: HourImport) -> list[tuple[int, str, str]]:
    """Return line, outcome and fault of every row."""
    return list(taken.rows.order_by("line").values_list("line", "outcome", "fault"))


def hours_of(person: Person) -> list[tuple[Decimal, int]]:
    """Return hours and state of every claim, in the order they were written."""
    claims = HourClaim.objects.filter(person=person).order_by("pk")
    return [(claim.hours, claim.state) for claim in claims]
