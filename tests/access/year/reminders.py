"""Who may open what: reminders and those who hang behind."""

from django.conf import settings

from assessment.reminding.chats import actions as chats
from assessment.reminding.chats.models import ChatKind
from assessment.reminding.models import Mail, OutboxStatus
from assessment.reminding.risks import actions as risks
from assessment.reminding.risks.models import RiskFlag, RiskKind
from assessment.reminding.telling import Word, tell_once
from tests import stories
from tests.access.lines import SIGNED_IN, Line, get, post
from tests.access.stage import Stage
from tests.access.table_assessment import OFFICE, SEES_COUNTY
from tests.cast import acting

HELPS, CIO = "cio group-head", "cio"
RULE = {"duty": "choose", "is_on": "on", "before": "5, 1", "after": "", "by_mail": "on"}
FLAG = {"at": {"pk": "flag"}, "in_group": True}
CHAT, COUNTY_CHAT = {"at": {"pk": "chat"}}, {"at": {"pk": "county_chat"}}


def another(s: Stage) -> dict[str, str]:
    return {
        "name": "Another chat",
        "kind": "wecom",
        "url": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k2",
    }


LINES: list[Line] = [
    get("assessment:own-reminders", SIGNED_IN, lambda s: "Choose three by Friday.", owner="teacher4@east"),
    post("assessment:own-reminders-set", SIGNED_IN, lambda s: {"by_mail": "on", "language": "en"},
         owner="teacher4@east"),
    get("assessment:county-reminders", OFFICE, lambda s: "/alpha/reminders/rule/?duty=choose"),
    post("assessment:county-reminders-run", OFFICE),
    get("assessment:county-reminder-rule", OFFICE, lambda s: "/alpha/reminders/rule/set/"),
    post("assessment:county-reminder-rule-set", OFFICE, lambda s: RULE),
    get("assessment:county-mails", OFFICE, lambda s: "Letter that failed"),
    post("assessment:county-mail-again", OFFICE, at={"pk": "mail"}),
    get("assessment:county-chats", OFFICE, lambda s: s.county_chat.name),
    post("assessment:county-chats-add", OFFICE, another),
    post("assessment:county-chat-switch", OFFICE, **COUNTY_CHAT),
    post("assessment:county-chat-try", OFFICE, **COUNTY_CHAT),
    post("assessment:county-chat-remove", OFFICE, **COUNTY_CHAT),
    get("assessment:county-flags", SEES_COUNTY, lambda s: "东风小学"),
    get("assessment:school-reminders", CIO, lambda s: s.east["teacher4"].name),
    get("assessment:school-chats", CIO, lambda s: s.chat.name),
    post("assessment:school-chats-add", CIO, another),
    post("assessment:school-chat-switch", CIO, **CHAT),
    post("assessment:school-chat-try", CIO, **CHAT),
    post("assessment:school-chat-remove", CIO, **CHAT),
    get("assessment:school-flags", HELPS, lambda s: s.east["teacher4"].name, in_group=True),
    post("assessment:school-flags-check", HELPS),
    get("assessment:school-flag", HELPS, lambda s: s.east["teacher4"].name, **FLAG),
    post("assessment:school-flag-helper", HELPS, lambda s: {"helper": s.east["teacher2"].pk}, **FLAG),
    post("assessment:school-flag-note", HELPS, lambda s: {"note": "Talked on Monday."}, **FLAG),
]  # fmt: skip


def give(stage: Stage) -> None:
    """Put the things of these lines on the stage: a flag with a note, a reminder, a failed mail, two chats."""
    alpha, east = stage.world.alpha, stage.east
    cio, office = acting(east["cio"]), acting(alpha["county-office"])
    row = stories.participant(alpha, east["teacher4"])
    flag = RiskFlag.objects.create(
        county=alpha.county, school=east.school, programme=row.programme, participant=row,
        person=east["teacher4"], kind=RiskKind.HOURS,
    )  # fmt: skip
    risks.note(flagged=flag, text="Choose three by Friday.", by=cio)
    word = Word("choose", "choose:2026-01-01:-3", east["teacher4"].pk, east.school.pk, None,
                "A reminder to the fourth teacher", {}, "/me/")  # fmt: skip
    tell_once(row.programme, [word])
    stage.things["mail"] = Mail.objects.create(
        county=alpha.county, person=east["teacher4"], key="k" * 32, subject="Letter that failed", body="",
        status=OutboxStatus.FAILED, tries=6,
    )  # fmt: skip
    for name, school, by in (("chat", east.school, cio), ("county_chat", None, office)):
        stage.things[name] = chats.add(
            county=alpha.county, school=school, name=f"Chat of {name}", kind=ChatKind.WECOM, with_names=False,
            url=f"https://{settings.CHAT_HOSTS[0]}/cgi-bin/webhook/send?key=k1", by=by,
        )  # fmt: skip
    stage.things["flag"] = flag
