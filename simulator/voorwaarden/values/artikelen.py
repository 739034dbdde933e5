"""Articles 2 to 8.2, in our own words, each with what the simulator does with it or why there is nothing to do."""

from simulator.voorwaarden.values.artikel import Artikel, Hoofdstuk, Partij
from simulator.voorwaarden.values.begrippen import BEGRIPPEN

_LOGIUS, _AFNEMER, _MINISTER, _GEBRUIKER = Partij.LOGIUS, Partij.AFNEMER, Partij.MINISTER, Partij.GEBRUIKER

_AANHEF = (
    Artikel(
        "aanhef", "Waarover deze voorwaarden gaan",
        "De voorwaarden gelden tussen Logius en de Afnemers voor de productieomgeving van MijnOverheid. Waar zij "
        "niets over zeggen, gelden de Algemene Voorwaarden Logius.",
        (_LOGIUS, _AFNEMER),
        "Dit zegt alleen waar de afspraken staan. De tekst van de Algemene Voorwaarden is niet openbaar; waar de "
        "simulator iets moest kiezen, staat bij de regel dat het een aanname is.",
        (), ("/regels",),
    ),
)  # fmt: skip

_INWERKINGTREDING = (
    Artikel(
        "2.1", "Samen met de Algemene Voorwaarden",
        "Deze voorwaarden en de Algemene Voorwaarden samen zijn de voorwaarden waaronder Logius MijnOverheid "
        "aanbiedt.",
        (_LOGIUS, _AFNEMER),
        "Dit legt geen van beide iets op dat een programma kan weigeren. Elke regel van de simulator noemt haar bron, "
        "zodat u ziet of zij hier staat of ergens anders.",
        (), ("/regels",),
    ),
    Artikel(
        "2.2", "Vanaf de ondertekening",
        "De voorwaarden gelden vanaf de datum waarop het Aanvraagformulier is ondertekend.",
        (_AFNEMER, _LOGIUS),
        "Wie geen aansluiting heeft, of het formulier voor een dienst nog niet heeft ondertekend, wordt geweigerd. Een "
        "formulier dat op een latere dag is ondertekend, telt vanaf die dag; eerder begint Logius niet.",
        ("VW-2.2-ondertekening", "VW-2.2-aanvraagformulier", "AF-actief", "AF-bekend"),
        ("/api/aansluiting/v1/openapi.json", "/__admin/v1/aansluitingen"),
    ),
)  # fmt: skip

