"""Reports of processing in the portal: every delivery by or in the name of the Afnemer, and of nobody else."""

import csv
import io
import re
import uuid

import pytest

from simulator.berichtenbox.usecases.rapportage import Uitkomst
from simulator.berichtenbox.values import Verwerkingscode
from simulator.leveranciersportaal.values import UITKOMSTEN, VERWERKINGSCODES
from tests.leveranciersportaal.conftest import Leverancier

OINS = {
    "demo-voorbeeldstad": "00000099000000001000",
    "demo-belastingen": "00000099000000002000",
    "demo-verzendhuis": "00000099000000009000",
}
ACTIEF, NIET_ACTIEF = "999990019", "999990032"


def deliver(
    leverancier: Leverancier, *gebruikers: str, sleutel: str = "demo-voorbeeldstad", namens: str = "", typ: str = ""
) -> str:
    """Deliver to these people; answers the statusID."""
    berichten = [
        {"BerichtID": str(uuid.uuid4()), "BerichtType": typ or "ALGEMEEN", "GebruikerID": each, "Onderwerp": "A"}
        for each in gebruikers
    ]
    answer = leverancier.wereld.afnemer(
        "POST", "/api/berichtenbox/v1/berichten", sleutel, headers={"X-Message-ID": str(uuid.uuid4())},
        json={"BerichtLeverancierID": namens or OINS[sleutel], "Berichten": berichten},
    )  # fmt: skip
    answer.raise_for_status()
    return str(answer.json()["statusID"])


def list_kenmerken(page: str) -> list[str]:
    return re.findall(r'<td class="heel"><a href="[^"]*/rapportages/([0-9a-f-]{36})">', page)


def test_every_code_of_the_koppelvlak_has_its_words() -> None:
    assert set(VERWERKINGSCODES) == set(Verwerkingscode)
    assert set(UITKOMSTEN) == set(Uitkomst)


def test_nothing_was_delivered_yet(leverancier: Leverancier) -> None:
    leverancier.sign_in()
    assert "Er is nog niets aangeleverd door u of namens u." in leverancier.get("/rapportages").text


def test_the_newest_is_on_top_with_what_became_of_each_bericht(leverancier: Leverancier) -> None:
    leverancier.sign_in()
    first = deliver(leverancier, ACTIEF)
    second = deliver(leverancier, ACTIEF, NIET_ACTIEF)
    page = leverancier.get("/rapportages").text
    assert list_kenmerken(page) == [second, first]
    assert "2 aanleveringen, 3 berichten" in page
    assert "Niet alles verwerkt" in page
    detail = leverancier.get(f"/rapportages/{second}").text
    assert "NietActiefOfGeabonneerd" in detail
    assert 'href="/omgevingen/' in detail
    assert "#BB-box-actief" in detail
    assert NIET_ACTIEF not in detail + page


def test_reports_are_searched_by_outcome_and_by_day(leverancier: Leverancier) -> None:
    wereld = leverancier.wereld
    wereld.control("PUT", "/klok", json={"modus": "stil", "moment": "2026-03-01T12:00:00Z"}).raise_for_status()
    march = deliver(leverancier, ACTIEF)
    wereld.control("PUT", "/klok", json={"modus": "stil", "moment": "2026-03-31T22:30:00Z"}).raise_for_status()
    april = deliver(leverancier, NIET_ACTIEF)  # half past midnight in the Netherlands
    leverancier.sign_in()
    for vraag, found in (
        ({"tot": "2026-03-31"}, [march]),
        ({"van": "2026-04-01"}, [april]),
        ({"van": "2026-03-01", "tot": "2026-04-01"}, [april, march]),
        ({"uitkomst": "verwerkt"}, [march]),
        ({"uitkomst": "afgewezen"}, [april]),
        ({"uitkomst": "bezig"}, []),
        ({"uitkomst": "iets"}, [april, march]),
    ):
        assert list_kenmerken(leverancier.get("/rapportages", **vraag).text) == found, vraag


@pytest.mark.parametrize(
    "vraag",
    [{"van": "2026-02-30"}, {"van": "gisteren"}, {"van": "2026-04-02", "tot": "2026-04-01"}, {"tot": "20260401"},
     {"tot": "9999-12-31"}, {"van": "0001-01-01"}],
)  # fmt: skip
def test_a_period_that_cannot_be_is_explained(leverancier: Leverancier, vraag: dict[str, str]) -> None:
    leverancier.sign_in()
    answer = leverancier.get("/rapportages", **vraag)
    assert answer.status_code == 400
    assert "Deze periode kan niet" in answer.text


