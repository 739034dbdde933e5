"""What DigiD decides: who may log in, when an account is blocked, when a session is over. Pure functions."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from simulator.digid.errors import (
    DigidGeblokkeerd,
    InloggerOverleden,
    InloggerTeJong,
    NiveauTeLaag,
    PogingOnbekend,
    SessieOntbreekt,
    SessieStil,
    SessieVerlopen,
    SmsCodeVerlopen,
    SmsControleOntbreekt,
    SmsPogingenOp,
    TerugkeerOngeldig,
)
from simulator.digid.values import (
    VERVOLG,
    Blokkadestand,
    Factor,
    Inlogger,
    Mislukking,
    Niveau,
    Niveaubesluit,
    Pogingstatus,
    Sessiestand,
    Termijnen,
    format_duur,
)

MINIMUMLEEFTIJD = 14
MAX_PAD = 2000

EERSTE_BESLUIT = Niveaubesluit(datetime(2023, 1, 1, tzinfo=UTC), Niveau.MIDDEN)
"""MijnOverheid asks Midden since early 2023; ASSUMPTION: the first of January, the day itself was not found."""


def check_inlogger(inlogger: Inlogger, niveau: Niveau) -> None:
    """Refuse whoever may not log in on ``niveau``: died, younger than 14, or a DigiD without second factor."""
    if inlogger.overleden:
        raise InloggerOverleden("Deze DigiD hoort bij iemand die is overleden. Inloggen kan niet meer.")
    if inlogger.leeftijd < MINIMUMLEEFTIJD:
        raise InloggerTeJong(
            f"U bent {inlogger.leeftijd} jaar. MijnOverheid kunt u gebruiken vanaf {MINIMUMLEEFTIJD} jaar.",
            ontvangen=f"{inlogger.leeftijd} jaar",
        )
    if niveau > inlogger.niveau:
        raise SmsControleOntbreekt(
            f"U wilt inloggen op niveau {niveau.naam}. Daarvoor is sms-controle nodig en die hoort niet bij uw DigiD. "
            f"U kunt alleen inloggen op niveau {inlogger.niveau.naam}.",
            ontvangen=f"niveau {niveau.naam}, terwijl deze DigiD tot niveau {inlogger.niveau.naam} gaat",
        )


def next_status(huidig: Pogingstatus, nieuw: Pogingstatus) -> Pogingstatus:
    """Move a login attempt on; what is finished stays finished."""
    if nieuw not in VERVOLG[huidig]:
        raise PogingOnbekend("Deze inlogpoging is al afgelopen. Begin opnieuw met inloggen.", ontvangen=huidig.value)
    return nieuw


def check_blokkade(stand: Blokkadestand, moment: datetime, termijnen: Termijnen) -> None:
    """Refuse an account that is blocked at this moment.

    What would last longer than a blockade does was begun before the clock was set back, and counts no more.
    """
    if stand.geblokkeerd_tot is None or not moment < stand.geblokkeerd_tot <= moment + termijnen.blokkade_duur:
        return
    seconden = (stand.geblokkeerd_tot - moment).total_seconds()
    minuten = max(1, -int(-seconden // 60))
    wanneer = "over 1 minuut" if minuten == 1 else f"over {minuten} minuten"
    raise DigidGeblokkeerd(
        f"Er is te vaak met verkeerde gegevens ingelogd. Probeer het {wanneer} opnieuw.",
        headers={"Retry-After": str(max(1, -int(-seconden // 1)))},
    )


def add_mislukking(stand: Blokkadestand, nieuw: Mislukking, termijnen: Termijnen) -> Blokkadestand:
    """Remember a failure; enough of them within the window, of whichever factor, block the account.

    ASSUMPTION: a blockade starts the count afresh, so that after it there are three tries again.

    A failure a little later than ``nieuw`` was one at the same time, which had the lock first; one that is later than a
    blockade lasts was before the clock was set back, and counts no more.
    """
    vanaf, tot = nieuw.moment - termijnen.blokkade_venster, nieuw.moment + termijnen.blokkade_duur
    recent = (*(oud for oud in stand.mislukkingen if vanaf < oud.moment < tot), nieuw)
    if len(recent) >= termijnen.blokkade_na:
        return Blokkadestand(geblokkeerd_tot=nieuw.moment + termijnen.blokkade_duur)
    return Blokkadestand(recent, stand.geblokkeerd_tot)


def forgive_mislukkingen(stand: Blokkadestand, bewezen: Collection[Factor]) -> Blokkadestand:
    """Forget the failures of the factors that were proven just now.

    ASSUMPTION: only those; else someone who knows the password could wipe out wrong SMS codes by logging in on Basis.
    """
    rest = tuple(oud for oud in stand.mislukkingen if oud.factor not in bewezen)
    return Blokkadestand(rest, stand.geblokkeerd_tot)


def check_sms_geldig(verzonden_op: datetime | None, moment: datetime, termijnen: Termijnen) -> None:
    """Refuse a code that was sent too long ago, right or wrong.

    One that was sent further ahead than it is valid was sent before the clock was set back; a little ahead is the clock
    of another worker.
    """
    if verzonden_op is None or abs(moment - verzonden_op) >= termijnen.sms_geldig:
        geldig = format_duur(termijnen.sms_geldig)
        raise SmsCodeVerlopen(
            f"De sms-code was {geldig} geldig. Begin opnieuw met inloggen voor een nieuwe code.",
            verwacht=f"Een code die nog geen {geldig} oud is.",
        )


def check_sms_pogingen(fouten: int, termijnen: Termijnen) -> None:
    """End an attempt in which the wrong code was given too often."""
    if fouten >= termijnen.sms_pogingen:
        raise SmsPogingenOp(
            f"U hebt {fouten} keer een verkeerde sms-code ingevuld. "
            f"Wacht {format_duur(termijnen.blokkade_duur)} en begin dan opnieuw met inloggen.",
        )


def check_sessie(stand: Sessiestand, moment: datetime, termijnen: Termijnen) -> None:
    """Refuse a session that was ended, that is too old, or in which nothing was done for too long."""
    if stand.beeindigd_op is not None:
        raise SessieOntbreekt("Deze sessie is beëindigd. Log opnieuw in met DigiD.")
    if moment - stand.aangemaakt_op >= termijnen.sessie_totaal:
        raise SessieVerlopen(f"U was {format_duur(termijnen.sessie_totaal)} ingelogd. Log opnieuw in met DigiD.")
    if moment - stand.laatst_gebruikt_op >= termijnen.sessie_stil:
        raise SessieStil(f"U hebt {format_duur(termijnen.sessie_stil)} niets gedaan. Log opnieuw in met DigiD.")


def is_bijwerken_nodig(stand: Sessiestand, moment: datetime, termijnen: Termijnen) -> bool:
    """Whether the last use was so long ago that it is worth a write: sooner in sessions that end soon.

    A use that is yet to come was before the clock was set back, and counts no more.
    """
    geleden = moment - stand.laatst_gebruikt_op
    return geleden < timedelta(0) or geleden >= min(termijnen.sessie_bijwerken, termijnen.sessie_stil / 10)


def niveau_at(besluiten: Sequence[Niveaubesluit], moment: datetime) -> Niveau:
    """Give the level that MijnOverheid asks at ``moment``: the latest decision in force, Basis before the first."""
    geldend = [besluit for besluit in (EERSTE_BESLUIT, *besluiten) if besluit.vanaf <= moment]
    return max(reversed(geldend), key=lambda besluit: besluit.vanaf).niveau if geldend else Niveau.BASIS


def check_niveau(bereikt: Niveau, vereist: Niveau) -> None:
    """Refuse a session on a lower level than MijnOverheid asks."""
    if bereikt < vereist:
        raise NiveauTeLaag(
            f"U bent ingelogd op niveau {bereikt.naam}. MijnOverheid vraagt niveau {vereist.naam}, "
            "zodat uw gegevens extra beschermd zijn. Log opnieuw in, nu met een sms-code.",
            ontvangen=f"niveau {bereikt.naam}",
            verwacht=f"ten minste niveau {vereist.naam}",
        )


def check_terugkeer(naar: str) -> str:
    """Give back ``naar`` when it is a path on this site; refuse whatever a browser could read as another site."""
    ongeldig = (
        len(naar) > MAX_PAD
        or not naar.startswith("/")
        or naar.startswith("//")
        or "\\" in naar
        or any(ord(teken) <= ord(" ") or ord(teken) == 127 for teken in naar)  # noqa: PLR2004 - the DEL character
    )
    if ongeldig or urlsplit(naar).netloc:
        raise TerugkeerOngeldig("Open de pagina van MijnOverheid opnieuw en log daar in.", ontvangen=naar[:100])
    return naar
