"""The composition root: which rooms there are, where they hang, and who may enter."""

import hashlib
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from flask import Blueprint, Flask
from flask.typing import ResponseReturnValue
from flask_wtf import CSRFProtect
from sqlalchemy import Connection

from simulator import (
    __version__,
    aansluiting,
    afnemers,
    berichtenbox,
    brp,
    conformiteit,
    control,
    digid,
    facturatie,
    gebruikers,
    leveranciersportaal,
    lopende_zaken,
    persoonlijke_gegevens,
    portaal,
    verbruik,
    voorwaarden,
    weblinks,
)
from simulator.infra import health, http, languages, omgevingen, pdf
from simulator.infra.agenda import AgendaRunner
from simulator.infra.bodies import Gate
from simulator.infra.checkpoints import Checkpointer
from simulator.infra.database import METADATA
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.omgevingen import Omgevingen
from simulator.infra.openapi import Api
from simulator.infra.regels import build_catalogus
from simulator.infra.routing import LateRule
from simulator.infra.schema import create_tables, head_revision, upgrade
from simulator.infra.stores import open_store
from simulator.infra.telemetry import configure_logging
from simulator.settings import Settings

__all__ = ["APIS", "METADATA", "MOUNTS", "REGELS", "create_app", "start_workers"]

Guard = Callable[[], ResponseReturnValue | None]
_BREATH = 1.0
"""Seconds after a start in which only what was asked is done."""


@dataclass(frozen=True, slots=True)
class Mount:
    """A blueprint and who may enter: the guard runs before each of its requests."""

    blueprint: Blueprint
    guard: Guard


def open_to_all() -> None:
    """Anyone may enter."""


