"""Certificates as PDF files: the one module that imports WeasyPrint and lays pages out.

One document per batch is laid out (form, then overlays) and cut into one file per certificate, because
layout and fonts are nearly all the cost. Each file carries the letters of its whole batch: keep a batch
within one school.
"""

import logging
import threading
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pikepdf
import segno
from django.utils.translation import gettext as _
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from certificates import glyphs
from certificates.pages import QR_LEFT_MM, QR_SIDE_MM, QR_TOP_MM, Overlay, Sheet, Unprintable, document

ASSETS = Path(__file__).resolve().parent / "assets"

_POINTS_PER_MM = 72 / 25.4
_PAGE_HEIGHT = 210 * _POINTS_PER_MM
_QUIET_MODULES = 4


class AssetsOnly(URLFetcher):
    """Opens files of the assets folder and nothing else; anything else stops the rendering."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return the asset at `url`; raise FatalURLFetchingError for every other address."""
        parts = urlsplit(url)
        path = Path(unquote(parts.path)).resolve()
        if parts.scheme != "file" or parts.netloc or not path.is_relative_to(ASSETS) or not path.is_file():
            raise FatalURLFetchingError(f"Not one of the certificate's own pictures: {url}")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "image/svg+xml"})


class Complaints(logging.Handler):
    """Keeps what WeasyPrint warns of in this thread: it goes on with a picture or rule left out."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.sentences: list[str] = []
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record's text if it was logged by the thread that renders."""
        if record.thread == self._thread:
            self.sentences.append(record.getMessage())


def render_batch(sheets: Sequence[Sheet]) -> Iterator[bytes]:
    """Yield one single-page PDF (A4 landscape, fonts embedded) per overlay, sheet by sheet, in order.

    All sheets are laid out in one document. Raises Unprintable, before the first file, when a sign is missing
    from the fonts, a text is too long for its place, or WeasyPrint warned of anything.
    """
    expected = sum(1 + len(sheet.overlays) for sheet in sheets)
    if not expected:
        return
    with pikepdf.open(BytesIO(_lay_out(document(sheets)))) as batch:
        _refuse_surprises(batch, expected_pages=expected)
        form_page = 0
        for sheet in sheets:
            for number, overlay in enumerate(sheet.overlays, start=1):
                yield _merge(batch, form_page, form_page + number, overlay, sheet.form.language)
            form_page += 1 + len(sheet.overlays)


def _lay_out(html: str) -> bytes:
    logger = logging.getLogger("weasyprint")
    complaints = Complaints()
    logger.addHandler(complaints)
    try:
        source = HTML(string=html, base_url=f"{ASSETS.as_uri()}/", url_fetcher=AssetsOnly())
        laid_out: bytes = source.write_pdf()
    except FatalURLFetchingError as refusal:
        # It inherits from BaseException, which would stop a worker.
        raise Unprintable(str(refusal)) from refusal
    finally:
        logger.removeHandler(complaints)
    if complaints.sentences:
        raise Unprintable(
            _("The certificates could not be laid out: %(complaints)s")
            % {"complaints": " ".join(complaints.sentences)}
        )
    return laid_out


def _refuse_surprises(batch: pikepdf.Pdf, expected_pages: int) -> None:
    """Raise Unprintable where a text ran on to another page or another font stood in."""
    fonts = {str(font.BaseFont) for page in batch.pages for font in page.resources.get("/Font", {}).values()}
    family = glyphs.FAMILY.replace(" ", "-")
    strangers = sorted(font for font in fonts if family not in font)
    if strangers or len(batch.pages) != expected_pages:
        raise Unprintable(
            _("The pages did not come out as laid out (%(pages)d pages, fonts %(fonts)s).")
            % {"pages": len(batch.pages), "fonts": ", ".join(sorted(fonts))}
        )


def _merge(batch: pikepdf.Pdf, form_page: int, overlay_page: int, overlay: Overlay, language: str) -> bytes:
    with pikepdf.new() as certificate:
        certificate.pages.append(batch.pages[form_page])
        page = certificate.pages[0]
        page.add_overlay(batch.pages[overlay_page])
        page.contents_add(_qr_path(overlay.verify_url))
        certificate.docinfo["/Title"] = overlay.number
        certificate.Root.Lang = language
        certificate.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        out = BytesIO()
        certificate.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def _qr_path(text: str) -> bytes:
    """Return PDF drawing operators for the QR of `text` with its quiet zone on white, error level M."""
    # Searching the best of eight masks costs 4 ms a certificate; every reader takes any of them.
    rows = [bytes(row) for row in segno.make_qr(text, error="m", mask=3, boost_error=False).matrix]
    modules = len(rows) + 2 * _QUIET_MODULES
    unit = QR_SIDE_MM * _POINTS_PER_MM / modules
    left, top = QR_LEFT_MM * _POINTS_PER_MM, _PAGE_HEIGHT - QR_TOP_MM * _POINTS_PER_MM
    strokes = [f"q {unit:.5f} 0 0 {-unit:.5f} {left:.3f} {top:.3f} cm 1 g 0 0 {modules} {modules} re f 0 g"]
    for y, row in enumerate(rows, start=_QUIET_MODULES):
        strokes.extend(f"{x + _QUIET_MODULES} {y} {length} 1 re" for x, length in _runs(row))
    return " ".join([*strokes, "f Q"]).encode("ascii")


def _runs(row: bytes) -> Iterator[tuple[int, int]]:
    """Yield start and length of each stretch of dark modules."""
    start = None
    for x, is_dark in enumerate([*row, 0]):
        if is_dark and start is None:
            start = x
        elif not is_dark and start is not None:
            yield start, x - start
            start = None
