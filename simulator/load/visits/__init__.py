"""One arrival of each scenario, request by request, against any service with the interfaces of this simulator."""

from collections.abc import Callable

from simulator.load.visits.berichten import check_abonnementen, deliver_and_follow, deliver_and_sample, deliver_batch
from simulator.load.visits.browser import use_browser
from simulator.load.visits.gegevens import ask_brp, deliver_gegevens
from simulator.load.visits.programma import read_post, use_programma
from simulator.load.visits.visit import Service, Stopped, Visit
from simulator.load.visits.zaken import deliver_zaak

__all__ = ["VISITS", "Service", "Stopped", "Visit"]

VISITS: dict[str, Callable[[Visit], object]] = {
    "aanlevering": deliver_and_sample,
    "status": deliver_and_follow,
    "batch": deliver_batch,
    "abonnementen": check_abonnementen,
    "zaak": deliver_zaak,
    "gegevens": deliver_gegevens,
    "brp": ask_brp,
    "burger": read_post,
    "browser": use_browser,
    "programma": use_programma,
}
