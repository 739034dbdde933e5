import tomllib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from simulator.facturatie.errors import PeriodeVoor2018, TariefOnbekend, TariefVoorZaken, TarievenOngeldig
from simulator.facturatie.queries.tarieven import EIGEN_TARIEVEN, list_tarieven, use_tarieven
from simulator.facturatie.rules.tarieven import find_tarief, override_tarief, read_eigen_tarief, read_tarieven
from simulator.facturatie.usecases.tarieven import drop_tarief, set_tarief
from simulator.infra.omgeving import Omgeving
from simulator.settings import Settings
from simulator.voorwaarden import Tariefbesluit, overleg

FILE = Settings().fixtures_dir / "tarieven" / "tarieven.toml"
EEN = """
[[tarief]]
van = 2018-01-01
prijs = 0.454
"""
TWEE = """
[[tarief]]
van = 2018-01-01
tot = 2020-12-31
prijs = 0.454

[[tarief]]
van = {van}
prijs = 0.32
"""


def read(text: str) -> Any:
    return read_tarieven(tomllib.loads(text, parse_float=Decimal))


@pytest.mark.artikel("3.8")
@pytest.mark.parametrize(
    ("jaar", "prijzen", "gratis"),
    [(2018, [4540], 1_000), (2021, [3200, 4800], 0), (2022, [3200], 0), (2023, [0], 0), (2026, [0], 0)],
)
def test_the_tariffs_are_those_that_were_published(jaar: int, prijzen: list[int], gratis: int) -> None:
    tarief = find_tarief(read(FILE.read_text("utf-8")), jaar)
    assert ([each.bedrag for each in tarief.prijzen], tarief.gratis_eenheden) == (prijzen, gratis)
    assert tarief.bron
    assert (tarief.is_voorschot, tarief.is_centraal) == (jaar == 2022, jaar >= 2023)


@pytest.mark.artikel("3.8")
@pytest.mark.parametrize("jaar", [2019, 2020])
def test_a_tariff_that_nobody_knows_is_not_invented(jaar: int) -> None:
    with pytest.raises(TariefOnbekend, match="Zet het zelf"):
        find_tarief(read(FILE.read_text("utf-8")), jaar)


@pytest.mark.artikel("3.8")
def test_before_2018_there_is_no_tariff() -> None:
    with pytest.raises(PeriodeVoor2018):
        find_tarief(read(FILE.read_text("utf-8")), 2017)
    with pytest.raises(PeriodeVoor2018):
        read_eigen_tarief(2017, {"prijs": "0.1"})


@pytest.mark.parametrize(
    ("text", "pointer", "said"),
    [
        pytest.param("", "/tarief", "geen enkel", id="nothing"),
        pytest.param(EEN + "pris = 3", "/tarief/0/pris", "bestaat niet", id="unknown key"),
        pytest.param("btw = 21\n" + EEN, "/btw", "bestaat niet", id="unknown key on top"),
        pytest.param(EEN.replace("0.454", "-0.1"), "/tarief/0/prijs", "nooit negatief", id="negative"),
        pytest.param(EEN.replace("0.454", "0.45451"), "/tarief/0/prijs", "hoogstens 4", id="five decimals"),
        pytest.param(EEN.replace("0.454", "inf"), "/tarief/0/prijs", "nooit negatief", id="infinite"),
        pytest.param(EEN.replace("0.454", "nan"), "/tarief/0/prijs", "nooit negatief", id="not a number"),
        pytest.param(EEN.replace("0.454", "true"), "/tarief/0/prijs", "een bedrag in euro", id="not an amount"),
        pytest.param(EEN.replace("0.454", '"veel"'), "/tarief/0/prijs", "een bedrag in euro", id="text"),
        pytest.param(EEN + "vast_bedrag = 0.005", "/tarief/0/vast_bedrag", "hoogstens 2", id="half cent"),
        pytest.param(EEN + 'onbekend = "x"', "/tarief/0/prijs", "óf onbekend", id="known and unknown"),
        pytest.param("[[tarief]]\nvan = 2018-01-01", "/tarief/0/prijs", "óf onbekend", id="no price"),
        pytest.param(EEN.replace("2018-01-01", '"gisteren"'), "/tarief/0/van", "bestaande datum", id="bad date"),
        pytest.param(EEN.replace("2018-01-01", "2018-02-01"), "/tarief/0/van", "1 januari", id="half a year"),
        pytest.param(EEN.replace("2018-01-01", "2017-01-01"), "/tarief/0/van", "2018-01-01", id="before 2018"),
        pytest.param(EEN + "tot = 2017-12-31", "/tarief/0/tot", "Ligt voor van", id="backwards"),
        pytest.param(EEN + "tot = 2020-12-31", "/tarief/0/tot", "geen einde", id="ends"),
        pytest.param(TWEE.format(van="2020-01-01"), "/tarief/1/van", "Overlapt", id="overlap"),
        pytest.param(TWEE.format(van="2022-01-01"), "/tarief/1/van", "Laat een gat", id="gap"),
        pytest.param(EEN + "gratis_eenheden = -1", "/tarief/0/gratis_eenheden", "vanaf 0", id="free below nought"),
        pytest.param(EEN + 'voorschot = "ja"', "/tarief/0/voorschot", "true of false", id="not a switch"),
        pytest.param(EEN + "bron = 3", "/tarief/0/bron", "regel tekst", id="not a text"),
        pytest.param(EEN + 'uitzondering = "x"', "/tarief/0/uitzondering", "[[tarief.uitzondering]]", id="no list"),
        pytest.param(EEN + 'uitzondering = ["x"]', "/tarief/0/uitzondering/0", "met velden", id="no table"),
        pytest.param(
            EEN + '[[tarief.uitzondering]]\nprijs = 1\nsectoren = ["kerk"]', "/tarief/0/uitzondering/0/sectoren",
            "rijk, medeoverheid, privaat", id="unknown sector",
        ),
        pytest.param(EEN + "aansluitkosten = 3", "/tarief/0/aansluitkosten", "per dienst", id="no amounts"),
        pytest.param(EEN + "aansluitkosten = {brp = 3}", "/tarief/0/aansluitkosten/brp", "Kies uit", id="no dienst"),
        pytest.param("tarief = [3]", "/tarief/0", "met velden", id="no tariff"),
    ],
)  # fmt: skip
def test_each_mistake_in_the_file_is_named_with_its_place(text: str, pointer: str, said: str) -> None:
    with pytest.raises(TarievenOngeldig) as refused:
        read(text)
    assert pointer in [each.pointer for each in refused.value.errors]
    assert said in " ".join(each.detail for each in refused.value.errors if each.pointer == pointer)


