from collections.abc import Sequence

import pytest
import requests

from simulator.control.api.omgevingen import describe_all
from simulator.infra.omgevingen import Omgevingen, OmgevingInfo
from tests.control.conftest import Beheer
from tests.running import Wereld


def test_an_omgeving_is_listed_with_its_seed(beheer: Beheer) -> None:
    found = {each["naam"]: each for each in beheer.ask("GET", "/omgevingen").json["omgevingen"]}
    assert found[beheer.naam]["seed"] == 1
    assert "standaard" in found


def test_an_omgeving_that_is_dropped_while_the_list_is_made_is_not_in_it(beheer: Beheer) -> None:
    registry: Omgevingen = beheer.app.extensions["omgevingen"]
    gone = OmgevingInfo("weg", registry.overview()[0].aangemaakt_op, None)
    with beheer.app.app_context():
        names = [each.naam for each in describe_all([*registry.overview(), gone])]
    assert names == [info.naam for info in registry.overview()]


def test_emptying_takes_away_what_was_changed_and_may_bring_another_seed(beheer: Beheer) -> None:
    beheer.ask("POST", "/gebruikers/_wijzigen", {"bsn": "999990032", "boxActief": True})
    assert beheer.ask("POST", f"/omgevingen/{beheer.naam}/_legen", {"seed": 9}).json["seed"] == 9
    assert beheer.ask("POST", "/gebruikers/_tonen", {"bsn": "999990032"}).json["box"] == "niet-actief"


@pytest.mark.parametrize(("pieces", "seed"), [([b'{"seed"', b": 9}"], 9), ([], 1)])
def test_emptying_reads_what_comes_in_pieces_that_never_said_how_much(
    wereld: Wereld, pieces: Sequence[bytes], seed: int
) -> None:
    url = f"{wereld.simulator.base}/__admin/v1/omgevingen/{wereld.naam}/_legen"
    headers = wereld.simulator.admin | {"Content-Type": "application/json"}
    answer = requests.post(url, data=iter(pieces), headers=headers, timeout=60)
    assert (answer.status_code, answer.json()["seed"]) == (200, seed)


def test_the_omgeving_standaard_stays(beheer: Beheer) -> None:
    answer = beheer.ask("DELETE", "/omgevingen/standaard")
    assert (answer.status_code, answer.json["regel"]["id"]) == (409, "SIM-omgeving-standaard")


def test_settings_belong_to_one_omgeving_and_stay_as_they_were_when_left_out(beheer: Beheer) -> None:
    assert beheer.ask("PATCH", "/instellingen", {"verwerkingstijd": 60}).json["verwerkingstijd"] == 60
    changed = beheer.ask("PATCH", "/instellingen", {"digidSessieStil": 30}).json
    assert (changed["verwerkingstijd"], changed["digidSessieStil"]) == (60, 30)
    assert Beheer(beheer.app, "standaard").ask("GET", "/instellingen").json == {"verwerkingstijd": 0.0}


def test_an_unknown_setting_is_refused(beheer: Beheer) -> None:
    assert beheer.ask("PATCH", "/instellingen", {"kleur": "rood"}).status_code == 400
