"""An omgeving whose Gemeente Voorbeeldstad has its weblinks on a server of ours."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from simulator.afnemers import AfnemerRecord, afnemer_index
from simulator.infra.agenda import Handlers, run_due
from simulator.infra.clock import Modus, start_klok, to_micros
from simulator.infra.http_client import Outbound
from simulator.infra.omgeving import Omgeving
from simulator.infra.outbound import Limits
from simulator.infra.pacing import Pace
from simulator.infra.smtp import Mailserver
from simulator.weblinks.queries.controles import Filter, list_controles, list_perioden
from simulator.weblinks.queries.meldingen import list_meldingen
from simulator.weblinks.usecases.controle import Netwerk, build_handlers
from simulator.weblinks.usecases.registratie import judge_weblink, register_weblink
from simulator.weblinks.usecases.volgen import Volger
from simulator.weblinks.values.bevinding import Controle, Melding, Periode
from tests.weblinks.certificates import authority
from tests.weblinks.website import HOST, Website, lokaal

BEGIN = datetime(2026, 11, 27, 12, tzinfo=UTC)
SECONDS = 30.0
"""Of patience: enough for any machine; who tests impatience asks for less."""
SHORT = 0.3


@dataclass
class Wereld:
    """What an Afnemer, its server and the clock do to each other."""

    omgeving: Omgeving
    site: Website
    server: Mailserver | None = None
    seconds: float = SECONDS
    handlers: Handlers = field(init=False)

    def __post_init__(self) -> None:
        volger = Volger(Outbound(Limits(self.seconds, 100_000)), Pace(100_000))
        self.handlers = build_handlers(volger, Netwerk(seconds=self.seconds), self.server)
        with self.omgeving.unit_of_work() as uow:
            klok = start_klok(Modus.STIL, BEGIN)
            uow.change_state(
                klok, weblink_lokaal=lokaal(self.site, HOST, f"www.{HOST}"), weblink_certificaten=authority().pem
            )

    @property
    def afnemer(self) -> AfnemerRecord:
        return afnemer_index(self.omgeving).by_oin["00000099000000001000"]

    def register(self, *paths: str, host: str = HOST) -> list[int]:
        """Deliver zaken with these weblinks; answers their ids."""
        with self.omgeving.unit_of_work() as uow:
            urls = [f"https://{host}{path}" for path in paths]
            return [
                register_weblink(
                    uow, self.afnemer.id, url, judge_weblink(self.omgeving, uow.session, self.afnemer, url)
                )
                for url in urls
            ]

    def advance(self, **step: float) -> datetime:
        """Move the clock, and do what is due on the way, as the control API does."""
        target = self.omgeving.now() + timedelta(**step)
        run_due(self.omgeving, self.handlers, target)
        with self.omgeving.unit_of_work() as uow:
            uow.change_state(self.omgeving.state.klok.moved_to(to_micros(target)))
        run_due(self.omgeving, self.handlers, target)
        return target

    def controles(self) -> list[Controle]:
        with self.omgeving.reading() as session:
            return list_controles(session, self.afnemer.id, Filter(aantal=100_000))

    def controle(self) -> Controle:
        (only,) = self.controles()
        return only

    def perioden(self, weblink_id: int) -> Sequence[Periode]:
        """The history of a weblink, the oldest first."""
        with self.omgeving.reading() as session:
            return list_perioden(session, weblink_id)[::-1]

    def meldingen(self) -> list[Melding]:
        """The alerts, the oldest first."""
        with self.omgeving.reading() as session:
            return list_meldingen(session, self.afnemer.id, None, 1000)[::-1]
