"""Delivery on a real database: what is stored, what is refused, what is metered, and at what cost."""

import threading
from datetime import timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from sqlalchemy import event, func, select

from simulator.afnemers import Dienst, Sluiting, beheer
from simulator.berichtenbox.errors.aanlevering import MessageIdAlGebruikt
from simulator.berichtenbox.models import Aanlevering, Bericht, Bijlage
from simulator.berichtenbox.queries.aanleveringen import BerichtResultaat
from simulator.berichtenbox.usecases.aanlevering import submit_aanlevering
from simulator.berichtenbox.usecases.berichttypes import BerichttypeWijziging, change_berichttype
from simulator.berichtenbox.usecases.controle import check_berichten
from simulator.berichtenbox.usecases.oordeel import AanleveringInvoer
from simulator.berichtenbox.usecases.opslag import dedupe_key
from simulator.berichtenbox.usecases.verwerking import KENNISGEVEN
from simulator.berichtenbox.values import (
    NUL_GUID,
    AangebodenBijlage,
    Stadium,
    Verwerkingscode,
)
from simulator.gebruikers import Bsn, instellingen
from simulator.infra.agenda import WERK
from simulator.infra.models import AgendaItem, RegelTelling
from simulator.infra.omgeving import Omgeving
from simulator.infra.omgevingen import Omgevingen
from simulator.verbruik import list_feiten
from tests.berichtenbox.aanbieden import (
    BELASTINGEN,
    PDF,
    STAD,
    VERZENDHUIS,
    aanbod,
    afnemer,
    assert_consistent,
    batch,
    bericht,
    codes,
    deliver,
    ids_per_moment,
    maak_berichttypes,
    stand_still,
)


@pytest.fixture(autouse=True)
def berichttypes(omgeving: Omgeving) -> None:
    maak_berichttypes(omgeving)


def test_a_bericht_is_stored_and_metered_with_its_bijlagen(omgeving: Omgeving) -> None:
    stand_still(omgeving)
    einddatum = omgeving.now() + timedelta(days=30)
    aangeboden = bericht(
        tekst="Tekst", referentie="ref", einddatum_handelingstermijn=einddatum, bijlagen=(PDF, PDF._replace(volgorde=2))
    )
    (resultaat,) = deliver(omgeving, aanbod(aangeboden))
    assert resultaat == BerichtResultaat(aangeboden.bericht_id, "ALGEMEEN")
    with omgeving.reading() as session:
        opgeslagen = session.scalars(select(Bericht)).one()
        assert (opgeslagen.bsn, opgeslagen.onderwerp, opgeslagen.tekst, opgeslagen.referentie) == (
            999990019,
            "Hallo",
            "Tekst",
            "ref",
        )
        assert (opgeslagen.zichtbaar_vanaf, opgeslagen.einddatum_handelingstermijn) == (omgeving.now(), einddatum)
        assert (opgeslagen.bericht_id, opgeslagen.aantal_bijlagen, opgeslagen.gewist) == (
            aangeboden.bericht_id,
            2,
            False,
        )
        assert [each.inhoud for each in session.scalars(select(Bijlage).order_by(Bijlage.volgorde))] == [PDF.inhoud] * 2
    assert_consistent(omgeving, 1)


@pytest.mark.parametrize(
    ("gebruiker", "code", "stadium", "regel"),
    [
        ("999990019", "Verwerkt", "NA", ""),
        ("999990020", "NietActiefOfGeabonneerd", "NA", "BB-geabonneerd"),
        ("999990032", "NietActiefOfGeabonneerd", "NA", "BB-box-actief"),
        ("999990056", "TechnischProbleem", "StoreMessage", "BB-opslag"),
        ("999990068", "TechnischProbleem", "ValidatieGebruiker", "BB-validatie-gebruiker"),
        ("999990081", "NietActiefOfGeabonneerd", "NA", "BB-box-actief"),
        ("999990093", "NietActiefOfGeabonneerd", "NA", "BB-box-actief"),
        ("123456782", "NietActiefOfGeabonneerd", "NA", "BB-gebruiker-bekend"),
        ("999990018", "NietActiefOfGeabonneerd", "NA", "BB-gebruiker-elfproef"),
        ("000000000", "NietActiefOfGeabonneerd", "NA", "BB-gebruiker-elfproef"),
    ],
)
def test_who_is_addressed_decides_the_outcome(
    omgeving: Omgeving, gebruiker: str, code: str, stadium: str, regel: str
) -> None:
    (resultaat,) = deliver(omgeving, aanbod(bericht(gebruiker)))
    assert (resultaat.code.value, resultaat.stadium.value, resultaat.regel) == (code, stadium, regel)
    assert_consistent(omgeving, int(code == "Verwerkt"))


