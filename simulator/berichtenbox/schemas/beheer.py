"""What an Afnemer asks and manages beside delivery: subscriptions and berichttypes."""

from typing import Annotated

import msgspec
from msgspec import Meta

from simulator.berichtenbox.usecases.abonnementen import Abonnement
from simulator.berichtenbox.usecases.berichttypes import BerichttypeRecord
from simulator.berichtenbox.values import CODE_PATROON, MAX_ABONNEMENTEN, MAX_BERICHTTYPE, MAX_TYPE_OMSCHRIJVING
from simulator.infra.patterns import whole

Code = Annotated[str, Meta(min_length=1, max_length=MAX_BERICHTTYPE, pattern=CODE_PATROON)]
Omschrijving = Annotated[str, Meta(min_length=1, max_length=MAX_TYPE_OMSCHRIJVING, pattern=whole(r"[^\u0000-\u001f]*"))]


class AbonnementenIn(msgspec.Struct, rename="camel", forbid_unknown_fields=True, frozen=True):
    """Up to 250 people and the berichttype that they would get."""

    bericht_type_code: Annotated[str, Meta(min_length=1, max_length=MAX_BERICHTTYPE)]
    gebruikers: Annotated[
        list[Annotated[str, Meta(pattern=whole("[0-9]{9}"))]], Meta(min_length=1, max_length=MAX_ABONNEMENTEN)
    ]


class AbonnementUit(msgspec.Struct, rename="camel", frozen=True):
    """The answer for one person."""

    gebruiker: str
    is_bericht_sturen: bool


class AbonnementenUit(msgspec.Struct, rename="camel", frozen=True):
    """The answers, in the order of the question."""

    bericht_type_code: str
    abonnementen: list[AbonnementUit]


class BerichttypeIn(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A new berichttype."""

    code: Code
    omschrijving: Omschrijving
    actief: bool = True


class BerichttypePatch(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What to change."""

    omschrijving: Omschrijving | None = None
    actief: bool | None = None


class BerichttypeUit(msgspec.Struct, frozen=True):
    """A berichttype as it is."""

    code: str
    omschrijving: str
    actief: bool


class BerichttypesUit(msgspec.Struct, frozen=True):
    """The berichttypes of the caller, by code."""

    berichttypes: list[BerichttypeUit]


def to_abonnementen(code: str, abonnementen: list[Abonnement]) -> AbonnementenUit:
    """The answers on the wire."""
    return AbonnementenUit(code, [AbonnementUit(each.gebruiker, each.is_bericht_sturen) for each in abonnementen])


def to_berichttype(berichttype: BerichttypeRecord) -> BerichttypeUit:
    """A berichttype on the wire."""
    return BerichttypeUit(berichttype.code, berichttype.omschrijving, berichttype.actief)
