"""The checklist of Persoonlijke Gegevens: data that the citizen really sees, and a source that may fail.

ASSUMPTION: there is no public checklist for this dienst, whose real koppelvlakken are made to measure per register.
"""

from simulator.conformiteit.values import Punt

_ONS = "simulator; Voorwaarden MijnOverheid productie 2.9, artikel 6.1"
_BRONNEN = "PUT /api/persoonlijke-gegevens/v1/bronnen/{naam}"

PUNTEN = (
    Punt(
        "pg-aangeleverd", "Gegevens over een burger zijn aangeleverd",
        ("PG-burger-bekend", "PG-peildatum", "PG-eenmaal"), ("pg.aangeleverd",),
        "Lever met PUT /api/persoonlijke-gegevens/v1/gegevens gegevens aan over persona actief (999990019).", bron=_ONS,
    ),
    Punt(
        "pg-getoond", "Een burger heeft die gegevens gezien", ("VW-6.1-presentatie",), ("pg.getoond",),
        "Log in als die burger en open de categorie bij Persoonlijke Gegevens.", bron=_ONS,
    ),
    Punt(
        "pg-geweigerd", "Gegevens die niet kunnen, zijn geweigerd", ("PG-burger-bekend", "PG-peildatum", "PG-datum"),
        ("geweigerd.PG-burger-bekend", "geweigerd.PG-peildatum", "geweigerd.PG-datum", "geweigerd.PG-eenmaal"),
        "Lever gegevens aan met een peildatum in de toekomst.", bron=_ONS,
    ),
    Punt(
        "pg-bron", "Een live bron heeft geantwoord", ("PG-bron-url", "PG-bron-antwoordt"), ("pg.bron.antwoord",),
        f"Meld een bron aan met {_BRONNEN}, en open als burger haar categorie.", verplicht=False, bron=_ONS,
    ),
    Punt(
        "pg-bron-faalt", "Een live bron gaf geen antwoord, en de burger zag waarom", ("PG-bron-antwoordt",),
        ("pg.bron.fout",), "Laat uw bron te laat of fout antwoorden, en open als burger haar categorie.",
        verplicht=False, bron=_ONS,
    ),
    Punt(
        "pg-brp", "De BRP is bevraagd", ("BRP-parameters-geldig", "BRP-verstrekking-gelogd"), ("api.brp.personen.200",),
        "Raadpleeg persona actief met POST /haalcentraal/api/brp/personen.", verplicht=False,
        bron="Haal Centraal BRP Personen Bevragen 2.7",
    ),
)  # fmt: skip
