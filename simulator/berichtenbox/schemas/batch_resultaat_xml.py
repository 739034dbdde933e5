"""The ``BerichtVerwerkResponse`` document, element for element as the real one is (section 1.4)."""

from uuid import UUID
from xml.sax.saxutils import escape

from simulator.berichtenbox.queries.aanleveringen import AanleveringRecord, BerichtResultaat
from simulator.berichtenbox.schemas.moment_xsd import write_moment
from simulator.berichtenbox.schemas.status import count_tellers

NS_RESULTAAT = "http://schemas.rdw.nl/GEB/BerichtVerwerkService/BerichtResultaat/Types/2009/01"
NS_BATCH = "http://schemas.rdw.nl/GEB/BerichtVerwerkService/Types/2009/01"
_KOP = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<ns3:BerichtVerwerkResponse xmlns:ns2="{NS_RESULTAAT}" xmlns:ns3="{NS_BATCH}">'
)


def write_resultaat(aanlevering: AanleveringRecord) -> bytes:
    """The result of a batch: prefixes ns3 and ns2 as on the real wire, every counter, and ``Stadium`` always."""
    resultaat = aanlevering.resultaat
    velden = {
        "BerichtLeverancierCode": escape(resultaat.leverancier),
        "BatchID": str(UUID(bytes=aanlevering.extern_id)),
        **count_tellers(resultaat),
        "DatumOntvangen": write_moment(aanlevering.ontvangen_op),
        "DatumVerwerkt": write_moment(aanlevering.verwerkt_op),
    }
    kop = "".join(f"<{naam}>{waarde}</{naam}>" for naam, waarde in velden.items())
    berichten = "".join(map(_write_bericht, resultaat.berichten))
    return (
        f"{_KOP}<BatchInformatie>{kop}</BatchInformatie><Berichten>{berichten}</Berichten></ns3:BerichtVerwerkResponse>"
    ).encode()


def _write_bericht(bericht: BerichtResultaat) -> str:
    return (
        f"<ns2:Bericht><BerichtID>{UUID(bytes=bericht.bericht_id)}</BerichtID><BerichtType>{escape(bericht.berichttype)}</BerichtType>"
        f"<VerwerkingsCode>{bericht.code}</VerwerkingsCode><Stadium>{bericht.stadium}</Stadium></ns2:Bericht>"
    )
