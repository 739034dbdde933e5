"""HTML as an accessible PDF: tagged for a screen reader (PDF/UA-1), and the same bytes for the same HTML.

WeasyPrint does the work. It comes with the extra ``pdf``, stands on Pango, and is imported when a first PDF is asked.
"""

import contextlib
import hashlib
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from simulator.infra.errors import Unavailable
from simulator.infra.regels import Herkomst, Regel

PDF_TYPE = "application/pdf"
PDF_GEINSTALLEERD = Regel(
    "SIM-pdf", "PDF is er waar de extra `pdf` is geïnstalleerd", "de simulator zelf", Herkomst.AANGENOMEN,
    "pip install 'mijnoverheid-simulator[pdf]', en Pango op de machine; zie docs/documenten.md.",
)  # fmt: skip
REGELS = (PDF_GEINSTALLEERD,)
PACKAGE = Path(__file__).parents[1]
_ASSETS = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png"}
_AN_HOUR = 3600
_one_at_a_time = threading.Lock()
"""Rendering keeps a processor busy and a few dozen MB; many at once would take those from deliveries."""


class PdfUnavailable(Unavailable):
    """Here no PDF is made; the other forms of a document are there."""

    slug = "pdf-niet-geinstalleerd"
    title = "PDF is hier niet geïnstalleerd"
    regel = PDF_GEINSTALLEERD

    def __init__(self, detail: str) -> None:
        super().__init__(detail, retry_after=_AN_HOUR)


def render_pdf(html: str, *, titel: str, moment: datetime | None = None) -> bytes:
    """A whole HTML document as PDF/UA-1.

    What it shows besides text (style sheets, fonts, pictures) stands in a folder ``static`` of this package, and is
    named from the package on: ``portaal/static/papier.css``. Nothing else is read, from disk or from elsewhere.
    ``moment`` is what the PDF says about its own date; without it, it says nothing. The language is that of ``<html>``.
    Raises ``PdfUnavailable``.
    """
    weasyprint = _import_weasyprint()
    with _one_at_a_time, _plain_errors(weasyprint):
        source = weasyprint.HTML(string=html, base_url=PACKAGE.as_uri() + "/", url_fetcher=_make_fetcher(weasyprint))
        document = source.render(pdf_tags=True)
        document.metadata.title = titel
        document.metadata.created = document.metadata.modified = moment.isoformat() if moment else None
        pdf: bytes = document.write_pdf(
            pdf_variant="pdf/ua-1", pdf_tags=True, pdf_identifier=hashlib.sha256(html.encode()).digest()[:16]
        )
    return pdf


def read_asset(url: str) -> tuple[bytes, str]:
    """A file in a folder ``static`` of this package, and its type; raises ``PermissionError`` for all else."""
    parts = urlsplit(url)
    path = Path(unquote(parts.path)).resolve()
    inside = parts.scheme == "file" and path.is_relative_to(PACKAGE) and "static" in path.relative_to(PACKAGE).parts
    if not inside or path.suffix not in _ASSETS:
        raise PermissionError(f"a PDF is made of what comes with the simulator, not of {url[:200]}")
    return path.read_bytes(), _ASSETS[path.suffix]


def _import_weasyprint() -> Any:
    try:
        import weasyprint  # noqa: PLC0415 - a second, and 40 MB, for who asks a PDF
    except ImportError as error:
        raise PdfUnavailable("Installeer de extra `pdf`: pip install 'mijnoverheid-simulator[pdf]'.") from error
    except OSError as error:  # the library itself is found, and what it stands on is not
        raise PdfUnavailable("WeasyPrint is er wel, Pango niet: installeer op Debian libpangoft2-1.0-0.") from error
    return weasyprint


@contextlib.contextmanager
def _plain_errors(weasyprint: Any) -> Iterator[None]:
    """What stops a rendering is no ``Exception`` for WeasyPrint, so that it goes past the handlers of a server."""
    try:
        yield
    except weasyprint.urls.FatalURLFetchingError as error:
        raise error.__cause__ or RuntimeError(str(error)) from None


def _make_fetcher(weasyprint: Any) -> Any:
    class Fetcher(weasyprint.urls.URLFetcher):  # type: ignore[misc]  # a class of a library without types
        def fetch(self, url: str, _headers: object = None) -> Any:
            body, content_type = read_asset(url)
            return weasyprint.urls.URLFetcherResponse(url, body, {"Content-Type": content_type})

    return Fetcher(fail_on_errors=True)
