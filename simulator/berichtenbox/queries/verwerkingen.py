"""The lines of the processing log that are stored already: a bericht says who sent it, a kennisgeving to whom."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select, tuple_

from simulator.afnemers import afnemer_index
from simulator.berichtenbox.models import KENNISGEVING_VAN_BERICHT, Aanlevering, Bericht, Kennisgeving
from simulator.berichtenbox.rules.kennisgeving import Mailstatus
from simulator.infra.clock import from_micros, to_micros
from simulator.infra.omgeving import Omgeving
from simulator.infra.tracing import Trace
from simulator.verwerkingen import LOGIUS, Activiteit, Logvraag, Verwerking

Gedaan = tuple[int, int, Verwerking]

_AANLEVERLOG: Any = select(
    Bericht.id, Bericht.bsn, Bericht.zichtbaar_vanaf, Bericht.afnemer_id, Bericht.berichttype,
    Aanlevering.ontvangen_op, Aanlevering.extern_id,
).join(Aanlevering, Aanlevering.id == Bericht.aanlevering_id)  # fmt: skip


class Aanleverlog:
    """Delivering a bericht writes no line of its own: the hot path would pay for what the bericht says already."""

    eigen = False

    def list_rijen(self, omgeving: Omgeving, bsn: int, na: tuple[int, int] | None, aantal: int) -> Sequence[Gedaan]:
        """The newest about one person.

        ASSUMPTION: the person learns of a delivery when the bericht is there to be seen, and at that moment.
        """
        visible = (to_micros(omgeving.now()) + 1, 0)
        moment, number = visible if na is None else min(visible, na)
        key = tuple_(Bericht.zichtbaar_vanaf, Bericht.id)
        statement = _AANLEVERLOG.where(Bericht.bsn == int(bsn), key < (from_micros(moment), number))
        statement = statement.order_by(Bericht.zichtbaar_vanaf.desc(), Bericht.id.desc()).limit(aantal)
        return _read(omgeving, statement, "zichtbaar_vanaf")

    def list_export(self, omgeving: Omgeving, vraag: Logvraag, na: int, aantal: int) -> Sequence[Gedaan]:
        """Every delivery at its own moment, also of what is not to be seen yet."""
        columns = (Bericht.id, Bericht.bsn, Aanlevering.ontvangen_op)
        statement = vraag.select_page(_AANLEVERLOG, columns, na, aantal)
        return _read(omgeving, statement, "ontvangen_op")


def _read(omgeving: Omgeving, statement: Select[Any], moment: str) -> Sequence[Gedaan]:
    afnemers = afnemer_index(omgeving).by_id
    with omgeving.reading() as session:
        return [
            (
                row.id,
                to_micros(getattr(row, moment)),
                Verwerking(
                    row.bsn,
                    Activiteit.BERICHT_AANLEVEREN,
                    afnemers[row.afnemer_id].oin,
                    # The trace of a delivery is its X-Message-ID or BatchID, by which the Afnemer knows it too.
                    Trace(row.extern_id, row.id.to_bytes(8, "big")),
                    f"berichttype {row.berichttype}",
                ),
            )
            for row in session.execute(statement)
        ]


class Kennisgevinglog:
    """Nor does an e-mail about a bericht: each is recorded with whom it went to."""

    eigen = True

    def list_rijen(self, omgeving: Omgeving, bsn: int, na: tuple[int, int] | None, aantal: int) -> Sequence[Gedaan]:
        """The newest to one person, found by the berichten."""
        statement = select(Kennisgeving).join(Bericht, KENNISGEVING_VAN_BERICHT)
        statement = statement.where(Bericht.bsn == int(bsn))
        if na is not None:
            statement = statement.where(tuple_(Kennisgeving.moment, Kennisgeving.id) < (from_micros(na[0]), na[1]))
        statement = statement.order_by(Kennisgeving.moment.desc(), Kennisgeving.id.desc()).limit(aantal)
        return _read_mails(omgeving, statement)

    def list_export(self, omgeving: Omgeving, vraag: Logvraag, na: int, aantal: int) -> Sequence[Gedaan]:
        """Every e-mail, the second try too."""
        columns = (Kennisgeving.id, Kennisgeving.bsn, Kennisgeving.moment)
        statement = vraag.select_page(select(Kennisgeving), columns, na, aantal)
        return _read_mails(omgeving, statement)


def _read_mails(omgeving: Omgeving, statement: Select[Kennisgeving]) -> Sequence[Gedaan]:
    with omgeving.reading() as session:
        return [
            (
                row.id,
                to_micros(row.moment),
                Verwerking(
                    row.bsn,
                    Activiteit.KENNISGEVING_STUREN,
                    LOGIUS,
                    Trace(row.bericht_id.to_bytes(16, "big"), row.id.to_bytes(8, "big")),
                    f"kennisgeving: {row.soort}",
                    gelukt=row.status == Mailstatus.VERZONDEN,
                ),
            )
            for row in session.scalars(statement)
        ]


AFGELEID = (Aanleverlog(), Kennisgevinglog())