def test_one_bad_bericht_does_not_fail_its_neighbours(omgeving: Omgeving) -> None:
    groot = AangebodenBijlage(b"%PDF-" + bytes(500_000), "x", 1)
    morgen_ver = omgeving.now() + timedelta(days=14)
    resultaten = deliver(
        omgeving,
        batch(
            omgeving, bericht(), bericht(berichttype="OUD"), bericht(berichttype="NIETS"), bericht("999990020"),
            bericht(bijlagen=(groot,)), bericht(publicatiedatum=morgen_ver), bericht(batch_id=b"z" * 16), bericht(),
        ),
    )  # fmt: skip
    assert codes(resultaten) == [
        "Verwerkt", "BerichtTypeNietOndersteund", "BerichtTypeNietOndersteund", "NietActiefOfGeabonneerd",
        "BijlageTeGroot", "PublicatieDatumLigtTeVerInDeToekomst", "TechnischProbleem", "Verwerkt",
    ]  # fmt: skip
    assert_consistent(omgeving, 2)


def test_a_batch_that_is_too_old_fails_as_a_whole(omgeving: Omgeving) -> None:
    stand_still(omgeving)
    grens = omgeving.now() - timedelta(days=13)
    assert codes(deliver(omgeving, batch(omgeving, bericht(), aanmaakdatum=grens))) == ["Verwerkt"]
    te_oud = batch(omgeving, bericht(), bericht(), aanmaakdatum=grens - timedelta(microseconds=1))
    assert codes(deliver(omgeving, te_oud)) == ["AanmaakDatumLigtTeVerInHetVerleden"] * 2
    assert_consistent(omgeving, 1)


@pytest.mark.parametrize("leverancier", [BELASTINGEN, "00000099000000007777", "geen oin"])
def test_another_oin_than_ones_own_is_refused_without_the_berichtid(omgeving: Omgeving, leverancier: str) -> None:
    resultaten = deliver(omgeving, batch(omgeving, bericht(), bericht(), leverancier=leverancier))
    assert codes(resultaten) == ["OinInCPAKomtNietOvereenMetOinInBericht"] * 2
    assert {resultaat.bericht_id for resultaat in resultaten} == {NUL_GUID}
    assert_consistent(omgeving, 0)


def test_an_intermediary_delivers_in_the_name_of_who_gave_it_a_mandate(omgeving: Omgeving) -> None:
    assert codes(deliver(omgeving, aanbod(bericht()), VERZENDHUIS)) == ["Verwerkt"]
    with omgeving.reading() as session:
        assert session.scalars(select(Bericht.afnemer_id)).one() == afnemer(omgeving).id
        assert [feit.afnemer_id for feit in list_feiten(session, Dienst.BERICHTENBOX)] == [afnemer(omgeving).id]
        noted = session.connection().exec_driver_sql("SELECT afnemer_id, intermediair_id FROM verbruik").one()
    assert tuple(noted) == (afnemer(omgeving).id, afnemer(omgeving, VERZENDHUIS).id)
    assert_consistent(omgeving, 1)


def test_who_delivers_in_its_own_name_is_no_intermediary(omgeving: Omgeving) -> None:
    assert codes(deliver(omgeving, aanbod(bericht()))) == ["Verwerkt"]
    with omgeving.reading() as session:
        assert session.connection().exec_driver_sql("SELECT intermediair_id FROM verbruik").scalar_one() is None


