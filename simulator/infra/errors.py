"""The one error model: a refusal is a class named after what went wrong; its parent says the kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from simulator.infra.regels import Regel


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with the input, at a JSON pointer (``/Berichten/0/Onderwerp``)."""

    pointer: str
    detail: str


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a malfunction
    """Something that was asked and is not done; rendered by the one handler in ``infra/http.py``.

    A subclass sets ``slug`` and ``title`` and, where a rule was broken, ``regel``. ``detail`` is a Dutch sentence for
    the person who has to mend it. ``extensions`` are extra members of the problem, for published shapes that ask it.
    """

    status: int = 400
    slug: str = "geweigerd"
    title: str = "Het verzoek is geweigerd"
    regel: ClassVar[Regel | None] = None

    def __init__(  # noqa: PLR0913 - all but the first are optional members of the problem
        self,
        detail: str = "",
        *,
        ontvangen: str | None = None,
        verwacht: str | None = None,
        errors: Sequence[FieldError] = (),
        extensions: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.ontvangen = ontvangen
        self.verwacht = verwacht if verwacht is not None else (self.regel.verwacht or None if self.regel else None)
        self.errors = tuple(errors)
        self.extensions = dict(extensions or {})
        self.headers = dict(headers or {})


class InvalidInput(Refusal):
    """400: what was sent cannot be read or breaks a rule on its form."""

    status = 400
    slug = "ongeldige-invoer"
    title = "Het verzoek is niet geldig"


class NotAuthenticated(Refusal):
    """401: nobody knows who is asking."""

    status = 401
    slug = "niet-aangemeld"
    title = "Aanmelden is nodig"


class NotPermitted(Refusal):
    """403: we know who is asking, and it may not."""

    status = 403
    slug = "niet-toegestaan"
    title = "Dit is niet toegestaan"


class NotFound(Refusal):
    """404: it is not here, or not yours to know of."""

    status = 404
    slug = "niet-gevonden"
    title = "Niet gevonden"


class NotAcceptable(Refusal):
    """406: it is here, and in none of the forms that were asked for."""

    status = 406
    slug = "niet-in-dit-formaat"
    title = "Dit is er niet in het gevraagde formaat"


class Conflict(Refusal):
    """409: it collides with what is already so."""

    status = 409
    slug = "conflict"
    title = "Dit botst met wat er al is"


class TooLarge(Refusal):
    """413: more bytes than the koppelvlak takes."""

    status = 413
    slug = "te-groot"
    title = "Het verzoek is te groot"


class UnsupportedMedia(Refusal):
    """415: a content type that is not spoken here."""

    status = 415
    slug = "inhoudstype-niet-ondersteund"
    title = "Dit inhoudstype wordt niet ondersteund"


class LimitExceeded(Refusal):
    """429: too often, or too many."""

    status = 429
    slug = "limiet-overschreden"
    title = "De limiet is overschreden"


class Unavailable(Refusal):
    """503: not now; try again after ``Retry-After`` seconds."""

    status = 503
    slug = "niet-beschikbaar"
    title = "Tijdelijk niet beschikbaar"

    def __init__(self, detail: str = "", *, retry_after: int = 1) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_after)})
