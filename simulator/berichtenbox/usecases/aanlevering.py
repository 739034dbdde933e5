"""Deliver: judge, store, meter and answer, in one durable transaction with whatever arrives at the same time."""

from collections.abc import Sequence
from typing import NamedTuple

from simulator.berichtenbox.errors.aanlevering import GelijktijdigAangeboden, MessageIdAlGebruikt
from simulator.berichtenbox.errors.catalogus import MESSAGE_ID_HERHAALD
from simulator.berichtenbox.queries.berichten import EerdereAanlevering, find_aanleveringen
from simulator.berichtenbox.rules.beoordeling import VERWERKT
from simulator.berichtenbox.usecases.oordeel import AanleveringInvoer, Oordeel, Oordelaar
from simulator.berichtenbox.usecases.opslag import list_nieuw
from simulator.berichtenbox.usecases.verwerking import Levering, process_leveringen
from simulator.berichtenbox.usecases.vooruit import GROOT, Vooruit, bijlagen_vooruit, count_bytes
from simulator.berichtenbox.values import Soort
from simulator.infra.group_commit import ALONE
from simulator.infra.ids import new_ids, public_id, stable_hash
from simulator.infra.omgeving import GroupTransaction, Omgeving
from simulator.infra.regels import Uitkomst

_POGINGEN = 3
_BYTES_PER_WEIGHT = 1000
"""A bericht weighs one, and so does each kB of its bijlagen: nobody waits for more than one large group."""


class Ontvangstbewijs(NamedTuple):
    """What the Afnemer gets back at once: under which id the outcome can be asked for."""

    status_id: str


class _Werk(NamedTuple):
    """One delivery as it waits for its transaction."""

    omgeving: Omgeving
    invoer: AanleveringInvoer
    vooruit: Vooruit | None = None


class _Nieuw(NamedTuple):
    """A delivery that was not offered before, under its own id and the key of its X-Message-ID."""

    id: int
    sleutel: int
    invoer: AanleveringInvoer


