"""Every way in which DigiD says no, and the rule behind it."""

from simulator.infra.errors import Conflict, InvalidInput, NotAuthenticated, NotFound, NotPermitted
from simulator.infra.regels import Herkomst, Regel

_BRONCODE = "Broncode DigiD (Woo-besluit, MinBZK/woo-besluit-broncode-digid)"

GEGEVENS = Regel(
    "DD-gegevens",
    "Gebruikersnaam en wachtwoord horen bij elkaar",
    f"{_BRONCODE}, digid_x",
    Herkomst.GEDOCUMENTEERD,
    "De gebruikersnaam en het wachtwoord van één persoon.",
)
SMS_CODE = Regel(
    "DD-sms-code",
    "De sms-code is de code uit de laatste sms",
    f"{_BRONCODE}, digid_x",
    Herkomst.GEDOCUMENTEERD,
    "De 6 cijfers uit de sms, met of zonder streepje.",
)
SMS_VERLOPEN = Regel(
    "DD-sms-verlopen",
    "Een sms-code is kort geldig",
    f"{_BRONCODE}, digid_x: verloopt na een ingesteld aantal minuten; 5 minuten is onze aanname",
    Herkomst.AANGENOMEN,
    "Een code die niet ouder is dan 5 minuten.",
)
SMS_POGINGEN = Regel(
    "DD-sms-pogingen",
    "Een sms-code mag drie keer worden geprobeerd",
    f"{_BRONCODE}, digid_x: '3 strikes'",
    Herkomst.GEDOCUMENTEERD,
    "Ten hoogste 3 pogingen per sms-code.",
)
BLOKKADE = Regel(
    "DD-blokkade",
    "Na drie mislukte pogingen binnen 24 uur is inloggen 15 minuten geblokkeerd",
    f"{_BRONCODE}, digid_x: pogingen_signin, resetperiode_blokkadeteller, wachtwoord_sms_geblokkeerd",
    Herkomst.GEDOCUMENTEERD,
    "Minder dan 3 mislukte pogingen in 24 uur, of 15 minuten wachten.",
)
POGING = Regel(
    "DD-poging",
    "Een inlogpoging loopt van begin tot eind in één browser",
    "Werking van de simulator",
    Herkomst.AANGENOMEN,
    "Een lopende inlogpoging; begin anders opnieuw.",
)
NIVEAU = Regel(
    "DD-niveau",
    "MijnOverheid vraagt een DigiD-niveau",
    "MijnOverheid vraagt sinds begin 2023 ten minste DigiD Midden (security.nl/posting/797451)",
    Herkomst.GEDOCUMENTEERD,
    "Inloggen op ten minste het niveau dat MijnOverheid op dit moment vraagt.",
)
SMS_CONTROLE = Regel(
    "DD-sms-controle",
    "Niveau Midden kan alleen met een tweede factor",
    "Signicat, DigiD: Midden is wachtwoord met sms-code, of de DigiD app",
    Herkomst.GEDOCUMENTEERD,
    "Een DigiD met sms-controle.",
)
OVERLEDEN = Regel(
    "DD-overleden",
    "De DigiD van wie is overleden, werkt niet meer",
    "Werking van DigiD: het account vervalt bij overlijden in de BRP",
    Herkomst.AANGENOMEN,
    "Een DigiD van iemand die leeft.",
)
LEEFTIJD = Regel(
    "DD-leeftijd",
    "MijnOverheid is er vanaf 14 jaar",
    "Veelgestelde vragen MijnOverheid (demo.mijn.overheid.nl/vragen)",
    Herkomst.GEDOCUMENTEERD,
    "Een leeftijd van 14 jaar of ouder.",
)
ONBEKEND = Regel(
    "DD-onbekend",
    "Een sessie hoort bij iemand uit de bevolking van de simulator",
    "Werking van de simulator",
    Herkomst.AANGENOMEN,
    "Een BSN van iemand die in deze omgeving woont.",
)
SESSIE = Regel(
    "DD-sessie",
    "Wie MijnOverheid gebruikt, is ingelogd met DigiD",
    "Besluit digitale overheid; veelgestelde vragen MijnOverheid",
    Herkomst.GEDOCUMENTEERD,
    "Een sessie van DigiD: de cookie van de browser, of Authorization: Bearer met een sessie.",
)
SESSIE_STIL = Regel(
    "DD-sessie-stil",
    "Na 15 minuten zonder handeling eindigt de sessie",
    f"{_BRONCODE}: Mijn DigiD, 15 minuten",
    Herkomst.GEDOCUMENTEERD,
    "Een handeling binnen 15 minuten na de vorige.",
)
SESSIE_DUUR = Regel(
    "DD-sessie-duur",
    "Een sessie duurt nooit langer dan 2 uur",
    f"{_BRONCODE}: Mijn DigiD, 2 uur absoluut",
    Herkomst.GEDOCUMENTEERD,
    "Een sessie die niet ouder is dan 2 uur.",
)
TERUGKEER = Regel(
    "DD-terugkeer",
    "Na het inloggen gaat men terug naar een pagina van deze simulator",
    "Werking van de simulator; voorkomt doorsturen naar een vreemde site",
    Herkomst.AANGENOMEN,
    "Een pad op deze site dat met één schuine streep begint.",
)

