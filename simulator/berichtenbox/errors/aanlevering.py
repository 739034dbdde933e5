"""The refusals of the delivery koppelvlak; the refusal of a single bericht is a ``Beoordeling``, not one of these."""

from collections.abc import Sequence

from simulator.berichtenbox.errors import catalogus
from simulator.infra.errors import Conflict, FieldError, InvalidInput, NotFound, TooLarge, UnsupportedMedia
from simulator.infra.json_errors import ONBEKEND_VELD
from simulator.infra.regels import Regel


class MessageIdOngeldig(InvalidInput):
    """The header X-Message-ID is absent or no UUID."""

    slug = "message-id-ongeldig"
    title = "De header X-Message-ID ontbreekt of is geen UUID"
    regel = catalogus.MESSAGE_ID


class MessageIdAlGebruikt(Conflict):
    """The X-Message-ID was used before, for another body."""

    slug = "message-id-al-gebruikt"
    title = "Deze X-Message-ID hoort al bij een andere inhoud"
    regel = catalogus.MESSAGE_ID_EENMALIG


class AanleveringTeGroot(TooLarge):
    """More than 100 MB."""

    slug = "aanlevering-te-groot"
    title = "De aanlevering is groter dan 100 MB"
    regel = catalogus.OMVANG


class BesturingstekenGeweigerd(InvalidInput):
    """A text holds NUL or another control character, which the XML of the koppelvlak cannot carry."""

    slug = "besturingsteken"
    title = "Een tekst bevat een besturingsteken"
    regel = catalogus.TEKENS


class XmlNietWelgevormd(InvalidInput):
    """Not well-formed, so there is nothing to answer about."""

    slug = "xml-niet-welgevormd"
    title = "De XML is niet welgevormd"
    regel = catalogus.XML_WELGEVORMD


class XmlTeVeelElementen(InvalidInput):
    """More elements than any batch can have."""

    slug = "xml-te-veel-elementen"
    title = "De XML heeft te veel elementen"
    regel = catalogus.XSD


class XmlMetDoctype(InvalidInput):
    """A DOCTYPE, the door to entities and outside files."""

    slug = "xml-doctype"
    title = "De XML bevat een DOCTYPE"
    regel = catalogus.XML_DOCTYPE


class XmlCodering(UnsupportedMedia):
    """Another encoding than UTF-8."""

    slug = "xml-codering"
    title = "De XML is niet in UTF-8"
    regel = catalogus.XML_CODERING


class BatchIdOnleesbaar(InvalidInput):
    """No BatchID can be read, so a result could never be asked for."""

    slug = "batchid-onleesbaar"
    title = "De BatchID is niet te lezen"
    regel = catalogus.BATCHID


class AanleveringNotFound(NotFound):
    """No such delivery, or not one of the caller's."""

    slug = "aanlevering-niet-gevonden"
    title = "Deze aanlevering is niet gevonden"
    regel = catalogus.STATUS_EIGENAAR


class ResultaatNogNietKlaar(NotFound):
    """The batch was received; its result is not there yet."""

    slug = "resultaat-nog-niet-klaar"
    title = "Het resultaat is er nog niet"
    regel = catalogus.RESULTAAT_KLAAR


class BerichttypeBestaatAl(Conflict):
    """The Afnemer has this code already."""

    slug = "berichttype-bestaat-al"
    title = "Dit berichttype bestaat al"
    regel = catalogus.BERICHTTYPE_UNIEK


class BerichttypeOngeldig(InvalidInput):
    """The code or the description cannot be used; ``errors`` names both."""

    slug = "berichttype-ongeldig"
    title = "Dit berichttype kan niet"
    regel = catalogus.BERICHTTYPE_NAAM


class BerichttypeNotFound(NotFound):
    """The Afnemer has no such code."""

    slug = "berichttype-niet-gevonden"
    title = "Dit berichttype is niet gevonden"
    regel = catalogus.BERICHTTYPE_BEKEND


class GelijktijdigAangeboden(Conflict):
    """Another worker is storing the same X-Message-ID at this very moment; trying again finds what it stored."""

    slug = "gelijktijdig-aangeboden"
    title = "Dezelfde aanlevering wordt op dit moment al verwerkt"
    regel = catalogus.MESSAGE_ID_EENMALIG


class AanleveringOngeldig(InvalidInput):
    """A JSON delivery of the wrong shape; cites the rule of the first field that is wrong and names them all."""

    slug = "aanlevering-ongeldig"
    title = "De aanlevering voldoet niet aan het schema"
    regel = catalogus.VELDEN

    def __init__(self, errors: Sequence[FieldError]) -> None:
        self.regel = _first_regel(errors)  # type: ignore[misc]  # which rule depends on what is wrong
        super().__init__(f"{errors[0].pointer or '/'}: {errors[0].detail}", errors=errors)


def _first_regel(errors: Sequence[FieldError]) -> Regel:
    velden = reversed(errors[0].pointer.split("/"))
    regels = (catalogus.REGEL_VAN_VELD.get(veld) for veld in velden if not veld.isdigit())
    return next(
        (regel for regel in regels if regel is not None and not errors[0].detail.startswith(ONBEKEND_VELD)),
        catalogus.VELDEN,
    )
