"""The pages on which one acts, in the order of the year: what each is for, and which rights lead there."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.help.words import Words
from portal.homes import ORDER, places_of
from schools.access.actor import Actor, Place, Right
from schools.access.permissions import Permission as P
from schools.access.roles import COUNTY, GROUP, REGION, SCHOOL
from schools.organisations.models import County, Region

OWN = "own"


@dataclass(frozen=True)
class Page:
    """One page: its url name and label, what one does there, where it stands, and the workflow it belongs to.

    `acts` are the rights with which something is done there, `sees` those with which it is only read.
    """

    name: str
    label: Words
    sentence: Words
    level: str
    acts: frozenset[P] = frozenset()
    sees: frozenset[P] = frozenset()
    topic: str = ""

    @property
    def slug(self) -> str:
        """The page's anchor in the help."""
        return self.name.partition(":")[2]

    def address(self, place: Place | None) -> str:
        """Return the page's address at `place`."""
        if self.level == OWN or place is None:
            return reverse(self.name)
        if isinstance(place, Region):
            return reverse(self.name, kwargs={"region": place.slug})
        if isinstance(place, County):
            return reverse(self.name, kwargs={"county": place.slug})
        return reverse(self.name, kwargs={"county": place.county.slug, "school": place.slug})


def page(
    name: str,
    label: Words,
    sentence: Words,
    level: str,
    *,
    acts: Iterable[P] = (),
    sees: Iterable[P] = (),
    topic: str = "",
) -> Page:
    return Page(name, label, sentence, level, frozenset(acts), frozenset(sees), topic)


PAGES: tuple[Page, ...] = (
    page("assessment:selection", _("My choice"),
         _("Choose points that your teaching needs, reach the credits, and propose the choice to your group."),
         OWN, acts=[P.OWN_WORK], topic="selection"),
    page("assessment:hours", _("My hours"),
         _("See your online and practice hours; claim practice hours with a proof."),
         OWN, acts=[P.OWN_WORK], topic="hour-claim"),
    page("assessment:surveys", _("My surveys"),
         _("Answer what school and county ask; see your own levels and what is recommended by them."),
         OWN, acts=[P.OWN_WORK]),
    page("assessment:me", _("My year"),
         _("See what waits for you, put your evidence item by item and submit each point."),
         OWN, acts=[P.OWN_WORK], topic="submission"),
    page("certificates:portfolio", _("Portfolio"),
         _("Keep your certificates and what you have done, year by year."),
         OWN, acts=[P.OWN_WORK], topic="certificate"),
    page("assessment:reviews", _("Reviews"),
         _("Grade what was given to you item by item, write advice, and go on to the next."),
         OWN, acts=[P.REVIEW], topic="review"),
    page("assessment:cases", _("Spot-check cases"),
         _("Judge the cases given to you by the criteria alone: neither school nor teacher is named."),
         OWN, acts=[P.JUDGE_CASES], topic="case"),
    page("assessment:school-home", _("Overview"),
         _("See what waits for you, who stands where, and who hangs behind."),
         SCHOOL, sees=[P.SEE_SCHOOL]),
    page("schools:school-people", _("People"),
         _("Keep the roster, print activation slips, give roles."),
         SCHOOL, acts=[P.KEEP_ROSTER, P.APPOINT_STAFF, P.APPOINT_DEPUTY], sees=[P.SEE_PEOPLE]),
    page("assessment:school-plan", _("Plan"),
         _("Write what shall get better and how it is measured, file it, and send the stamped paper after it."),
         SCHOOL, acts=[P.FILE_PLANS], sees=[P.SEE_SCHOOL], topic="filing"),
    page("assessment:school-selections", _("Choices"),
         _("Talk the teachers' choices over, endorse or confirm them, or send them back."),
         SCHOOL, acts=[P.ENDORSE_SELECTIONS, P.CONFIRM_SELECTIONS], topic="selection"),
    page("assessment:school-surveys", _("Surveys"),
         _("Ask what the teachers need, see who has not answered, read results of five people and more."),
         SCHOOL, acts=[P.RUN_SURVEYS]),
    page("assessment:school-hours", _("Hours"),
         _("Look at the proofs and attest practice hours, or refuse them with the reason."),
         SCHOOL, acts=[P.ATTEST_HOURS], topic="hour-claim"),
    page("assessment:school-panel", _("Panel"),
         _("Ask reviewers in balance; nobody gets their own work."),
         SCHOOL, acts=[P.ASSIGN_REVIEWS], topic="review"),
    page("assessment:school-submissions", _("Submissions"),
         _("Read the reviews, decide, and release each result with advice."),
         SCHOOL, acts=[P.DECIDE], sees=[P.SEE_SUBMISSIONS, P.SEE_EVIDENCE], topic="submission"),
    page("assessment:school-return", _("Return"),
         _("Publish the results, have them signed, file them, and send the stamped paper after them."),
         SCHOOL, acts=[P.PREPARE_RETURN, P.SIGN_RETURN], topic="return"),
    page("assessment:school-reports", _("Reports"),
         _("Build the workbook of the school's figures."),
         SCHOOL, acts=[P.EXPORT]),
    page("assessment:county-home", _("Overview"),
         _("See what waits for you and how far every school is."),
         COUNTY, sees=[P.SEE_COUNTY]),
    page("assessment:programme", _("Programme"),
         _("Set rules and dates, enrol the teachers, grant extensions."),
         COUNTY, acts=[P.SET_RULES], sees=[P.SEE_COUNTY]),
    page("schools:county-schools", _("Schools"),
         _("See the schools and appoint their principals and CIOs."),
         COUNTY, acts=[P.APPOINT_LEADERS], sees=[P.SEE_COUNTY]),
    page("assessment:county-filings", _("Plans"),
         _("Read the schools' plans, approve and number them, or return them with remarks."),
         COUNTY, acts=[P.APPROVE_FILINGS], sees=[P.SEE_COUNTY], topic="filing"),
    page("assessment:draws", _("Spot checks"),
         _("Draw a sample that can be repeated from its seed, give the cases to experts, decide."),
         COUNTY, acts=[P.RUN_SPOT_CHECKS], topic="case"),
    page("assessment:county-returns", _("Returns"),
         _("Look the schools' results through and accept them, or send them back."),
         COUNTY, acts=[P.ACCEPT_RETURNS], sees=[P.SEE_COUNTY], topic="return"),
    page("schools:county-people", _("People"),
         _("Import the county's roster and find anybody."),
         COUNTY, acts=[P.KEEP_ROSTER], sees=[P.SEE_PEOPLE]),
    page("assessment:transfers", _("Transfers"),
         _("Move a teacher with the open work to another school."),
         COUNTY, acts=[P.COMPLETE_TRANSFERS]),
    page("assessment:county-surveys", _("Surveys"),
         _("Hold surveys and self-assessments in all schools and read the results broken down, without names."),
         COUNTY, acts=[P.RUN_SURVEYS]),
    page("assessment:county-hours", _("Hours"),
         _("Recognise the hours that schools have attested."),
         COUNTY, acts=[P.RECOGNISE_HOURS], topic="hour-claim"),
    page("certificates:register", _("Certificates"),
         _("See who holds which certificate; revoke one with the reason."),
         COUNTY, acts=[P.REVOKE_CERTIFICATES], sees=[P.SEE_REGISTER], topic="certificate"),
    page("assessment:county-reports", _("Reports"),
         _("Build the workbook of the county's figures."),
         COUNTY, acts=[P.EXPORT]),
    page("assessment:region-home", _("Overview"),
         _("See the counties side by side: sums only, nobody by name."),
         REGION, sees=[P.SEE_REGION]),
)  # fmt: skip


