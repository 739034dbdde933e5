"""Article 1: the Begrippen, each with what it is in the simulator."""

from simulator.voorwaarden.values.artikel import Artikel, Partij

_LOGIUS, _AFNEMER, _MINISTER, _GEBRUIKER = Partij.LOGIUS, Partij.AFNEMER, Partij.MINISTER, Partij.GEBRUIKER

BEGRIPPEN = (
    Artikel(
        "1-aanvraagformulier", "Aanvraagformulier MijnOverheid",
        "Het formulier waarmee een Afnemer vraagt om aangesloten te worden op een of meer diensten.",
        (_AFNEMER, _LOGIUS),
        "Wie niet is aangesloten, is onbekend en kan niets aanleveren.",
        ("AF-bekend", "AF-sleutel-geldig", "BB-oin-bekend"), ("/__admin/v1/afnemers",),
    ),
    Artikel(
        "1-afnemersoverleg", "Afnemersoverleg",
        "Het overleg van de Afnemers en de opdrachtgevers die MijnOverheid betalen. Logius is secretaris.",
        (_LOGIUS, _AFNEMER, _MINISTER),
        "Het overleg is een register: wanneer het was, en welke besluiten erop volgden. Een besluit kan niet aan zijn "
        "overleg voorafgaan.",
        ("VW-3.4-overleg",), ("/__admin/v1/afnemersoverleggen", "/__admin/v1/besluiten"),
    ),
    Artikel(
        "1-berichtenbox", "Berichtenbox",
        "De persoonlijke brievenbus in MijnOverheid. De Gebruiker kiest zelf van welke Afnemers hij daar post krijgt.",
        (_LOGIUS, _AFNEMER, _GEBRUIKER),
        "Een bericht komt alleen aan als de box actief is en de Gebruiker post van die Afnemer wil.",
        ("BB-box-actief", "BB-geabonneerd", "BB-eigen-bericht", "GB-box-actief", "GB-box-bestaat"),
        ("/berichtenbox", "/instellingen"),
    ),
    Artikel(
        "1-dap", "Dossier Afspraken en Procedures (DAP)",
        "Het document met de afspraken tussen Logius en een Afnemer over procedures, contactpersonen en overleg.",
        (_LOGIUS, _AFNEMER),
        "Een begrip legt niets op. Wat er met het document gebeurt, staat bij artikel 3.3.",
    ),
    Artikel(
        "1-dfa", "Dossier Financiële Afspraken (DFA)",
        "Het document met de afspraken over wat aansluiten en gebruiken kost.",
        (_LOGIUS, _AFNEMER),
        "Een begrip legt niets op. Wat er met het document gebeurt, staat bij artikel 3.3; de kosten staan bij 3.8.",
    ),
    Artikel(
        "1-gebruiker", "Gebruiker",
        "Een mens die MijnOverheid gebruikt; een bedrijf of organisatie is geen Gebruiker.",
        (_GEBRUIKER, _AFNEMER),
        "Een bericht of zaak gaat naar een natuurlijk persoon met een burgerservicenummer. Iets anders wordt "
        "geweigerd.",
        ("BB-soort-gebruiker", "BB-gebruiker-elfproef", "BB-gebruiker-bekend", "GB-bsn", "LZ-initiator",
         "LZ-gebruiker", "PG-burger-bekend", "DD-onbekend", "DD-leeftijd", "DD-overleden"),
    ),
    Artikel(
        "1-lopende-zaken", "Lopende Zaken",
        "Het onderdeel van MijnOverheid waar de Gebruiker ziet welke zaken hij heeft bij de aangesloten Afnemers.",
        (_LOGIUS, _AFNEMER, _GEBRUIKER),
        "Ieder ziet alleen de eigen zaken, en alleen van zaaktypen die de Afnemer heeft aangezet.",
        ("LZ-eigen-zaak", "LZ-zaaktype"), ("/lopende-zaken",),
    ),
    Artikel(
        "1-koppelvlakspecificatie", "Koppelvlakspecificatie",
        "De beschrijving van de technische eisen waaraan een aansluiting op MijnOverheid voldoet.",
        (_LOGIUS, _AFNEMER),
        "Elke API publiceert haar eigen specificatie (openapi.json). Een aanlevering die er niet aan voldoet, wordt "
        "geweigerd met alle fouten erbij.",
        ("SIM-json-schema", "BB-velden", "BB-xsd", "LZ-xsd"),
        ("/api/berichtenbox/v1/openapi.json", "/api/lopende-zaken/v1/openapi.json",
         "/api/persoonlijke-gegevens/v1/openapi.json"),
    ),
    Artikel(
        "1-mijnoverheid", "MijnOverheid",
        "De website waarop de Gebruiker de elektronische diensten van Logius vindt.",
        (_LOGIUS, _GEBRUIKER),
        "De simulator toont een eigen website met dezelfde onderdelen. Wie naar binnen wil, logt in met de "
        "nagebootste DigiD.",
        ("DD-sessie",), ("/", "/digid/inloggen"),
    ),
    Artikel(
        "1-persoonlijke-gegevens", "Persoonlijke Gegevens",
        "Het onderdeel van MijnOverheid waar de Gebruiker ziet wat aangesloten Afnemers over hem hebben vastgelegd.",
        (_LOGIUS, _AFNEMER, _GEBRUIKER),
        "De gegevens staan per onderwerp bij elkaar, elk met de Afnemer van wie ze komen.",
        ("PG-categorie", "PG-burger-bekend"), ("/persoonlijke-gegevens",),
    ),
    Artikel(
        "1-sno", "Serviceniveau Overeenkomst MijnOverheid (SNO)",
        "Het document met de afspraken over beschikbaarheid, onderhoud en dienstverlening.",
        (_LOGIUS, _AFNEMER),
        "Een begrip legt niets op. Wat er met het document gebeurt, staat bij artikel 3.3.",
    ),
    Artikel(
        "1-zekerheidsniveau", "Zekerheidsniveau",
        "Hoe zeker DigiD weet wie er inlogt: Basis met een wachtwoord, Midden met daarbij een sms-code.",
        (_LOGIUS, _GEBRUIKER),
        "De nagebootste DigiD kent beide niveaus. Midden vraagt een code uit een sms, en een DigiD die dat kan.",
        ("DD-niveau", "DD-gegevens", "DD-sms-code", "DD-sms-controle", "DD-sms-verlopen", "DD-sms-pogingen",
         "DD-blokkade"),
        ("/digid/inloggen", "/digid/telefoon"),
    ),
)  # fmt: skip
