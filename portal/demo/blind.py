"""Blind review in the demonstration year: the office changes the rule before work is given to reviewers."""

from assessment.programme.rules.actions import change_rules
from portal.demo.year import Year

WHY = "评审时不显示教师姓名，只看材料是否达到标准。"


def review_blind(year: Year) -> list[str]:
    """Turn blind review on; reviews given out before stay as they are. Returns the names of the rules changed."""
    return change_rules(programme=year.demo.programme, rules={"is_blind": True}, reason=WHY, by=year.office)
