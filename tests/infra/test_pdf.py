import io
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from simulator.infra.pdf import PACKAGE, PdfUnavailable, read_asset, render_pdf

PAGINA = """<!DOCTYPE html>
<html lang="nl"><head><title>Proef</title><link rel="stylesheet" href="portaal/static/papier.css"></head>
<body><h1>Een proef</h1><p>Dat kost € 1.234,50.</p>
<table><thead><tr><th scope="col">Maand</th></tr></thead><tbody><tr><td>maart</td></tr></tbody></table></body></html>"""
MOMENT = datetime(2022, 3, 1, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    try:
        return render_pdf(PAGINA, titel="Een proef", moment=MOMENT)
    except PdfUnavailable as refusal:
        pytest.skip(f"{refusal.detail} .ci/run installs it")


def test_a_pdf_says_what_the_page_says(pdf: bytes) -> None:
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded()
    assert "Dat kost € 1.234,50." in text
    assert "SIMULATIE" in text
    assert "Bladzijde 1 van 1" in text


def test_a_pdf_can_be_read_aloud(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root
        assert str(root.Lang) == "nl"
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        tags = list_tags(root.StructTreeRoot.K)
        assert {"/H1", "/P", "/Table", "/TH", "/TD"} <= tags
        metadata = document.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Een proef"
        fonts = document.pages[0].Resources.Font.values()
        assert all("/ToUnicode" in font for font in fonts)


def list_tags(element: pikepdf.Object) -> set[str]:
    """The kinds of elements in the tree that a screen reader follows."""
    if isinstance(element, pikepdf.Array):
        return {tag for each in element for tag in list_tags(each)}
    if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
        return set()
    return {str(element.S)} | (list_tags(element.K) if "/K" in element else set())


def test_a_pdf_bears_the_moment_that_it_is_given_and_none_of_its_own(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.docinfo.CreationDate) == "D:20220301093000+00'00"
    with pikepdf.open(io.BytesIO(render_pdf(PAGINA, titel="Een proef"))) as document:
        assert "/CreationDate" not in document.docinfo


def test_the_same_page_is_the_same_pdf_in_another_process(pdf: bytes) -> None:
    code = (
        "import sys; from tests.infra.test_pdf import PAGINA, MOMENT; from simulator.infra.pdf import render_pdf; "
        "sys.stdout.buffer.write(render_pdf(PAGINA, titel='Een proef', moment=MOMENT))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=PACKAGE.parent)
    assert done.stdout == pdf
    assert render_pdf(PAGINA + " ", titel="Een proef") != pdf


@pytest.mark.parametrize(
    "url",
    [
        "https://voorbeeld.example/a.css",
        "file:///etc/passwd",
        (PACKAGE / "settings.py").as_uri(),
        (PACKAGE / "portaal" / "static" / ".." / ".." / "settings.py").as_uri(),
        (PACKAGE / "portaal" / "static" / "%2e%2e" / "templates" / "portaal" / "home.html").as_uri(),
        "data:text/css,body{}",
    ],
)
def test_a_pdf_is_made_of_what_comes_with_the_simulator_only(url: str, pdf: bytes) -> None:
    with pytest.raises(PermissionError):
        read_asset(url)
    with pytest.raises(PermissionError):
        render_pdf(PAGINA.replace("portaal/static/papier.css", url), titel="Een proef")


def test_what_comes_with_the_simulator_is_read() -> None:
    body, kind = read_asset((PACKAGE / "portaal" / "static" / "papier.css").as_uri())
    assert (kind, body[:2]) == ("text/css", b"/*")


@pytest.mark.parametrize(
    ("module", "said"),
    [("raise ImportError", "Installeer de extra `pdf`"), ("raise OSError('cannot load library')", "Pango niet")],
)
def test_without_the_extra_the_refusal_says_what_to_install(module: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text(module)
    code = (
        f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {str(PACKAGE.parent)!r}]\n"
        "from simulator.infra.pdf import PdfUnavailable, render_pdf\n"
        "try: render_pdf('', titel='x')\n"
        "except PdfUnavailable as refusal: print(refusal.status, refusal.detail)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.startswith("503 ")
    assert said in shown


def test_starting_the_simulator_imports_no_weasyprint() -> None:
    code = "import sys; import simulator.app; print('weasyprint' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent)
    assert done.stdout.strip() == "False"
