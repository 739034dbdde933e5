"""What can be refused about zaken: the rules that say so, and the refusals that cite them."""

from simulator.infra.errors import Conflict, InvalidInput, NotFound, NotPermitted, Unavailable
from simulator.infra.regels import Herkomst, Regel

_KOPPELVLAK = "API documentatie Lopende Zaken 1.6; bericht zoals gemeenten het sturen"
_ZGW = "VNG ZGW, Zaken API 1.5.1"
_ONS = "Simulator"
_VW = "Voorwaarden MijnOverheid productie 2.9"
_DOC, _GEZIEN, _AANNAME = Herkomst.GEDOCUMENTEERD, Herkomst.WAARGENOMEN, Herkomst.AANGENOMEN

ZENDER = Regel("LZ-zender", "De zender van een zaakbericht is wie het aanlevert", _KOPPELVLAK, _GEZIEN,
               "StUF:zender/StUF:organisatie is het OIN van uw aansluiting.")  # fmt: skip
ONTVANGER = Regel("LZ-ontvanger", "Een zaakbericht is gericht aan MijnOverheid, Lopende zaken", _KOPPELVLAK, _GEZIEN,
                  "StUF:ontvanger: 00000004003214345001, MijnOverheid, Lopende zaken.")  # fmt: skip
STUF_XML = Regel("LZ-xml", "Een zaakbericht is welgevormde XML in UTF-8, zonder DOCTYPE", "XML 1.0; StUF 03.01", _DOC,
                 "Een welgevormd XML-document in UTF-8 zonder DOCTYPE.")  # fmt: skip
STUF_XSD = Regel("LZ-xsd", "Een zaakbericht voldoet aan het schema van zakLk01", "StUF-ZKN 3.10, zakLk01", _GEZIEN,
                 "Een document volgens zakLk01.xsd.")  # fmt: skip
STUF_SLEUTEL = Regel("LZ-sleutel", "sleutelVerzendend is de zaakidentificatie", _KOPPELVLAK, _GEZIEN,
                     "object@StUF:sleutelVerzendend gelijk aan object/identificatie.")  # fmt: skip
STUF_MOMENT = Regel("LZ-moment", "Een tijdstip bestaat, en ligt tussen 1900 en 2200", _KOPPELVLAK, _GEZIEN,
                    "Een bestaand moment; in StUF 20261127 of 20261127093000000.")  # fmt: skip
REFERENTIE = Regel("LZ-referentie", "Een referentienummer hoort bij één bericht", "StUF 03.01", _GEZIEN,
                   "Hetzelfde referentienummer met dezelfde inhoud, of een nieuw referentienummer.")  # fmt: skip
REFERENTIE_HERHAALD = Regel("LZ-referentie-herhaald", "Hetzelfde zaakbericht nog eens verandert en telt niets",
                            "StUF 03.01", _GEZIEN, "Hetzelfde referentienummer met dezelfde inhoud.")  # fmt: skip
INITIATOR = Regel("LZ-initiator", "Een zaak heeft precies één natuurlijk persoon met een BSN als initiator",
                  _KOPPELVLAK, _GEZIEN, "Eén rol natuurlijk_persoon en initiator, met een BSN.")  # fmt: skip
INITIATOR_VAST = Regel("LZ-initiator-vast", "Een zaak blijft van dezelfde persoon", _ONS, _AANNAME,
                       "Het BSN waarmee de zaak begon, of een andere zaakidentificatie.")  # fmt: skip
ZAAKTYPE_BEKEND = Regel("LZ-zaaktype", "Alleen zaken van een ingesteld en actief zaaktype komen bij de burger",
                        "Leveranciers en gemeenten: zaaktypen worden per stuk aangezet", _GEZIEN,
                        "Een actief zaaktype van deze Afnemer.")  # fmt: skip
STATUSTYPE = Regel("LZ-statustype", "Een status is er een van het zaaktype", _ZGW, _AANNAME,
                   "De omschrijving van een statustype van dit zaaktype.")  # fmt: skip
STATUSTYPEN_ZINVOL = Regel("LZ-statustypen", "De statustypen van een zaaktype zijn uit elkaar te houden",
                           "VNG ZGW, Catalogi API 1.3.1", _AANNAME,
                           "Elk volgnummer en elke omschrijving hooguit eenmaal.")  # fmt: skip
