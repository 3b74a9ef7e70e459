"""Files that arrive in parts: what the protocol (tus 1.0) says to right and wrong requests."""

import pytest
from django.test import Client

from assessment.submitting import sendings
from microcapabilities.models import EvidenceItem
from schools.files.models import Arrival
from tests.assessment.uploading import (
    NONE,
    PIECES,
    TUS,
    Sender,
    checksum,
    encoded,
    left_behind,
    lying,
    plan,
    sha,
)
from tests.cast import World, acting
from tests.stories import document, picture


def test_abilities_are_told_before_anything_is_sent(sender: Sender) -> None:
    answer = sender.client.options(sender.entrance)
    assert (answer.status_code, answer.headers["Tus-Version"]) == (204, "1.0.0")
    assert set(answer.headers["Tus-Extension"].split(",")) >= {
        "creation", "creation-with-upload", "expiration", "checksum", "termination",
    }  # fmt: skip
    assert answer.headers["Tus-Max-Size"] == str(sender.item.max_megabytes * 1_000_000)
    assert set(answer.headers["Tus-Checksum-Algorithm"].split(",")) == {"sha1", "sha256", "md5"}


def test_file_in_three_parts_is_laid_with_the_last(sender: Sender) -> None:
    upload, content = plan()
    url = sender.begun(upload)
    states = []
    for start, end in ((0, 1000), (1000, 1001), (1001, len(content))):
        answer = sender.patch(url, start, content[start:end])
        states.append((answer.status_code, answer.headers["Upload-Offset"], len(lying(sender.submission))))
    assert states == [(204, "1000", 0), (204, "1001", 0), (204, str(len(content)), 1)]
    assert lying(sender.submission) == [(sender.item.number, "教学设计.docx", sha(content))]
    assert left_behind() == (1, [], 1)
    told = sender.standing(url)
    assert told["next"].startswith(f"/me/submissions/{sender.submission.pk}/?added=")
    head = sender.head(url)
    assert (head.status_code, head.headers["Upload-Offset"]) == (200, head.headers["Upload-Length"])


def test_whole_file_in_the_first_request_is_laid(sender: Sender) -> None:
    upload, content = plan()
    headers = TUS | {
        "Upload-Length": str(len(content)),
        "Upload-Metadata": f"filename {encoded(upload.name)}",
    }
    answer = sender.client.post(sender.entrance, content, content_type=PIECES, headers=headers)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, str(len(content)))
    assert lying(sender.submission)[0][2] == sha(content)


def test_head_tells_offset_length_name_and_is_not_cached(sender: Sender) -> None:
    upload, content = plan()
    url = sender.begun(upload)
    sender.patch(url, 0, content[:700])
    head = sender.head(url)
    assert (head.status_code, head.content) == (200, b"")
    told = [head.headers[name] for name in ("Upload-Offset", "Upload-Length", "Cache-Control")]
    assert told == ["700", str(len(content)), "no-store"]
    assert head.headers["Upload-Metadata"] == f"filename {encoded('教学设计.docx')}"
    assert "Upload-Expires" in head.headers


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": "0.2.2"}, 412),
        ({"Upload-Length": "-1"}, 400),
        ({"Upload-Length": "many"}, 400),
        ({"Upload-Length": "0"}, 422),
        ({"Upload-Defer-Length": "1"}, 400),
        ({"Upload-Metadata": ""}, 400),
        ({"Upload-Metadata": "filename"}, 400),
        ({"Upload-Metadata": "filename %%%"}, 400),
        ({"Upload-Metadata": f"filename {encoded(bytes([255, 254, 253]))}"}, 400),
        ({"Upload-Metadata": f"filename {encoded('a.docx')} more, x"}, 400),
        ({"Upload-Length": "999999999999"}, 413),
        ({"Upload-Metadata": f"filename {encoded('film.mp4')}"}, 422),
        ({"Upload-Metadata": f"filename {encoded('virus.exe')}"}, 422),
    ],
)
def test_beginning_is_refused_with_a_sentence_and_nothing_is_kept(
    sender: Sender, headers: dict[str, str], status: int
) -> None:
    answer = sender.begin("plan.docx", 100, **headers)
    assert (answer.status_code, list(answer.json())) == (status, ["error"])
    assert (Arrival.objects.count(), left_behind()) == (0, NONE)


def test_name_never_becomes_a_path(sender: Sender) -> None:
    sender.begin("../../etc/..\\pass\u202ewd\n.docx", 100)
    assert Arrival.objects.get().name == "passwd.docx"


@pytest.mark.parametrize(
    ("offset", "headers", "status"),
    [
        (0, {"Upload-Offset": "1"}, 409),
        (5, {}, 409),
        (0, {"Upload-Offset": "x"}, 400),
        (0, {"Tus-Resumable": ""}, 412),
        (0, {"Upload-Checksum": "crc32 AAAA"}, 400),
        (0, {"Upload-Checksum": "sha256 ???"}, 400),
        (0, {"Upload-Checksum": checksum(b"other")}, 460),
        (0, {"Upload-Checksum": checksum(b"other", "md5")}, 460),
        (0, {"Transfer-Encoding": "chunked"}, 411),
    ],
)
def test_part_is_refused_and_the_offset_stays(
    sender: Sender, offset: int, headers: dict[str, str], status: int
) -> None:
    upload, content = plan()
    url = sender.begun(upload)
    answer = sender.patch(url, offset, content[:900], **headers)
    assert (answer.status_code, list(answer.json())) == (status, ["error"])
    assert sender.offset(url) == 0
    assert sender.patch(url, 0, content, **{"Upload-Checksum": checksum(content)}).status_code == 204


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "md5"])
def test_part_with_the_right_checksum_counts(sender: Sender, algorithm: str) -> None:
    upload, content = plan()
    url = sender.begun(upload)
    part = content[:900]
    assert sender.patch(url, 0, part, **{"Upload-Checksum": checksum(part, algorithm)}).status_code == 204
    assert sender.offset(url) == 900


