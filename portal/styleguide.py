"""The living page of the face: every component with sample data, open only while debugging."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from portal.samples import more_samples
from portal.sections import SectionShown
from schools.access.doors import public


@dataclass(frozen=True)
class Link:
    """A labelled address, as navigation, homes, tabs and breadcrumbs want it."""

    label: str
    url: str = "#"
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class State:
    """What a state pill shows."""

    label: str
    tone: str
    shape: str


@dataclass(frozen=True)
class Task:
    """What waits for a person, with its deadline."""

    sentence: str
    count: int
    due: date
    button: str
    tone: str
    url: str = "#"


@dataclass(frozen=True)
class Figure:
    """A number with its name, and its target where it has one."""

    label: str
    value: float
    target: float = 0
    unit: str = ""
    note: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Step:
    """One move that may be made with a thing, or the sentence that refuses it."""

    action: str
    label: str
    tone: str = "plain"
    consequence: str = ""
    needs_note: bool = False
    needs_due: bool = False
    is_open: bool = True
    refusal: str = ""
    url: str = "#"


@dataclass(frozen=True)
class Event:
    """One line of a history."""

    label: str
    at: datetime
    actor_name: str
    role: str
    note: str = ""
    tone: str = "quiet"


@dataclass(frozen=True)
class File:
    """A stored file as its card shows it."""

    name: str
    size_text: str
    kind_label: str
    detail: str = ""
    url: str = "#"


@dataclass(frozen=True)
class Job:
    """Long work as its card shows it."""

    title: str
    state_label: str
    done: int
    total: int
    message: str = ""
    file_url: str = ""
    is_running: bool = False
    url: str = "#"
    fragment_url: str = "#"


@dataclass(frozen=True)
class Page:
    """Where a list stands among its pages."""

    text: str
    previous_url: str = ""
    next_url: str = ""


@dataclass(frozen=True)
class Row:
    """One line of a sample table: a teacher's point, or a school's heat cells (level 0–5, text)."""

    name: str
    point: str = ""
    state: State | None = None
    credits: int = 0
    cells: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Item:
    """A coded, named thing: a point with its credits, an evidence item, or a grade with its tone."""

    key: str
    name: str
    tone: str = ""
    credits: int = 0


class SampleForm(forms.Form):
    """One field of each kind, two of them wrong."""

    name = forms.CharField(label=_("Name of the group"), help_text=_("As colleagues call it."))
    stage = forms.ChoiceField(label=_("School stage"), choices=[("primary", "小学"), ("junior", "初中")])
    opens_on = forms.DateField(label=_("Opens on"), widget=forms.DateInput(attrs={"type": "date"}))
    environment = forms.ChoiceField(
        label=_("Teaching environment"),
        choices=[("a", "多媒体教学环境"), ("b", "混合学习环境"), ("c", "智慧学习环境")],
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(label=_("Remark"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    is_open = forms.BooleanField(label=_("Teachers may join by themselves"), required=False)


PASSED = State("合格", "good", "check")
WAITING = State("待评审", "waiting", "half")
RETURNED = State("退回修改", "attention", "dot")
STATES = (
    State("未开始", "quiet", "circle"),
    WAITING,
    RETURNED,
    PASSED,
    State("优秀", "excellent", "star"),
    State("不合格", "bad", "cross"),
    State("已备案", "final", "lock"),
)


def _work() -> dict[str, Any]:
    """Tasks, figures, steps and history."""
    return {
        "tasks": [
            Task("2 个微能力点被退回，请按意见补充材料", 2, date(2026, 11, 27), "去修改", "attention"),
            Task("还差 6 学分，请完成本年度选点", 6, date(2026, 12, 10), "去选点", "waiting"),
            Task("3 条实践学时待你确认", 3, date(2026, 12, 20), "去确认", "quiet"),
        ],
        "meters": [
            Figure("学分", 14, 20, "学分", note="已通过 8，待评审 6"),
            Figure("线上学时", 25, 25, "学时"),
            Figure("校本实践学时", 9.5, 25, "学时", note="另有 3 学时待确认"),
        ],
        "stats": [
            Figure("应参训教师", 1286, hint="全县 42 所学校"),
            Figure("已提交", 1033, hint="占 80%"),
            Figure("已通过", 742, hint="占 58%"),
            Figure("未登录", 37, hint="6 所学校"),
        ],
        "steps": [
            Step("file", "提交备案", "primary", "将 312 条结果报县级备案，提交后学校不能再修改。"),
            Step("return", "退回修改", "plain", "教师会收到你的意见，并可在期限前重新提交。", True, True),
            Step("revoke", "撤销证书", "danger", "核验时将显示“已撤销”，此操作不可恢复。", True),
            Step("reopen", "重新开放选点", is_open=False, refusal="选点已于 11 月 1 日截止，需由县级延期。"),
        ],
        "version": 4,
        "events": [
            Event("评审通过", datetime(2026, 11, 20, 9, 12, tzinfo=UTC), "王敏", "校级评审", tone="good"),
            Event(
                "退回修改",
                datetime(2026, 11, 12, 15, 40, tzinfo=UTC),
                "李强",
                "校级评审",
                "课堂实录时长不足，请补充到 10 分钟以上。",
                "attention",
            ),
            Event("提交", datetime(2026, 11, 10, 20, 5, tzinfo=UTC), "陈晓云", "教师"),
        ],
    }


def _lists() -> dict[str, Any]:
    """Tables, tabs, pages, files and long work."""
    levels = ((5, 5, 4, 3), (5, 4, 2, 0), (3, 2, 1, 0))
    schools = ("黄圩中心小学", "泗县第三中学", "丁湖镇中心小学")
    return {
        "tabs": [Link("全部", "#", True, 128), Link("待评审", count=16), Link("已通过", count=97)],
        "search_hint": "姓名或拼音首字母",
        "rows": [
            Row("陈晓云", "A1 技术支持的学情分析", PASSED, 3),
            Row("王敏", "A5 技术支持的课堂导入", WAITING, 2),
            Row("欧阳建国", "B2 微课程设计与制作", RETURNED, 3),
        ],
        "page": Page("第 1 页，共 5 页 · 128 人", next_url="#"),
        "stages": ["选点", "研修", "提交", "评审"],
        "heat": [
            Row(school, cells=tuple((level, f"{level * 20}%") for level in row))
            for school, row in zip(schools, levels, strict=True)
        ],
        "files": [
            File("课堂实录：分数的初步认识.mp4", "86.4 MB", "视频", "12 分 08 秒"),
            File("教学设计.docx", "312 KB", "文档", "6 页"),
        ],
        "jobs": [
            Job("导入教师名册", "进行中", 128, 420, "已读 128 行，2 行有误"),
            Job("生成证书", "已完成", 60, 60, file_url="#"),
        ],
        "progress_label": "已打印激活单",
        "upload_limits": "MP4 视频，5–15 分钟，不超过 500 MB。",
        "particulars": [("学校", "黄圩中心小学"), ("学科", "小学数学"), ("证书编号", "SX-2026-000318")],
    }


def _assessing() -> dict[str, Any]:
    """Points to choose, items and grades to give, criteria."""
    return {
        "points": [
            Item("A1", "技术支持的学情分析", credits=8),
            Item("A5", "技术支持的课堂导入", credits=7),
            Item("B2", "微课程设计与制作", credits=6),
        ],
        "items": [Item("1", "学情分析方案"), Item("2", "学情分析报告")],
        "grades": [
            Item("fail", "不合格", tone="bad"),
            Item("pass", "合格", tone="good"),
            Item("excellent", "优秀", tone="excellent"),
        ],
        "criteria": [
            "分析目的明确，与学习目标关联紧密，技术方法使用得当，对教学有直接的指导意义。",
            "分析目的明确，与学习目标有关联，技术方法使用得当。",
        ],
        "code": "7KQ4-M2XP",
    }


def samples() -> dict[str, Any]:
    """Everything templates/styleguide.html asks for, frame included."""
    return {
        "navigation": [
            SectionShown("首页", [Link("首页", is_current=True)]),
            SectionShown("选点", [Link("选点")]),
            SectionShown("研修", [Link("我的学时"), Link("活动"), Link("培训")]),
        ],
        "homes": [Link("泗县 · 黄圩中心小学", is_current=True), Link("泗县教体局 · 评审专家")],
        "place": "泗县 · 黄圩中心小学",
        "unread_notices": 3,
        "notices_url": "#",
        "jobs_url": "#",
        "trail": [Link("首页"), Link("校务"), Link("样式")],
        "states": STATES,
        "form": SampleForm({"stage": "primary", "opens_on": "2026-12-01", "environment": "a"}),
        **_work(),
        **_lists(),
        **_assessing(),
        **more_samples(),
    }


@public
def styleguide(request: HttpRequest) -> HttpResponse:
    """The page itself; does not exist outside debugging."""
    if not settings.DEBUG:
        raise Http404
    messages.success(request, _("Saved."))
    messages.warning(request, _("Two rows were left out."))
    messages.error(request, _("The file did not arrive."))
    return render(request, "styleguide.html", samples())
