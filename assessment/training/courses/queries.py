"""Reading courses: of the county, of a school, one's own; who may attend, and which posts are trained."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from assessment.programme.models import Participant, Programme
from assessment.training.courses.models import Attendance, Course
from schools.clock import today
from schools.organisations.models import School
from schools.organisations.queries import school_named
from schools.people.models import Membership, Person

ORIGIN = "course:"
POSTS = ("principal", "cio", "team", "school-trainer")


def courses_found(
    programme: Programme | None, school: School | None, *, q: str, kind: str
) -> QuerySet[Course]:
    """Return the county's courses, or what a school sees: its own and the county's; `came` counts attendances."""
    rows = Course.objects.filter(programme=programme)
    if school is not None:
        rows = rows.filter(Q(school__isnull=True) | Q(school=school))
    if q:
        rows = rows.filter(Q(title__icontains=q) | Q(provider__icontains=q) | school_named(q, "school__"))
    if kind:
        rows = rows.filter(kind=kind)
    return rows.select_related("school").annotate(came=Count("attendances"))


def holding(roles: list[str], day: date) -> QuerySet[Membership]:
    """Return the memberships of these roles (all roles where none is named) that hold on the day."""
    held = Membership.objects.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))
    return held.filter(role__in=roles) if roles else held


def candidates(course: Course, school: School | None, q: str = "") -> QuerySet[Person]:
    """Return whom the course is for, of one school or the whole county; `is_there` says who attended."""
    there = Attendance.objects.filter(course=course, person=OuterRef("pk"))
    people = Person.objects.filter(is_active=True)
    if school is not None:
        people = people.filter(school=school)
    if course.for_roles:
        people = people.filter(pk__in=holding(course.for_roles, today()).values("person_id"))
    else:
        enrolled = Participant.objects.filter(programme_id=course.programme_id, ends_on__isnull=True)
        people = people.filter(pk__in=enrolled.values("person_id"))
    if q:
        people = people.filter(school_named(q, "school__") | Q(pk__in=Person.objects.named_like(q)))
    return people.select_related("school", "group").annotate(is_there=Exists(there))


@dataclass(frozen=True)
class Trained:
    """How many of those who hold a post have attended a training for it."""

    trained: int
    held: int

    def __str__(self) -> str:
        return f"{self.trained}/{self.held}"

    @property
    def is_complete(self) -> bool:
        return self.held > 0 and self.trained == self.held


@dataclass(frozen=True)
class Coverage:
    """One school's line: what of each post is trained, and how many of all holders are not."""

    school: School
    posts: dict[str, Trained]

    @property
    def pinyin(self) -> str:
        return str(self.school.pinyin)

    @property
    def missing(self) -> int:
        return sum(post.held - post.trained for post in self.posts.values())

    @property
    def pk(self) -> int:
        return self.school.pk


def coverage(programme: Programme | None, *, q: str, state: str) -> list[Coverage]:
    """Return per school which posts of its team have attended any training, in three queries."""
    schools = School.objects.order_by("pinyin", "pk")
    if q:
        schools = schools.filter(school_named(q))
    held: dict[tuple[int, str], set[int]] = defaultdict(set)
    rows = holding(list(POSTS), today()).filter(school__isnull=False)
    for school_id, role, person_id in rows.values_list("school_id", "role", "person_id"):
        held[school_id, role].add(person_id)
    trained = set(Attendance.objects.filter(course__programme=programme).values_list("person_id", flat=True))
    lines = [
        Coverage(
            school,
            {
                role: Trained(len(held[school.pk, role] & trained), len(held[school.pk, role]))
                for role in POSTS
            },
        )
        for school in schools
    ]
    if state:
        lines = [line for line in lines if bool(line.missing) == (state == "missing")]
    return lines


@dataclass(frozen=True)
class Leader:
    """Somebody of a school's team with the posts held and the trainings attended."""

    person: Person
    posts: list[str]
    courses: list[Course]


def leaders_of(programme: Programme | None, school: School) -> list[Leader]:
    """Return the school's principal, CIO, team and trainers with what each has attended."""
    posts: dict[int, list[str]] = defaultdict(list)
    people: dict[int, Person] = {}
    rows = holding(list(POSTS), today()).filter(school=school).select_related("person")
    for row in rows.order_by("person__pinyin", "person_id"):
        if row.person is not None:
            people[row.person.pk] = row.person
            posts[row.person.pk].append(row.role)
    attended: dict[int, list[Course]] = defaultdict(list)
    there = Attendance.objects.filter(course__programme=programme, person__in=list(people))
    for one in there.select_related("course").order_by("course__begins_on", "pk"):
        attended[one.person_id].append(one.course)
    return [Leader(person, posts[pk], attended[pk]) for pk, person in people.items()]


def attended_by(person: Person) -> QuerySet[Attendance]:
    """Return what somebody attended, the latest first."""
    rows = Attendance.objects.filter(person=person).select_related("course__school")
    return rows.order_by("-course__begins_on", "-pk")


def given_by(person: Person) -> QuerySet[Course]:
    """Return the courses that somebody gave."""
    return Course.objects.filter(trainers=person).order_by("-begins_on", "-pk")