def test_a_mandate_that_is_taken_back_counts_at_once(omgeving: Omgeving) -> None:
    assert codes(deliver(omgeving, aanbod(bericht()), VERZENDHUIS)) == ["Verwerkt"]
    beheer.remove_mandaat(omgeving, VERZENDHUIS, STAD)
    assert codes(deliver(omgeving, aanbod(bericht()), VERZENDHUIS)) == ["OinInCPAKomtNietOvereenMetOinInBericht"]


def test_who_is_not_connected_to_the_berichtenbox_cannot_be_delivered_for(omgeving: Omgeving) -> None:
    beheer.change_afnemer(omgeving, beheer.AfnemerWijziging(STAD, diensten=frozenset({Dienst.LOPENDE_ZAKEN})))
    (resultaat,) = deliver(omgeving, aanbod(bericht()), VERZENDHUIS)
    assert resultaat.regel == "BB-oin-bekend"


def test_an_intermediary_is_told_why_the_berichtenbox_of_its_principal_is_closed(omgeving: Omgeving) -> None:
    with omgeving.unit_of_work() as uow:
        beheer.sluit_dienst(uow, afnemer(omgeving).id, Dienst.BERICHTENBOX, Sluiting.BEEINDIGD)
    (resultaat,) = deliver(omgeving, aanbod(bericht()), VERZENDHUIS)
    assert (resultaat.code.value, resultaat.regel) == ("OinInCPAKomtNietOvereenMetOinInBericht", "VW-3.1-beeindigd")
    beheer.remove_mandaat(omgeving, VERZENDHUIS, STAD)
    (resultaat,) = deliver(omgeving, aanbod(bericht()), VERZENDHUIS)
    assert resultaat.regel == "BB-oin-bekend"


def test_a_berichttype_that_is_switched_off_counts_at_once(omgeving: Omgeving) -> None:
    change_berichttype(omgeving, afnemer(omgeving), BerichttypeWijziging("ALGEMEEN", actief=False))
    assert codes(deliver(omgeving, aanbod(bericht()))) == ["BerichtTypeNietOndersteund"]
    change_berichttype(omgeving, afnemer(omgeving), BerichttypeWijziging("ALGEMEEN", actief=True))
    assert codes(deliver(omgeving, aanbod(bericht()))) == ["Verwerkt"]


def test_what_a_person_changed_counts_at_once(omgeving: Omgeving) -> None:
    instellingen.change_voorkeur(omgeving, instellingen.VoorkeurInvoer(Bsn(999990019), {afnemer(omgeving).id: False}))
    assert codes(deliver(omgeving, aanbod(bericht(), bericht("999990020")))) == ["NietActiefOfGeabonneerd"] * 2
    instellingen.activate_box(omgeving, Bsn(999990032))
    assert codes(deliver(omgeving, aanbod(bericht("999990032")))) == ["Verwerkt"]


def test_a_berichtid_is_taken_once_per_afnemer(omgeving: Omgeving) -> None:
    eerste = bericht()
    assert codes(deliver(omgeving, aanbod(eerste, eerste._replace(onderwerp="Nog eens")))) == [
        "Verwerkt",
        "BerichtBestaatAl",
    ]
    assert codes(deliver(omgeving, aanbod(eerste, bericht()))) == ["BerichtBestaatAl", "Verwerkt"]
    ander = aanbod(eerste, leverancier=BELASTINGEN)
    assert codes(deliver(omgeving, ander, BELASTINGEN)) == ["Verwerkt"]
    assert_consistent(omgeving, 3)


def test_a_refused_berichtid_may_be_offered_again_once_corrected(omgeving: Omgeving) -> None:
    fout = bericht(berichttype="OUD")
    goed = bericht()
    extern_id = uuid4().bytes
    assert codes(deliver(omgeving, batch(omgeving, fout, goed, extern_id=extern_id))) == [
        "BerichtTypeNietOndersteund",
        "Verwerkt",
    ]
    opnieuw = batch(omgeving, fout._replace(berichttype="WOZ"), goed, extern_id=extern_id)
    assert codes(deliver(omgeving, opnieuw)) == ["Verwerkt", "BerichtBestaatAl"]
    assert_consistent(omgeving, 2)