REGELS = (
    GEGEVENS,
    SMS_CODE,
    SMS_VERLOPEN,
    SMS_POGINGEN,
    BLOKKADE,
    POGING,
    NIVEAU,
    SMS_CONTROLE,
    OVERLEDEN,
    LEEFTIJD,
    ONBEKEND,
    SESSIE,
    SESSIE_STIL,
    SESSIE_DUUR,
    TERUGKEER,
)


class GegevensOnjuist(NotAuthenticated):
    """User name and password do not go together; which of the two is wrong is never said."""

    slug = "digid-gegevens-onjuist"
    title = "De gebruikersnaam en het wachtwoord kloppen niet samen"
    regel = GEGEVENS


class SmsCodeOnjuist(NotAuthenticated):
    """The code is not the one that was sent."""

    slug = "digid-sms-code-onjuist"
    title = "De sms-code klopt niet"
    regel = SMS_CODE


class SmsCodeVerlopen(NotAuthenticated):
    """The code was sent too long ago."""

    slug = "digid-sms-code-verlopen"
    title = "De sms-code is verlopen"
    regel = SMS_VERLOPEN


class SmsPogingenOp(NotAuthenticated):
    """Three wrong codes: this attempt is over."""

    slug = "digid-sms-pogingen-op"
    title = "U hebt te vaak een verkeerde sms-code ingevuld"
    regel = SMS_POGINGEN


class DigidGeblokkeerd(NotPermitted):
    """Too many failures: nobody gets in for a while, not even with the right data."""

    slug = "digid-geblokkeerd"
    title = "Inloggen is tijdelijk geblokkeerd"
    regel = BLOKKADE


class PogingOnbekend(Conflict):
    """The browser names no attempt that is still going on."""

    slug = "digid-poging-onbekend"
    title = "Deze inlogpoging is afgelopen"
    regel = POGING


class NiveauTeLaag(NotPermitted):
    """Logged in, but on a lower level than MijnOverheid asks today."""

    slug = "digid-niveau-te-laag"
    title = "Uw DigiD-niveau is te laag"
    regel = NIVEAU


class SmsControleOntbreekt(NotPermitted):
    """A DigiD without second factor never reaches Midden."""

    slug = "digid-sms-controle-ontbreekt"
    title = "Uw DigiD heeft geen sms-controle"
    regel = SMS_CONTROLE


class InloggerOverleden(NotPermitted):
    """The DigiD of somebody who died."""

    slug = "digid-overleden"
    title = "Deze DigiD is niet meer geldig"
    regel = OVERLEDEN


class InloggerTeJong(NotPermitted):
    """Under 14 years old."""

    slug = "digid-te-jong"
    title = "MijnOverheid is er voor mensen van 14 jaar en ouder"
    regel = LEEFTIJD


class InloggerOnbekend(NotFound):
    """Nobody with this BSN lives in this omgeving."""

    slug = "digid-inlogger-onbekend"
    title = "Deze persoon woont niet in deze omgeving"
    regel = ONBEKEND


class SessieOntbreekt(NotAuthenticated):
    """No session, an unknown one, or one that was ended."""

    slug = "digid-sessie-ontbreekt"
    title = "U bent niet ingelogd"
    regel = SESSIE


class SessieStil(SessieOntbreekt):
    """Nothing was done for too long."""

    slug = "digid-sessie-stil"
    title = "U bent uitgelogd, omdat u te lang niets hebt gedaan"
    regel = SESSIE_STIL


class SessieVerlopen(SessieOntbreekt):
    """The session reached its greatest age."""

    slug = "digid-sessie-verlopen"
    title = "U bent uitgelogd, omdat u te lang was ingelogd"
    regel = SESSIE_DUUR


class TerugkeerOngeldig(InvalidInput):
    """The page to return to is not one of ours."""

    slug = "digid-terugkeer-ongeldig"
    title = "De pagina om naar terug te gaan is ongeldig"
    regel = TERUGKEER
