"""What the control API refuses."""

from simulator.infra.errors import InvalidInput, NotAuthenticated
from simulator.infra.regels import Herkomst, Regel

TOKEN = Regel(
    "SIM-beheer-token", "Beheren vraagt het token", "de simulator zelf", Herkomst.AANGENOMEN,
    "Authorization: Bearer <token>, dat serve bij de start toont (of SIMULATOR_ADMIN_TOKEN)",
)  # fmt: skip
KLOK_STAND = Regel(
    "SIM-klok-stand", "De stand van de klok", "de simulator zelf", Herkomst.AANGENOMEN,
    "een moment tussen 2000 en 2100, een duur die vooruit gaat, een factor tussen 0 en 1.000.000",
)  # fmt: skip
REGELS = (TOKEN, KLOK_STAND)


class TokenMissing(NotAuthenticated):
    """No token, or another one than this simulator was started with."""

    slug = "beheer-token-ontbreekt"
    title = "Het token van de beheer-API ontbreekt of klopt niet"
    regel = TOKEN


class KlokInvalid(InvalidInput):
    """A clock that cannot be."""

    slug = "klok-ongeldig"
    title = "Zo kan de klok niet staan"
    regel = KLOK_STAND