@pytest.mark.artikel("7.2")
def test_a_tariff_that_charges_lopende_zaken_is_refused() -> None:
    with pytest.raises(TariefVoorZaken, match=r"Lopende Zaken kost niets"):
        read(EEN + 'aansluitkosten = {"lopende-zaken" = 1}')


def test_all_mistakes_are_named_at_once() -> None:
    with pytest.raises(TarievenOngeldig) as refused:
        read(EEN.replace("0.454", "-1") + "x = 1\nbron = 3")
    assert [each.pointer for each in refused.value.errors] == ["/tarief/0/x", "/tarief/0/bron", "/tarief/0/prijs"]


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "tarieven").mkdir()
    (tmp_path / "tarieven" / "tarieven.toml").write_text("[[tarief")
    with pytest.raises(TarievenOngeldig, match=r"tarieven\.toml is niet te lezen"):
        use_tarieven(tmp_path)


def test_one_year_can_be_taken_out_of_a_tariff_of_several() -> None:
    tarieven = override_tarief(read(FILE.read_text("utf-8")), read_eigen_tarief(2025, {"prijs": "0.40"}))
    assert [(each.van.year, each.tot and each.tot.year) for each in tarieven][-3:] == [
        (2023, 2024),
        (2025, 2025),
        (2026, None),
    ]
    assert find_tarief(tarieven, 2025).prijzen[0].bedrag == 4_000
    assert find_tarief(tarieven, 2027).is_centraal


@pytest.mark.artikel("3.8")
def test_a_decision_of_the_afnemersoverleg_goes_before_the_file_and_the_beheerder_before_both(
    omgeving: Omgeving,
) -> None:
    with omgeving.unit_of_work(datetime(2026, 12, 1, tzinfo=UTC)) as uow:
        held = overleg.add_overleg(uow, date(2026, 11, 20), "Tarieven")
        for prijs in (3_200, 3_100):
            besluit = Tariefbesluit(jaar=2019, prijs=prijs, prijs_privaat=1_500, aansluiting_cent=2_500)
            overleg.record_besluit(uow, overleg.Besluitinvoer(held.id, besluit), {})
    tarief = find_tarief(list_tarieven(omgeving), 2019)
    assert ([each.bedrag for each in tarief.prijzen], tarief.herkomst) == ([1_500, 3_100], "besluit")
    assert tarief.aansluitkosten == (("berichtenbox", 2_500), ("persoonlijke-gegevens", 2_500))
    with pytest.raises(TariefOnbekend):
        find_tarief(list_tarieven(omgeving), 2020)
    set_tarief(omgeving, 2019, {"prijs": "0.41"})
    assert find_tarief(list_tarieven(omgeving), 2019).herkomst == "beheer"


def test_what_is_set_for_an_omgeving_goes_before_the_file_until_it_is_taken_back(omgeving: Omgeving) -> None:
    set_tarief(omgeving, 2019, {"prijs": "0.41", "gratis_eenheden": 10})
    tarief = find_tarief(list_tarieven(omgeving), 2019)
    assert (tarief.prijzen[0].bedrag, tarief.gratis_eenheden, tarief.herkomst) == (4_100, 10, "beheer")
    assert (tarief.van, tarief.tot) == (date(2019, 1, 1), date(2019, 12, 31))
    with pytest.raises(TarievenOngeldig):
        set_tarief(omgeving, 2020, {"prijs": "0.41234"})
    drop_tarief(omgeving, 2019)
    with pytest.raises(TariefOnbekend):
        find_tarief(list_tarieven(omgeving), 2019)


def test_tariffs_that_are_set_at_once_are_all_kept(omgeving: Omgeving) -> None:
    jaren = range(2027, 2051)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda jaar: set_tarief(omgeving, jaar, {"prijs": "0.50"}), jaren))
    eigen: dict[str, object] = omgeving.instelling(EIGEN_TARIEVEN, {})
    assert sorted(eigen) == [str(jaar) for jaar in jaren]
