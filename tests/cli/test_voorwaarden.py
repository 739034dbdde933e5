import pytest

from tests.cli.conftest import Shell

STAD = "00000099000000001000"


@pytest.fixture(autouse=True)
def _december(shell: Shell) -> None:
    shell.run("klok", "set", "stil", "--moment", "2026-12-01T09:00:00Z")


@pytest.mark.artikel("8.1")
@pytest.mark.artikel("8.2")
def test_a_change_is_decided_announced_refused_and_listed(shell: Shell) -> None:
    refused = shell.run("voorwaarden", "announce", "3.0", "2027-01-01", "Nieuwe termijnen")
    assert (refused.exit_code, "VW-8.1-besluit" in refused.stderr) == (1, True)
    made = shell.json("voorwaarden", "announce", "3.0", "2027-01-01", "Nieuwe termijnen", "--overleg", "2026-11-30")
    assert (made["einddatum"], len(made["kennisgevingen"])) == ("2027-03-01", 5)
    told = shell.run("voorwaarden", "antwoord", made["id"], STAD, "geweigerd")
    assert told.stdout == "Gemeente Voorbeeldstad: geweigerd\n"
    shown = shell.run("voorwaarden", "list").stdout
    assert "Versie 3.0 vanaf 2027-01-01; wie weigert, tot 2027-03-01" in shown
    assert "2026-11-30" in shown
    shell.run("klok", "vooruit", "P90D")
    found = shell.json("voorwaarden", "list")
    assert found["versie"] == "3.0"
    assert [each["stand"] for each in found["wijzigingen"][0]["kennisgevingen"]] == [
        "beëindigd", *["stilzwijgend aanvaard"] * 4,
    ]  # fmt: skip


@pytest.mark.artikel("3.4")
@pytest.mark.artikel("3.5")
@pytest.mark.artikel("3.8")
def test_every_kind_of_decision_is_recorded_after_one_meeting_of_its_day(shell: Shell) -> None:
    level = shell.json("voorwaarden", "besluit", "niveau", "basis", "--toelichting", "Een proef")
    assert (level["toelichting"], level["inhoud"]["vanaf"]) == ("Een proef", "2026-12-01T09:00:00Z")
    tariff = shell.json("voorwaarden", "besluit", "tarief", "2027", "0,454", "--privaat", "0.32")
    assert (tariff["inhoud"]["prijs"], tariff["inhoud"]["prijsPrivaat"]) == (4540, 3200)
    api = ("/api/verbruik/v1", "1.1.0", "2027-01-01", "2027-07-01")
    assert shell.run("voorwaarden", "besluit", "koppelvlak", *api).exit_code == 0
    assert "versie 3.0" in shell.run("voorwaarden", "besluit", "versie", "3.0").stdout
    besluiten = shell.json("voorwaarden", "list")["besluiten"]
    assert {each["overleg"]["datum"] for each in besluiten} == {"2026-12-01"}
    assert len({each["overleg"]["id"] for each in besluiten}) == 1
    assert "4 decimals" in shell.run("voorwaarden", "besluit", "tarief", "2027", "0.45401").stderr.replace("four", "4")


@pytest.mark.parametrize("euro", ["nan", "inf", "-Infinity", "sNaN", "1e999999", "veel"])
def test_a_tariff_that_is_no_amount_is_refused(shell: Shell, euro: str) -> None:
    result = shell.run("voorwaarden", "besluit", "tarief", "2027", "--", euro)
    assert (result.exit_code, "is no amount" in result.stderr) == (2, True), result.output


@pytest.mark.artikel("3.4")
def test_what_if_is_a_table_of_days_and_people(shell: Shell) -> None:
    shell.run("voorwaarden", "besluit", "niveau", "basis")
    period = ("--vanaf", "2026-12-01T00:00:00Z", "--tot", "2026-12-02T00:00:00Z")
    assert "Logins" in shell.run("voorwaarden", "watals", "midden", *period).stdout
    assert shell.json("voorwaarden", "watals", "midden", *period, "--bsn")["logins"] == 0
