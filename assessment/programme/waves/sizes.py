"""How many schools each wave takes: shares in percent, rounded so that nobody is lost."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def wave_sizes(schools: int, shares: Sequence[int]) -> list[int]:
    """Return the sizes by largest remainder: 37 schools by 20, 40, 40 percent make 7, 15, 15."""
    whole = sum(shares)
    if not whole:
        return [0 for _share in shares]
    sizes = [schools * share // whole for share in shares]
    remainders = [schools * share % whole for share in shares]
    order = sorted(range(len(shares)), key=lambda place: (-remainders[place], place))
    for place in order[: schools - sum(sizes)]:
        sizes[place] += 1
    return sizes


def sizes_explained(schools: int, shares: Sequence[int]) -> str:
    """Return how the sizes come about, in a sentence."""
    sizes, whole = wave_sizes(schools, shares), sum(shares) or 1
    exact = _(", ").join(f"{schools * share / whole:g}" for share in shares)
    left = schools - sum(schools * share // whole for share in shares)
    values = {
        "schools": schools,
        "shares": _(", ").join(f"{share} %" for share in shares),
        "exact": exact,
        "left": left,
        "sizes": _(", ").join(str(size) for size in sizes),
    }
    if not left:
        return _("%(schools)d schools by %(shares)s make exactly %(sizes)s.") % values
    return (
        ngettext(
            "%(schools)d schools by %(shares)s would be %(exact)s. The whole numbers come first; "
            "the %(left)d school left goes to the largest remainder: %(sizes)s.",
            "%(schools)d schools by %(shares)s would be %(exact)s. The whole numbers come first; "
            "the %(left)d schools left go to the largest remainders: %(sizes)s.",
            left,
        )
        % values
    )
