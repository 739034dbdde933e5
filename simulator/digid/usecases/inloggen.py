"""Logging in: name and password or a persona, then the SMS code on level Midden.

A step that fails is stored like one that succeeds (it counts towards the blockade), so the refusal is raised only
after its transaction was committed.
"""

from dataclasses import dataclass, field

from simulator.digid.errors import GEGEVENS, SMS_CODE, GegevensOnjuist, PogingOnbekend, SmsCodeOnjuist
from simulator.digid.models import Inlogpoging
from simulator.digid.queries import find_poging, next_volgnummer
from simulator.digid.rules import check_inlogger, check_sms_geldig, check_sms_pogingen, check_terugkeer, next_status
from simulator.digid.usecases.blokkade import Accountslot, account_of
from simulator.digid.usecases.sessies import add_sessie, inlogger_of
from simulator.digid.usecases.termijnen import get_termijnen
from simulator.digid.values import AANTAL_CODES, WACHTWOORD, Factor, Niveau, Pogingstatus, parse_code
from simulator.gebruikers import Gebruiker, find_inlogger
from simulator.infra.errors import Refusal
from simulator.infra.ids import hash_token, new_id, new_token, seeded
from simulator.infra.omgevingen import Omgeving, UnitOfWork
from simulator.infra.regels import Uitkomst
from simulator.infra.tracing import Trace, begin_trace


@dataclass(frozen=True, slots=True)
class Inlogverzoek:
    """Somebody wants to log in on ``niveau`` and then go to the page ``naar``."""

    gebruikersnaam: str
    niveau: Niveau
    naar: str = "/"
    trace: Trace = field(default_factory=begin_trace)


@dataclass(frozen=True, slots=True)
class Stap:
    """How far a login came: either a session, or an attempt that waits for its SMS code."""

    naar: str
    sessie_token: str | None = None
    poging_token: str | None = None


def submit_gegevens(omgeving: Omgeving, verzoek: Inlogverzoek, wachtwoord: str) -> Stap:
    """Log in with user name and password; raises ``GegevensOnjuist``, ``DigidGeblokkeerd`` or a rule on persons."""
    check_terugkeer(verzoek.naar)
    with omgeving.unit_of_work() as uow:
        gebruiker = find_inlogger(omgeving, uow.session, verzoek.gebruikersnaam)
        uitkomst = _Inlog(omgeving, uow, verzoek).begin(gebruiker, klopt=wachtwoord == WACHTWOORD)
    return _settle(uitkomst)


def choose_persona(omgeving: Omgeving, verzoek: Inlogverzoek) -> Stap:
    """Log in as a persona, as if its name and password had been typed; the SMS code is still asked on Midden."""
    check_terugkeer(verzoek.naar)
    with omgeving.unit_of_work() as uow:
        gebruiker = find_inlogger(omgeving, uow.session, verzoek.gebruikersnaam)
        is_persona = gebruiker is not None and gebruiker.persona is not None
        uitkomst = _Inlog(omgeving, uow, verzoek).begin(gebruiker, klopt=is_persona)
    return _settle(uitkomst)


def submit_sms_code(omgeving: Omgeving, poging_token: str, code: str, trace: Trace | None = None) -> Stap:
    """Finish a login with the code from the SMS.

    Raises ``SmsCodeOnjuist``, ``SmsCodeVerlopen``, ``SmsPogingenOp``, ``DigidGeblokkeerd`` or ``PogingOnbekend``.
    """
    with omgeving.unit_of_work() as uow:
        poging = find_poging(uow.session, poging_token, lock=True)
        if poging is None or poging.status != Pogingstatus.SMS_VERZONDEN:
            onbekend = PogingOnbekend("Deze inlogpoging is afgelopen. Begin opnieuw met inloggen.")
            uitkomst: Stap | Refusal = _count(uow, onbekend)
        else:
            uitkomst = _Code(omgeving, uow, poging, trace or begin_trace()).judge(parse_code(code))
    return _settle(uitkomst)


def cancel_poging(omgeving: Omgeving, poging_token: str) -> None:
    """Stop a login; one that is over already stays as it ended."""
    with omgeving.unit_of_work() as uow:
        poging = find_poging(uow.session, poging_token, lock=True)
        if poging is not None and poging.status == Pogingstatus.SMS_VERZONDEN:
            _move(poging, Pogingstatus.GEANNULEERD)


def _settle(uitkomst: Stap | Refusal) -> Stap:
    if isinstance(uitkomst, Refusal):
        raise uitkomst
    return uitkomst


def _move(poging: Inlogpoging, status: Pogingstatus) -> None:
    poging.status = next_status(Pogingstatus(poging.status), status).value