def test_part_of_another_type_or_too_long_is_refused(sender: Sender) -> None:
    upload, content = plan()
    url = sender.begun(upload)
    typed = sender.client.patch(url, content, content_type="text/plain", headers=TUS | {"Upload-Offset": "0"})
    assert (typed.status_code, sender.patch(url, 0, content + b"more").status_code) == (415, 413)
    assert sender.offset(url) == 0


def test_form_may_stand_for_patch_but_a_link_may_not(sender: Sender) -> None:
    upload, content = plan()
    url = sender.begun(upload)
    patch = TUS | {"Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    assert sender.client.post(url, content[:9], content_type=PIECES, headers=patch).status_code == 204
    delete = TUS | {"X-HTTP-Method-Override": "DELETE"}
    assert sender.client.get(url, headers=delete).status_code == 200
    assert (sender.client.post(url).status_code, sender.offset(url)) == (405, 9)


def test_given_up_file_is_gone_with_its_bytes(sender: Sender) -> None:
    upload, content = plan()
    url = sender.begun(upload)
    sender.patch(url, 0, content[:900])
    assert left_behind()[1] != []
    assert (sender.delete(url).status_code, sender.head(url).status_code) == (204, 404)
    assert (sender.patch(url, 900, content[900:]).status_code, left_behind()) == (404, NONE)


def test_laid_file_is_not_given_up(sender: Sender) -> None:
    upload, content = plan()
    url = sender.begun(upload)
    sender.patch(url, 0, content)
    assert (sender.delete(url).status_code, len(lying(sender.submission))) == (410, 1)


def test_form_without_script_gives_up_too(sender: Sender) -> None:
    upload, content = plan()
    url = sender.begun(upload)
    sender.patch(url, 0, content[: len(content) // 2])
    page = f"/me/submissions/{sender.submission.pk}/"
    (waiting,) = [one for place in sender.client.get(page).context["places"] for one in place.arriving]
    assert (waiting.name, waiting.percent in (49, 50), waiting.url) == ("教学设计.docx", True, url)
    back = sender.client.post(waiting.remove_url)
    assert back.headers["Location"] == f"{page}#item-{sender.item.number}"
    assert (Arrival.objects.count(), left_behind()) == (0, NONE)


def test_file_of_somebody_else_is_not_there(sender: Sender, in_alpha: World) -> None:
    upload, content = plan()
    url = sender.begun(upload)
    other = Sender(Client(), sender.submission, sender.item)
    for person in (in_alpha.alpha.schools[0]["teacher2"], in_alpha.beta.schools[0]["teacher"]):
        other.client.force_login(person.user, backend="schools.access.backend.MembershipBackend")
        answers = [
            other.head(url), other.patch(url, 0, content), other.delete(url), other.client.get(url),
            other.client.options(url), other.client.post(f"{url}remove/"), other.begin("a.docx", 5),
            other.client.options(other.entrance),
        ]  # fmt: skip
        assert [answer.status_code for answer in answers] == [404] * 8
    assert (sender.offset(url), Arrival.objects.count()) == (0, 1)


def test_cross_site_request_is_refused(sender: Sender, in_alpha: World) -> None:
    upload, content = plan()
    url = sender.begun(upload)
    strict = Client(enforce_csrf_checks=True)
    person = in_alpha.alpha.schools[0]["teacher"]
    strict.force_login(person.user, backend="schools.access.backend.MembershipBackend")
    foreign = Sender(strict, sender.submission, sender.item)
    answers = [foreign.begin("a.docx", 5), foreign.patch(url, 0, content), foreign.delete(url)]
    assert [answer.status_code for answer in answers] == [403] * 3
    assert (sender.offset(url), Arrival.objects.count()) == (0, 1)


def test_sender_can_tell_its_file_from_another_of_the_same_name(sender: Sender) -> None:
    upload, content = plan()
    url = sender.begun(upload)
    sender.patch(url, 0, content[:900])
    told = sender.standing(url)
    assert (told["offset"], told["size"], told["sampled"] >= 900) == (900, len(content), True)
    assert told["sample"] == sha(content[:900] * 2)


def test_several_files_in_one_form_are_each_taken_or_refused(sender: Sender) -> None:
    url = f"/me/submissions/{sender.submission.pk}/items/{sender.item.pk}/add/"
    answer = sender.client.post(url, {"file": [document("One"), picture(3), document("Two")]}, follow=True)
    levels = [message.level_tag for message in answer.context["messages"]]
    assert levels == ["success", "success", "error"]
    assert [name for _item, name, _sha in lying(sender.submission)] == ["One.docx", "Two.docx"]


def test_part_costs_as_many_queries_late_as_early(  # type: ignore[no-untyped-def]
    sender: Sender, django_assert_max_num_queries
) -> None:
    upload, content = plan()
    url = sender.begun(upload)
    for start in (0, 100):
        with django_assert_max_num_queries(8):
            sender.patch(url, start, content[start : start + 100])


def test_size_limit_is_the_items_own(sender: Sender) -> None:
    EvidenceItem.objects.filter(pk=sender.item.pk).update(max_megabytes=1)
    assert [sender.begin("a.docx", size).status_code for size in (1_000_000, 1_000_001)] == [201, 413]


def test_begin_needs_ones_own_submission(sender: Sender, in_alpha: World) -> None:
    stranger = acting(in_alpha.alpha.schools[0]["teacher2"])
    with pytest.raises(sendings.Refused):
        sendings.begin(submission=sender.submission, item=sender.item, name="a.docx", size=5, by=stranger)
