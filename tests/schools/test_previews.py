"""Previews of genuine files: pages, pictures without a past, films that play; and what cannot be shown."""

import http.server
import io
import threading
from pathlib import Path

import av
import pytest
from django.conf import settings
from django_scopes import scope
from PIL import Image, ImageStat

from schools.files.models import Preview, Rendition, StoredFile
from schools.files.previews.asking import ask_for_preview, try_again_with_office
from schools.files.previews.running import run
from schools.files.storing import digest_of, location
from tests.cast import World
from tests.schools import preview_files as files

LINK = (
    '<Relationship Id="rId900" TargetMode="External" Target="{0}" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>'
)
LINKED_PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><wp:extent cx="914400" cy="914400"/><wp:docPr id="1" name="p"/><a:graphic '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.'
    'openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/'
    'drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="0" name="p"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'r:link="rId900"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" '
    'y="0"/><a:ext cx="914400" cy="914400"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)


def seen(world: World, file: StoredFile) -> tuple[Preview, dict[tuple[str, int], Rendition]]:
    """Make the preview of a file; returns it and its copies by kind and number."""
    with scope(county=world.alpha.county, school=None):
        ask_for_preview(file)
        run(file.pk)
        preview = Preview.objects.get(file=file)
        return preview, {(one.kind, one.number): one for one in preview.renditions.all()}


def path_of(copy: Rendition) -> Path:
    return Path(settings.MEDIA_ROOT) / copy.path


def picture_of(copy: Rendition) -> Image.Image:
    picture = Image.open(path_of(copy))
    assert picture.size == (copy.width, copy.height)
    assert copy.size == path_of(copy).stat().st_size
    return picture


def is_near(colour: tuple[int, ...], wanted: tuple[int, int, int]) -> bool:
    return all(abs(one - other) < 25 for one, other in zip(colour, wanted, strict=True))


@pytest.mark.parametrize(
    ("name", "content", "pages"),
    [
        ("plan.docx", files.document(3), 3),
        pytest.param("lesson.pptx", files.slides(2), 2, marks=pytest.mark.full),
        pytest.param("marks.xlsx", files.sheet(), 1, marks=pytest.mark.full),
    ],
)
def test_office_document_becomes_pages(world: World, name: str, content: bytes, pages: int) -> None:
    preview, copies = seen(world, files.stored(world.alpha.county, name, content))
    assert (preview.state, preview.pages, preview.reason) == ("ready", pages, "")
    assert sorted(copies) == [*(("page", number) for number in range(1, pages + 1)), ("thumbnail", 1)]
    first = picture_of(copies["page", 1])
    assert first.width == 1200
    assert ImageStat.Stat(first.convert("L")).extrema[0][0] < 100  # something is written on it
    assert max(picture_of(copies["thumbnail", 1]).size) == 320


@pytest.mark.full
def test_long_pdf_counts_all_pages_and_shows_the_first_forty(world: World) -> None:
    file = files.stored(world.alpha.county, "long.pdf", files.pdf(*[(595, 842)] * 45))
    preview, copies = seen(world, file)
    assert preview.pages == 45
    assert sorted(number for kind, number in copies if kind == "page") == list(range(1, 41))


@pytest.mark.parametrize("size", [(14400, 14400), (10, 14400), (14400, 10), (2_000_000, 3_000_000), (1, 1)])
def test_page_of_any_claimed_size_stays_within_bounds(world: World, size: tuple[float, float]) -> None:
    preview, copies = seen(world, files.stored(world.alpha.county, "huge.pdf", files.pdf(size)))
    assert preview.state == "ready"
    page = copies["page", 1]
    assert page.width * page.height <= 4_100_000
    assert max(page.width, page.height) <= 4001


def test_picture_is_shown_upright_and_without_its_past(world: World) -> None:
    file = files.stored(world.alpha.county, "photo.jpg", files.photograph())
    original = digest_of(location(file))
    preview, copies = seen(world, file)
    large, small = picture_of(copies["picture", 1]), picture_of(copies["thumbnail", 1])
    assert (preview.state, large.size, small.size) == ("ready", (800, 1600), (160, 320))
    assert is_near(large.getpixel((790, 10)), files.BLUE)  # the corner has turned to the right
    assert is_near(large.getpixel((10, 10)), files.RED)
    for copy in (large, small):
        assert (dict(copy.getexif()), sorted(copy.info.keys() & {"exif", "xmp", "icc_profile"})) == ({}, [])
    for one in copies.values():
        assert b"Secret" not in path_of(one).read_bytes()
    assert b"Secret" in location(file).read_bytes()
    assert digest_of(location(file)) == original == file.sha256