def _end(uow: UnitOfWork, poging: Inlogpoging, refusal: Refusal) -> Refusal:
    _move(poging, Pogingstatus.MISLUKT)
    return _count(uow, refusal)


def _count(uow: UnitOfWork, refusal: Refusal) -> Refusal:
    if refusal.regel is not None:
        uow.tel(refusal.regel, Uitkomst.GEWEIGERD)
    return refusal


class _Inlog:
    """The first step of one login, within one unit of work."""

    def __init__(self, omgeving: Omgeving, uow: UnitOfWork, verzoek: Inlogverzoek) -> None:
        self._omgeving = omgeving
        self._uow = uow
        self._verzoek = verzoek

    def begin(self, gebruiker: Gebruiker | None, *, klopt: bool) -> Stap | Refusal:
        bsn = None if gebruiker is None else int(gebruiker.bsn)
        slot = Accountslot(self._uow, account_of(bsn, self._verzoek.gebruikersnaam), get_termijnen(self._omgeving))
        token = new_token()
        poging = self._add_poging(bsn, token)
        try:
            gebruiker = _check_gegevens(slot, gebruiker if klopt else None)
            check_inlogger(inlogger_of(self._uow, gebruiker), self._verzoek.niveau)
        except Refusal as refusal:
            return _end(self._uow, poging, refusal)
        self._uow.tel(GEGEVENS, Uitkomst.GESLAAGD)
        if self._verzoek.niveau is Niveau.MIDDEN:
            self._send_sms(poging, int(gebruiker.bsn))
            return Stap(poging.naar, poging_token=token)
        slot.forgive({Factor.WACHTWOORD})
        _move(poging, Pogingstatus.GELUKT)
        token = add_sessie(self._uow, gebruiker.bsn, Niveau.BASIS, self._verzoek.trace)
        return Stap(poging.naar, sessie_token=token)

    def _add_poging(self, bsn: int | None, token: str) -> Inlogpoging:
        poging = Inlogpoging(
            id=new_id(),
            token_hash=hash_token(token),
            bsn=bsn,
            volgnummer=0 if bsn is None else next_volgnummer(self._uow.session, bsn),
            niveau=int(self._verzoek.niveau),
            naar=self._verzoek.naar,
            status=Pogingstatus.BEGONNEN.value,
            begonnen_op=self._uow.moment,
            sms_fouten=0,
        )
        self._uow.session.add(poging)
        return poging

    def _send_sms(self, poging: Inlogpoging, bsn: int) -> None:
        poging.sms_nummer = seeded(self._omgeving.seed, "digid-sms", bsn, poging.volgnummer) % AANTAL_CODES
        poging.sms_verzonden_op = self._uow.moment
        _move(poging, Pogingstatus.SMS_VERZONDEN)


def _check_gegevens(slot: Accountslot, bewezen: Gebruiker | None) -> Gebruiker:
    slot.check()
    if bewezen is None:
        slot.fail(Factor.WACHTWOORD)
        slot.check()
        raise GegevensOnjuist("Kijk of u beide goed hebt ingevuld en probeer het opnieuw.")
    return bewezen


class _Code:
    """The second step of one login, within one unit of work."""

    def __init__(self, omgeving: Omgeving, uow: UnitOfWork, poging: Inlogpoging, trace: Trace) -> None:
        self._uow = uow
        self._trace = trace
        self._poging = poging
        self._bsn = poging.bsn or 0
        self._termijnen = get_termijnen(omgeving)
        self._slot = Accountslot(uow, self._bsn, self._termijnen)

    def judge(self, code: int | None) -> Stap | Refusal:
        try:
            self._check(code)
        except SmsCodeOnjuist as refusal:
            return _count(self._uow, refusal)
        except Refusal as refusal:
            return _end(self._uow, self._poging, refusal)
        self._uow.tel(SMS_CODE, Uitkomst.GESLAAGD)
        self._slot.forgive(set(Factor))
        _move(self._poging, Pogingstatus.GELUKT)
        token = add_sessie(self._uow, self._bsn, Niveau(self._poging.niveau), self._trace)
        return Stap(self._poging.naar, sessie_token=token)

    def _check(self, code: int | None) -> None:
        self._slot.check()
        check_sms_geldig(self._poging.sms_verzonden_op, self._uow.moment, self._termijnen)
        if code is None:  # ASSUMPTION: what is no code at all is a slip of the finger, and not counted as a try.
            raise SmsCodeOnjuist("Vul de 6 cijfers uit de sms in.")
        if code != self._poging.sms_nummer:
            self._poging.sms_fouten += 1
            self._slot.fail(Factor.SMS)
            check_sms_pogingen(self._poging.sms_fouten, self._termijnen)
            self._slot.check()
            raise SmsCodeOnjuist("Deze sms-code klopt niet. Kijk in de laatste sms en probeer het opnieuw.")