def test_two_berichtids_whose_keys_collide_are_both_stored(omgeving: Omgeving) -> None:
    nieuw, eigen = bericht(), afnemer(omgeving).id
    deliver(omgeving, aanbod(bericht()))
    with omgeving.unit_of_work() as uow:
        uow.session.scalars(select(Bericht)).one().dedupe = dedupe_key(eigen, nieuw.bericht_id)
    assert codes(deliver(omgeving, aanbod(nieuw))) == ["Verwerkt"]
    assert codes(deliver(omgeving, aanbod(nieuw))) == ["BerichtBestaatAl"]
    with omgeving.reading() as session:
        assert session.scalars(
            select(Bericht.dedupe).where(Bericht.bericht_id == nieuw.bericht_id)
        ).one() == dedupe_key(eigen, nieuw.bericht_id, 1)
    assert_consistent(omgeving, 2)


def test_the_same_request_again_gets_the_same_answer_and_stores_nothing(omgeving: Omgeving) -> None:
    invoer = AanleveringInvoer(afnemer(omgeving), aanbod(bericht(), bericht("999990020")))
    eerste = submit_aanlevering(omgeving, invoer)
    instellingen.change_voorkeur(omgeving, instellingen.VoorkeurInvoer(Bsn(999990020), {afnemer(omgeving).id: True}))
    assert submit_aanlevering(omgeving, invoer) == eerste
    assert_consistent(omgeving, 1)


def test_the_same_message_id_with_another_body_is_refused(omgeving: Omgeving) -> None:
    eerste = aanbod(bericht())
    bewijs = submit_aanlevering(omgeving, AanleveringInvoer(afnemer(omgeving), eerste))
    ander = aanbod(bericht(), extern_id=eerste.extern_id, inhoud_hash=b"\x01" * 32)
    with pytest.raises(MessageIdAlGebruikt) as refusal:
        submit_aanlevering(omgeving, AanleveringInvoer(afnemer(omgeving), ander))
    assert refusal.value.extensions == {"statusID": bewijs.status_id}
    assert_consistent(omgeving, 1)


def test_a_message_id_belongs_to_one_afnemer(omgeving: Omgeving) -> None:
    eerste = aanbod(bericht())
    deliver(omgeving, eerste)
    ander = aanbod(bericht(), extern_id=eerste.extern_id, inhoud_hash=b"\x01" * 32, leverancier=BELASTINGEN)
    assert codes(deliver(omgeving, ander, BELASTINGEN)) == ["Verwerkt"]


def test_a_bericht_of_later_is_planned_for_its_moment(omgeving: Omgeving) -> None:
    stand_still(omgeving)
    nu = omgeving.now()
    morgen, overmorgen = nu + timedelta(days=1), nu + timedelta(days=2)
    deliver(omgeving, aanbod(
        bericht(publicatiedatum=overmorgen), bericht(), bericht(publicatiedatum=morgen),
        bericht(publicatiedatum=nu - timedelta(days=5)), bericht(publicatiedatum=morgen), bericht("999990020"),
    ))  # fmt: skip
    with omgeving.reading() as session:
        per_moment = {moment: list(ids) for moment, ids in ids_per_moment(session).items()}
        agenda = session.execute(
            select(AgendaItem.soort, AgendaItem.moment, AgendaItem.gegevens).where(
                AgendaItem.soort.like("berichtenbox.%")
            )
        ).all()
    assert {moment: len(ids) for moment, ids in per_moment.items()} == {nu: 2, morgen: 2, overmorgen: 1}
    gepland = {(soort, tuple(msgspec.json.decode(gegevens).values())) for soort, _, gegevens in agenda}
    soorten = {nu: "berichtenbox.kennisgeven", morgen: "berichtenbox.publiceren", overmorgen: "berichtenbox.publiceren"}
    assert gepland == {(soorten[moment], (min(ids), max(ids), len(ids))) for moment, ids in per_moment.items()}


