"""What the demonstration's schools write into their filings."""

from typing import Any

from assessment.programme.models import Programme

Said = dict[str, Any]


def plan_said(programme: Programme, focus: list[str]) -> Said:
    """Return a development plan: problems, basis, two goals, measures."""
    end = programme.ends_on.isoformat()
    return {
        "problem": "课堂反馈慢，学情判断靠经验；青年教师不会用数据改进教学。",
        "basis": "班班有多媒体设备，校园网稳定；教师能做课件，少有人采集学情数据。",
        "goals": [
            {
                "what": "每周用技术采集学情",
                "baseline": "教师占35%",
                "target": "80%",
                "measure": "每月课例抽看",
                "date": end,
                "auto": "",
            },
            {
                "what": "全员选定微能力点",
                "baseline": "0",
                "target": "100%",
                "measure": "平台统计",
                "date": end,
                "auto": "chosen",
            },
        ],
        "measures": "校长任组长；教研组每周研修一课时；设备专人维护，研修计入工作量。",
        "focus": focus,
    }


def scheme_said(programme: Programme, focus: list[str], *, is_limited: bool) -> Said:
    """Return a whole-school scheme with its steps."""
    year = programme.year
    return {
        "focus": focus,
        "is_limited": is_limited,
        "themes": "以学情分析带动教学设计：语文组抓预习反馈，数学组抓错题归因，综合组抓表现性评价。",
        "steps": [
            {"what": "选点与组内研讨", "date": f"{year}-05-31", "who": "教研组长"},
            {"what": "课堂应用与互听互评", "date": f"{year}-10-31", "who": "全体教师"},
            {"what": "校本考核与总结", "date": f"{year}-11-30", "who": "信息化管理团队"},
        ],
        "incentives": "考核结果与评优评先、校级骨干推荐挂钩。",
    }


def training_said(programme: Programme) -> Said:
    """Return a school's training scheme with three activities."""
    year = programme.year
    return {
        "aims": "让每位教师会用一种工具采集学情，并据此调整一节课。",
        "activities": [
            {
                "what": "学情数据工作坊",
                "points": "A1",
                "when": f"{year}-05-12",
                "hours": "4",
                "who": "信息化管理团队",
            },
            {
                "what": "同课异构：用数据改课",
                "points": "A5",
                "when": f"{year}-06-08",
                "hours": "6",
                "who": "教研组长",
            },
            {
                "what": "优秀课例展示",
                "points": "A1、A5、A11",
                "when": f"{year}-10-14",
                "hours": "4",
                "who": "骨干教师",
            },
        ],
    }


def topic_said(programme: Programme, points: list[str]) -> Said:
    """Return a teaching group's topic plan with two sessions."""
    year = programme.year
    return {
        "problem": "练习讲评平均用力，错因说不清；学生自己订正流于形式。",
        "points": points,
        "sessions": [
            {"what": "错题数据怎么采、怎么看", "when": f"{year}-05-20", "hours": "2", "who": "教研组长"},
            {"what": "讲评课磨课", "when": f"{year}-09-16", "hours": "3", "who": "骨干教师"},
        ],
    }
