"""What a citizen sees: the categories, and the blocks of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import msgspec

from simulator.afnemers import AfnemerRecord, Dienst, afnemer_index
from simulator.gebruikers import Bsn
from simulator.infra.database import insert_into
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.regels import Uitkomst
from simulator.infra.tracing import Trace
from simulator.persoonlijke_gegevens import queries
from simulator.persoonlijke_gegevens.errors import BRON_ANTWOORDT, JUIST_GETOOND
from simulator.persoonlijke_gegevens.models import ANTWOORDEN, Gegevensbron
from simulator.persoonlijke_gegevens.rules import explain_fout, is_dicht, note_antwoord, note_fout
from simulator.persoonlijke_gegevens.usecases.bevragen import Uitslag, ask_bronnen
from simulator.persoonlijke_gegevens.usecases.bronnen import list_toegestaan
from simulator.persoonlijke_gegevens.usecases.brp import build_brp_blok, build_verstrekkingen_blok
from simulator.persoonlijke_gegevens.values import Blok, Blokvorm, Bron, Categorie, Dienstsamenvatting
from simulator.verwerkingen import (
    LOGIUS,
    Activiteit,
    Verwerking,
    log_verwerkingen,
    record_verwerkingen,
)

__all__ = ["Blok", "Tegel", "list_tegels", "show_blokken", "summarize_dienst"]

DICHT = "dicht"
_LAATSTE = 3
_OWN = {Categorie.IDENTITEIT, Categorie.BRP_VERSTREKKINGEN}
"""Categories in which the register itself says something."""


@dataclass(frozen=True, slots=True)
class Tegel:
    """A category on the first page: who says something there, and of when the newest is."""

    categorie: Categorie
    bronnen: tuple[str, ...]
    peildatum: date | None


def list_tegels(omgeving: Omgeving, bsn: Bsn, trace: Trace) -> tuple[Tegel, ...]:
    """Every category with its sources; asks nobody, and is written in the log as looking at the overview."""
    tegels = _list_tegels(omgeving, bsn)
    log_verwerkingen(omgeving, [Verwerking(bsn, Activiteit.GEGEVENS_TONEN, LOGIUS, trace, "overzicht")])
    return tegels


def show_blokken(omgeving: Omgeving, bsn: Bsn, categorieen: Sequence[Categorie], trace: Trace) -> tuple[Blok, ...]:
    """What all sources of these categories say about somebody, each in its own block; live ones are asked at once."""
    now = omgeving.now()
    with omgeving.reading() as session:
        aangeleverd = queries.list_aangeleverd(session, bsn, categorieen)
        bronnen = queries.list_bronnen(session, categorieen=categorieen)
        bronnen = [bron for bron in bronnen if _may(omgeving, bron)]
        kept = queries.list_antwoorden(session, bsn, [bron.id for bron in bronnen])
    fresh = {each.id for each in bronnen if each.id in kept and _is_fresh(each, kept[each.id].opgehaald_op, now)}
    asking = [each for each in bronnen if each.id not in fresh and not is_dicht(each.stand, now)]
    uitslagen = ask_bronnen(asking, bsn, trace, list_toegestaan(omgeving))
    _settle(omgeving, bsn, categorieen, (trace, uitslagen))
    afnemers = afnemer_index(omgeving).by_id
    blokken = [_own_blok(omgeving, bsn, each) for each in categorieen]
    blokken += [_delivered_blok(afnemers, each) for each in aangeleverd]
    blokken += [
        _live_blok(afnemers, each, kept.get(each.id) if each.id in fresh else None, uitslagen) for each in bronnen
    ]
    return tuple(blok for blok in blokken if blok is not None)


def summarize_dienst(omgeving: Omgeving, bsn: Bsn) -> Dienstsamenvatting:
    """What home says about Persoonlijke Gegevens; there is nothing here that can be unread."""
    with omgeving.reading() as session:
        aangeleverd = queries.list_aangeleverd(session, bsn, tuple(Categorie))
    afnemers = afnemer_index(omgeving).by_id
    names = {afnemers[each.afnemer_id].naam for each in aangeleverd}
    newest = sorted(aangeleverd, key=lambda each: each.aangeleverd_op, reverse=True)[:_LAATSTE]
    laatste = tuple(
        (
            each.categorie.naam, afnemers[each.afnemer_id].naam, f"/persoonlijke-gegevens/{each.categorie.value}",
            each.aangeleverd_op,
        )
        for each in newest
    )  # fmt: skip
    met = f" en {len(names)} {'organisatie' if len(names) == 1 else 'organisaties'}" if names else ""
    return Dienstsamenvatting(0, f"Bekijk wat de Basisregistratie Personen{met} over u vastlegde.", laatste)


def _list_tegels(omgeving: Omgeving, bsn: Bsn) -> tuple[Tegel, ...]:
    with omgeving.reading() as session:
        aangeleverd = queries.list_aangeleverd(session, bsn, tuple(Categorie))
        bronnen = [each for each in queries.list_bronnen(session) if _may(omgeving, each)]
    afnemers = afnemer_index(omgeving).by_id
    tegels = []
    for categorie in Categorie:
        here = [each for each in aangeleverd if each.categorie is categorie]
        live = [afnemers[each.afnemer_id].naam for each in bronnen if each.categorie is categorie]
        own = ["Basisregistratie Personen"] if categorie in _OWN else []
        names = dict.fromkeys([*own, *(afnemers[each.afnemer_id].naam for each in here), *live])
        dates = [date.fromisoformat(each.peildatum) for each in here]
        tegels.append(Tegel(categorie, tuple(names), max(dates, default=None)))
    return tuple(tegels)


def _own_blok(omgeving: Omgeving, bsn: Bsn, categorie: Categorie) -> Blok | None:
    if categorie is Categorie.IDENTITEIT:
        return build_brp_blok(omgeving, bsn)
    return build_verstrekkingen_blok(omgeving, bsn) if categorie is Categorie.BRP_VERSTREKKINGEN else None


def _may(omgeving: Omgeving, bron: Bron) -> bool:
    afnemer = afnemer_index(omgeving).by_id[bron.afnemer_id]
    return afnemer.actief and Dienst.PERSOONLIJKE_GEGEVENS in afnemer.diensten


def _is_fresh(bron: Bron, opgehaald_op: datetime, now: datetime) -> bool:
    return opgehaald_op <= now < opgehaald_op + timedelta(seconds=bron.bewaren_s)


def _settle(
    omgeving: Omgeving, bsn: Bsn, categorieen: Sequence[Categorie], gedaan: tuple[Trace, Mapping[int, Uitslag]]
) -> None:
    """Before anything is shown: how each source did, what it said, and the lines of the log, as one transaction."""
    trace, uitslagen = gedaan
    namen = ", ".join(each.naam for each in categorieen)
    verwerkingen = [Verwerking(bsn, Activiteit.GEGEVENS_TONEN, LOGIUS, trace, namen)]
    if not uitslagen:
        log_verwerkingen(omgeving, verwerkingen)
        return
    afnemers = afnemer_index(omgeving).by_id
    with omgeving.unit_of_work() as uow:
        for _, uitslag in sorted(uitslagen.items()):  # in one order, or two could wait for each other
            _note(uow, bsn, uitslag)
            verwerkingen.append(_verwerking(bsn, afnemers[uitslag.bron.afnemer_id], uitslag))
        record_verwerkingen(uow, verwerkingen)
        uow.tel(JUIST_GETOOND, Uitkomst.GESLAAGD)


def _verwerking(bsn: Bsn, afnemer: AfnemerRecord, uitslag: Uitslag) -> Verwerking:
    return Verwerking(
        bsn, Activiteit.BRON_BEVRAGEN, afnemer.oin, uitslag.trace, uitslag.bron.titel,
        gelukt=uitslag.antwoord is not None,
    )  # fmt: skip


def _note(uow: UnitOfWork, bsn: Bsn, uitslag: Uitslag) -> None:
    """How a source did, counted from what it is now: others may have asked it meanwhile, or changed it."""
    bron, row = uitslag.bron, uow.session.get(Gegevensbron, uitslag.bron.id, with_for_update=True)
    uow.tel(BRON_ANTWOORDT, Uitkomst.GESLAAGD if uitslag.antwoord is not None else Uitkomst.GEWEIGERD)
    if row is None or row.url != bron.url:
        return
    stand = queries.as_bron(row).stand
    if uitslag.antwoord is None:
        stand = note_fout(stand, uitslag.fout, uow.moment)
    else:
        stand = note_antwoord(stand, uow.moment)
        if bron.bewaren_s:
            values = {"opgehaald_op": uow.moment, "inhoud": msgspec.json.encode(uitslag.antwoord).decode()}
            statement = insert_into(uow.session, ANTWOORDEN).values(bsn=int(bsn), bron_id=bron.id, **values)
            uow.session.execute(statement.on_conflict_do_update(index_elements=["bsn", "bron_id"], set_=values))
    row.fouten, row.laatste_fout, row.laatste_fout_op = stand.fouten, stand.laatste_fout, stand.laatste_fout_op
    row.laatste_antwoord_op, row.dicht_tot = stand.laatste_antwoord_op, stand.dicht_tot


def _delivered_blok(afnemers: Mapping[int, AfnemerRecord], each: queries.Aangeleverd) -> Blok:
    afnemer = afnemers[each.afnemer_id]
    return Blok(
        each.categorie, afnemer.naam, str(afnemer.oin), Blokvorm.AANGELEVERD, afnemer.naam,
        date.fromisoformat(each.peildatum), each.groepen,
    )  # fmt: skip


def _live_blok(
    afnemers: Mapping[int, AfnemerRecord],
    bron: Bron,
    kept: queries.Antwoord | None,
    uitslagen: Mapping[int, Uitslag],
) -> Blok:
    afnemer, uitslag = afnemers[bron.afnemer_id], uitslagen.get(bron.id)
    antwoord = kept.inhoud if kept is not None else uitslag.antwoord if uitslag is not None else None
    head = (bron.categorie, afnemer.naam, str(afnemer.oin), Blokvorm.LIVE, bron.titel)
    if antwoord is None:
        return Blok(*head, None, storing=explain_fout(uitslag.fout if uitslag is not None else DICHT))
    bewaard_van = None if kept is None else kept.opgehaald_op
    return Blok(*head, antwoord.peildatum, tuple(antwoord.groepen), bewaard_van=bewaard_van)