def test_a_large_delivery_is_planned_in_parts_that_are_not_much_work_each(omgeving: Omgeving) -> None:
    deliver(omgeving, aanbod(*(bericht() for _ in range(2 * WERK + 1))))
    with omgeving.reading() as session:
        rows = session.scalars(select(AgendaItem.gegevens).where(AgendaItem.soort == KENNISGEVEN)).all()
        parts = [msgspec.json.decode(row) for row in rows]
        held = [
            session.scalar(select(func.count()).where(Bericht.id.between(part["van"], part["tot"]))) or 0
            for part in parts
        ]
    assert sorted(part["aantal"] for part in parts) == sorted(held) == [1, WERK, WERK]


def test_processing_time_delays_the_result_and_the_bericht(omgeving: Omgeving) -> None:
    stand_still(omgeving)
    with omgeving.unit_of_work() as uow:
        uow.change_state(verwerkingstijd=10.0)
    deliver(omgeving, aanbod(bericht()))
    with omgeving.reading() as session:
        assert session.scalars(select(Bericht.zichtbaar_vanaf)).one() == omgeving.now() + timedelta(seconds=10)
        assert session.scalars(select(Aanlevering.verwerkt_op)).one() == omgeving.now() + timedelta(seconds=10)


def test_every_rule_that_was_asked_is_counted(omgeving: Omgeving) -> None:
    deliver(omgeving, aanbod(bericht(), bericht("999990020"), bericht(berichttype="OUD"), bericht(bijlagen=(PDF,))))
    with omgeving.reading() as session:
        rows = session.execute(
            select(RegelTelling.regel_id, RegelTelling.uitkomst, func.sum(RegelTelling.aantal)).group_by(
                RegelTelling.regel_id, RegelTelling.uitkomst
            )
        )
        aantallen = {(regel, uitkomst): int(aantal) for regel, uitkomst, aantal in rows}
    assert aantallen["BB-berichttype-actief", "geslaagd"] == 3
    assert aantallen["BB-berichttype-actief", "geweigerd"] == 1
    assert aantallen["BB-geabonneerd", "geweigerd"] == 1
    assert aantallen["BB-bericht-bestaat-al", "geslaagd"] == 2
    assert aantallen["BB-bijlage-omvang", "geslaagd"] == 1
    assert aantallen["BB-message-id-eenmalig", "geslaagd"] == 1


def test_a_bijlage_without_pdfa_is_stored_with_a_warning(omgeving: Omgeving) -> None:
    (resultaat,) = deliver(omgeving, aanbod(bericht(bijlagen=(PDF._replace(inhoud=b"%PDF-1.4"),))))
    assert resultaat.code is Verwerkingscode.VERWERKT
    assert resultaat.stadium is Stadium.NA
    assert "BB-bijlage-pdfa" in resultaat.waarschuwingen[0]


def test_the_number_of_statements_does_not_grow_with_the_number_of_berichten(omgeving: Omgeving) -> None:
    def count(aantal: int) -> int:
        driver = CountingCursors(omgeving)
        with driver:
            deliver_only = aanbod(*[bericht(bijlagen=(PDF,)) for _ in range(aantal)])
            submit_aanlevering(omgeving, AanleveringInvoer(afnemer(omgeving), deliver_only))
        return driver.statements

    count(1)
    een, honderd = count(1), count(100)
    assert 5 < een == honderd <= 16


class CountingCursors:
    """Counts what reaches the driver: every execute and executemany of every cursor of the omgeving."""

    def __init__(self, omgeving: Omgeving) -> None:
        self._database = omgeving._database
        self.statements = 0

    def __enter__(self) -> None:
        self._database.dispose()  # so that every connection has to be taken from the pool
        event.listen(self._database.engine, "checkout", self._watch)

    def __exit__(self, *_exc: object) -> None:
        event.remove(self._database.engine, "checkout", self._watch)

    def _watch(self, connection: Any, _record: object, proxy: Any) -> None:
        original = proxy.cursor

        def cursor(*args: Any, **kwargs: Any) -> Any:
            return _Counting(original(*args, **kwargs), self)

        proxy.cursor = cursor


