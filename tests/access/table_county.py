"""Who may open what: returns, spot checks, reports and certificates; and the whole table."""

from tests.access.fair import checking, likeness, panels, quality
from tests.access.lines import PUBLIC, Line, get, post
from tests.access.stage import in_a_week
from tests.access.table_assessment import (
    FIRST_PAGE,
    OFFICE,
    PLANNING,
    PROGRAMME,
    REVIEWING,
    SEES_COUNTY,
    SEES_SCHOOL,
    SELECTING,
    SUBMITTING,
    TRAINING,
    grades,
)
from tests.access.table_schools import PORTAL, ROSTERS, SCHOOLS
from tests.access.year import (
    activities,
    bodies,
    choices,
    filings,
    guidance,
    programme,
    providers,
    reminders,
    surveys,
)
from tests.stories import picture

CASE = {"owner": "expert@alpha", "at": {"pk": "case"}}
CASE_PIECE = {"owner": "expert@alpha", "at": {"pk": "case", "evidence": "case_piece"}}
BLIND = ("东风小学", "西湖小学", "南山小学")
EXPORTS = "county-office principal cio team"


def noted(s: object) -> dict[str, str]:
    """A reason and a day."""
    return {"note": "Once more, please.", "due_at": in_a_week()}


CHECKING: list[Line] = [
    get("assessment:cases", "expert", lambda s: s.case.code, owner="expert@alpha", hides=BLIND),
    get("assessment:case", "expert", lambda s: s.case.code, **CASE, hides=BLIND),
    post("assessment:case-save", "expert", grades("passed"), **CASE),
    post("assessment:case-finish", "expert", grades("passed"), **CASE),
    get("assessment:case-evidence", "expert", lambda s: s.bytes_of(s.case_clean), **CASE_PIECE),
    get("assessment:case-evidence-preview", "expert", lambda s: 'role="region"', **CASE_PIECE,
        hides=(*BLIND, ".docx", ".png")),
    get("assessment:case-evidence-copy", "expert", lambda s: s.copy_of(s.case_clean), owner="expert@alpha",
        at={"pk": "case", "evidence": "case_piece", **FIRST_PAGE}, hides=(*BLIND, ".docx", ".png")),
    get("assessment:transfers", OFFICE, lambda s: s.centre["teacher2"].name),
    post("assessment:transfer-complete", OFFICE, at={"pk": "transfer"}),
    post("assessment:transfer-refuse", OFFICE, at={"pk": "transfer"}),
    get("assessment:county-returns", SEES_COUNTY, lambda s: "东风小学"),
    post("assessment:county-returns-accept", OFFICE, lambda s: {"ids": s.filed.pk}, refers=True,
         is_idle=True),
    get("assessment:county-return", SEES_COUNTY, lambda s: s.east["teacher3"].name, at={"pk": "filed"},
        hides=("西湖小学", "乙县")),
    post("assessment:county-return-accept", OFFICE, at={"pk": "filed"}, is_idle=True),
    post("assessment:county-return-send-back", OFFICE, noted, at={"pk": "filed"}, is_idle=True),
    get("assessment:county-return-paper", SEES_COUNTY, lambda s: s.east["teacher3"].name,
        at={"pk": "filed"}, hides=("西湖小学", "乙县")),
    get("assessment:county-return-scan", SEES_COUNTY, lambda s: s.bytes_of(s.filed.scan), at={"pk": "filed"}),
    get("assessment:school-return-paper", "principal cio", lambda s: s.east["teacher3"].name),
    get("assessment:school-return-scan", "principal cio", lambda s: s.bytes_of(s.filed.scan)),
    post("assessment:school-return-scan-add", "principal cio", lambda s: {"scan": picture(232)}),
    get("assessment:draws", OFFICE, lambda s: f"/alpha/draws/{s.draw.pk}/"),
    get("assessment:draw", OFFICE, lambda s: s.draw.seed_sha256, at={"pk": "draw"}),
    post("assessment:draw-assign", OFFICE, at={"pk": "draw"}),
    post("assessment:draw-uphold", OFFICE, at={"pk": "draw"}),
    get("assessment:county-case", OFFICE, lambda s: s.judged_case.code, at={"pk": "judged_case"}),
    post("assessment:county-case-uphold", OFFICE, at={"pk": "judged_case"}),
    post("assessment:county-case-overturn", OFFICE, noted, at={"pk": "judged_case"}),
    post("assessment:county-case-rectify", OFFICE, noted, at={"pk": "overturned_case"}),
    get("assessment:school-return", "principal cio", lambda s: s.east["teacher3"].name),
    post("assessment:school-return-open", "principal cio", is_idle=True),
    post("assessment:school-return-publish", "cio", is_idle=True),
    post("assessment:school-return-sign", "principal", is_idle=True),
    post("assessment:school-return-file", "principal cio", is_idle=True),
    post("assessment:submission-take-back", "cio deputy", noted, at={"pk": "failed"}, mover="cio@east"),
    post("assessment:submission-reopen", "cio deputy", noted, at={"pk": "failed"}, mover="cio@east"),
]  # fmt: skip

