import json
from pathlib import Path
from uuid import uuid4

import pytest
import requests

from tests.berichtenbox.documents import batch_xml, bericht_xml
from tests.cli.conftest import Shell
from tests.running import TOKEN

VOORBEELDSTAD = "00000099000000001000"
ACTIEF, NIET_ACTIEF = "999990019", "999990032"


def bericht(**changes: object) -> dict[str, object]:
    return {
        "BerichtID": str(uuid4()),
        "BerichtType": "ALGEMEEN",
        "GebruikerID": ACTIEF,
        "Onderwerp": "Een",
        "Berichttekst": "x",
    } | changes


def write(path: Path, content: object) -> str:
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return str(path)


def test_a_whole_delivery_is_processed(shell: Shell, tmp_path: Path) -> None:
    file = write(tmp_path / "a.json", {"BerichtLeverancierID": VOORBEELDSTAD, "Berichten": [bericht(), bericht()]})
    result = shell.run("deliver", file, "--key", "demo-voorbeeldstad")
    assert result.exit_code == 0, result.output
    assert "2 of 2 processed" in result.stdout


def test_a_bare_list_is_delivered_in_the_name_of_the_sender(shell: Shell, tmp_path: Path) -> None:
    file = write(tmp_path / "a.json", [bericht()])
    assert shell.json("deliver", file, "--key", "demo-voorbeeldstad")["codes"] == {"Verwerkt": 1}


def test_an_intermediair_says_in_whose_name(shell: Shell, tmp_path: Path) -> None:
    file = write(tmp_path / "a.json", [bericht()])
    found = shell.json("deliver", file, "--key", "demo-verzendhuis", "--namens", VOORBEELDSTAD)
    assert found["codes"] == {"Verwerkt": 1}


def test_a_long_list_takes_more_than_one_request(shell: Shell, tmp_path: Path) -> None:
    file = write(tmp_path / "a.json", [bericht() for _ in range(1001)])
    found = shell.json("deliver", file, "--key", "demo-voorbeeldstad")
    assert found["codes"] == {"Verwerkt": 1001}
    assert [each["naam"] for each in found["zendingen"]] == ["a.json from 1", "a.json from 1001"]


def test_each_refusal_is_shown_with_its_rule_and_never_with_a_bsn(shell: Shell, tmp_path: Path) -> None:
    file = write(tmp_path / "a.json", [bericht(), bericht(BerichtType="OUD"), bericht(GebruikerID=NIET_ACTIEF)])
    result = shell.run("deliver", file, "--key", "demo-voorbeeldstad")
    assert result.exit_code == 1
    for part in ("BerichtTypeNietOndersteund", "NietActiefOfGeabonneerd", "BB-box-actief", "1 of 3 processed"):
        assert part in result.stdout
    assert NIET_ACTIEF not in result.output


def test_a_folder_goes_on_after_a_file_that_cannot_be_used(shell: Shell, tmp_path: Path) -> None:
    write(tmp_path / "a.json", [bericht()])
    write(tmp_path / "b.json", "{")
    write(tmp_path / "c.json", {"BerichtLeverancierID": VOORBEELDSTAD, "Berichten": []})
    write(tmp_path / "d.xml", "<x/>")
    write(tmp_path / "e.txt", "is geen aanlevering")
    found = shell.json("deliver", str(tmp_path), "--key", "demo-voorbeeldstad")
    assert found["codes"] == {"Verwerkt": 1, "refused": 3}
    assert [each["bestand"] for each in found["weigeringen"]] == ["b.json", "c.json", "d.xml"]
    assert found["weigeringen"][1]["regel"].startswith("BB-")


