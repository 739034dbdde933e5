"""What Alembic runs: always on a connection of ours, in the transaction that it is in."""

from alembic import context

from simulator.app import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