def level_of(level: str) -> str:
    """Return the level of the pages of a role: a group's head works on the school's."""
    return SCHOOL if level == GROUP else level


def rights_by_weight(actor: Actor) -> list[Right]:
    """Return the actor's rights, the weightiest role first."""
    known = [right for right in actor.rights if right.key in ORDER]
    return sorted(known, key=lambda right: (ORDER.index(right.key), str(right)))


def addresses_for(actor: Actor) -> dict[str, str]:
    """Return the address of each page that the actor may open, by url name; at most three queries."""
    rights = rights_by_weight(actor)
    places = places_of(rights)
    found: dict[str, str] = {}
    for right in rights:
        level = level_of(right.role.level) if right.role else OWN
        place = places.get((level, getattr(right, f"{level}_id", None) or 0))
        for one in PAGES:
            if one.level != OWN and (one.level != level or place is None):
                continue
            if right.permissions & (one.acts | one.sees):
                found.setdefault(one.name, one.address(place if one.level != OWN else None))
    return found


def pages_of(permissions: frozenset[P], level: str) -> list[Page]:
    """Return the pages of a role: those on which it acts, then those which it only reads."""
    near = [one for one in PAGES if one.level in (OWN, level_of(level))]
    acting = [one for one in near if permissions & one.acts]
    return acting + [one for one in near if permissions & one.sees and one not in acting]


def pages_with_right(right: P, level: str) -> list[Page]:
    """Return the pages of a level to which one right leads: where it acts, else where it is read."""
    near = [one for one in PAGES if one.level in (OWN, level_of(level))]
    return [one for one in near if right in one.acts] or [one for one in near if right in one.sees]