def test_a_folder_goes_on_after_what_cannot_be_read_decoded_or_sent(shell: Shell, tmp_path: Path) -> None:
    write(tmp_path / "a.json", [bericht()])
    (tmp_path / "b.json").mkdir()
    write(tmp_path / "c.json", "[" * 200_000)
    write(tmp_path / "d.json", [bericht() for _ in range(1000)] + [bericht(Onderwerp="\ud800")])
    (tmp_path / "e.json").symlink_to(tmp_path / "nergens")
    found = shell.json("deliver", str(tmp_path), "--key", "demo-voorbeeldstad")
    assert found["codes"] == {"Verwerkt": 1, "refused": 4}
    assert [(each["bestand"], each["code"]) for each in found["weigeringen"]] == [
        (f"{letter}.json", "unusable file") for letter in "bcde"
    ]


def write_batch(shell: Shell, path: Path, **velden: str) -> str:
    """A batch in XML that was made now."""
    batch_id, now = str(uuid4()), shell.json("klok")["moment"]
    path.write_bytes(batch_xml(batch_id, bericht_xml(batch_id), bericht_xml(batch_id, **velden), AanmaakDatum=now))
    return str(path)


def test_a_batch_in_xml_is_delivered_and_its_result_awaited(shell: Shell, tmp_path: Path) -> None:
    file = write_batch(shell, tmp_path / "a.xml", BerichtType="OUD")
    found = shell.json("deliver", file, "--key", "demo-voorbeeldstad")
    assert found["codes"] == {"Verwerkt": 1, "BerichtTypeNietOndersteund": 1}


def test_a_batch_that_does_not_validate_is_reported_with_the_reason(shell: Shell, tmp_path: Path) -> None:
    file = write_batch(shell, tmp_path / "a.xml", SoortGebruiker="Marsbewoner")
    found = shell.json("deliver", file, "--key", "demo-voorbeeldstad")
    assert "Verwerkt" not in found["codes"]
    assert "SoortGebruiker" in found["weigeringen"][0]["toelichting"]


def test_a_wrong_key_ends_everything_at_once(shell: Shell, tmp_path: Path) -> None:
    result = shell.run("deliver", write(tmp_path / "a.json", [bericht()]), "--key", "nee")
    assert (result.exit_code, "AF-sleutel-geldig" in result.stderr) == (1, True)


def test_what_is_not_processed_in_time_is_said_with_where_to_look(shell: Shell, tmp_path: Path) -> None:
    file = write(tmp_path / "a.json", [bericht()])
    shell.run("klok", "set", "stil")
    body = {"verwerkingstijd": 60}
    headers = {"Authorization": f"Bearer {TOKEN}", "X-Simulator-Omgeving": shell.omgeving}
    requests.patch(f"{shell.base}/__admin/v1/instellingen", json=body, headers=headers, timeout=60).raise_for_status()
    result = shell.run("deliver", file, "--key", "demo-voorbeeldstad", "--timeout", "0.1")
    assert result.exit_code == 1
    assert "not processed yet" in result.stdout


@pytest.mark.parametrize("flags", [(), ("--key", "x", "--nergens")])
def test_wrong_usage_is_exit_code_two(shell: Shell, tmp_path: Path, flags: tuple[str, ...]) -> None:
    assert shell.run("deliver", write(tmp_path / "a.json", []), *flags).exit_code == 2


def test_an_empty_folder_is_said(shell: Shell, tmp_path: Path) -> None:
    result = shell.run("deliver", str(tmp_path), "--key", "demo-voorbeeldstad")
    assert (result.exit_code, "no .json or .xml" in result.stderr) == (1, True)


def test_a_refusal_says_each_error_once_and_in_lines_that_fit_a_terminal(shell: Shell, tmp_path: Path) -> None:
    write(tmp_path / "a.json", [{"Onderwerp": "x"}])
    write(tmp_path / "b.json", "{")
    result = shell.run("deliver", str(tmp_path), "--key", "demo-voorbeeldstad")
    assert result.stdout.count("BerichtID, BerichtType, GebruikerID") == 1
    assert "b.json\n  unusable file: no readable JSON" in result.stdout
