"""What an Afnemer sends on a day: berichten in JSON, with ids and recipients that the seed decides."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from uuid import UUID

from simulator.infra.clock import NEDERLAND
from simulator.year.calendar import Zending
from simulator.year.people import Mensen
from simulator.year.plan import DUIZEND, Campagne

MAX_BATCH = 1000
INACTIEF = "OUD"
"""Of the fixtures: a berichttype that every Afnemer has, or does not know at all; never an active one."""
_BERICHT = (
    '{{"BerichtID":"%s-%s-4%s-8%s-%s","BerichtType":"%s","GebruikerID":"%s","Referentie":"%s",'
    '"Onderwerp":{onderwerp},"Berichttekst":{tekst}{momenten}}}'
)


@dataclass(frozen=True, slots=True)
class Lading:
    """One request: a body, the id it goes under, and who is addressed, in the order of the berichten."""

    message_id: str
    body: bytes
    bsns: list[str]


@dataclass(frozen=True, slots=True)
class Schrijver:
    """Writes what one year sends."""

    seed: int
    jaar: int
    mensen: Mensen

    def write(self, campagne: Campagne, zending: Zending, eerste: int, aantal: int) -> Lading:
        """Berichten ``eerste`` up to ``eerste + aantal`` of a campaign, as it sends them on that day."""
        bericht, bsns, berichten = _fill_in(campagne, zending, self.jaar), list[str](), list[str]()
        dubbel = round(campagne.fouten.dubbel * DUIZEND)
        inactief = dubbel + round(campagne.fouten.inactief_berichttype * DUIZEND)
        name, pick = f"{self.seed}/{self.jaar}/{zending.campagne}/%d".encode(), self.mensen.pick
        for number in range(eerste, eerste + aantal):
            bits = blake2b(name % number, digest_size=32).hexdigest()
            fate = int(bits[32:40], 16) % (DUIZEND * DUIZEND)
            if fate < dubbel and berichten:  # the one before it, once more
                bsns.append(bsns[-1])
                berichten.append(berichten[-1])
                continue
            bsn = pick(int(bits[40:56], 16))
            berichttype = INACTIEF if dubbel <= fate < inactief else campagne.berichttype
            referentie = f"{zending.campagne + 1:02d}-{number:08d}"
            bsns.append(bsn)
            berichten.append(
                bericht % (bits[:8], bits[8:12], bits[12:15], bits[15:18], bits[18:30], berichttype, bsn, referentie)
            )
        body = f'{{"BerichtLeverancierID":"{campagne.afnemer}","Berichten":[{",".join(berichten)}]}}'
        return Lading(make_guid(self.seed, f"{self.jaar}/{zending.campagne}/{eerste}"), body.encode(), bsns)


def make_guid(seed: int, text: str) -> str:
    """A UUID that the seed and the text decide."""
    return str(UUID(bytes=blake2b(f"{seed}/{text}".encode(), digest_size=16).digest(), version=4))


def fill_in(text: str, jaar: int) -> str:
    """The text with the years that it names."""
    for naam, waarde in (("{jaar}", jaar), ("{vorig_jaar}", jaar - 1), ("{volgend_jaar}", jaar + 1)):
        text = text.replace(naam, str(waarde))
    return text


def publish_on(campagne: Campagne, zending: Zending) -> datetime:
    """The morning on which what is sent ahead appears."""
    dag = zending.dag + timedelta(days=campagne.vooraf_dagen)
    return datetime(dag.year, dag.month, dag.day, 7, tzinfo=NEDERLAND)


def _fill_in(campagne: Campagne, zending: Zending, jaar: int) -> str:
    """The bericht of a campaign, with places for what differs from one to the next."""
    momenten, publicatie = "", publish_on(campagne, zending)
    if campagne.vooraf_dagen:
        momenten += f',"PublicatieDatum":"{publicatie.isoformat()}"'
    if campagne.termijn_dagen:
        einde = publicatie + timedelta(days=campagne.termijn_dagen)
        momenten += f',"EindDatumHandelingsTermijn":"{einde.isoformat()}"'
    # A line break in the koppelvlak is the four characters \r\n, and not a line break.
    tekst = fill_in(campagne.tekst, jaar).strip().replace("\n", "\\r\\n")
    onderwerp = fill_in(campagne.onderwerp, jaar)
    filled = {
        "onderwerp": json.dumps(onderwerp, ensure_ascii=False).replace("%", "%%"),
        "tekst": json.dumps(tekst, ensure_ascii=False).replace("%", "%%"),
        "momenten": momenten,
    }
    return _BERICHT.format(**filled)
