import pytest

from simulator.berichtenbox.rules.postvak import POSTVAK_REGELS, Tekstdeel, fold, read_tekst


def lines(tekst: str) -> list[str]:
    return ["".join(deel.tekst for deel in regel) for regel in read_tekst(tekst)]


def links(tekst: str) -> list[str]:
    return [deel.tekst for regel in read_tekst(tekst) for deel in regel if deel.is_link]


def test_the_four_characters_of_the_koppelvlak_break_a_line() -> None:
    assert lines(r"een\r\ntwee\r\n\r\nvier") == ["een", "twee", "", "vier"]


def test_real_line_ends_break_a_line_as_well() -> None:
    assert lines("een\r\ntwee\ndrie") == ["een", "twee", "drie"]


def test_text_that_looks_like_html_stays_text() -> None:
    assert list(read_tekst("<b>x</b> &amp;")) == [[Tekstdeel("<b>x</b> &amp;", is_link=False)]]


@pytest.mark.parametrize(
    ("tekst", "gevonden"),
    [
        ("zie https://a.example/b?c=d nu", ["https://a.example/b?c=d"]),
        ("https://a.example", ["https://a.example"]),
        (r"zie\r\nhttps://a.example\r\nnu", ["https://a.example"]),
        ("https://a.example https://b.example", ["https://a.example", "https://b.example"]),
        ("(https://a.example)", []),
        ("javascript:alert(1) data:text/html,x", []),
        ('https://a.example"onclick=x', []),
        ("ftp://a.example", []),
    ],
)
def test_only_a_web_address_between_spaces_is_a_link(tekst: str, gevonden: list[str]) -> None:
    assert links(tekst) == gevonden


def test_nothing_of_the_text_is_lost_when_links_are_cut_out() -> None:
    tekst = "a https://a.example b https://b.example c"
    assert lines(tekst) == [tekst]


def test_a_search_knows_no_case_and_no_diacritics() -> None:
    assert fold("Één ĲSBEER") == fold("een ijsbeer")


def test_every_rule_has_its_own_id() -> None:
    assert len({regel.id for regel in POSTVAK_REGELS}) == len(POSTVAK_REGELS)
