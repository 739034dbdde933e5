"""Failures of one account, counted under a lock so that logins at the same time cannot slip past the blockade."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from simulator.digid.models import Blokkade
from simulator.digid.queries import read_blokkade, write_blokkade
from simulator.digid.rules import add_mislukking, check_blokkade, forgive_mislukkingen
from simulator.digid.values import Factor, Mislukking, Termijnen
from simulator.infra.database import insert_into
from simulator.infra.ids import stable_hash
from simulator.infra.omgevingen import UnitOfWork


def account_of(bsn: int | None, gebruikersnaam: str) -> int:
    """Give the account that failures count for; a name that nobody has is one too, or its blockade would tell."""
    if bsn is not None:
        return int(bsn)
    return -abs(stable_hash(gebruikersnaam.strip().casefold().encode())) - 1


class Accountslot:
    """One account, locked until the end of the unit of work."""

    def __init__(self, uow: UnitOfWork, account: int, termijnen: Termijnen) -> None:
        self._uow = uow
        self._termijnen = termijnen
        self._rij = _lock_rij(uow.session, account)

    def check(self) -> None:
        """Refuse with ``DigidGeblokkeerd`` while the account is blocked."""
        check_blokkade(read_blokkade(self._rij), self._uow.moment, self._termijnen)

    def fail(self, factor: Factor) -> None:
        """Count a failure, which may block the account from this moment on."""
        mislukking = Mislukking(factor, self._uow.moment)
        write_blokkade(self._rij, add_mislukking(read_blokkade(self._rij), mislukking, self._termijnen))

    def forgive(self, bewezen: Collection[Factor]) -> None:
        """Forget the failures of what was proven in a login that succeeded."""
        write_blokkade(self._rij, forgive_mislukkingen(read_blokkade(self._rij), bewezen))


def _lock_rij(session: Session, account: int) -> Blokkade:
    session.execute(insert_into(session, Blokkade).values(account=account, mislukkingen="[]").on_conflict_do_nothing())
    return session.scalars(select(Blokkade).where(Blokkade.account == account).with_for_update()).one()
