"""The checklist of the Berichtenbox: from the first delivery to the citizen who opens it.

ASSUMPTION: Logius' own checklist is not public but for its name and the two test persons; these points are what the
Technische Aansluithandleiding makes every sender meet.
"""

from simulator.conformiteit.values import OMGEVING, Punt
from simulator.infra.regels import Herkomst

_TA = "Technische Aansluithandleiding MijnOverheid Berichtenbox 1.6"
_API = "POST /api/berichtenbox/v1/berichten"
_DOC = Herkomst.GEDOCUMENTEERD

AANLEVEREN = (
    Punt(
        "bb-aangeleverd", "Een bericht is aangeleverd en verwerkt", ("BB-geabonneerd", "VB-bericht-telt"),
        ("bb.code.Verwerkt",),
        f"Lever met {_API} een bericht aan voor persona actief (999990019), die post van u ontvangt.",
    ),
    Punt(
        "bb-niet-geabonneerd", "Een burger die uw post niet wil, is herkend", ("BB-geabonneerd",),
        ("geweigerd.BB-geabonneerd",),
        "Lever aan voor persona niet-geabonneerd (999990020): de VerwerkingsCode is NietActiefOfGeabonneerd.",
    ),
    Punt(
        "bb-niet-actief", "Een burger zonder actieve Berichtenbox is herkend", ("BB-box-actief",),
        ("geweigerd.BB-box-actief",), "Lever aan voor persona niet-actief (999990032).",
    ),
    Punt(
        "bb-vooraf", "Vooraf is gevraagd wie digitale post wil", ("BB-abonnementen-aantal",),
        ("api.berichtenbox.check_abonnementen.200",),
        "Vraag het met POST /api/berichtenbox/v1/abonnementen/_valideren, hooguit 7 dagen voor u aanlevert.",
        bron=f"{_TA} §5.2", herkomst=_DOC,
    ),
    Punt(
        "bb-status", "De status is gevolgd tot er een uitkomst was", ("BB-status-eigenaar",),
        ("gelezen.REPORT", "gelezen.DELIVERED", "gelezen.FAILED", "api.berichtenbox.show_resultaat.200"),
        "Vraag statusURI uit het antwoord op de aanlevering op, tot de status REPORT is.",
        bron=f"{_TA} §5.6", herkomst=_DOC,
    ),
    Punt(
        "bb-batch", "Meer dan één bericht is in één keer aangeleverd", ("BB-aantal-berichten",), ("bb.batch",),
        f"Zet in {_API} twee of meer berichten.", verplicht=False,
    ),
    Punt(
        "bb-xml", "Het XML-koppelvlak is gebruikt, en het resultaat opgehaald", ("BB-xsd",),
        ("api.berichtenbox.show_resultaat.200",),
        "Lever met POST /api/berichtenbox/v1/batches een document Berichten aan, en haal daarna het resultaat op.",
        verplicht=False,
    ),
    Punt(
        "bb-bijlage", "Een bericht met een bijlage is verwerkt", ("BB-bijlage-pdf", "BB-bijlage-volgorde"),
        ("bb.bijlage",), "Lever een bericht aan met een pdf in Bijlagen, samen hooguit 500 kB.", verplicht=False,
        bron=f"{_TA} §5.9", herkomst=_DOC,
    ),
    Punt(
        "bb-later", "Een bericht met een PublicatieDatum in de toekomst is verwerkt", ("BB-publicatiedatum",),
        ("bb.later",), "Geef een bericht een PublicatieDatum tussen nu en 13 dagen.", verplicht=False,
    ),
)  # fmt: skip

