import json
from datetime import date
from pathlib import Path

import pytest

from simulator.afnemers.values.afnemer import Dienst, Sector
from simulator.afnemers.values.fixture import AfnemerOnbruikbaar, load_afnemers
from simulator.settings import Settings

FOLDER = Settings().fixtures_dir / "afnemers"
CONTRACT = {
    "00000099000000001000": ("Gemeente Voorbeeldstad", "demo-voorbeeldstad"),
    "00000099000000002000": ("Voorbeelddienst Belastingen", "demo-belastingen"),
    "00000099000000003000": ("Voorbeelddienst Wegverkeer", "demo-wegverkeer"),
    "00000099000000004000": ("Waterschap Voorbeeldmeer", "demo-voorbeeldmeer"),
    "00000099000000009000": ("Voorbeeld Verzendhuis", "demo-verzendhuis"),
}


def test_the_afnemers_are_those_of_the_contract() -> None:
    assert {each.oin: (each.naam, each.sleutel) for each in load_afnemers(FOLDER)} == CONTRACT


def test_every_afnemer_but_the_verzendhuis_has_active_berichttypes_and_one_that_is_old() -> None:
    for afnemer in load_afnemers(FOLDER):
        actief = {each.code for each in afnemer.berichttypes if each.actief}
        inactief = {each.code for each in afnemer.berichttypes if not each.actief}
        assert ("ALGEMEEN" in actief, inactief == {"OUD"}) == ((afnemer.sector is not Sector.PRIVAAT,) * 2)


def test_the_waterschap_has_one_dienst_and_the_verzendhuis_sends_for_the_gemeente() -> None:
    by_oin = {each.oin: each for each in load_afnemers(FOLDER)}
    assert by_oin["00000099000000004000"].diensten == (Dienst.BERICHTENBOX,)
    assert by_oin["00000099000000009000"].namens == ("00000099000000001000",)


def test_each_demo_afnemer_is_in_its_sector_and_long_in_production() -> None:
    sectoren = {each.oin[-4:]: each.sector for each in load_afnemers(FOLDER)}
    assert sectoren == {
        "1000": Sector.MEDEOVERHEID,
        "2000": Sector.RIJK,
        "3000": Sector.RIJK,
        "4000": Sector.MEDEOVERHEID,
        "9000": Sector.PRIVAAT,
    }
    assert {each.get_sinds(dienst) for each in load_afnemers(FOLDER) for dienst in each.diensten} == {date(2016, 1, 1)}


@pytest.mark.parametrize("sinds", ["2024-02-29", {"berichtenbox": "2024-02-29"}])
def test_a_fixture_says_since_when_for_all_diensten_or_for_each(tmp_path: Path, sinds: object) -> None:
    _write(tmp_path, sinds=sinds)
    (afnemer,) = load_afnemers(tmp_path)
    assert afnemer.get_sinds(Dienst.BERICHTENBOX) == date(2024, 2, 29)
    assert (afnemer.get_sinds(Dienst.LOPENDE_ZAKEN) == date(2016, 1, 1)) is isinstance(sinds, dict)


def _write(folder: Path, **changes: object) -> None:
    afnemer = json.loads((FOLDER / "verzendhuis.json").read_text("utf-8")) | {"namens": []} | changes
    (folder / "fout.json").write_text(json.dumps(afnemer), "utf-8")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"oin": "123"}, "dit zijn er 3"),
        ({"diensten": ["fax"]}, "fax"),
        ({"logo": "x"}, "logo"),
        ({"namens": ["00000099000000001000"]}, "not here"),
        ({"berichttypes": [{"code": "TELANGECODE", "omschrijving": "x"}]}, "1 to 8"),
        ({"berichttypes": [{"code": "A", "omschrijving": "x"}] * 2}, "its own code"),
    ],
)
def test_a_fixture_that_is_no_good_is_named_with_its_fault(
    tmp_path: Path, changes: dict[str, object], says: str
) -> None:
    _write(tmp_path, **changes)
    with pytest.raises(AfnemerOnbruikbaar, match=f"fout.json: .*{says}"):
        load_afnemers(tmp_path)


def test_two_afnemers_cannot_share_a_key(tmp_path: Path) -> None:
    _write(tmp_path)
    (tmp_path / "ander.json").write_bytes((FOLDER / "voorbeeldstad.json").read_bytes())
    _write(tmp_path, sleutel="demo-voorbeeldstad")
    with pytest.raises(AfnemerOnbruikbaar, match="same OIN or key"):
        load_afnemers(tmp_path)