_AANBIEDEN = (
    Artikel(
        "3.1", "Drie diensten",
        "Logius biedt Afnemers drie diensten: Berichtenbox, Persoonlijke Gegevens en Lopende Zaken.",
        (_LOGIUS, _AFNEMER),
        "Een Afnemer is per dienst aangesloten. Een verzoek voor een dienst die hij niet afneemt, wordt geweigerd.",
        ("AF-dienst", "AF-actief", "VW-3.1-productie", "VW-3.1-beeindigd"), ("/__admin/v1/aansluitingen",),
    ),
    Artikel(
        "3.2", "Logius zorgt dat het werkt",
        "Logius is verantwoordelijk voor de goede werking van MijnOverheid en alles wat eronder valt.",
        (_LOGIUS,),
        "Een Afnemer kan hier niets op breken. De simulator doet wat Logius belooft: wat is aangenomen, is "
        "opgeslagen, en een storing is een 503 met de vraag het later weer te proberen. Dat een bericht niet kan "
        "worden opgeslagen, is na te bootsen.",
        ("BB-opslag", "LZ-opslag", "BB-validatie-gebruiker"), ("/livez", "/readyz"),
    ),
    Artikel(
        "3.3", "SNO, DFA en DAP",
        "Naast de Algemene Voorwaarden gelden de afspraken in de Serviceniveau Overeenkomst, het Dossier Financiële "
        "Afspraken en het Dossier Afspraken en Procedures.",
        (_LOGIUS, _AFNEMER),
        "Zonder ondertekend DAP en SNO komt een dienst niet in productie; een DFA hoort daarbij tot 2023. Wat in deze "
        "documenten staat, is niet openbaar: op normen kan de simulator niet toetsen.",
        ("VW-3.3-dap", "VW-3.3-sno", "VW-3.3-dfa"), ("/api/aansluiting/v1/openapi.json",),
    ),
    Artikel(
        "3.4", "Zekerheidsniveau",
        "De Minister van Binnenlandse Zaken en Koninkrijksrelaties bepaalt, na overleg met het Afnemersoverleg, welk "
        "Zekerheidsniveau MijnOverheid vraagt.",
        (_MINISTER, _LOGIUS, _GEBRUIKER),
        "Een besluit volgt op een overleg en gaat in op zijn moment. Vanaf dan stuurt MijnOverheid ieder terug die op "
        "een lager niveau inlogde. Wie dat op een ander niveau was geweest, is na te spelen.",
        ("VW-3.4-overleg", "DD-niveau", "DD-sms-controle"),
        ("/digid/inloggen", "/__admin/v1/besluiten", "/__admin/v1/zekerheidsniveaus",
         "/__admin/v1/zekerheidsniveaus/_watals"),
    ),
    Artikel(
        "3.5", "Wijziging van koppelvlakken",
        "Logius mag de Koppelvlakspecificaties wijzigen, na overleg met het Afnemersoverleg.",
        (_LOGIUS, _AFNEMER),
        "Na een besluit staan twee versies van een koppelvlak naast elkaar: elk antwoord van de oude zegt vanaf "
        "wanneer hij wijkt (Deprecation) en vervalt (Sunset). De simulator zelf blijft hem ook daarna beantwoorden.",
        ("VW-3.5-koppelvlak", "VW-3.4-overleg"), ("/__admin/v1/koppelvlakken", "/__admin/v1/besluiten"),
    ),
    Artikel(
        "3.6", "Derden",
        "Logius mag bij de uitvoering anderen inschakelen.",
        (_LOGIUS,),
        "Een recht van Logius, waar een Afnemer niets van merkt. In de simulator werkt niemand anders mee: hij is één "
        "programma dat niets naar buiten stuurt dan waar een regel om vraagt.",
    ),
    Artikel(
        "3.7", "Logius en de AVG",
        "Voor persoonsgegevens in MijnOverheid is Logius verwerker; voor de functies van MijnOverheid zelf is Logius "
        "verantwoordelijke.",
        (_LOGIUS,),
        "Het logboek noemt bij elke verwerking wie verantwoordelijk is, Logius of de Afnemer, en de Gebruiker ziet dat "
        "zelf. Zonder verwerkersovereenkomst komt een aansluiting niet in preproductie.",
        ("BRP-verstrekking-gelogd", "BB-eigen-bericht", "LZ-eigen-zaak", "VW-3.7-verwerkersovereenkomst"),
        ("/persoonlijke-gegevens/wie-zag-mijn-gegevens",),
    ),
    Artikel(
        "3.8", "Kosten vanaf 2018",
        "Vanaf 1 januari 2018 brengt Logius kosten in rekening. De hoogte van de tarieven wordt elk jaar vastgesteld.",
        (_LOGIUS, _MINISTER, _AFNEMER),
        "Elk verwerkt bericht is één eenheid verbruik van de Afnemer namens wie het is verzonden. Een besluit legt "
        "het tarief van een jaar vast, nooit van voor 2018. Een jaar zonder bekend tarief wordt niet in rekening "
        "gebracht tot het er is; over de tijd voor 2018 komt er geen factuur.",
        ("VW-3.8-tarief", "VW-3.4-overleg", "VB-bericht-telt", "VW-5.2-kosten", "VW-3.8-vanaf-2018",
         "VW-3.8-vastgesteld", "FA-btw", "FA-voorschot", "FA-afrekening", "FA-definitief-tarief",
         "FA-centrale-financiering"),
        ("/api/verbruik/v1/verbruik", "/__admin/v1/besluiten", "/api/facturatie/v1/facturen",
         "/api/facturatie/v1/tarieven"),
    ),
)  # fmt: skip