def test_transparent_picture_stands_on_white(world: World) -> None:
    stream = io.BytesIO()
    Image.new("RGBA", (50, 40), (0, 0, 0, 0)).save(stream, "PNG")
    _preview, copies = seen(world, files.stored(world.alpha.county, "drawing.png", stream.getvalue()))
    assert picture_of(copies["picture", 1]).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_film_of_a_phone_gets_an_upright_copy_that_browsers_play(world: World, tmp_path: Path) -> None:
    content = files.film(tmp_path / "a.mov", codec="libx265", wrapping="mov", is_turned=True)
    _preview, copies = seen(world, files.stored(world.alpha.county, "phone.mov", content, 2))
    copy = copies["video", 1]
    with av.open(str(path_of(copy))) as film:
        track, sound = film.streams.video[0], film.streams.audio[0]
        assert (track.codec_context.name, sound.codec_context.name) == ("h264", "aac")
        assert track.codec_context.pix_fmt == "yuv420p"
        frames = list(film.decode(track))
    assert (frames[0].width, frames[0].height, frames[0].rotation) == (240, 320, 0)
    assert (copy.width, copy.height, copy.mime) == (240, 320, "video/mp4")
    assert abs(len(frames) - 50) <= 1
    assert is_near(frames[25].to_image().getpixel((230, 10)), files.BLUE)
    assert path_of(copy).read_bytes().find(b"moov") < path_of(copy).read_bytes().find(b"mdat")


@pytest.mark.full
def test_large_film_becomes_smaller(world: World, tmp_path: Path) -> None:
    content = files.film(tmp_path / "a.mp4", size=(2560, 1440), seconds=0.4)
    _preview, copies = seen(world, files.stored(world.alpha.county, "large.mp4", content, 0.4))
    assert (copies["video", 1].width, copies["video", 1].height) == (1280, 720)


def test_film_in_another_wrapping_is_wrapped_anew_without_loss(world: World, tmp_path: Path) -> None:
    content = files.film(tmp_path / "a.mov", wrapping="mov", is_turned=True)
    _preview, copies = seen(world, files.stored(world.alpha.county, "lesson.mov", content, 2))
    with av.open(str(path_of(copies["video", 1]))) as film, av.open(io.BytesIO(content)) as original:
        packets = [bytes(one) for one in film.demux(video=0)]
        assert packets == [bytes(one) for one in original.demux(video=0)]
    assert (copies["video", 1].width, copies["video", 1].height) == (240, 320)


def test_plain_film_is_played_as_it_is_and_its_poster_is_not_dark(world: World, tmp_path: Path) -> None:
    content = files.film(tmp_path / "a.mp4", seconds=4, dark=2)
    preview, copies = seen(world, files.stored(world.alpha.county, "lesson.mp4", content, 4))
    assert (preview.state, sorted(copies)) == ("ready", [("poster", 1), ("thumbnail", 1)])
    assert is_near(picture_of(copies["poster", 1]).getpixel((200, 200)), files.RED)


@pytest.mark.parametrize("name", ["plan.docx", "plan.pdf", "photo.jpg", "lesson.mp4"])
def test_broken_file_has_no_preview_and_says_so(world: World, name: str) -> None:
    preview, copies = seen(world, files.stored(world.alpha.county, name, b"nothing of the kind" * 99))
    assert (preview.state, preview.reason, copies) == ("none", "damaged", {})


@pytest.mark.full
def test_without_office_the_document_waits_for_it(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = files.stored(world.alpha.county, "plan.docx", files.document(1))
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("PATH", str(tmp_path))
        preview, _copies = seen(world, file)
        assert (preview.state, preview.reason) == ("none", "no-office")
        try_again_with_office()
        preview.refresh_from_db()
        assert preview.state == "none"
    try_again_with_office()
    assert seen(world, file)[0].state == "ready"


@pytest.mark.full
def test_document_fetches_nothing_from_elsewhere(world: World) -> None:
    asked: list[str] = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, *_words: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    link = LINK.format(f"http://127.0.0.1:{server.server_port}/tracker.png")
    content = files.with_parts(
        files.document(1),
        {
            "word/_rels/document.xml.rels": ("</Relationships>", link),
            "word/document.xml": ("<w:sectPr", f"{LINKED_PICTURE}<w:sectPr"),
        },
    )
    preview, _copies = seen(world, files.stored(world.alpha.county, "plan.docx", content))
    server.shutdown()
    assert (preview.state, asked) == ("ready", [])
