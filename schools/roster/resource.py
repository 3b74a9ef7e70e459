"""The resource of import-export: each row of a roster becomes a person, a change, a transfer or a refusal."""

from typing import Any

import tablib
from django.core.exceptions import ValidationError
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import ModelResource
from import_export.results import Result

from schools.organisations.models import County, School, TeachingGroup
from schools.people.models import Person, Transfer
from schools.people.sealing import blind_index, seal
from schools.pinyin import spelled
from schools.roster.columns import COLUMNS, ID_NUMBER, MOST, NAME, SCHOOL
from schools.roster.faults import CellFault, Refusal
from schools.roster.outcome import Line, Outcome, RowOutcome
from schools.roster.tables import Table
from schools.roster.widgets import (
    EmailWidget,
    IdNumberWidget,
    NameWidget,
    PhoneWidget,
    SchoolWidget,
    SexWidget,
    TextWidget,
    YearsWidget,
    id_number_of,
)

BATCH = 1000
ASKED_AT_ONCE = 900  # SQLite takes 999 values in a query
HEADING_OF = {column.attribute: column.heading for column in COLUMNS if column.attribute}
UNKEPT = [column.heading for column in COLUMNS if not column.attribute]
UPDATED = [name for name in HEADING_OF if name not in ("id_number_index", "school")] + ["pinyin", "initials"]


class KnownPeople(BaseInstanceLoader):
    """Loads all active people of the file by their identity numbers at once; never fails on a cell."""

    def __init__(self, resource: "RosterResource", dataset: tablib.Dataset) -> None:
        super().__init__(resource, dataset)
        at = dataset.headers.index(ID_NUMBER)
        indexes = sorted({index for row in dataset if (index := index_or_none(row[at]))})
        self.known: dict[str, Person] = {}
        for start in range(0, len(indexes), ASKED_AT_ONCE):
            asked = indexes[start : start + ASKED_AT_ONCE]
            people = Person.objects.filter(is_active=True, id_number_index__in=asked)
            self.known |= {
                person.id_number_index: person for person in people.select_related("group", "school")
            }

    def get_instance(self, row: dict[str, Any]) -> Person | None:
        index = index_or_none(row[ID_NUMBER])
        return self.known.get(index) if index else None


def index_or_none(value: Any) -> str | None:
    """Return the blind index of the identity number in a cell, or None where it is refused."""
    try:
        return blind_index(id_number_of(value))
    except CellFault:
        return None


def text(attribute: str) -> Field:
    """Return a field of plain text for one of the columns."""
    heading = HEADING_OF[attribute]
    return Field(attribute, heading, TextWidget(MOST[heading]))


