"""The lines of the processing log that are stored already: each e-mail about zaken says to whom it went, and when."""

from collections.abc import Sequence

from sqlalchemy import Select, select, tuple_

from simulator.infra.clock import from_micros, to_micros
from simulator.infra.omgeving import Omgeving
from simulator.infra.tracing import Trace
from simulator.lopende_zaken.models import Zaakkennisgeving
from simulator.lopende_zaken.rules.kennisgeving import Mailstatus
from simulator.verwerkingen import LOGIUS, Activiteit, Logvraag, Verwerking

Gedaan = tuple[int, int, Verwerking]


class Kennisgevinglog:
    """An e-mail writes no line of its own."""

    eigen = True

    def list_rijen(self, omgeving: Omgeving, bsn: int, na: tuple[int, int] | None, aantal: int) -> Sequence[Gedaan]:
        """The newest to one person."""
        mail = Zaakkennisgeving
        statement = select(mail).where(mail.bsn == int(bsn))
        if na is not None:
            statement = statement.where(tuple_(mail.moment, mail.id) < (from_micros(na[0]), na[1]))
        return _read(omgeving, statement.order_by(mail.moment.desc(), mail.id.desc()).limit(aantal))

    def list_export(self, omgeving: Omgeving, vraag: Logvraag, na: int, aantal: int) -> Sequence[Gedaan]:
        """Every e-mail, the second try too."""
        mail = Zaakkennisgeving
        return _read(omgeving, vraag.select_page(select(mail), (mail.id, mail.bsn, mail.moment), na, aantal))


def _read(omgeving: Omgeving, statement: Select[Zaakkennisgeving]) -> Sequence[Gedaan]:
    with omgeving.reading() as session:
        return [
            (
                row.id,
                to_micros(row.moment),
                Verwerking(
                    row.bsn,
                    Activiteit.KENNISGEVING_STUREN,
                    LOGIUS,
                    Trace(row.eerste_id.to_bytes(16, "big"), row.id.to_bytes(8, "big")),
                    "kennisgeving: zaken",
                    gelukt=row.status == Mailstatus.VERZONDEN,
                ),
            )
            for row in session.scalars(statement)
        ]


AFGELEID = (Kennisgevinglog(),)
