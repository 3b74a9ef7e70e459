"""What lies around the assessment in the demonstration year: before the choosing, while training, on the way."""

from portal.demo import activities, bodies, calendar, filings, guidance, providers, reminders, surveys
from portal.demo.year import Year
from schools.organisations.models import School


def prepare(year: Year, schools: list[School]) -> None:
    """March and April: waves, bodies, inventories, plans and schemes, surveys, exclusions and leave."""
    calendar.set_waves(year)
    bodies.walk(year, schools)
    year.plan(schools)
    filings.walk(year, schools)
    surveys.walk(year, schools)
    calendar.ask_absences(year, schools)


def train(year: Year, schools: list[School], *, is_recognised: bool = True) -> None:
    """Online hours come in a provider's file, practice by activities and by claims."""
    providers.walk(year, schools, is_recognised=is_recognised)
    activities.walk(year, schools, is_recognised=is_recognised)
    year.train(schools, is_recognised=is_recognised)


def guide(year: Year, schools: list[School]) -> None:
    """The county's teams are trained, schools are visited and inspected, papers go out."""
    activities.train_teams(year)
    guidance.walk(year, schools)


def remind(year: Year, schools: list[School]) -> None:
    """The day's reminders, the week's digests, and helpers for those who hang behind."""
    reminders.walk(year, schools)