def test_older_reports_are_a_page_further(leverancier: Leverancier) -> None:
    leverancier.sign_in()
    delivered = [deliver(leverancier, ACTIEF) for _ in range(27)][::-1]
    page = leverancier.get("/rapportages").text
    assert list_kenmerken(page) == delivered[:25]
    (link,) = re.findall(r'rel="next" href="([^"]+)"', page)
    rest = leverancier.session.get(leverancier.wereld.simulator.base + link, timeout=30).text
    assert list_kenmerken(rest) == delivered[25:]
    assert 'rel="next"' not in rest
    assert leverancier.get("/rapportages", na="verzonnen").status_code == 200


def test_the_list_and_one_delivery_are_there_as_csv(leverancier: Leverancier) -> None:
    leverancier.sign_in()
    status_id = deliver(leverancier, ACTIEF, NIET_ACTIEF, typ="=1+1")
    answer = leverancier.get("/rapportages", formaat="csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    (row,) = csv.DictReader(io.StringIO(answer.text))
    assert (row["kenmerk"], row["aantal"], row["BerichtTypeNietOndersteund"]) == (status_id, "2", "2")
    assert row["namens"] == OINS["demo-voorbeeldstad"]
    berichten = list(csv.DictReader(io.StringIO(leverancier.get(f"/rapportages/{status_id}", formaat="csv").text)))
    assert [each["BerichtType"] for each in berichten] == ["'=1+1", "'=1+1"]
    assert all(each["Regel"] == "BB-berichttype-bekend" for each in berichten)


def test_what_is_still_being_processed_says_so_and_shows_no_outcome(leverancier: Leverancier) -> None:
    leverancier.wereld.control("PATCH", "/instellingen", json={"verwerkingstijd": 3600}).raise_for_status()
    status_id = deliver(leverancier, NIET_ACTIEF)
    leverancier.sign_in()
    assert list_kenmerken(leverancier.get("/rapportages", uitkomst="bezig").text) == [status_id]
    detail = leverancier.get(f"/rapportages/{status_id}").text
    assert "De verwerking loopt nog." in detail
    assert "NietActiefOfGeabonneerd" not in detail


def test_a_document_that_fails_as_a_whole_counts_all_that_it_held(leverancier: Leverancier) -> None:
    batch = f"<BatchInformatie><BatchID>{uuid.uuid4()}</BatchID></BatchInformatie>"
    document = f"<Berichten>{batch}</Berichten>"
    leverancier.wereld.afnemer(
        "POST", "/api/berichtenbox/v1/batches", data=document, headers={"Content-Type": "application/xml"}
    ).raise_for_status()
    leverancier.sign_in()
    assert "XmlValidatieTegenXsdValtNegatiefUit" in leverancier.get("/rapportages").text


def test_both_sides_of_a_mandaat_see_the_delivery_and_nobody_else_sees_anything(leverancier: Leverancier) -> None:
    own = deliver(leverancier, ACTIEF)
    through = deliver(leverancier, ACTIEF, sleutel="demo-verzendhuis", namens=OINS["demo-voorbeeldstad"])
    other = deliver(leverancier, ACTIEF, sleutel="demo-belastingen")
    for sleutel, seen, hidden in (
        ("demo-voorbeeldstad", [through, own], [other]),
        ("demo-verzendhuis", [through], [own, other]),
        ("demo-belastingen", [other], [own, through]),
        ("demo-wegverkeer", [], [own, through, other]),
    ):
        leverancier.sign_in(sleutel)
        assert list_kenmerken(leverancier.get("/rapportages").text) == seen
        rows = csv.DictReader(io.StringIO(leverancier.get("/rapportages", formaat="csv").text))
        assert [row["kenmerk"] for row in rows] == seen
        for each in seen:
            assert leverancier.get(f"/rapportages/{each}").status_code == 200
        for each in hidden:
            assert leverancier.get(f"/rapportages/{each}").status_code == 404
            assert leverancier.get(f"/rapportages/{each}", formaat="csv").status_code == 404
            # A place in the list of another is only a moment.
            assert set(list_kenmerken(leverancier.get("/rapportages", na=each).text)) <= set(seen)


@pytest.mark.parametrize("kenmerk", ["x", "%00", "0" * 36, "00000000-0000-0000-0000-000000000000"])
def test_a_delivery_that_nobody_made_is_not_there(leverancier: Leverancier, kenmerk: str) -> None:
    leverancier.sign_in()
    assert leverancier.get(f"/rapportages/{kenmerk}").status_code == 404
