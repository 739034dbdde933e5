"""Documents between Logius and an Afnemer, and the certificates that it signs in with."""

from sqlalchemy import select

from simulator.aansluiting import errors, queries
from simulator.aansluiting.models import Aansluitcertificaat, Aansluitdocument
from simulator.aansluiting.rules import check_certificaat, check_document
from simulator.aansluiting.usecases.certificaten import read_certificaat
from simulator.aansluiting.values import Certificaat, Document
from simulator.afnemers import AfnemerRecord
from simulator.infra.clock import dutch_day
from simulator.infra.ids import new_id
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.regels import Uitkomst


def list_documenten(omgeving: Omgeving, afnemer: AfnemerRecord) -> list[Document]:
    """The documents of an Afnemer, the newest first."""
    with omgeving.reading() as session:
        return queries.list_documenten(session, afnemer.id)


def list_certificaten(omgeving: Omgeving, afnemer: AfnemerRecord) -> list[Certificaat]:
    """The certificates of an Afnemer, the one that lasts longest first."""
    with omgeving.reading() as session:
        return queries.list_certificaten(session, afnemer.id)


def record_document(omgeving: Omgeving, afnemer: AfnemerRecord, document: Document) -> None:
    """Record a signed document; an older one stays in the list. Raises ``DocumentOngeldig``."""
    with omgeving.unit_of_work() as uow:
        check_document(document, dutch_day(uow.moment))
        uow.tel(errors.DOCUMENT, Uitkomst.GESLAAGD)
        put_document(uow, afnemer.id, document)


def put_document(uow: UnitOfWork, afnemer_id: int, document: Document) -> None:
    """The same inside a transaction, of what was checked."""
    uow.session.add(
        Aansluitdocument(
            id=new_id(), afnemer_id=afnemer_id, soort=document.soort.value, versie=document.versie,
            datum=document.datum, ondertekend_door=document.ondertekend_door, vastgelegd_op=uow.moment,
        )
    )  # fmt: skip
    uow.session.flush()


def add_certificaat(omgeving: Omgeving, afnemer: AfnemerRecord, pem: str) -> Certificaat:
    """Accept a certificate, once more changes nothing; raises ``CertificaatOngeldig``.

    It must carry the OIN of the Afnemer and be valid on the clock of the omgeving. Who issued it is not asked: here
    everybody makes their own.
    """
    certificaat = read_certificaat(pem)
    with omgeving.unit_of_work() as uow:
        check_certificaat(certificaat, str(afnemer.oin), uow.moment)
        uow.tel(errors.CERTIFICAAT, Uitkomst.GESLAAGD)
        put_certificaat(uow, afnemer.id, certificaat, pem)
    return certificaat


def put_certificaat(uow: UnitOfWork, afnemer_id: int, certificaat: Certificaat, pem: str) -> None:
    """The same inside a transaction, of what was checked."""
    known = select(Aansluitcertificaat.id).where(
        Aansluitcertificaat.afnemer_id == afnemer_id, Aansluitcertificaat.vingerafdruk == certificaat.vingerafdruk
    )
    if uow.session.scalars(known).first() is None:
        uow.session.add(
            Aansluitcertificaat(
                id=new_id(), afnemer_id=afnemer_id, vingerafdruk=certificaat.vingerafdruk,
                onderwerp=certificaat.onderwerp, oin=certificaat.oin, geldig_van=certificaat.geldig_van,
                geldig_tot=certificaat.geldig_tot, pem=pem, vastgelegd_op=uow.moment,
            )
        )  # fmt: skip
        uow.session.flush()
