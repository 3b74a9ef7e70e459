"""Waves, absences and calendar changes in the demonstration year."""

from datetime import timedelta

from assessment.programme.absences import actions as absences
from assessment.programme.absences.models import Absence, AbsenceKind
from assessment.programme.actions import set_phase
from assessment.programme.models import Participant, PhaseKind
from assessment.programme.waves import actions as waves
from assessment.programme.waves.queries import waves_of
from portal.demo.year import Year
from schools.clock import today
from schools.organisations.models import School

SHARES = (("第一批", 20), ("第二批", 40), ("第三批", 40))
LEAVES = ("产假", "病假住院", "援疆支教，返校后继续参加", "脱产进修一学期", "陪护病重家属")
EXCLUSIONS = ("五月到龄退休", "长期病休，本年度不在岗", "借调县委宣传部", "转任后勤，不再任课")
REFUSAL = "距退休尚有两年以上，按文件应当参加，请学校做好帮扶。"


def set_schools_in_waves(year: Year) -> None:
    """The office says which waves there are, names pilots and weak schools, and lets the portal fill the rest."""
    programme, rows = year.demo.programme, list(year.demo.rows)
    if not waves_of(programme):
        wanted = [
            waves.WaveWanted(name, programme.year + number, share)
            for number, (name, share) in enumerate(SHARES)
        ]
        waves.set_waves(programme=programme, waves=wanted, by=year.office)
    pilots = [row for row in rows if not row.managed_by_id][:2]
    waves.place(programme=programme, schools=pilots, is_pilot=True, tier="model", by=year.office)
    weak = [row for row in rows if row.managed_by_id][:3]
    waves.place(programme=programme, schools=weak, tier="weak", by=year.office)
    year.counts["schools in waves"] += waves.propose(programme=programme, by=year.office)


def set_waves_dates(year: Year) -> None:
    """Each wave hands its cases in at a time of its own; a change of the plan's dates is recorded."""
    programme, day = year.demo.programme, today()
    for number, wave in enumerate(waves_of(programme)):
        set_phase(
            programme=programme,
            kind=PhaseKind.SHARE,
            wave=wave,
            opens_on=day - timedelta(days=2),
            closes_on=day + timedelta(days=60 + 30 * number),
            reason="分批次开展案例征集与总结",
            by=year.office,
        )
        year.counts["dates of waves"] += 1


def set_waves(year: Year) -> None:
    """Waves with their schools and dates: call it once, after the county is built."""
    set_schools_in_waves(year)
    set_waves_dates(year)


def ask_absences(year: Year, schools: list[School]) -> None:
    """Schools ask for exclusions and leaves; most are approved, one is refused, some wait. Before choosing."""
    answers = ("approve", "approve", "wait", "approve", "refuse")
    turn = 0
    for school in schools:
        if school.managed_by_id or turn >= 10:
            continue
        people = free(year, school)
        year.rng.shuffle(people)
        kinds = [AbsenceKind.LEAVE, AbsenceKind.EXCLUSION]
        for kind, person in zip(kinds if turn % 2 else reversed(kinds), people, strict=False):
            settle(year, asked(year, person, kind), answers[turn % len(answers)])
            turn += 1


def free(year: Year, school: School) -> list[Participant]:
    """Return participants who hold no other office: nobody who judges or leads is away."""
    return [
        row
        for row in year.teachers.participants(school)
        if not row.person.memberships.exclude(role="teacher").exists()
    ]


def asked(year: Year, participant: Participant, kind: AbsenceKind) -> Absence:
    """The school's CIO asks."""
    day, is_leave = today(), kind == AbsenceKind.LEAVE
    cio = year.demo.acting(year.demo.staff_of(participant.school).cio)
    return absences.ask(
        participant=participant,
        kind=kind,
        reason=year.rng.choice(LEAVES if is_leave else EXCLUSIONS),
        starts_on=day - timedelta(days=20),
        ends_on=day + timedelta(days=year.rng.randint(15, 60)) if is_leave else None,
        by=cio,
    )


def settle(year: Year, absence: Absence, answer: str) -> None:
    """The office answers; a leave that it approves brings more time for training."""
    year.counts[f"absences: {answer}"] += 1
    if answer == "wait":
        return
    if answer == "refuse":
        absences.refuse(absence=absence, because=REFUSAL, by=year.office)
    elif absence.kind == AbsenceKind.LEAVE and absence.ends_on is not None:
        until = absence.ends_on + timedelta(days=14)
        absences.approve(absence=absence, until=until, kinds=[PhaseKind.TRAIN], by=year.office)
    else:
        absences.approve(absence=absence, by=year.office)
