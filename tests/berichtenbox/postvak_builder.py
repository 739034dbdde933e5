"""Puts berichten into a box as the delivery would, without going through it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select

from simulator.berichtenbox.models import Bericht, Berichtstand, Bijlage
from simulator.gebruikers import Bsn
from simulator.infra.ids import new_ids, public_id
from simulator.infra.omgeving import Omgeving

ANNA = Bsn("999990019")
BRAM = Bsn("999990111")
PDF = b"%PDF-1.7 verzonnen"


@dataclass(frozen=True)
class Post:
    """What to put in the box; the first is the oldest, all an hour apart, the last an hour ago."""

    onderwerpen: tuple[str, ...] = ("Uw paspoort ligt klaar",)
    bsn: Bsn = ANNA
    afnemer_id: int = 1
    tekst: str | None = "Kom naar de balie."
    bijlagen: int = 0
    einddatum: datetime | None = None
    laatste: timedelta = -timedelta(hours=1)


def put_berichten(omgeving: Omgeving, post: Post | None = None) -> list[int]:
    """Store the post; answers the ids, oldest first."""
    post = post or Post()
    ids = list(new_ids(len(post.onderwerpen)))
    last = omgeving.now() + post.laatste
    rows = [
        {
            "id": number,
            "bsn": int(post.bsn),
            "zichtbaar_vanaf": last - timedelta(hours=len(ids) - 1 - place),
            "afnemer_id": post.afnemer_id,
            "aanlevering_id": 1,
            "bericht_id": number.to_bytes(16, "big"),
            "dedupe": number,
            "berichttype": "ALGEMEEN",
            "onderwerp": onderwerp,
            "tekst": post.tekst,
            "referentie": "ZAAK-1",
            "einddatum_handelingstermijn": post.einddatum,
            "aantal_bijlagen": post.bijlagen,
            "gewist": False,
        }
        for place, (number, onderwerp) in enumerate(zip(ids, post.onderwerpen, strict=True))
    ]
    bijlagen = [
        {"bericht_id": number, "volgorde": volgorde, "omschrijving": f"Bijlage {volgorde}", "inhoud": PDF}
        for number in ids
        for volgorde in range(1, post.bijlagen + 1)
    ]
    with omgeving.unit_of_work() as uow:
        uow.session.execute(insert(Bericht), rows)
        if bijlagen:
            uow.session.execute(insert(Bijlage), bijlagen)
    return ids


def put_bericht(omgeving: Omgeving, post: Post | None = None) -> str:
    """Store one bericht; answers its kenmerk."""
    return public_id(put_berichten(omgeving, post)[0])


def stored_bericht(omgeving: Omgeving, number: int) -> tuple[Bericht, int, str | None]:
    """The row, how many bijlagen it has, and in which map its stand says it lies."""
    with omgeving.reading() as session:
        bericht = session.get_one(Bericht, number)
        session.expunge(bericht)
        bijlagen = len(session.scalars(select(Bijlage.volgorde).where(Bijlage.bericht_id == number)).all())
        stand = session.get(Berichtstand, number)
        return bericht, bijlagen, None if stand is None else stand.map
