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
    page("assessment:plan", _("The school's plan"),
         _("Read what your school has set itself, comment on it, and read the replies."),
         OWN, acts=[P.OWN_WORK], topic="filing"),
    page("assessment:hours", _("My hours"),
         _("See your online and practice hours; claim practice hours with a proof."),
         OWN, acts=[P.OWN_WORK], topic="hour-claim"),
    page("assessment:activities", _("Activities"),
         _("Sign in with the code on the screen; see what lies ahead and what your activities counted."),
         OWN, acts=[P.OWN_WORK], topic="activity"),
    page("assessment:polishings", _("Polishing"),
         _("Put drafts before your group, note what you notice at those of colleagues."),
         OWN, acts=[P.OWN_WORK]),
    page("assessment:courses", _("My courses"),
         _("See which trainings you attended, and rate them: nobody sees who said what."),
         OWN, acts=[P.OWN_WORK, P.GUIDE_SCHOOLS]),
    page("assessment:surveys", _("My surveys"),
         _("Answer what school and county ask; see your own levels and what is recommended by them."),
         OWN, acts=[P.OWN_WORK]),
    page("assessment:me", _("My year"),
         _("See what waits for you, put your evidence item by item and submit each point."),
         OWN, acts=[P.OWN_WORK], topic="submission"),
    page("certificates:portfolio", _("Portfolio"),
         _("Keep your certificates and what you have done, year by year."),
         OWN, acts=[P.OWN_WORK], topic="certificate"),
    page("assessment:my-calendar", _("My calendar"),
         _("See your dates with your extensions, and take them into your own calendar program."),
         OWN, acts=[P.OWN_WORK]),
    page("assessment:reviews", _("Reviews"),
         _("Grade what was given to you item by item, write advice, and go on to the next."),
         OWN, acts=[P.REVIEW], topic="review"),
    page("assessment:cases", _("Spot-check cases"),
         _("Judge the cases given to you by the criteria alone: neither school nor teacher is named."),
         OWN, acts=[P.JUDGE_CASES], topic="case"),
    page("assessment:guidance", _("My schools"),
         _("See how far the schools stand that you guide, and write down each visit with your advice."),
         OWN, acts=[P.GUIDE_SCHOOLS]),
    page("assessment:circulars", _("Circulars"),
         _("Read what the county office sent to you and confirm it."),
         OWN, sees=[P.OWN_WORK, P.SEE_SCHOOL]),
    page("assessment:library", _("Library"),
         _("Find policies, rules, guides and forms, and be told of new versions."),
         OWN, sees=[P.OWN_WORK, P.SEE_SCHOOL, P.SEE_COUNTY, P.GUIDE_SCHOOLS]),
    page("assessment:own-reminders", _("Reminders and help"),
         _("See who helps you where you hang behind, and say whether you want mails."),
         OWN, sees=[P.OWN_WORK]),
    page("assessment:school-home", _("Overview"),
         _("See what waits for you, who stands where, and who hangs behind."),
         SCHOOL, sees=[P.SEE_SCHOOL]),
    page("schools:school-people", _("People"),
         _("Keep the roster, print activation slips, give roles."),
         SCHOOL, acts=[P.KEEP_ROSTER, P.APPOINT_STAFF, P.APPOINT_DEPUTY], sees=[P.SEE_PEOPLE]),
    page("assessment:school-plan", _("Plan"),
         _("Write what shall get better and how it is measured, file it, and send the stamped paper after it."),
         SCHOOL, acts=[P.FILE_PLANS], sees=[P.SEE_SCHOOL], topic="filing"),
    page("assessment:school-bodies", _("Bodies"),
         _("Give the posts of the school's team, and see what the team still lacks."),
         SCHOOL, acts=[P.FILE_PLANS], sees=[P.SEE_SCHOOL]),
    page("assessment:school-inventory", _("Inventory"),
         _("Write down what the school has to teach with and state it to the county."),
         SCHOOL, acts=[P.FILE_PLANS], sees=[P.SEE_SCHOOL], topic="inventory"),
    page("assessment:school-nominations", _("Nominations"),
         _("Propose people for the county's training team and read the answer."),
         SCHOOL, acts=[P.APPOINT_STAFF], sees=[P.SEE_PEOPLE], topic="nomination"),
    page("assessment:school-filings", _("Filings"),
         _("See what is to be filed and by when; write the scheme, the training scheme, the groups' plans."),
         SCHOOL, acts=[P.FILE_PLANS, P.LEAD_ACTIVITIES], sees=[P.SEE_SCHOOL], topic="filing"),
    page("assessment:school-calendar", _("Calendar"),
         _("See the school's dates, as they follow from its wave and its extensions."),
         SCHOOL, sees=[P.SEE_SCHOOL]),
    page("assessment:school-absences", _("Absences"),
         _("Ask the county to exclude somebody or to note a leave; enrol who came during the year."),
         SCHOOL, acts=[P.ASK_ABSENCES, P.KEEP_ROSTER], topic="absence"),
    page("assessment:school-selections", _("Choices"),
         _("Talk the teachers' choices over, endorse or confirm them, or send them back."),
         SCHOOL, acts=[P.ENDORSE_SELECTIONS, P.CONFIRM_SELECTIONS], topic="selection"),
    page("assessment:school-activities", _("Activities"),
         _("Plan activities, open their sign-in, record what they brought and close them."),
         SCHOOL, acts=[P.LEAD_ACTIVITIES], sees=[P.SEE_SCHOOL], topic="activity"),
    page("assessment:school-polishings", _("Polishing"),
         _("Follow the pieces of the groups, note what you notice, finish them with a word."),
         SCHOOL, acts=[P.LEAD_ACTIVITIES]),
    page("assessment:school-courses", _("Courses"),
         _("Write the school's trainings down and note who attended."),
         SCHOOL, acts=[P.LEAD_ACTIVITIES], sees=[P.SEE_SCHOOL]),
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
    page("assessment:school-guidance", _("Guidance"),
         _("Read visits and inspections, answer them, and report issues as mended with a proof."),
         SCHOOL, acts=[P.FILE_PLANS], sees=[P.SEE_SCHOOL], topic="issue"),
    page("assessment:school-minutes", _("Minutes"),
         _("Keep the minutes of the school's meetings; a decision may become an issue."),
         SCHOOL, acts=[P.FILE_PLANS], sees=[P.SEE_SCHOOL]),
    page("assessment:school-library", _("Library of the school"),
         _("Publish the school's own documents, version by version."),
         SCHOOL, acts=[P.FILE_PLANS], sees=[P.SEE_SCHOOL]),
    page("assessment:school-circulars", _("Circulars"),
         _("See who of the school has read the county's circulars."),
         SCHOOL, sees=[P.SEE_PEOPLE]),
    page("assessment:school-reports", _("Reports"),
         _("Build the workbook of the school's figures."),
         SCHOOL, acts=[P.EXPORT]),
    page("assessment:school-flags", _("Who needs help"),
         _("See who hangs behind with what, name a colleague who helps, write down what was agreed."),
         SCHOOL, acts=[P.HELP_TEACHERS]),
    page("assessment:county-home", _("Overview"),
         _("See what waits for you and how far every school is."),
         COUNTY, sees=[P.SEE_COUNTY]),
    page("assessment:programme", _("Programme"),
         _("Set rules and dates, enrol the teachers, grant extensions."),
         COUNTY, acts=[P.SET_RULES], sees=[P.SEE_COUNTY]),
    page("assessment:programme-draft", _("Set a programme up"),
         _("Take a rule pack, set rules, waves and dates, look them through and begin."),
         COUNTY, acts=[P.SET_RULES]),
    page("assessment:programme-rules", _("Rules"),
         _("Change the rules with the reason, and see who changed what."),
         COUNTY, acts=[P.SET_RULES], sees=[P.SEE_COUNTY]),
    page("assessment:programme-calendar", _("Change the calendar"),
         _("Set the dates of the phases, for all schools and for each wave; the schools concerned are told."),
         COUNTY, acts=[P.SET_RULES]),
    page("assessment:programme-dates", _("Dates of the schools"),
         _("See each school's last days and which are extended."),
         COUNTY, sees=[P.SEE_COUNTY]),
    page("assessment:county-waves", _("Schools by wave"),
         _("Say which waves there are, put schools into them, and see whether the shares are kept."),
         COUNTY, acts=[P.SET_RULES], sees=[P.SEE_COUNTY]),
    page("assessment:county-absences", _("Absences"),
         _("Answer the schools' requests to exclude somebody or to note a leave."),
         COUNTY, acts=[P.SET_RULES], topic="absence"),
    page("schools:county-schools", _("Schools"),
         _("See the schools and appoint their principals and CIOs."),
         COUNTY, acts=[P.APPOINT_LEADERS], sees=[P.SEE_COUNTY]),
    page("assessment:county-filings", _("Filings"),
         _("Read what schools file, approve and number it, or return it with remarks beside its fields."),
         COUNTY, acts=[P.APPROVE_FILINGS], sees=[P.SEE_COUNTY], topic="filing"),
    page("assessment:county-bodies", _("Bodies"),
         _("Give the posts of the county's bodies, end them, publish and print the roster."),
         COUNTY, acts=[P.KEEP_BODIES], sees=[P.SEE_COUNTY]),
    page("assessment:county-teams", _("School teams"),
         _("See what each school's team lacks; waive what a small school cannot meet."),
         COUNTY, acts=[P.KEEP_BODIES, P.SET_RULES], sees=[P.SEE_COUNTY]),
    page("assessment:county-nominations", _("Nominations"),
         _("Select people for the training team within the quota, or decline with the reason."),
         COUNTY, acts=[P.APPOINT_LEADERS], sees=[P.SEE_COUNTY], topic="nomination"),
    page("assessment:county-training-team", _("Training team"),
         _("See what trainers have done; renew their terms, or end them."),
         COUNTY, acts=[P.APPOINT_LEADERS], sees=[P.SEE_COUNTY], topic="nomination"),
    page("assessment:county-inventories", _("Inventories"),
         _("Compare what the schools have, confirm it, or return it with remarks."),
         COUNTY, acts=[P.APPROVE_FILINGS], sees=[P.SEE_COUNTY], topic="inventory"),
    page("assessment:county-filings-board", _("Which school has filed what"),
         _("See the schools and the kinds of filings side by side."),
         COUNTY, sees=[P.SEE_COUNTY], topic="filing"),
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
    page("assessment:county-providers", _("Providers of online study"),
         _("Bring online hours in from a provider's file: map its columns, read the report, enter all or nothing."),
         COUNTY, acts=[P.IMPORT_HOURS], topic="hour-claim"),
    page("assessment:county-activities", _("Activities"),
         _("See what the schools and their groups do together."),
         COUNTY, sees=[P.SEE_COUNTY]),
    page("assessment:county-rates", _("Conversion table"),
         _("Set how an attendance becomes practice hours."),
         COUNTY, acts=[P.SET_RULES], sees=[P.SEE_COUNTY]),
    page("assessment:county-courses", _("Courses"),
         _("Write trainings of teams and trainers down and note who attended."),
         COUNTY, acts=[P.KEEP_BODIES], sees=[P.SEE_COUNTY]),
    page("assessment:county-team-training", _("Team training"),
         _("See which principals, CIOs, teams and trainers are trained."),
         COUNTY, sees=[P.SEE_COUNTY]),
    page("certificates:register", _("Certificates"),
         _("See who holds which certificate; revoke one with the reason."),
         COUNTY, acts=[P.REVOKE_CERTIFICATES], sees=[P.SEE_REGISTER], topic="certificate"),
    page("assessment:county-trainers", _("Trainers"),
         _("Assign schools to trainers in balance."),
         COUNTY, acts=[P.APPOINT_LEADERS], sees=[P.SEE_COUNTY]),
    page("assessment:county-visits", _("Visits"),
         _("Read what the trainers saw and advised."),
         COUNTY, sees=[P.SEE_COUNTY]),
    page("assessment:county-inspections", _("Inspections"),
         _("Record inspections and name what is to be mended, by whom and until when."),
         COUNTY, acts=[P.INSPECT], sees=[P.SEE_COUNTY], topic="issue"),
    page("assessment:county-issues", _("Issues"),
         _("Look at what schools report as mended; close it, or open it again with a new day."),
         COUNTY, acts=[P.INSPECT], sees=[P.SEE_COUNTY], topic="issue"),
    page("assessment:county-minutes", _("Minutes"),
         _("Keep the minutes of the county's meetings; a decision may become an issue of a school."),
         COUNTY, acts=[P.PUBLISH], sees=[P.SEE_COUNTY]),
    page("assessment:county-library", _("Library of the county"),
         _("Publish documents version by version; readers of the earlier version are told."),
         COUNTY, acts=[P.PUBLISH], sees=[P.SEE_COUNTY]),
    page("assessment:county-circulars", _("Circulars"),
         _("Write to schools and roles of your choice and see who has read it."),
         COUNTY, acts=[P.PUBLISH], sees=[P.SEE_COUNTY]),
    page("assessment:county-reports", _("Reports"),
         _("Build the workbook of the county's figures."),
         COUNTY, acts=[P.EXPORT]),
    page("assessment:county-reminders", _("Reminders"),
         _("Say on which days the portal reminds of what; see mails given up; add group chats."),
         COUNTY, acts=[P.SET_RULES]),
    page("assessment:county-flags", _("Who needs help"),
         _("See at which schools people hang behind, and where nobody helps yet."),
         COUNTY, sees=[P.SEE_COUNTY]),
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
