"""What was delivered about a person, the live sources and what they last answered."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from simulator.infra.sporen import Spoor, Sporenboek
from simulator.persoonlijke_gegevens.models import AangeleverdGegeven, Bronantwoord, Gegevensbron
from simulator.persoonlijke_gegevens.values import Bron, Bronantwoordvorm, Bronstand, Categorie, Groep
from simulator.verwerkingen import Activiteit, list_verwerkingen

_GROEPEN = msgspec.json.Decoder(list[Groep])
_ANTWOORD = msgspec.json.Decoder(Bronantwoordvorm)
_SPOREN = 100
"""So many of the newest deliveries are looked at to see whether the citizen looked."""


class Aangeleverd(NamedTuple):
    """What one Afnemer delivered in one category."""

    afnemer_id: int
    categorie: Categorie
    peildatum: str
    aangeleverd_op: datetime
    groepen: tuple[Groep, ...]


class Antwoord(NamedTuple):
    """What a source last answered, and when."""

    opgehaald_op: datetime
    inhoud: Bronantwoordvorm


def list_aangeleverd(session: Session, bsn: int, categorieen: Iterable[Categorie]) -> list[Aangeleverd]:
    """What was delivered about a person, in order of Afnemer."""
    rows = session.scalars(
        select(AangeleverdGegeven)
        .where(
            AangeleverdGegeven.bsn == int(bsn),
            AangeleverdGegeven.categorie.in_([each.value for each in categorieen]),
        )
        .order_by(AangeleverdGegeven.afnemer_id)
    )
    return [
        Aangeleverd(
            row.afnemer_id, Categorie(row.categorie), row.peildatum, row.aangeleverd_op,
            tuple(_GROEPEN.decode(row.groepen)),
        )
        for row in rows
    ]  # fmt: skip


def list_bronnen(
    session: Session, *, afnemer_id: int | None = None, categorieen: Iterable[Categorie] = tuple(Categorie)
) -> list[Bron]:
    """The live sources, of one Afnemer or of all, by Afnemer and name."""
    statement = select(Gegevensbron).order_by(Gegevensbron.afnemer_id, Gegevensbron.naam)
    statement = statement.where(Gegevensbron.categorie.in_([each.value for each in categorieen]))
    if afnemer_id is not None:
        statement = statement.where(Gegevensbron.afnemer_id == afnemer_id)
    return [as_bron(row) for row in session.scalars(statement)]


def find_bron(session: Session, afnemer_id: int, naam: str) -> Gegevensbron | None:
    """The row of a source."""
    if not naam.isprintable():  # PostgreSQL cannot even ask for a NUL
        return None
    return session.scalars(
        select(Gegevensbron).where(Gegevensbron.afnemer_id == afnemer_id, Gegevensbron.naam == naam)
    ).one_or_none()


def list_antwoorden(session: Session, bsn: int, bron_ids: Iterable[int]) -> Mapping[int, Antwoord]:
    """The last answers about a person, by source."""
    rows = session.scalars(
        select(Bronantwoord).where(Bronantwoord.bsn == int(bsn), Bronantwoord.bron_id.in_(list(bron_ids)))
    )
    return {row.bron_id: Antwoord(row.opgehaald_op, _ANTWOORD.decode(row.inhoud)) for row in rows}


def as_bron(row: Gegevensbron) -> Bron:
    """A source as a frozen record."""
    return Bron(
        id=row.id,
        afnemer_id=row.afnemer_id,
        naam=row.naam,
        titel=row.titel,
        categorie=Categorie(row.categorie),
        url=row.url,
        sleutel=row.sleutel,
        tijdslimiet_ms=row.tijdslimiet_ms,
        bewaren_s=row.bewaren_s,
        stand=Bronstand(row.fouten, row.laatste_fout, row.laatste_fout_op, row.laatste_antwoord_op, row.dicht_tot),
    )


def list_sporen(session: Session, afnemer_id: int) -> dict[str, Spoor]:
    """What the traffic of this Afnemer has shown: data delivered and shown to the citizen, sources that did or failed.

    No BSN is part of the proof.
    """
    boek = Sporenboek()
    for bron in session.scalars(select(Gegevensbron).where(Gegevensbron.afnemer_id == afnemer_id)):
        bewijs = {"bron": bron.naam}
        if bron.laatste_antwoord_op is not None:
            boek.note("pg.bron.antwoord", bron.laatste_antwoord_op, bewijs)
        if bron.laatste_fout_op is not None:
            boek.note("pg.bron.fout", bron.laatste_fout_op, bewijs | {"fout": bron.laatste_fout or ""})
    newest = select(AangeleverdGegeven).where(AangeleverdGegeven.afnemer_id == afnemer_id)
    newest = newest.order_by(AangeleverdGegeven.aangeleverd_op.desc(), AangeleverdGegeven.bsn).limit(_SPOREN)
    for row in session.scalars(newest):
        categorie = Categorie(row.categorie)
        boek.note("pg.aangeleverd", row.aangeleverd_op, {"categorie": categorie.value, "peildatum": row.peildatum})
        for regel in list_verwerkingen(session, row.bsn):
            shown = regel.activiteit is Activiteit.GEGEVENS_TONEN and categorie.naam in regel.omschrijving
            if shown and regel.moment >= row.aangeleverd_op:
                boek.note("pg.getoond", regel.moment, {"categorie": categorie.value, "trace": regel.trace_id})
    return boek.sporen
