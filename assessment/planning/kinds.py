"""What each kind of filing says, as data: form, reading, checks, comparison and print are made from it."""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment.planning.models import FilingKind

Text = str | Promise
FieldType = Literal["text", "long", "rows", "points", "yes"]
ColumnType = Literal["text", "date", "hours", "read"]

# What the portal itself can count for a goal; the reading is done by the floors that hold the rows.
READ_BY_PORTAL: tuple[tuple[str, Text], ...] = (
    ("chosen", _("share of teachers whose choice is confirmed")),
    ("handed-in", _("share of begun points handed in")),
    ("passed", _("share of begun points passed")),
    ("pass-rate", _("share of decided points that passed")),
)


@dataclass(frozen=True)
class Column:
    """One cell of a row: a short text, a day, hours, or what the portal is to count."""

    key: str
    label: Text
    type: ColumnType = "text"
    is_required: bool = True


@dataclass(frozen=True)
class Field:
    """One field of a kind."""

    key: str
    label: Text
    help: Text = ""
    type: FieldType = "long"
    is_required: bool = True
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True)
class Kind:
    """A kind of filing; a snapshot is taken by the portal and not written by hand."""

    kind: FilingKind
    sentence: Text
    letter: str
    fields: tuple[Field, ...]
    is_snapshot: bool = False
    is_read_by_teachers: bool = False

    @property
    def label(self) -> Text:
        return self.kind.label

    def field(self, key: str) -> Field | None:
        return next((one for one in self.fields if one.key == key), None)


WHEN = Column("when", _("When"), "date")
HOURS = Column("hours", _("Hours"), "hours")
LEADS = Column("who", _("Who leads"))
BODIES = Kind(
    FilingKind.BODIES,
    _("Who leads, manages, trains and reviews at the school; taken from its bodies at the moment of filing."),
    "B",
    (
        Field(
            "bodies",
            _("Bodies"),
            type="rows",
            is_required=False,
            columns=(
                Column("body", _("Body")),
                Column("post", _("Post")),
                Column("name", _("Name")),
                Column("since", _("Since"), is_required=False),
                Column("until", _("Until"), is_required=False),
            ),
        ),
    ),
    is_snapshot=True,
)
PLAN = Kind(
    FilingKind.PLAN,
    _("What shall get better in the lessons of this school, by when, and how that is measured."),
    "P",
    (
        Field(
            "problem",
            _("Teaching problems addressed"),
            _("What in the lessons of this school should get better?"),
        ),
        Field(
            "basis",
            _("Environment and basis"),
            _("Devices, network and platforms of the school, and where its teachers stand today."),
        ),
        Field(
            "goals",
            _("Goals"),
            _("For example: lessons with data on learners, from 30 % to 60 %, counted in open lessons."),
            "rows",
            columns=(
                Column("what", _("What gets better")),
                Column("baseline", _("Baseline")),
                Column("target", _("Target")),
                Column("measure", _("Measure")),
                Column("date", _("Date"), "date"),
                Column("auto", _("Read by the portal"), "read", is_required=False),
            ),
        ),
        Field(
            "measures", _("Measures and guarantees"), _("Who does what; time, money, devices and support.")
        ),
        Field(
            "focus",
            _("Focus points"),
            _("Points of the environments that this school has; those of the scheme come first."),
            "points",
            is_required=False,
        ),
    ),
    is_read_by_teachers=True,
)
SCHEME = Kind(
    FilingKind.SCHEME,
    _("How the whole school moves: the points in focus, the themes, the steps and their dates."),
    "S",
    (
        Field(
            "focus",
            _("Focus points"),
            _("Points of the environments that this school has; teachers see them marked when they choose."),
            "points",
        ),
        Field(
            "is_limited",
            _("Teachers choose only among the focus points"),
            _("The other points are closed to the teachers of this school."),
            "yes",
            is_required=False,
        ),
        Field("themes", _("Themes"), _("What the groups work on this year, and with which points.")),
        Field(
            "steps",
            _("Steps and schedule"),
            type="rows",
            columns=(
                Column("what", _("Step")),
                Column("date", _("Until"), "date"),
                Column("who", _("Who is in charge")),
            ),
        ),
        Field(
            "incentives",
            _("Incentives"),
            _("What good work brings its teachers."),
            is_required=False,
        ),
    ),
    is_read_by_teachers=True,
)
TRAINING = Kind(
    FilingKind.TRAINING,
    _("How the school trains its teachers: aims and the activities of the year."),
    "T",
    (
        Field("aims", _("Aims")),
        Field(
            "activities",
            _("Activities"),
            type="rows",
            columns=(
                Column("what", _("Activity")),
                Column("points", _("Points"), is_required=False),
                WHEN,
                HOURS,
                LEADS,
            ),
        ),
    ),
)
TOPIC = Kind(
    FilingKind.TOPIC,
    _("What one teaching group works on together; the school agrees to it."),
    "G",
    (
        Field("problem", _("Problem of the group's lessons")),
        Field("points", _("Points"), type="points"),
        Field(
            "sessions", _("Sessions"), type="rows", columns=(Column("what", _("Session")), WHEN, HOURS, LEADS)
        ),
    ),
)
KINDS: dict[str, Kind] = {one.kind.value: one for one in (BODIES, PLAN, SCHEME, TRAINING, TOPIC)}
OF_SCHOOL: tuple[Kind, ...] = (BODIES, PLAN, SCHEME, TRAINING)
