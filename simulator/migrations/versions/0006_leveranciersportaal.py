"""The portal of the Afnemer: who is signed in."""

import sqlalchemy as sa
from alembic import op

revision = "0006_leveranciersportaal"
down_revision = "0005_aansluiting"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "leverancierssessies",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sleutel_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("aangemaakt_op", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_leverancierssessies"),
        sa.UniqueConstraint("token_hash", name="uq_leverancierssessies_token_hash"),
    )


def downgrade() -> None:
    op.drop_table("leverancierssessies")
