"""``python -m simulator.migrations check``: do models and versions agree? ``new MESSAGE`` drafts the next version."""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.util import CommandError

from simulator.infra.database import Database, sqlite_engine
from simulator.infra.schema import alembic_config, upgrade


def main(arguments: list[str]) -> int:
    """Compare on a fresh SQLite file; answers the exit code."""
    with tempfile.TemporaryDirectory() as directory:
        database = Database(sqlite_engine(Path(directory) / "check.sqlite3"))
        try:
            with database.connection(writes=True) as connection:
                upgrade(connection)
                if arguments[:1] == ["new"]:
                    command.revision(alembic_config(connection), message=" ".join(arguments[1:]), autogenerate=True)
                else:
                    command.check(alembic_config(connection))
        except CommandError as error:
            sys.stderr.write(f"{error}\n")
            return 1
        finally:
            database.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
