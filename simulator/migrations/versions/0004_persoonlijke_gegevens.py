"""Persoonlijke Gegevens: delivered data, live sources and their answers, and the processing log."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "verwerkingen",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("bsn", sa.BigInteger(), nullable=False),
        sa.Column("activiteit", sa.String(length=30), nullable=False),
        sa.Column("verantwoordelijke", sa.String(length=20), nullable=False),
        sa.Column("trace_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("operation_id", sa.LargeBinary(length=8), nullable=False),
        sa.Column("parent_operation_id", sa.LargeBinary(length=8), nullable=True),
        sa.Column("foreign_operation_id", sa.LargeBinary(length=8), nullable=True),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("begin", sa.BigInteger(), nullable=False),
        sa.Column("eind", sa.BigInteger(), nullable=False),
        sa.Column("omschrijving", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_verwerkingen"),
    )
    op.create_index("ix_verwerkingen_bsn_begin_id", "verwerkingen", ["bsn", "begin", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_verwerkingen_bsn_begin_id", "verwerkingen")
    op.drop_table("verwerkingen")
