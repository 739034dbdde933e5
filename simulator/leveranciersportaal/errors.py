"""Why somebody does not come into the portal of the Afnemer."""

from simulator.infra.errors import InvalidInput, NotAuthenticated
from simulator.infra.regels import Herkomst, Regel

AANMELDEN = Regel(
    "LP-aanmelden",
    "In het Leveranciersportaal meldt een Afnemer zich aan",
    "Handleiding MijnOverheid Leveranciersportaal 1.6: met een PKIoverheid-certificaat; de sleutel is van de simulator",
    Herkomst.AANGENOMEN,
    "Een API-sleutel die in deze omgeving is uitgegeven en niet is ingetrokken.",
)
SESSIE = Regel(
    "LP-sessie",
    "Een aanmelding geldt in één omgeving, hoogstens 8 uur en zolang de sleutel geldt",
    "de simulator zelf",
    Herkomst.AANGENOMEN,
    "Een aanmelding van minder dan 8 uur geleden, met een sleutel die niet is ingetrokken.",
)
PERIODE = Regel(
    "LP-periode",
    "Het Leveranciersportaal toont een periode van hele dagen",
    "de simulator zelf",
    Herkomst.AANGENOMEN,
    "Twee bestaande dagen van 2000 tot en met 2100, de eerste niet na de laatste; per dag hoogstens 366 dagen, "
    "per maand 10 jaar.",
)
REGELS = (AANMELDEN, SESSIE, PERIODE)


class AanmeldingGeweigerd(NotAuthenticated):
    """The key is of nobody here, or was revoked; which of the two is not said."""

    slug = "leveranciersportaal-aanmelding"
    title = "Met deze sleutel kunt u niet aanmelden"
    regel = AANMELDEN


class AanmeldingOntbreekt(NotAuthenticated):
    """Nobody signed in here with this browser, or the omgeving was reset since."""

    slug = "leveranciersportaal-niet-aangemeld"
    title = "U bent niet aangemeld"
    regel = SESSIE


class AanmeldingVerlopen(AanmeldingOntbreekt):
    """Signed in too long ago."""

    slug = "leveranciersportaal-aanmelding-verlopen"
    title = "Uw aanmelding is verlopen"


class SleutelIngetrokken(AanmeldingOntbreekt):
    """The key with which somebody signed in was revoked since."""

    slug = "leveranciersportaal-sleutel-ingetrokken"
    title = "De sleutel waarmee u was aangemeld, is ingetrokken"


class PeriodeOnleesbaar(InvalidInput):
    """A day that does not exist, or a period that runs backwards or is too long."""

    slug = "leveranciersportaal-periode"
    title = "Deze periode kan niet"
    regel = PERIODE