def submit_aanlevering(omgeving: Omgeving, invoer: AanleveringInvoer) -> Ontvangstbewijs:
    """Process a delivery; each bericht succeeds or fails by itself, and what is stored is metered in the same commit.

    The same X-Message-ID and body again get the same answer; raises ``MessageIdAlGebruikt`` for another body.
    """
    werk, berichten = _Werk(omgeving, invoer), invoer.aanbod.berichten
    bytes_ = count_bytes(berichten)
    if bytes_ <= GROOT:
        return _submit(werk, 1 + len(berichten) + bytes_ // _BYTES_PER_WEIGHT)
    plaatsen = omgeving.group_commit(_choose_group, werk)
    with bijlagen_vooruit(omgeving, berichten, plaatsen) as vooruit:
        return _submit(werk._replace(vooruit=vooruit), ALONE)


def _submit(werk: _Werk, weight: int) -> Ontvangstbewijs:
    for poging in range(1, _POGINGEN + 1):
        try:
            return werk.omgeving.group_commit(_deliver_group, werk, weight=weight)
        except GelijktijdigAangeboden:
            if poging == _POGINGEN:
                raise
    raise AssertionError  # pragma: no cover - the loop returns or raises


def _choose_group(transaction: GroupTransaction, werken: Sequence[_Werk]) -> list[list[int]]:
    """Which berichten of each would be stored if it came now; of what was offered before none."""
    sleutels, eerdere = _find_eerdere(transaction, werken)
    oordelaar = Oordelaar(transaction, werken[0].omgeving, [werk.invoer for werk in werken])
    return [
        [] if sleutel in eerdere else _choose(transaction, werk.invoer, oordelaar.judge(werk.invoer))
        for sleutel, werk in zip(sleutels, werken, strict=True)
    ]


def _choose(transaction: GroupTransaction, invoer: AanleveringInvoer, oordeel: Oordeel) -> list[int]:
    goed = [plaats for plaats, each in enumerate(oordeel.beoordelingen) if each is VERWERKT]
    return [] if oordeel.namens is None else list_nieuw(transaction, oordeel.namens.id, invoer.aanbod.berichten, goed)


def _deliver_group(transaction: GroupTransaction, werken: Sequence[_Werk]) -> list[Ontvangstbewijs | Exception]:
    """All in the transaction, the judgement as well: it is of one moment, and what people change has no part in it."""
    omgeving = werken[0].omgeving
    antwoorden, nieuw = _split_repeats(transaction, werken)
    oordelaar = Oordelaar(transaction, omgeving, [each.invoer for each in nieuw])
    leveringen = [Levering(key, sleutel, invoer, *oordelaar.judge(invoer)) for key, sleutel, invoer in nieuw]
    process_leveringen(transaction, omgeving, leveringen, werken[0].vooruit)
    return antwoorden


def _split_repeats(
    transaction: GroupTransaction, werken: Sequence[_Werk]
) -> tuple[list[Ontvangstbewijs | Exception], list[_Nieuw]]:
    """Tell what is new from what was offered before under the same X-Message-ID; the latter only needs its answer."""
    sleutels, eerdere = _find_eerdere(transaction, werken)
    antwoorden: list[Ontvangstbewijs | Exception] = []
    nieuw: list[_Nieuw] = []
    for key, werk, sleutel in zip(new_ids(len(werken)), werken, sleutels, strict=True):
        aanbod = werk.invoer.aanbod
        eerder = None if sleutel is None else eerdere.get(sleutel)
        if eerder is not None:
            antwoorden.append(_answer_repeat(transaction, eerder, aanbod.inhoud_hash))
            continue
        if sleutel is not None:
            eerdere[sleutel] = EerdereAanlevering(key, werk.invoer.aanleveraar.id, aanbod.extern_id, aanbod.inhoud_hash)
        eigen = stable_hash(key.to_bytes(8, "big")) if sleutel is None else sleutel
        nieuw.append(_Nieuw(key, eigen, werk.invoer))
        antwoorden.append(Ontvangstbewijs(public_id(key)))
    return antwoorden, nieuw


def _find_eerdere(
    transaction: GroupTransaction, werken: Sequence[_Werk]
) -> tuple[list[int | None], dict[int, EerdereAanlevering]]:
    """The key of each JSON delivery and what is stored under it; a key taken by another X-Message-ID gets a salt."""
    eerdere: dict[int, EerdereAanlevering] = {}
    sleutels = [_sleutel(werk, 0) for werk in werken]
    te_vragen = [sleutel for sleutel in sleutels if sleutel is not None]
    salt = 0
    while te_vragen:
        gevonden = find_aanleveringen(transaction, te_vragen)
        if not gevonden:
            break
        eerdere |= gevonden
        salt += 1
        te_vragen = []
        for plaats, sleutel in enumerate(sleutels):
            eerder = None if sleutel is None else eerdere.get(sleutel)
            if eerder is not None and not _is_same(eerder, werken[plaats].invoer):
                sleutels[plaats] = _sleutel(werken[plaats], salt)
                te_vragen += [each for each in sleutels[plaats : plaats + 1] if each is not None]
    return sleutels, eerdere


def _sleutel(werk: _Werk, salt: int) -> int | None:
    invoer = werk.invoer
    if invoer.aanbod.soort is Soort.XML:
        return None
    return stable_hash(invoer.aanleveraar.id.to_bytes(8, "big"), invoer.aanbod.extern_id, salt.to_bytes(2, "big"))


def _is_same(eerder: EerdereAanlevering, invoer: AanleveringInvoer) -> bool:
    return (eerder.afnemer_id, eerder.extern_id) == (invoer.aanleveraar.id, invoer.aanbod.extern_id)


def _answer_repeat(
    transaction: GroupTransaction, eerder: EerdereAanlevering, inhoud_hash: bytes
) -> Ontvangstbewijs | Exception:
    status_id = public_id(eerder.id)
    if eerder.inhoud_hash == inhoud_hash:
        transaction.tel(MESSAGE_ID_HERHAALD, Uitkomst.GESLAAGD)
        return Ontvangstbewijs(status_id)
    return MessageIdAlGebruikt(
        "Gebruik voor een andere inhoud een nieuwe X-Message-ID.", extensions={"statusID": status_id}
    )