UITKOMSTEN = (
    Punt(
        "bb-hersteld", "Een geweigerd bericht is verbeterd en opnieuw aangeboden", ("BB-bericht-bestaat-al",),
        ("bb.hersteld",),
        "Laat een bericht weigeren (berichttype OUD), en bied het verbeterd opnieuw aan met dezelfde BerichtID.",
        bron=f"{_TA} §5.6", herkomst=_DOC,
    ),
    Punt(
        "bb-bestaat-al", "Een dubbele BerichtID is herkend", ("BB-bericht-bestaat-al",), ("bb.code.BerichtBestaatAl",),
        "Lever een BerichtID die al verwerkt is nog eens aan, met een nieuwe X-Message-ID.",
        bron=f"{_TA} §5.6", herkomst=_DOC,
    ),
    Punt(
        "bb-berichttype", "BerichtTypeNietOndersteund is ontvangen", ("BB-berichttype-bekend", "BB-berichttype-actief"),
        ("bb.code.BerichtTypeNietOndersteund",), "Gebruik berichttype OUD, dat niet actief is.",
        bron=f"{_TA} §5.6", herkomst=_DOC,
    ),
    Punt(
        "bb-technisch", "TechnischProbleem is ontvangen", ("BB-opslag", "BB-validatie-gebruiker"),
        ("bb.code.TechnischProbleem",),
        "Lever aan voor persona opslag-faalt (999990056) of validatie-faalt (999990068).",
        bron=f"{_TA} §5.6", herkomst=_DOC,
    ),
    Punt(
        "bb-publicatie-te-ver", "PublicatieDatumLigtTeVerInDeToekomst is ontvangen", ("BB-publicatiedatum",),
        ("bb.code.PublicatieDatumLigtTeVerInDeToekomst",), "Geef een bericht een PublicatieDatum over 14 dagen.",
        verplicht=False, bron=f"{_TA} §5.2", herkomst=_DOC,
    ),
    Punt(
        "bb-bijlage-te-groot", "BijlageTeGroot is ontvangen", ("BB-bijlage-omvang",), ("bb.code.BijlageTeGroot",),
        "Lever een bericht aan met bijlagen van samen meer dan 500 kB.",
        verplicht=False, bron=f"{_TA} §5.9", herkomst=_DOC,
    ),
    Punt(
        "bb-oin", "OinInCPAKomtNietOvereenMetOinInBericht is ontvangen", ("BB-oin-bekend", "BB-oin-mandaat"),
        ("bb.code.OinInCPAKomtNietOvereenMetOinInBericht",),
        "Zet in BerichtLeverancierID het OIN van een organisatie die u niet heeft gemachtigd.",
        verplicht=False, bron=f"{_TA} §2.3", herkomst=_DOC,
    ),
    Punt(
        "bb-aanmaak-te-oud", "AanmaakDatumLigtTeVerInHetVerleden is ontvangen", ("BB-aanmaakdatum",),
        ("bb.code.AanmaakDatumLigtTeVerInHetVerleden",),
        "Lever een batch (XML) aan met een AanmaakDatum van meer dan 13 dagen geleden.",
        verplicht=False, bron=f"{_TA} §5.2", herkomst=_DOC,
    ),
    Punt(
        "bb-xsd", "XmlValidatieTegenXsdValtNegatiefUit is ontvangen", ("BB-xsd",),
        ("bb.code.XmlValidatieTegenXsdValtNegatiefUit",),
        "Lever een batch (XML) aan waarin een verplicht veld ontbreekt, zoals Onderwerp.",
        verplicht=False, bron=f"{_TA} §5.6", herkomst=_DOC,
    ),
    Punt(
        "bb-zelfde-verzoek", "Hetzelfde verzoek is herhaald en gaf hetzelfde antwoord", ("BB-message-id-herhaald",),
        (f"{OMGEVING}BB-message-id-herhaald.geslaagd",),
        f"Stuur {_API} nog eens met dezelfde X-Message-ID en dezelfde inhoud, zoals na een time-out.",
    ),
    Punt(
        "bb-ander-verzoek", "Een X-Message-ID met een andere inhoud is geweigerd", ("BB-message-id-eenmalig",),
        ("geweigerd.BB-message-id-eenmalig",),
        f"Stuur {_API} nog eens met dezelfde X-Message-ID en een andere inhoud: het antwoord is 409.",
        verplicht=False,
    ),
)  # fmt: skip

BIJ_DE_BURGER = (
    Punt(
        "bb-gelezen", "Een burger heeft uw bericht geopend", (), ("bb.gelezen",),
        "Log in als de ontvanger (persona actief) en open het bericht in de Berichtenbox.",
    ),
    Punt(
        "bb-kennisgeving", "Een burger kreeg een e-mail over uw bericht", ("BB-kennisgeving",),
        ("bb.kennisgeving.verzonden",), "Lever aan voor persona actief, die kennisgevingen aan heeft staan.",
        verplicht=False, bron="Awb 2:10 (Wmebv)", herkomst=_DOC,
    ),
    Punt(
        "bb-kennisgeving-stuitert", "Een kennisgeving over uw bericht is gestuiterd", ("BB-kennisgeving-stuitert",),
        ("bb.kennisgeving.gestuiterd", "bb.kennisgeving.opgegeven"),
        "Lever aan voor persona email-stuitert (999990147).",
        verplicht=False, bron="Awb 2:10 (Wmebv)", herkomst=_DOC,
    ),
)  # fmt: skip
PUNTEN = AANLEVEREN + UITKOMSTEN + BIJ_DE_BURGER