class _Counting:
    def __init__(self, cursor: Any, counter: CountingCursors) -> None:
        self._cursor, self._counter = cursor, counter

    def execute(self, *args: Any) -> Any:
        self._counter.statements += 1
        return self._cursor.execute(*args)

    def executemany(self, *args: Any) -> Any:
        self._counter.statements += 1
        return self._cursor.executemany(*args)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


def test_deliveries_at_the_same_time_do_not_hinder_each_other(omgeving: Omgeving) -> None:
    gedeeld = bericht()
    invoeren = [
        AanleveringInvoer(afnemer(omgeving), aanbod(gedeeld, bericht(), bericht("999990020"))) for _ in range(24)
    ]
    zelfde = AanleveringInvoer(afnemer(omgeving), aanbod(bericht()))
    ander = AanleveringInvoer(
        afnemer(omgeving), aanbod(bericht(), extern_id=zelfde.aanbod.extern_id, inhoud_hash=b"\x02" * 32)
    )
    antwoorden: list[object] = []

    def work(invoer: AanleveringInvoer) -> None:
        try:
            antwoorden.append(submit_aanlevering(omgeving, invoer).status_id)
        except MessageIdAlGebruikt as refusal:
            antwoorden.append(refusal)

    threads = [threading.Thread(target=work, args=(invoer,)) for invoer in [*invoeren, zelfde, zelfde, zelfde, ander]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(antwoorden) == 28
    assert len({each for each in antwoorden if isinstance(each, str)}) == 25
    assert_consistent(omgeving, 24 + 1 + 1)


def test_two_workers_that_get_the_same_delivery_store_it_once(omgeving: Omgeving, omgevingen: Omgevingen) -> None:
    ander = Omgevingen(omgevingen._store, 1, {"verwerkingstijd": 0.0}).get(omgeving.naam)
    invoeren = [AanleveringInvoer(afnemer(omgeving), aanbod(bericht(), bericht())) for _ in range(20)]
    bewijzen: list[str] = []

    def work(wereld: Omgeving) -> None:
        bewijzen.extend(submit_aanlevering(wereld, invoer).status_id for invoer in invoeren)

    threads = [threading.Thread(target=work, args=(wereld,)) for wereld in (omgeving, ander) * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(bewijzen) == 80
    assert len(set(bewijzen)) == 20
    assert_consistent(omgeving, 40)


def test_what_one_worker_changes_counts_at_once_in_another(omgeving: Omgeving, omgevingen: Omgevingen) -> None:
    ander = Omgevingen(omgevingen._store, 1, {"verwerkingstijd": 0.0}).get(omgeving.naam)
    for actief, code in ((True, "Verwerkt"), (False, "BerichtTypeNietOndersteund"), (True, "Verwerkt")):
        change_berichttype(omgeving, afnemer(omgeving), BerichttypeWijziging("ALGEMEEN", actief=actief))
        assert codes(deliver(ander, aanbod(bericht()))) == [code]


def test_metering_that_disagrees_with_the_berichten_is_found(omgeving: Omgeving) -> None:
    deliver(omgeving, aanbod(bericht(), bericht(berichttype="WOZ")))
    deliver(omgeving, aanbod(bericht()))
    with omgeving.unit_of_work() as uow:
        te_veel = uow.session.scalars(select(Bericht).where(Bericht.berichttype == "WOZ")).one()
        te_veel.berichttype = "PARKEREN"
        aanlevering_id = te_veel.aanlevering_id
    verschillen = check_berichten(omgeving)
    assert [(each.aanlevering_id, each.berichttype, each.opgeslagen, each.gemeten) for each in verschillen] == [
        (aanlevering_id, "PARKEREN", 1, 0),
        (aanlevering_id, "WOZ", 0, 1),
    ]
