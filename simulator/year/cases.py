"""Zaken: begun on a day of their window, with a status on the days that follow."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from simulator.infra.ids import seeded
from simulator.year.calendar import plan_starts
from simulator.year.connection import Connection
from simulator.year.documents import make_guid
from simulator.year.errors import Refused
from simulator.year.figures import Zaakcijfers
from simulator.year.people import Mensen
from simulator.year.plan import DUIZEND, Jaarplan, Zaaksoort

_ZAKEN = "/api/lopende-zaken/v1/zaken"
_POSTBUS = "LZ-postbus"


@dataclass(frozen=True, slots=True)
class Stap:
    """One status of one zaak: the ``stap``-th of its kind, on the day that it is in."""

    soort: int
    nummer: int
    stap: int


def plan_stappen(plan: Jaarplan, jaar: int, berichten: int) -> Mapping[date, list[Stap]]:
    """Every status of every zaak, by day."""
    by_day: defaultdict[date, list[Stap]] = defaultdict(list)
    for soort, zaaksoort in enumerate(plan.zaken):
        aantal = max(zaaksoort.minstens, round(berichten * zaaksoort.promille / DUIZEND))
        for nummer, begin in enumerate(plan_starts(plan, zaaksoort, jaar, aantal)):
            for number, stap in enumerate(zaaksoort.stappen):
                by_day[begin + timedelta(days=stap.na_dagen)].append(Stap(soort, nummer, number))
    return by_day


@dataclass(frozen=True, slots=True)
class Behandelaar:
    """Delivers the zaken of all Afnemers."""

    connection: Connection
    sleutels: Mapping[str, str]
    mensen: Mensen
    seed: int
    jaar: int
    nooit_begonnen: set[tuple[int, int]] = field(default_factory=set)
    """Kind and number of the zaken of who has no box for them."""

    def take(self, zaaksoort: Zaaksoort, stap: Stap, moment: datetime) -> Zaakcijfers:
        """One step, at a moment of its day; who has no box for zaken is told on paper."""
        cijfers = Zaakcijfers(zaaksoort.omschrijving, zaaksoort.afnemer)
        if (stap.soort, stap.nummer) in self.nooit_begonnen:
            return cijfers
        identificatie = f"{self.jaar}-{stap.soort + 1:02d}-{stap.nummer:06d}"
        path = f"{_ZAKEN}/{identificatie}"
        status = {
            "statustype": zaaksoort.stappen[stap.stap].statustype, "datumStatusGezet": moment.isoformat(),
        }  # fmt: skip
        sleutel, message_id = self.sleutels[zaaksoort.afnemer], make_guid(self.seed, f"{path}/{stap.stap}")
        try:
            if stap.stap:
                self.connection.afnemer("POST", f"{path}/statussen", sleutel, status, message_id)
            else:
                zaak = self._describe(zaaksoort, stap, moment.date())
                self.connection.afnemer("PUT", path, sleutel, zaak | {"status": status}, message_id)
        except Refused as refused:
            if refused.regel != _POSTBUS:
                raise
            self.nooit_begonnen.add((stap.soort, stap.nummer))
            cijfers.geen_postbus += 1
            return cijfers
        cijfers.begonnen += not stap.stap
        cijfers.statussen += 1
        cijfers.afgerond += stap.stap == len(zaaksoort.stappen) - 1
        return cijfers

    def _describe(self, zaaksoort: Zaaksoort, stap: Stap, today: date) -> dict[str, object]:
        bsn = self.mensen.pick(seeded(self.seed, "zaak", stap.soort, stap.nummer))
        last = zaaksoort.stappen[-1].na_dagen
        initiator = {
            "betrokkeneType": "natuurlijk_persoon",
            "omschrijvingGeneriek": "initiator",
            "betrokkeneIdentificatie": {"inpBsn": bsn},
        }
        return {
            "zaaktype": zaaksoort.zaaktype,
            "omschrijving": zaaksoort.omschrijving,
            "startdatum": today.isoformat(),
            "uiterlijkeEinddatumAfdoening": (today + timedelta(days=last + 28)).isoformat(),
            "rollen": [initiator],
        }