REPORTING: list[Line] = [
    get("assessment:me", "teacher", lambda s: f"/me/submissions/{s.draft.pk}/", owner="teacher6@east"),
    get("assessment:region-home", "observer", lambda s: "甲县", hides=("小学", "teacher", "principal")),
    get("assessment:county-home", SEES_COUNTY, lambda s: "东风小学"),
    get("assessment:county-plot-funnel", SEES_COUNTY, lambda s: "甲县"),
    get("assessment:county-plot-curve", SEES_COUNTY, lambda s: "甲县"),
    get("assessment:school-plot-curve", SEES_SCHOOL, lambda s: "东风小学"),
    get("assessment:school-plot-credits", SEES_SCHOOL, lambda s: "东风小学"),
    get("assessment:county-reports", OFFICE, lambda s: "A11"),
    post("assessment:county-reports-ask", OFFICE, lambda s: {"language": "en"}),
    get("assessment:school-home", SEES_SCHOOL, lambda s: s.east["teacher3"].name, in_group=True),
    get("assessment:school-reports", EXPORTS, lambda s: "A11"),
    post("assessment:school-reports-ask", EXPORTS, lambda s: {"language": "en"}),
]

CERTIFICATES: list[Line] = [
    get("certificates:verify", PUBLIC),
    get("certificates:verified", PUBLIC, lambda s: s.certificate.number, at={"token": "token"}),
    get("certificates:portfolio", "teacher", lambda s: s.certificate.number, owner="teacher@east"),
    get("certificates:own-pdf", "teacher", lambda s: s.bytes_of(s.certificate.pdf), owner="teacher@east",
        at={"pk": "certificate"}),
    get("certificates:register", SEES_COUNTY, lambda s: s.certificate.number),
    post("certificates:issue", OFFICE),
    get("certificates:certificate", SEES_COUNTY, lambda s: s.certificate.number, at={"pk": "certificate"}),
    get("certificates:pdf", SEES_COUNTY, lambda s: s.bytes_of(s.certificate.pdf), at={"pk": "certificate"}),
    post("certificates:revoke", OFFICE, noted, at={"pk": "certificate"}),
]  # fmt: skip

FAIR = (checking, panels, likeness, quality)
YEAR = (guidance, programme, bodies, filings, choices, providers, activities, surveys, reminders, *FAIR)

TABLE: list[Line] = [
    *PORTAL, *SCHOOLS, *ROSTERS, *PROGRAMME, *PLANNING, *SELECTING, *TRAINING, *SUBMITTING, *REVIEWING,
    *CHECKING, *REPORTING, *CERTIFICATES, *(line for part in YEAR for line in part.LINES),
]  # fmt: skip
