"""What Alembic runs: always on a connection of ours, in the transaction that it is in."""

from typing import Literal

from alembic import context
from sqlalchemy.types import TypeEngine

from simulator.app import METADATA


def render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Versions name the stored type, not ours: they must still run when ours has changed."""
    if kind == "type" and isinstance(item, TypeEngine) and type(item).__module__.startswith("simulator."):
        return "sa.BigInteger()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
    render_item=render_item,
)
context.run_migrations()
