"""Conformity: samples of what Afnemers and the simulator exchanged."""

import sqlalchemy as sa
from alembic import op

revision = "0007_conformiteit"
down_revision = "0006_leveranciersportaal"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "uitwisselingen",
        sa.Column("afnemer_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sleutel", sa.String(length=200), nullable=False),
        sa.Column("plaats", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("moment", sa.BigInteger(), nullable=False),
        sa.Column("regel", sa.String(length=60), nullable=True),
        sa.Column("methode", sa.String(length=10), nullable=False),
        sa.Column("pad", sa.String(length=300), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("verzoek", sa.Text(), nullable=False),
        sa.Column("antwoord", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["afnemer_id"], ["afnemers.id"], name="fk_uitwisselingen_afnemer_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("afnemer_id", "sleutel", "plaats", name="pk_uitwisselingen"),
    )


def downgrade() -> None:
    op.drop_table("uitwisselingen")
