"""What somebody has typed into a grading form: read from the post, and told apart by a fingerprint."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from microcapabilities.grades import Grade

GRADES = {str(grade.value): grade for grade in Grade}
Kept = dict[int, tuple[int, str]]


@dataclass(frozen=True)
class Typed:
    """Grades and remarks by item id, the advice, and the fingerprint of what the page began with."""

    grades: Mapping[int, Grade]
    remarks: Mapping[int, str]
    advice: str
    seen: str | None

    @property
    def has_loose_remarks(self) -> bool:
        """Say whether a remark has no grade yet: it is kept only together with one."""
        return any(text.strip() for item, text in self.remarks.items() if item not in self.grades)


def typed(posted: QueryDict, *, grade_name: str = "grade") -> Typed:
    """Read a grading form: `<grade_name>-<item>`, `remark-<item>`, `advice`, `seen`; what is no grade is left out."""
    grades, remarks = {}, {}
    for name, value in posted.items():
        kind, _dash, number = str(name).rpartition("-")
        if number.isdigit() and kind == grade_name and value in GRADES:
            grades[int(number)] = GRADES[str(value)]
        elif number.isdigit() and kind == "remark":
            remarks[int(number)] = str(value)
    return Typed(grades, remarks, str(posted.get("advice", "")), posted.get("seen"))


def fingerprint(kept: Kept, advice: str) -> str:
    """Return a short name of what is kept: (grade, remark) by item id, and the advice."""
    said = json.dumps([sorted(kept.items()), advice])
    return hashlib.sha256(said.encode()).hexdigest()[:16]