_GEBRUIK = (
    Artikel(
        "4.1", "Volgens het koppelvlak",
        "De Afnemer houdt zich aan de Koppelvlakspecificaties die Logius in overleg heeft vastgesteld.",
        (_AFNEMER,),
        "Elke eis van het koppelvlak is een regel. Een aanlevering die er een breekt, wordt geweigerd, met wat er "
        "kwam en wat werd verwacht.",
        ("SIM-json-leesbaar", "SIM-json-schema", "SIM-inhoudstype", "BB-message-id", "BB-message-id-eenmalig",
         "BB-velden", "BB-xsd", "BB-omvang", "BB-aantal-berichten", "BB-aanmaakdatum", "BB-publicatiedatum",
         "BB-bijlage-pdf", "BB-bijlage-omvang", "LZ-xml", "LZ-xsd", "LZ-zender", "LZ-ontvanger",
         "BRP-parameters-geldig"),
        ("/api/berichtenbox/v1/openapi.json", "/regels"),
    ),
    Artikel(
        "4.2", "De Afnemer en de AVG",
        "De Afnemer is verantwoordelijke voor de verwerking van de persoonsgegevens die hij in MijnOverheid brengt.",
        (_AFNEMER,),
        "Een Afnemer ziet en verandert alleen wat van hemzelf is; namens een ander werken vraagt een mandaat. Wat hij "
        "doet, staat in het logboek op zijn naam.",
        ("BB-status-eigenaar", "BB-oin-mandaat", "LZ-zaak-eigenaar", "BRP-verstrekking-gelogd"),
        ("/persoonlijke-gegevens/wie-zag-mijn-gegevens",),
    ),
)  # fmt: skip

_BERICHTENBOX = (
    Artikel(
        "5.1", "Inhoud van berichten",
        "De Afnemer is verantwoordelijk voor de inhoud van de berichten die hij verzendt.",
        (_AFNEMER,),
        "De Gebruiker ziet onderwerp, tekst en bijlagen zoals de Afnemer ze schreef, met zijn naam erbij. De "
        "simulator kijkt alleen naar de vorm.",
        ("BB-berichttype-bekend", "BB-berichttype-actief", "BB-onderwerp-lengte", "BB-tekst-lengte", "BB-tekens",
         "BB-bijlage-pdfa"),
        ("/berichtenbox",),
    ),
    Artikel(
        "5.2", "Kosten van de Berichtenbox",
        "Logius brengt de Afnemer kosten in rekening voor aansluiten en voor gebruik, per bericht of als vast bedrag.",
        (_LOGIUS, _AFNEMER),
        "Elk verwerkt bericht telt één keer, hoe vaak het ook werd aangeboden. Wat is geweigerd, telt niet.",
        ("VW-5.2-kosten", "VB-bericht-telt", "BB-bericht-bestaat-al", "VW-5.2-per-bericht", "VW-5.2-vast-bedrag",
         "VW-5.2-aansluitkosten", "FA-gratis-eenheden", "FA-eerste-jaar", "FA-andere-prijs"),
        ("/api/verbruik/v1/verbruik", "/api/facturatie/v1/facturen"),
    ),
)  # fmt: skip

_GEGEVENS = (
    Artikel(
        "6.1", "Juiste gegevens",
        "De Afnemer is verantwoordelijk voor de juistheid van de gegevens, en voor hoe ze worden getoond.",
        (_AFNEMER,),
        "Gegevens staan er zoals de Afnemer ze aanlevert: zijn woorden, zijn volgorde, zijn datum. Bij elk onderwerp "
        "staat bij wie de Gebruiker een fout meldt.",
        ("VW-6.1-presentatie", "PG-peildatum", "PG-datum", "PG-eenmaal"), ("/persoonlijke-gegevens",),
    ),
    Artikel(
        "6.2", "Kosten van Persoonlijke Gegevens",
        "Logius brengt de Afnemer alleen kosten in rekening voor het aansluiten.",
        (_LOGIUS, _AFNEMER),
        "Gebruik van Persoonlijke Gegevens staat nooit in rekening.",
        ("VW-6.2-kosten", "VW-6.2-aansluitkosten"), ("/api/verbruik/v1/verbruik", "/api/facturatie/v1/facturen"),
    ),
)  # fmt: skip

