"""The checklist of Lopende Zaken: zaken in every order, and weblinks that work.

ASSUMPTION: there is no public checklist for this dienst; these points follow its koppelvlak and article 7.1.
"""

from simulator.conformiteit.values import OMGEVING, Punt
from simulator.infra.regels import Herkomst

_LZ = "API documentatie Lopende Zaken 1.6"
_ARTIKEL = "Voorwaarden MijnOverheid productie 2.9, artikel 7.1"
_API = "PUT /api/lopende-zaken/v1/zaken/{identificatie}"
_STATUSSEN = "POST /api/lopende-zaken/v1/zaken/{identificatie}/statussen"
_DOC, _GEZIEN = Herkomst.GEDOCUMENTEERD, Herkomst.WAARGENOMEN

PUNTEN = (
    Punt(
        "lz-zaak", "Een zaak is aangeleverd", ("LZ-initiator", "LZ-zaaktype", "LZ-postbus", "VB-zaak-telt"),
        ("lz.zaak",), f"Lever met {_API} een zaak aan voor persona actief (999990019).", bron=_LZ, herkomst=_GEZIEN,
    ),
    Punt(
        "lz-status", "Een zaak kreeg een status", ("LZ-statustype",), ("lz.status",),
        f"Geef de zaak een status met {_STATUSSEN}.", bron=_LZ, herkomst=_GEZIEN,
    ),
    Punt(
        "lz-volgorde", "Een oudere status kwam na een nieuwere", (), ("lz.volgorde",),
        "Lever na een status er nog een aan met een eerdere datumStatusGezet: de geschiedenis blijft op datum.",
        bron=_LZ, herkomst=_GEZIEN,
    ),
    Punt(
        "lz-afgesloten", "Een zaak is afgesloten", (), ("lz.afgesloten",),
        "Geef de zaak een eindstatus, of een einddatum.", bron=_LZ, herkomst=_GEZIEN,
    ),
    Punt(
        "lz-heropend", "Een afgesloten zaak is heropend", (), ("lz.heropend",),
        "Geef de zaak na de eindstatus een status met een latere datumStatusGezet.",
        verplicht=False, bron=_LZ, herkomst=_GEZIEN,
    ),
    Punt(
        "lz-stuf", "Een zaak is aangeleverd als StUF zakLk01", ("LZ-xsd", "LZ-zender", "LZ-ontvanger"),
        ("lz.kanaal.stuf",), "Stuur een zakLk01 naar POST /api/lopende-zaken/v1/zaakberichten.",
        verplicht=False, bron=_LZ, herkomst=_GEZIEN,
    ),
    Punt(
        "lz-herhaald", "Hetzelfde zaakbericht is herhaald en niet dubbel geteld", ("LZ-referentie-herhaald",),
        (f"{OMGEVING}LZ-referentie-herhaald.geslaagd",),
        "Lever nog eens aan met hetzelfde referentienummer (StUF) of dezelfde X-Message-ID, en dezelfde inhoud.",
        bron="StUF 03.01", herkomst=_GEZIEN,
    ),
    Punt(
        "lz-referentie", "Een referentienummer met een andere inhoud is geweigerd", ("LZ-referentie",),
        ("geweigerd.LZ-referentie",),
        "Lever nog eens aan met hetzelfde referentienummer (of X-Message-ID) en een andere inhoud.",
        verplicht=False, bron="StUF 03.01", herkomst=_GEZIEN,
    ),
    Punt(
        "lz-postbus", "Een burger zonder postbus is herkend", ("LZ-postbus",), ("geweigerd.LZ-postbus",),
        "Lever een zaak aan voor persona niet-actief (999990032).",
        bron="Handleiding Aansluiten Lopende Zaken 2.0", herkomst=_DOC,
    ),
    Punt(
        "lz-zaaktype", "Een zaaktype dat niet is ingesteld, is geweigerd", ("LZ-zaaktype",), ("geweigerd.LZ-zaaktype",),
        "Lever een zaak aan met een zaaktype dat u niet hebt ingesteld.", verplicht=False, bron=_LZ, herkomst=_GEZIEN,
    ),
    Punt(
        "lz-bekeken", "Een burger heeft een zaak van u bekeken", (), ("lz.bekeken",),
        "Log in als de initiator (persona actief) en open de zaak bij Lopende Zaken.",
        bron="simulator", herkomst=Herkomst.AANGENOMEN,
    ),
    Punt(
        "lz-weblink", "Een weblink is gevolgd en in orde", ("VW-7.1-weblink-werkt", "VW-7.1-weblink-https"),
        ("weblink.in orde",),
        "Geef een zaak een weblink binnen uw geregistreerde domeinen, en start POST /api/weblinks/v1/controles.",
        bron=_ARTIKEL, herkomst=_DOC,
    ),
    Punt(
        "lz-weblink-geweigerd", "Een weblink die niet mag, is geweigerd of gemarkeerd",
        ("VW-7.1-weblink-https", "VW-7.1-weblink-domein", "VW-7.1-weblink-vorm"),
        ("geweigerd.VW-7.1-weblink-https", "geweigerd.VW-7.1-weblink-domein", "geweigerd.VW-7.1-weblink-vorm",
         "geweigerd.VW-7.1-weblink-bsn", "geweigerd.VW-7.1-weblink-adres", "geweigerd.VW-7.1-weblink-lengte",
         "geweigerd.VW-7.1-weblink-inloggegevens", "geweigerd.VW-7.1-weblink-fragment",
         "geweigerd.VW-7.1-weblink-naamverwarring", "weblink.gemarkeerd"),
        "Geef een zaak een weblink met http:// of buiten uw geregistreerde domeinen.", bron=_ARTIKEL, herkomst=_DOC,
    ),
    Punt(
        "lz-weblink-kapot", "Een weblink die niet werkt, is gevonden", ("VW-7.1-weblink-werkt",),
        ("weblink.kapot", "weblink.onbereikbaar", "weblink.buiten domein"),
        "Geef een zaak een weblink naar een pagina die er niet is, en start POST /api/weblinks/v1/controles.",
        verplicht=False, bron=_ARTIKEL, herkomst=_DOC,
    ),
    Punt(
        "lz-kennisgeving", "Een burger kreeg een e-mail over een zaak van u", ("LZ-kennisgeving",),
        ("lz.kennisgeving.verzonden",), "Geef een zaak van persona actief een status, en wacht tien minuten.",
        verplicht=False, bron="Awb 2:10 (Wmebv)", herkomst=_DOC,
    ),
)  # fmt: skip
