"""The outboxes: mails and chat messages are sent once, tried again when a server is down, given up in the end."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_string
from http.server import BaseHTTPRequestHandler, HTTPServer
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from assessment.programme.models import PhaseKind
from assessment.reminding import actions, mailing, outbox
from assessment.reminding.chats import actions as chats
from assessment.reminding.chats import posting
from assessment.reminding.chats.addresses import is_public, target_of
from assessment.reminding.chats.models import ChatHook, ChatKind, ChatMessage
from assessment.reminding.duties.table import DUTIES
from assessment.reminding.models import Mail, OutboxStatus
from assessment.reminding.running import remind
from assessment.reminding.tasks import send_outboxes
from schools.clock import now, today
from schools.people.models import Person
from schools.refusals import Forbidden, Refused
from tests import stories
from tests.assessment.reminding import only
from tests.cast import World, acting

ROBOT = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=secret-key"


class BrokenBackend(EmailBackend):
    """A server that is down."""

    def open(self) -> bool:
        raise ConnectionRefusedError


class DroppingBackend(EmailBackend):
    """A server that takes one letter and then hangs up."""

    def send_messages(self, messages: Any) -> int:
        if mail.outbox:
            raise SMTPServerDisconnected("gone")
        return super().send_messages(messages)


def letter(world: World, who: str = "teacher", email: str = "t@example.org") -> Mail:
    person = world.alpha.schools[0][who]
    Person.objects.filter(pk=person.pk).update(email=email)
    row = mailing.letter(person, "Subject", [("Words", "/me/")])
    row.save()
    return row


def send(world: World) -> int:
    return outbox.send_all(Mail, world.alpha.county.pk, mailing.send)


def standing(row: Mail | ChatMessage) -> tuple[str, int]:
    row.refresh_from_db()
    return row.status, row.tries


def test_mail_is_sent_once_with_a_steady_message_id(in_alpha: World, settings) -> None:  # type: ignore[no-untyped-def]
    settings.PUBLIC_ADDRESS = "https://portal.example.org"
    row = letter(in_alpha)
    assert (send(in_alpha), send(in_alpha)) == (1, 0)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["t@example.org"], "Subject")
    assert message_from_string(sent.message().as_string())["Message-ID"] == f"<{row.key}@portal.example.org>"
    assert (standing(row), row.sent_at is not None, row.lease_until) == (("sent", 0), True, None)


@pytest.mark.parametrize("reason", ["unwanted", "no address", "inactive", "off"])
def test_mail_that_is_not_wanted_any_more_is_closed(in_alpha: World, settings, reason: str) -> None:  # type: ignore[no-untyped-def]
    teacher, row = in_alpha.alpha.schools[0]["teacher"], letter(in_alpha)
    if reason == "unwanted":
        actions.prefer(person=teacher, by_mail=False, language="en", by=acting(teacher))
    elif reason == "off":
        settings.EMAIL_BACKEND = mailing.DUMMY
    else:
        change = {"email": ""} if reason == "no address" else {"is_active": False}
        Person.objects.filter(pk=teacher.pk).update(**change)
    send(in_alpha)
    assert (standing(row), mail.outbox) == (("off", 0), [])


def test_server_that_is_down_is_tried_again_ever_later_and_then_given_up(in_alpha: World, settings) -> None:  # type: ignore[no-untyped-def]
    settings.EMAIL_BACKEND = f"{__name__}.BrokenBackend"
    row, delays = letter(in_alpha), []
    for number in range(1, outbox.MOST_TRIES):
        assert send(in_alpha) == 1
        assert standing(row) == ("waiting", number)
        delays.append(round((row.next_try_at - now()).total_seconds() / 60))
        assert send(in_alpha) == 0
        Mail.objects.filter(pk=row.pk).update(next_try_at=now())
    send(in_alpha)
    assert (standing(row), delays) == (("failed", 6), [2, 4, 8, 16, 32])
    assert row.trouble == "ConnectionRefusedError"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    office = acting(in_alpha.alpha["county-office"])
    actions.send_again(mail=row, by=office)
    assert (send(in_alpha), standing(row)[0], len(mail.outbox)) == (1, "sent", 1)
    with pytest.raises(Refused):
        actions.send_again(mail=row, by=office)


def test_connection_lost_in_the_middle_keeps_the_rest_waiting(in_alpha: World, settings) -> None:  # type: ignore[no-untyped-def]
    settings.EMAIL_BACKEND = f"{__name__}.DroppingBackend"
    rows = [letter(in_alpha, who) for who in ("teacher", "teacher2", "cio")]
    send(in_alpha)
    assert [standing(row)[0] for row in rows] == ["sent", "waiting", "waiting"]


def test_mail_that_another_worker_holds_is_left_to_it(in_alpha: World) -> None:
    row = letter(in_alpha)
    (held,) = outbox.claim(Mail, in_alpha.alpha.county.pk)
    assert (send(in_alpha), mail.outbox) == (0, [])
    Mail.objects.filter(pk=row.pk).update(lease_until=now() - timedelta(seconds=1))
    assert (send(in_alpha), standing(row)[0]) == (1, "sent")
    assert (outbox.hold(held), outbox.failed(held, "late")) == (False, False)
    assert standing(row) == ("sent", 0)


@pytest.mark.parametrize(
    "url",
    [
        "http://qyapi.weixin.qq.com/send", "https://qyapi.weixin.qq.com:8443/send", "https://example.org/hook",
        "https://qyapi.weixin.qq.com.example.org/", "https://user@qyapi.weixin.qq.com/", "ftp://open.feishu.cn/",
        "https://169.254.169.254/latest/meta-data", "file:///etc/passwd", "", "https://", "nonsense",
        "https://qyapi.weixin.qq.com/a b", "https://[::1", "https://qyapi.weixin.qq.com@example.org/",
    ],
)  # fmt: skip
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(Refused):
        target_of(url)


@pytest.mark.parametrize("mode", ["demo", "production"])
@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "https://localhost/", "https://[::1]/"])
def test_own_machine_is_reached_in_development_only(settings, mode: str, url: str) -> None:  # type: ignore[no-untyped-def]
    assert target_of(url).host in ("127.0.0.1", "localhost", "::1")
    settings.MODE = mode
    with pytest.raises(Refused):
        target_of(url)


def test_numbers_of_inner_nets_are_not_public() -> None:
    inner = ("127.0.0.1", "10.0.0.8", "192.168.1.4", "172.16.0.1", "169.254.169.254", "0.0.0.0", "::1", "fe80::1",
             "fc00::1", "::ffff:10.0.0.1", "100.64.0.1", "224.0.0.1")  # fmt: skip
    assert [number for number in inner if is_public(number)] == []
    assert [is_public(number) for number in ("114.114.114.114", "2400:3200::1")] == [True, True]


def test_known_host_that_leads_inside_is_not_posted_to(settings) -> None:  # type: ignore[no-untyped-def]
    settings.CHAT_HOSTS, settings.MODE = ["localhost"], "production"
    with pytest.raises(Refused) as refused:
        posting.post("plain", "https://localhost/hook", "Words")
    assert refused.value.code == "not-public"


class Listener:
    """A chat's server on this machine: keeps what it hears, answers as told."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, dict[str, Any]]] = []
        self.status, self.said = 200, b'{"errcode": 0}'
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.heard.append((self.path, json.loads(body)))
                self.send_response(outer.status)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", str(len(outer.said)))
                self.end_headers()
                self.wfile.write(outer.said)

            do_GET = do_POST

            def log_message(self, *_words: Any) -> None:
                """Stay silent."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/robot?key=secret-key"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def listener() -> Iterator[Listener]:
    found = Listener()
    yield found
    found.server.shutdown()
    found.server.server_close()


def hook(world: World, url: str, *, at_school: bool = True, **facts: Any) -> ChatHook:
    east = world.alpha.schools[0]
    by = acting(east["cio"] if at_school else world.alpha["county-office"])
    asked = {"kind": ChatKind.WECOM, "with_names": False, "name": "Chat", **facts}
    return chats.add(
        county=world.alpha.county, school=east.school if at_school else None, url=url, by=by, **asked
    )


def post_all(world: World) -> int:
    return outbox.send_all(ChatMessage, world.alpha.county.pk, posting.send)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (ChatKind.WECOM, {"msgtype": "text", "text": {"content": "Words"}}),
        (ChatKind.DINGTALK, {"msgtype": "text", "text": {"content": "Words"}}),
        (ChatKind.FEISHU, {"msg_type": "text", "content": {"text": "Words"}}),
        (ChatKind.PLAIN, {"text": "Words"}),
    ],
)
def test_each_provider_gets_its_own_words(listener: Listener, kind: ChatKind, body: dict[str, Any]) -> None:
    assert posting.post(kind, listener.url, "Words") == ""
    assert listener.heard == [("/robot?key=secret-key", body)]


@pytest.mark.parametrize(
    ("status", "said", "trouble"),
    [
        (302, b"", "HTTP 302"),
        (500, b"", "HTTP 500"),
        (200, b'{"errcode": 93000, "errmsg": "invalid webhook url"}', "93000 invalid webhook url"),
        (200, b"x" * 9000, ""),
    ],
)
def test_answers_are_read_and_redirects_not_followed(
    listener: Listener, status: int, said: bytes, trouble: str
) -> None:
    listener.status, listener.said = status, said
    assert posting.post(ChatKind.WECOM, listener.url, "Words") == trouble
    assert len(listener.heard) == 1


def test_chat_hears_counts_once_a_day_and_names_only_where_set(in_alpha: World, listener: Listener) -> None:
    alpha = in_alpha.alpha
    east, west = alpha.schools
    programme = stories.programme(alpha)
    only(alpha, programme, PhaseKind.CHOOSE, 3)
    actions.set_rule(
        programme=programme, duty=DUTIES["choose"], days=[-3], is_on=True, by_mail=False, to_chat=True,
        by=acting(alpha["county-office"]),
    )  # fmt: skip
    hook(in_alpha, listener.url)
    hook(in_alpha, listener.url, name="Named", with_names=True)
    hook(in_alpha, listener.url, at_school=False, with_names=True)
    told = remind(programme, today())["choose"]
    assert remind(programme, today()) == {}
    assert (post_all(in_alpha), post_all(in_alpha)) == (3, 0)
    plain, named, county = (body["text"]["content"] for _path, body in listener.heard)
    assert (east["teacher"].name in plain, east["teacher"].name in named) == (False, True)
    assert [west["teacher"].name in text for text in (plain, named, county)] == [False, False, False]
    assert (str(told) in county, "西湖小学" in county, east["teacher"].name in county) == (True, True, False)
    assert "secret-key" not in plain + named + county
    assert {row.last_result for row in ChatHook.objects.all()} == {""}


def test_chat_that_fails_is_tried_again_and_says_so(in_alpha: World, listener: Listener) -> None:
    listener.status = 500
    east, found = in_alpha.alpha.schools[0], hook(in_alpha, listener.url)
    row = chats.ask_for_trial(hook=found, by=acting(east["cio"]))
    post_all(in_alpha)
    found.refresh_from_db()
    assert (standing(row), found.last_result) == (("waiting", 1), "HTTP 500")
    listener.status = 200
    ChatMessage.objects.update(next_try_at=now())
    send_outboxes()
    found.refresh_from_db()
    assert (standing(row), found.last_result) == (("sent", 1), "")
    row = chats.ask_for_trial(hook=found, by=acting(east["cio"]))
    chats.switch(hook=found, is_on=False, with_names=False, by=acting(east["cio"]))
    post_all(in_alpha)
    assert (standing(row)[0], len(listener.heard)) == (OutboxStatus.OFF, 2)


def test_chats_are_kept_by_the_office_and_the_schools_cio(in_alpha: World) -> None:
    alpha = in_alpha.alpha
    east, west = alpha.schools
    found = hook(in_alpha, ROBOT)
    assert b"secret-key" not in bytes(found.url_sealed)
    assert found.url_shown == "qyapi.weixin.qq.com/…"
    for person in (east["group-head"], east["principal"], west["cio"], alpha["county-office"]):
        with pytest.raises(Forbidden):
            chats.remove(hook=found, by=acting(person))
    with pytest.raises(Refused):
        hook(in_alpha, ROBOT)
    chats.remove(hook=found, by=acting(east["cio"]))
    assert ChatHook.objects.count() == 0
