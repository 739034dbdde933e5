"""What an Afnemer sends: believable berichten in JSON and in XML, each with ids of its own."""

import json
from dataclasses import dataclass
from uuid import UUID
from xml.sax.saxutils import escape

from simulator.infra.clock import from_micros, real_micros
from simulator.infra.ids import new_guid, seeded

NS_BATCH = "http://schemas.rdw.nl/GEB/BerichtVerwerkService/Types/2009/01"
NS_BERICHT = "http://schemas.rdw.nl/GEB/BerichtenProsessor/Bericht/Types/2009/01"
_LENGTH = 9
_NONE = 10  # no ninth digit makes the elfproef come out
# The test numbers, but for the last ten thousand: there the personas live, some of whom fail on purpose.
_FIRST, _PEOPLE = 99_900_000, 99_000
_ONDERWERPEN = (
    "Uw aanvraag is ontvangen", "Aanslag gemeentelijke belastingen", "Uw rijbewijs verloopt", "Besluit op uw bezwaar",
    "Uw toeslag is herzien", "Herinnering: betaal voor het einde van de maand",
)  # fmt: skip
_TEKST = (
    "Geachte heer, mevrouw,\\r\\n\\r\\nHierbij ontvangt u bericht over {onderwerp}. Onder kenmerk {kenmerk} vindt u "
    "het besluit en hoe u daartegen bezwaar kunt maken. Heeft u vragen? Kijk dan op onze website, of bel ons op "
    "werkdagen tussen 8.00 en 17.00 uur; houd uw kenmerk bij de hand.\\r\\n\\r\\n"
    "Met vriendelijke groet,\\r\\nde organisatie"
)


@dataclass(frozen=True, slots=True)
class Afzender:
    """In whose name, with which berichttype, and to whom; without ``people`` to the test numbers of the simulator."""

    oin: str
    berichttype: str
    people: tuple[str, ...] = ()

    def pick_people(self, number: int, aantal: int) -> list[str]:
        """The recipients of arrival ``number``: they look random, and are the same in each run."""
        return [self._pick(seeded(number, each)) for each in range(aantal)]

    def write_json(self, recipients: list[str]) -> bytes:
        """A delivery in JSON."""
        berichten = [
            {
                "BerichtID": str(new_guid()),
                "BerichtType": self.berichttype,
                "Onderwerp": onderwerp,
                "Berichttekst": tekst,
                "Referentie": kenmerk,
                "GebruikerID": recipient,
            }
            for recipient in recipients
            for onderwerp, tekst, kenmerk in [_content(recipient)]
        ]
        return json.dumps({"BerichtLeverancierID": self.oin, "Berichten": berichten}).encode()

    def write_batch(self, batch_id: UUID, recipients: list[str]) -> bytes:
        """A delivery in XML, as the koppelvlak has it."""
        moment = from_micros(real_micros()).strftime("%Y-%m-%dT%H:%M:%SZ")
        berichten = "".join(self._write_bericht(batch_id, recipient) for recipient in recipients)
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><r:Berichten xmlns:r="{NS_BATCH}" xmlns:b="{NS_BERICHT}">'
            f"<r:BatchInformatie><r:BatchID>{batch_id}</r:BatchID><r:AanmaakDatum>{moment}</r:AanmaakDatum>"
            f"<r:BerichtLeverancierID>{escape(self.oin)}</r:BerichtLeverancierID></r:BatchInformatie>"
            f"{berichten}</r:Berichten>"
        ).encode()

    def _write_bericht(self, batch_id: UUID, recipient: str) -> str:
        onderwerp, tekst, kenmerk = _content(recipient)
        return (
            f"<b:Bericht><b:BerichtInformatie><b:BatchID>{batch_id}</b:BatchID><b:BerichtID>{new_guid()}</b:BerichtID>"
            f"<b:BerichtType>{escape(self.berichttype)}</b:BerichtType><b:Onderwerp>{onderwerp}</b:Onderwerp>"
            f"<b:BerichtTekst>{tekst}</b:BerichtTekst><b:Referentie>{kenmerk}</b:Referentie>"
            f"<b:GebruikerID>{recipient}</b:GebruikerID><b:SoortGebruiker>Burger</b:SoortGebruiker>"
            "</b:BerichtInformatie></b:Bericht>"
        )

    def _pick(self, chance: int) -> str:
        return self.people[chance % len(self.people)] if self.people else valid_bsn(chance)


def valid_bsn(chance: int) -> str:
    """A test number that passes the elfproef; the same chance, the same number."""
    number = _FIRST + chance % _PEOPLE
    last = _last_digit(number)
    if last == _NONE:  # then one fits to the next number
        number, last = number + 1, _last_digit(number + 1)
    return f"{number}{last}"


def _last_digit(number: int) -> int:
    return sum((_LENGTH - place) * int(digit) for place, digit in enumerate(str(number))) % 11


def _content(recipient: str) -> tuple[str, str, str]:
    chance = seeded(0, recipient)
    onderwerp = _ONDERWERPEN[chance % len(_ONDERWERPEN)]
    kenmerk = f"{chance % 10**12:012d}"
    return onderwerp, _TEKST.format(onderwerp=onderwerp.lower(), kenmerk=kenmerk), kenmerk
