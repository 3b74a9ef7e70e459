"""Which posts a body has, and which role may be given together with a seat."""

from assessment.planning.bodies.models import BodyKind, PostKey
from schools.access.actor import Actor
from schools.access.appointing import may_appoint
from schools.organisations.models import County, School

K, P = BodyKind, PostKey
COUNTY_POSTS: dict[BodyKind, tuple[PostKey, ...]] = {
    K.LEADING_GROUP: (P.HEAD, P.DEPUTY_HEAD, P.MEMBER),
    K.EXECUTIVE_OFFICE: (P.OFFICE_DIRECTOR, P.LIAISON, P.MEMBER),
    K.MANAGEMENT_TEAM: (P.HEAD, P.DEPUTY_HEAD, P.LIAISON, P.MEMBER),
    K.TRAINING_TEAM: (P.TRAINING_LEAD, P.LIAISON, P.MEMBER),
}
SCHOOL_POSTS: dict[BodyKind, tuple[PostKey, ...]] = {
    K.MANAGEMENT_TEAM: (
        P.PRINCIPAL,
        P.DEPUTY_PRINCIPAL,
        P.TEACHING_DIRECTOR,
        P.IT_BACKBONE,
        P.LIAISON,
        P.MEMBER,
    ),
    K.EXECUTIVE_OFFICE: (P.OFFICE_DIRECTOR, P.LIAISON, P.MEMBER),
    K.TRAINING_TEAM: (P.TRAINING_LEAD, P.LIAISON, P.MEMBER),
}
COUNTY_ROLE = {K.TRAINING_TEAM: "trainer"}
SCHOOL_ROLE = {K.MANAGEMENT_TEAM: "team", K.EXECUTIVE_OFFICE: "team", K.TRAINING_TEAM: "school-trainer"}


def posts_at(school: School | None) -> dict[BodyKind, tuple[PostKey, ...]]:
    """Return the bodies of a school, or of the county, each with its posts in their order."""
    return SCHOOL_POSTS if school else COUNTY_POSTS


def rank(kind: str, post: str, *, is_school: bool) -> int:
    """Return the place of a post in the order of its body; one that is no longer offered stands last."""
    posts = (SCHOOL_POSTS if is_school else COUNTY_POSTS).get(BodyKind(kind), ())
    return posts.index(PostKey(post)) if post in posts else len(posts)


def role_with(kind: str, school: School | None, county: County, by: Actor) -> str:
    """Return the role that `by` may give together with a seat on this body, or an empty text."""
    role = (SCHOOL_ROLE if school else COUNTY_ROLE).get(BodyKind(kind), "")
    return role if role and may_appoint(by, role, school or county) else ""
