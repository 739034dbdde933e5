"""Bijlagen of large deliveries that were stored before their berichten."""

import sqlalchemy as sa
from alembic import op

revision = "0012_bijlagen_vooruit"
down_revision = "0011_verwerkingen"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bijlagen_vooruit",
        sa.Column("van", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tot", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("van", name="pk_bijlagen_vooruit"),
    )


def downgrade() -> None:
    op.drop_table("bijlagen_vooruit")