DATUMS = Regel("LZ-datums", "Een zaak eindigt niet voor zij begint", _ZGW, _DOC, "Een einddatum op of na startdatum.")
POSTBUS_BEKEND = Regel("LZ-gebruiker", "De initiator bestaat", "Simulator: wie hier woont", _AANNAME,
                       "Het BSN van iemand die hier woont.")  # fmt: skip
POSTBUS_ACTIEF = Regel("LZ-postbus", "De initiator heeft een actieve postbus voor zaakberichten",
                       "Handleiding Aansluiten Lopende Zaken 2.0", _DOC,
                       "Een Gebruiker die MijnOverheid heeft geactiveerd.")  # fmt: skip
OPSLAG = Regel("LZ-opslag", "De zaak kan worden opgeslagen", _ONS, _AANNAME, "Het nog eens proberen.")
ZAAK_EIGENAAR = Regel("LZ-zaak-eigenaar", "Een Afnemer ziet en verandert alleen eigen zaken", f"{_VW}, artikel 4.2",
                      _DOC, "De identificatie van een zaak van de aanroeper.")  # fmt: skip
EIGEN_ZAAK = Regel("LZ-eigen-zaak", "Een Gebruiker ziet alleen eigen zaken", f"{_VW}, Lopende Zaken", _DOC,
                   "Een zaak waarvan u de initiator bent.")  # fmt: skip
BLADEREN = Regel("LZ-bladeren", "Een lijst van zaken gaat verder waar de vorige bladzijde eindigde", _ONS, _AANNAME,
                 "De waarde die de vorige bladzijde gaf, en waarden die in openapi.json staan.")  # fmt: skip
KOPPELING = Regel("LZ-zgw-koppeling", "Notificaties vragen een koppeling met de Zaken API van de Afnemer", _ZGW,
                  _AANNAME, "Eerst PUT zgw-koppeling met de adressen, client_id en secret.")  # fmt: skip
ZGW_ADRES = Regel("LZ-zgw-adres", "Een verwijzing wijst binnen de geregistreerde API's", _ONS, _AANNAME,
                  "Een adres onder zakenApi of catalogiApi van de koppeling.")  # fmt: skip
ZGW_ANTWOORD = Regel("LZ-zgw-antwoord", "De Zaken API van de Afnemer antwoordt bruikbaar", _ZGW, _DOC,
                     "Binnen de tijd een antwoord als in de Zaken API, van hooguit 1 MB.")  # fmt: skip
REGELS = (
    ZENDER, ONTVANGER, STUF_XML, STUF_XSD, STUF_SLEUTEL, STUF_MOMENT, REFERENTIE, REFERENTIE_HERHAALD, INITIATOR,
    INITIATOR_VAST, ZAAKTYPE_BEKEND, STATUSTYPE, STATUSTYPEN_ZINVOL, DATUMS, POSTBUS_BEKEND, POSTBUS_ACTIEF, OPSLAG,
    ZAAK_EIGENAAR, EIGEN_ZAAK, BLADEREN, KOPPELING, ZGW_ADRES, ZGW_ANTWOORD,
)  # fmt: skip


class ZaakberichtZenderOnjuist(NotPermitted):
    """The message says it is from somebody else; an intermediair exists for the Berichtenbox only."""

    slug = "zaakbericht-zender-onjuist"
    title = "De zender van dit zaakbericht bent u niet"
    regel = ZENDER


class ZaakberichtOntvangerOnjuist(InvalidInput):
    """The message is addressed to somebody else."""

    slug = "zaakbericht-ontvanger-onjuist"
    title = "Dit zaakbericht is niet aan MijnOverheid gericht"
    regel = ONTVANGER


class ZaakberichtOnleesbaar(InvalidInput):
    """No XML that may be read here."""

    slug = "zaakbericht-onleesbaar"
    title = "Dit zaakbericht is geen leesbare XML"
    regel = STUF_XML


class ZaakberichtOngeldig(InvalidInput):
    """XML of another shape than zakLk01; ``errors`` names the lines."""

    slug = "zaakbericht-ongeldig"
    title = "Dit zaakbericht voldoet niet aan zakLk01"
    regel = STUF_XSD


class ZaakberichtSleutelOnjuist(InvalidInput):
    """Two names for one zaak in one message."""

    slug = "zaakbericht-sleutel-onjuist"
    title = "sleutelVerzendend en identificatie verschillen"
    regel = STUF_SLEUTEL


class MomentOngeldig(InvalidInput):
    """Digits that are no date or time, or one that no zaak can have."""

    slug = "zaak-moment-ongeldig"
    title = "Deze datum of dit tijdstip kan niet"
    regel = STUF_MOMENT