class RosterResource(ModelResource):
    """Reads one table for a county, or for one of its schools; afterwards `outcome` tells all."""

    name = Field("name", NAME, NameWidget())
    id_number_index = Field("id_number_index", ID_NUMBER, IdNumberWidget())
    sex = Field("sex", HEADING_OF["sex"], SexWidget())
    ethnicity = text("ethnicity")
    school = Field("school", SCHOOL)
    post = text("post")
    title = text("title")
    degree = text("degree")
    teaching_years = Field("teaching_years", HEADING_OF["teaching_years"], YearsWidget())
    phone = Field("phone", HEADING_OF["phone"], PhoneWidget())
    email = Field("email", HEADING_OF["email"], EmailWidget())
    stage = text("stage")
    subject = text("subject")
    group = text("group")
    training_number = text("training_number")

    class Meta:
        model = Person
        fields = tuple(HEADING_OF)
        import_id_fields = ("id_number_index",)
        instance_loader_class = KnownPeople
        use_bulk = True
        batch_size = None
        skip_diff = True
        report_skipped = False
        clean_model_instances = False

    def __init__(self, *, table: Table, county: County, school: School | None) -> None:
        super().__init__()
        self.county = county
        self.table = table
        self.outcome = Outcome(table)
        schools = list(School.objects.filter(county=county))
        self.fields["school"].widget = SchoolWidget(schools, school)
        asked = Transfer.objects.filter(completed_at__isnull=True, refused_at__isnull=True)
        self.asked_transfers = set(asked.values_list("person_id", flat=True))
        places = [school] if school else schools
        groups = TeachingGroup.objects.filter(school__in=places) if school else TeachingGroup.objects.all()
        self.groups = {(group.school_id, group.name): group for group in groups}
        self.first_rows: dict[str, int] = {}
        unkept = [Field(column_name=heading, widget=TextWidget(MOST[heading])) for heading in UNKEPT]
        fields = [*self.get_import_fields(), *unkept]
        self.read_fields = [field for field in fields if field.column_name in table.columns]

    def import_instance(self, instance: Person, row: dict[str, Any], **kwargs: Any) -> None:
        number = self.table.rows[kwargs["row_number"] - 1][0]
        values, faults = self._cleaned(row, number)
        if not faults and instance.pk and instance.school_id is None:
            faults[ID_NUMBER] = CellFault("office-person")
        for heading, fault in faults.items():
            cell = self.table.cell(number, heading)
            self.outcome.refusals.append(Refusal(fault.key, self.table.sheet, cell, fault.values))
        if faults:
            self.outcome.refused_rows += 1
            raise ValidationError([fault.key for fault in faults.values()])
        self.outcome.lines.append(self._planned(instance, row, values, number))

    def _cleaned(self, row: dict[str, Any], number: int) -> tuple[dict[str, Any], dict[str, CellFault]]:
        """Return values by attribute and faults by heading of one row."""
        values: dict[str, Any] = {}
        faults: dict[str, CellFault] = {}
        for field in self.read_fields:
            try:
                value = field.clean(row)
                if field.attribute:  # other columns are looked at, but not kept
                    values[field.attribute] = value
            except CellFault as fault:
                faults[field.column_name] = fault
        if index := values.get("id_number_index"):
            first = self.first_rows.setdefault(index, number)
            if first != number:
                faults[ID_NUMBER] = CellFault("duplicate", first=first)
        return values, faults

    def _planned(self, person: Person, row: dict[str, Any], values: dict[str, Any], number: int) -> Line:
        """Write the row into `person`, who is saved later, unless known at another school."""
        school, name, is_new = values.pop("school"), values["name"], person.pk is None
        line = Line(number, RowOutcome.UNCHANGED, person, name, school)
        if not is_new and person.school_id != school.pk:
            if person.pk not in self.asked_transfers:
                line.outcome = RowOutcome.TRANSFERRED
            return line
        if is_new:
            person.county, person.school = self.county, school
            person.id_number_sealed = seal(id_number_of(row[ID_NUMBER]))
        if group := values.pop("group", ""):
            place = (school.pk, group)
            fresh = TeachingGroup(county=self.county, school=school, name=group)
            values["group"] = self.groups.setdefault(place, fresh)
        for attribute, value in values.items():
            # An empty cell says nothing, so that a short list never wipes out what is known.
            if value not in (None, "") and getattr(person, attribute) != value:
                setattr(person, attribute, value)
                line.changes.append(HEADING_OF[attribute])
        if is_new:
            line.outcome, line.changes = RowOutcome.ADDED, []
        elif line.changes:
            line.outcome = RowOutcome.CHANGED
        return line

    def skip_row(
        self, instance: Person, original: Any, row: Any, import_validation_errors: Any = None
    ) -> bool:
        if import_validation_errors:
            return False
        return self.outcome.lines[-1].outcome not in (RowOutcome.ADDED, RowOutcome.CHANGED)

    def before_save_instance(self, instance: Person, row: dict[str, Any], **kwargs: Any) -> None:
        if not kwargs["dry_run"]:
            instance.pinyin, instance.initials = spelled(instance.name)

    def bulk_create(
        self,
        using_transactions: bool,
        dry_run: bool,
        raise_errors: bool,
        batch_size: int | None = None,
        result: Result | None = None,
    ) -> None:
        if not dry_run and not self.outcome.refusals:
            fresh = [group for group in self.groups.values() if group.pk is None]
            TeachingGroup.objects.bulk_create(fresh, batch_size=BATCH)
            Person.objects.bulk_create(self.create_instances, batch_size=BATCH)
        self.create_instances.clear()

    def bulk_update(
        self,
        using_transactions: bool,
        dry_run: bool,
        raise_errors: bool,
        batch_size: int | None = None,
        result: Result | None = None,
    ) -> None:
        if self.update_instances and not dry_run and not self.outcome.refusals:
            headings = {heading for line in self.outcome.of(RowOutcome.CHANGED) for heading in line.changes}
            changed = [name for name in UPDATED if HEADING_OF.get(name, NAME) in headings]
            Person.objects.bulk_update(self.update_instances, changed, batch_size=BATCH)
        self.update_instances.clear()


def run(resource: RosterResource, *, is_dry: bool) -> Outcome:
    """Let import-export go through the table; the caller holds the transaction when rows are written."""
    # `import_data` would open a transaction for a dry run too, and with it take SQLite's only write lock.
    result = resource.import_data_inner(
        resource.table.dataset(),
        dry_run=is_dry,
        raise_errors=False,
        using_transactions=False,
        collect_failed_rows=False,
    )
    for error in [*result.base_errors, *(error for _row, errors in result.row_errors() for error in errors)]:
        raise error.error
    return resource.outcome
