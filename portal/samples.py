"""Sample data of the style guide's second half: lists, files on their way, papers, first steps."""

from typing import Any

from assessment.papers import Paper
from assessment.scans import ScanShown
from portal.help.tour import Tour, TourStep
from schools.access.roles import Teacher

MEGABYTE = 1_000_000


def more_samples() -> dict[str, Any]:
    """Everything the second half of templates/styleguide.html asks for."""
    return {**lists(), **files(), **papers()}


def lists() -> dict[str, Any]:
    """A list with its search, filter, headings and export; and what it says when nothing matches."""
    heads = [
        {"label": "姓名", "url": "#lists", "sort": "ascending"},
        {"label": "学校", "url": "#lists", "sort": ""},
        {"label": "学分", "url": "#lists", "sort": "", "is_number": True},
    ]
    stages = {"key": "stage", "label": "学段", "everything": "全部", "choices": [("primary", "小学")]}
    return {
        "listed": {
            "search": "姓名或拼音首字母",
            "q": "",
            "filters": [{"filter": stages, "chosen": "primary"}],
            "keep": [],
            "is_filtered": True,
            "clear_url": "#lists",
            "export_url": "#lists",
            "heads": heads,
        },
        "refusal": "选点已于 11 月 1 日截止，需由县级延期。",
    }


def files() -> dict[str, Any]:
    """Files that are sent up, that stopped on their way, and how they are looked at."""
    unfinished = {"name": "课堂实录.mp4", "size": 86 * MEGABYTE, "percent": 42, "url": "#files"}
    refused = {"name": "教学设计.wps", "refusal": "请另存为 .docx 后上传。"}
    return {
        "arriving": [{**unfinished, "remove_url": "#files"}, {**refused, "remove_url": "#files"}],
        "looks": [{"sentence": "没有可用的预览，请下载原文件。", "url": "#files", "name": "数据.xlsx"}],
        "several": {
            "accept": ".jpg,.png,.pdf",
            "limits": "图片或 PDF，不超过 20 MB。",
            "max_bytes": 20 * MEGABYTE,
        },
    }


def papers() -> dict[str, Any]:
    """A paper to be printed and signed, its scan, and the first steps of a role."""
    steps = [
        TourStep("我的选点", "选择教学所需的能力点，达到学分要求，提交教研组商议。", "#papers", ["提交选点"]),
        TourStep("我的学时", "查看网络研修和实践应用学时，凭证明申报。", "#papers", []),
        TourStep("我的年度进展", "查看待办，逐项上传证据材料并提交。", "#papers", ["提交", "撤回"]),
    ]
    return {
        "sample_tour": Tour(Teacher, steps, "", "#papers"),
        "paper": Paper(
            office="泗县教育体育局",
            programme="2026年中小学幼儿园教师信息技术应用能力提升工程2.0",
            title="整校推进方案",
            school="黄圩中心小学",
            number="341324-2026-F00012-2",
            filing_number="341324-2026-012",
            state="已备案",
        ),
        "scan": ScanShown(
            name="盖章扫描件.pdf",
            url="#papers",
            add_url="#papers",
            accept=".jpg,.png,.pdf",
            limits="图片或 PDF，不超过 20 MB。",
            max_bytes=20 * MEGABYTE,
        ),
    }