APIS: Mapping[Api, Guard] = {
    # Without dienst: who finds one closed must be able to see why.
    aansluiting.api: afnemers.require_afnemer,
    berichtenbox.api: afnemers.require_dienst(afnemers.Dienst.BERICHTENBOX),
    verbruik.api: afnemers.require_afnemer,
    facturatie.api: afnemers.require_afnemer,
    lopende_zaken.api: afnemers.require_dienst(afnemers.Dienst.LOPENDE_ZAKEN),
    weblinks.api: afnemers.require_dienst(afnemers.Dienst.LOPENDE_ZAKEN),
    persoonlijke_gegevens.api: afnemers.require_dienst(afnemers.Dienst.PERSOONLIJKE_GEGEVENS),
    # ASSUMPTION: who is connected to Persoonlijke Gegevens is authorised for the BRP; the real decision is RvIG's.
    brp.api: afnemers.require_dienst(afnemers.Dienst.PERSOONLIJKE_GEGEVENS),
    conformiteit.api: afnemers.require_afnemer,
    portaal.api: digid.require_burger,
    control.api: control.require_beheerder,
}
OF_AFNEMERS = (berichtenbox.api, verbruik.api, lopende_zaken.api, weblinks.api, persoonlijke_gegevens.api, brp.api)
"""The APIs whose exchanges are the evidence of a conformity report."""
MOUNTS = (
    *(Mount(api.blueprint, guard) for api, guard in APIS.items()),
    *(Mount(api.document, open_to_all) for api in APIS),
    Mount(digid.pages, open_to_all),
    Mount(berichtenbox.pages, digid.require_burger),
    Mount(lopende_zaken.pages, digid.require_burger),
    Mount(persoonlijke_gegevens.pages, digid.require_burger),
    Mount(portaal.pages, digid.require_burger),
    Mount(portaal.home, open_to_all),
    Mount(leveranciersportaal.toegang, open_to_all),
    Mount(leveranciersportaal.pages, leveranciersportaal.require_ingelogd),
    Mount(conformiteit.pages, leveranciersportaal.require_ingelogd),
    Mount(facturatie.pages, leveranciersportaal.require_ingelogd),
    Mount(control.pages, open_to_all),
    Mount(health.pages, open_to_all),
)
REGELS = build_catalogus(
    omgevingen.REGELS, http.REGELS, control.REGELS, gebruikers.REGELS, afnemers.REGELS, verbruik.REGELS, digid.REGELS,
    berichtenbox.REGELS, portaal.REGELS, weblinks.REGELS, lopende_zaken.REGELS, brp.REGELS,
    persoonlijke_gegevens.REGELS, leveranciersportaal.REGELS, pdf.REGELS, voorwaarden.REGELS,
    aansluiting.REGELS, facturatie.REGELS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewWorld:
    """What an omgeving begins with: the newest schema and the fixtures."""

    settings: Settings

    @property
    def revision(self) -> str:
        return head_revision()

    @property
    def key(self) -> str:
        """Changes with the schema and with any fixture, so that a template is never stale."""
        digest = hashlib.sha256(f"{__version__} {head_revision()}".encode())
        for file in sorted(self.settings.fixtures_dir.rglob("*.json")):
            digest.update(file.read_bytes())
        return digest.hexdigest()[:16]

    def create(self, connection: Connection) -> None:
        create_tables(connection)

    def migrate(self, connection: Connection) -> None:
        upgrade(connection)

    def populate(self, uow: UnitOfWork) -> None:
        fixture = afnemers.seed.load_afnemers(self.settings.fixtures_dir / "afnemers")
        added = afnemers.seed.seed_afnemers(uow, fixture)
        aansluiting.voorbeeld.seed_aansluitingen(uow, added)
        weblinks.seed_domeinen(uow, added)
        berichtenbox.berichttypes.seed_berichttypes(uow, fixture)
        lopende_zaken.seed_zaaktypen(uow, fixture)


def create_app(settings: Settings) -> Flask:
    """The application on the database that ``settings`` name; raises ``DataInUse`` when another process has it."""
    configure_logging(settings.log_level, settings.log_format)
    gebruikers.use_population(settings.population, settings.fixtures_dir / "personas")
    facturatie.use_tarieven(settings.fixtures_dir)
    store = open_store(settings.database_url, settings.data, settings.threads, NewWorld(settings))
    worlds = Omgevingen(store, settings.seed, {"verwerkingstijd": settings.verwerkingstijd})
    app = Flask("simulator", static_folder=None, template_folder=None)
    app.url_rule_class = LateRule
    app.config.update(
        SECRET_KEY=worlds.secret_key,
        WTF_CSRF_TIME_LIMIT=None,
        # Over https it would ask for the header Referer, which our own Referrer-Policy keeps back.
        WTF_CSRF_SSL_STRICT=False,
        SESSION_COOKIE_NAME="simulator",
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["regels"] = REGELS
    app.extensions["checklist"] = _list_open_tests
    app.extensions["agenda"] = {
        **aansluiting.AGENDA,
        **berichtenbox.build_agenda(settings.smtp_url),
        **lopende_zaken.build_agenda(settings.smtp_url),
        **voorwaarden.build_agenda(settings.smtp_url, aansluiting.overzicht.list_adressen),
        **facturatie.build_agenda(),
        **weblinks.build_agenda(
            settings.smtp_url,
            seconds=settings.weblink_timeout,
            concurrency=settings.weblink_concurrency,
            per_second=settings.weblink_rate,
        ),
    }
    app.extensions["settings"] = settings
    app.extensions["verwerkingen"] = (*berichtenbox.inzage.AFGELEID, *lopende_zaken.inzage.AFGELEID)
    # Of the threads at least half is for small bodies.
    app.extensions["large_bodies"] = Gate(settings.large_bodies * 1_000_000, max(1, settings.threads // 2))
    http.install(app, worlds, {api.prefix: api.version for api in APIS}, berichtenbox.LANES)
    _hang_rooms(app, MOUNTS if settings.admin else [mount for mount in MOUNTS if not _is_control(mount)])
    languages.install(app)
    return app


def start_workers(app: Flask) -> AgendaRunner:
    """Start the threads that do the agenda, clear journals and read the word lists; once in each process."""
    worlds = cast("Omgevingen", app.extensions["omgevingen"])
    runner = AgendaRunner(worlds, app.extensions["agenda"])
    runner.start()
    if not worlds.shared:
        Checkpointer(worlds).start()
    # Not at the start, which would share its processor, nor in the first transaction that needs a name, for which all
    # would wait.
    reading = threading.Timer(_BREATH, gebruikers.bevolking.load_woordenlijsten)
    reading.name, reading.daemon = "woordenlijsten", True
    reading.start()
    return runner


def _list_open_tests(omgeving: Omgeving, afnemer: afnemers.AfnemerRecord, dienst: afnemers.Dienst) -> Sequence[str]:
    """What the traffic of an Afnemer has not shown yet, before the step to production."""
    with omgeving.reading() as session:
        open_tests = conformiteit.list_ontbrekend(session, afnemer.id, dienst)
    return [f"Nog niet aangetoond: {punt.titel}." for punt in open_tests]


def _hang_rooms(app: Flask, mounts: Sequence[Mount]) -> None:
    csrf = CSRFProtect(app)
    for mount in mounts:
        app.before_request_funcs.setdefault(mount.blueprint.name, []).append(mount.guard)
        app.register_blueprint(mount.blueprint)
    for api in APIS:
        csrf.exempt(api.blueprint)
    for api in OF_AFNEMERS:
        app.after_request_funcs.setdefault(api.blueprint.name, []).append(conformiteit.record_exchange)


def _is_control(mount: Mount) -> bool:
    return mount.blueprint in {control.api.blueprint, control.api.document}