class ReferentieAlGebruikt(Conflict):
    """The same referentienummer (or X-Message-ID) came before, with other content."""

    slug = "referentienummer-al-gebruikt"
    title = "Dit referentienummer is al gebruikt voor iets anders"
    regel = REFERENTIE


class InitiatorOngeldig(InvalidInput):
    """Not exactly one natural person with a BSN as initiator."""

    slug = "initiator-ongeldig"
    title = "Een zaak heeft precies één persoon als initiator"
    regel = INITIATOR


class InitiatorGewijzigd(Conflict):
    """The zaak is of somebody else."""

    slug = "initiator-gewijzigd"
    title = "Deze zaak is van een andere persoon"
    regel = INITIATOR_VAST


class ZaaktypeNotFound(NotFound):
    """The Afnemer has no such zaaktype."""

    slug = "zaaktype-niet-gevonden"
    title = "Dit zaaktype bestaat niet"
    regel = ZAAKTYPE_BEKEND


class ZaaktypeOnbruikbaar(InvalidInput):
    """A zaak of a zaaktype that the Afnemer does not have, or that is switched off."""

    slug = "zaaktype-onbruikbaar"
    title = "Zaken van dit zaaktype worden niet getoond"
    regel = ZAAKTYPE_BEKEND


class StatustypeOnbekend(InvalidInput):
    """The zaaktype has no such status."""

    slug = "statustype-onbekend"
    title = "Dit zaaktype kent deze status niet"
    regel = STATUSTYPE


class StatustypenDubbel(InvalidInput):
    """Two statustypen with one volgnummer or one name."""

    slug = "statustypen-dubbel"
    title = "Twee statustypen zijn niet uit elkaar te houden"
    regel = STATUSTYPEN_ZINVOL


class EinddatumTeVroeg(InvalidInput):
    """The zaak would end before it began."""

    slug = "einddatum-te-vroeg"
    title = "De einddatum ligt voor de startdatum"
    regel = DATUMS


class InitiatorOnbekend(InvalidInput):
    """Nobody with this BSN lives here."""

    slug = "initiator-onbekend"
    title = "De initiator is niet bekend"
    regel = POSTBUS_BEKEND


class PostbusNietActief(Conflict):
    """There is no active box for zaakberichten: tell the citizen in another way."""

    slug = "postbus-niet-actief"
    title = "De initiator heeft geen actieve postbus"
    regel = POSTBUS_ACTIEF


class ZaakOpslagMislukt(Unavailable):
    """Storing failed, as it does for the personas that stand for a failure."""

    slug = "zaak-opslag-mislukt"
    title = "De zaak kon niet worden opgeslagen"
    regel = OPSLAG


class ZaakNotFound(NotFound):
    """The caller has no such zaak; whether another has it is not told."""

    slug = "zaak-niet-gevonden"
    title = "Deze zaak is niet gevonden"
    regel = ZAAK_EIGENAAR


class EigenZaakNotFound(NotFound):
    """The citizen has no such zaak; whether somebody else has it is not told."""

    slug = "eigen-zaak-niet-gevonden"
    title = "Deze zaak is niet gevonden"
    regel = EIGEN_ZAAK


class ZakenlijstOngeldig(InvalidInput):
    """A cursor or filter that does not exist."""

    slug = "zakenlijst-ongeldig"
    title = "Deze lijst van zaken bestaat niet"
    regel = BLADEREN


class KoppelingNotFound(NotFound):
    """The Afnemer has not registered its Zaken API."""

    slug = "zgw-koppeling-niet-gevonden"
    title = "Er is geen koppeling met uw Zaken API"
    regel = KOPPELING


class KoppelingOntbreekt(Conflict):
    """A notification, while there is nowhere to fetch what it is about."""

    slug = "zgw-koppeling-ontbreekt"
    title = "Er is nog geen koppeling met uw Zaken API"
    regel = KOPPELING


class ZgwAdresOngeldig(InvalidInput):
    """An address that is no Zaken API, or not the registered one."""

    slug = "zgw-adres-ongeldig"
    title = "Dit adres hoort niet bij de koppeling"
    regel = ZGW_ADRES


class ZgwAntwoordOnbruikbaar(InvalidInput):
    """What the Zaken API of the Afnemer answered cannot be used."""

    slug = "zgw-antwoord-onbruikbaar"
    title = "De Zaken API antwoordde iets onbruikbaars"
    regel = ZGW_ANTWOORD
