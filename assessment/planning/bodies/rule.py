"""What a programme asks of a school's management team, read from its data."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment.planning.bodies.models import PostKey
from assessment.programme.models import Programme

SIZE, SHARING = "size", "sharing"
LABELS: dict[str, str | Promise] = {
    SIZE: _("How many people"),
    SHARING: _("One post per person"),
    **{str(post.value): post.label for post in PostKey},
}
ABOUT = tuple(LABELS)


@dataclass(frozen=True)
class TeamRule:
    """How many people at least and at most, which posts, and whether one person may hold two of them."""

    least: int
    most: int
    posts: tuple[PostKey, ...]
    may_share: bool


def rule_of(programme: Programme) -> TeamRule:
    """Return the programme's rule; what it does not say is not asked for."""
    said = programme.team_rule
    return TeamRule(
        least=int(said.get("least", 0)),
        most=int(said.get("most", 0)),
        posts=tuple(PostKey(key) for key in said.get("posts", []) if key in PostKey.values),
        may_share=bool(said.get("may_share", True)),
    )


def waivable(programme: Programme) -> list[tuple[str, str | Promise]]:
    """Return what may be waived under the programme's rule, as the choices of a form."""
    rule = rule_of(programme)
    keys = [SIZE] if rule.least or rule.most else []
    if not rule.may_share:
        keys.append(SHARING)
    return [(key, LABELS[key]) for key in (*keys, *(str(post.value) for post in rule.posts))]