_ZAKEN = (
    Artikel(
        "7.1", "Juiste zaken en weblinks",
        "De Afnemer is verantwoordelijk voor de dossiers, voor wat van een zaak wordt getoond, en voor weblinks die "
        "kloppen.",
        (_AFNEMER,),
        "Een weblink wordt bij aanlevering getoetst en daarna gevolgd. Wat niet werkt, ziet de Gebruiker niet; de "
        "Afnemer krijgt een melding en een rapport.",
        ("VW-7.1-weblink-https", "VW-7.1-weblink-vorm", "VW-7.1-weblink-lengte", "VW-7.1-weblink-inloggegevens",
         "VW-7.1-weblink-bsn", "VW-7.1-weblink-fragment", "VW-7.1-weblink-domein", "VW-7.1-weblink-naamverwarring",
         "VW-7.1-weblink-adres", "VW-7.1-weblink-werkt", "VW-7.1-weblink-bekend", "VW-7.1-domein",
         "VW-7.1-domein-aantal", "VW-7.1-domein-bekend", "VW-7.1-contact", "VW-7.1-vraag"),
        ("/api/weblinks/v1/controles", "/api/weblinks/v1/rapport", "/lopende-zaken"),
    ),
    Artikel(
        "7.2", "Lopende Zaken is gratis",
        "Logius brengt voor Lopende Zaken geen kosten in rekening.",
        (_LOGIUS,),
        "Wat u aanlevert, wordt geteld en nooit in rekening gebracht.",
        ("VW-7.2-kosten", "VB-zaak-telt", "VW-7.2-tarief"), ("/api/verbruik/v1/verbruik",),
    ),
)  # fmt: skip

_WIJZIGING = (
    Artikel(
        "8.1", "Aankondigen van een wijziging",
        "Logius mag de voorwaarden wijzigen, na overleg met het Afnemersoverleg. De Afnemer hoort het schriftelijk, "
        "uiterlijk een maand voor de wijziging.",
        (_LOGIUS, _AFNEMER),
        "Een wijziging vraagt een besluit en een volle kalendermaand. Elke Afnemer krijgt een kennisgeving, die "
        "bewaard blijft met het moment waarop zij is verzonden en naar zijn contacten wordt gemaild.",
        ("VW-8.1-termijn", "VW-8.1-besluit", "VW-8.1-versie", "VW-3.4-overleg"),
        ("/__admin/v1/voorwaarden", "/api/aansluiting/v1/voorwaarden"),
    ),
    Artikel(
        "8.2", "Niet aanvaarden",
        "Aanvaardt een Afnemer een wijziging niet, dan eindigt de levering twee maanden na de wijzigingsdatum.",
        (_AFNEMER, _LOGIUS),
        "Wie weigert, krijgt tot twee maanden na de wijzigingsdatum alles nog geleverd en daarna niets meer, tenzij "
        "hij zich bedenkt. Wat hij had aangeleverd, blijft bij de Gebruiker. Wie zwijgt, heeft aanvaard.",
        ("VW-8.2-aanvaarding", "VW-8.2-antwoord"), ("/__admin/v1/voorwaarden", "/api/aansluiting/v1/voorwaarden"),
    ),
)  # fmt: skip

HOOFDSTUKKEN = (
    Hoofdstuk(0, "Vooraf", _AANHEF),
    Hoofdstuk(1, "Begrippen", BEGRIPPEN),
    Hoofdstuk(2, "Inwerkingtreding", _INWERKINGTREDING),
    Hoofdstuk(3, "Aanbieden door Logius", _AANBIEDEN),
    Hoofdstuk(4, "Gebruik", _GEBRUIK),
    Hoofdstuk(5, "Berichtenbox", _BERICHTENBOX),
    Hoofdstuk(6, "Persoonlijke Gegevens", _GEGEVENS),
    Hoofdstuk(7, "Lopende Zaken", _ZAKEN),
    Hoofdstuk(8, "Wijziging Voorwaarden", _WIJZIGING),
)


def get_artikelen() -> tuple[Artikel, ...]:
    """Every article, sub-article and Begrip, in the order of the Voorwaarden."""
    return tuple(artikel for hoofdstuk in HOOFDSTUKKEN for artikel in hoofdstuk.artikelen)
