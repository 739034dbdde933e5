"""Voorwaarden: meetings and decisions of the Afnemersoverleg, announced changes, and what Afnemers answered."""

import sqlalchemy as sa
from alembic import op

revision = "0008_voorwaarden"
down_revision = "0007_conformiteit"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "afnemersoverleggen",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("onderwerp", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_afnemersoverleggen"),
    )
    op.create_table(
        "overlegbesluiten",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("overleg_id", sa.BigInteger(), nullable=False),
        sa.Column("soort", sa.String(length=20), nullable=False),
        sa.Column("genomen_op", sa.Date(), nullable=False),
        sa.Column("toelichting", sa.String(length=1000), nullable=False),
        sa.Column("inhoud", sa.Text(), nullable=False),
        sa.Column("vastgelegd_op", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["overleg_id"], ["afnemersoverleggen.id"], name="fk_overlegbesluiten_overleg_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_overlegbesluiten"),
    )
    op.create_index("ix_overlegbesluiten_soort_id", "overlegbesluiten", ["soort", "id"], unique=False)
    op.create_table(
        "voorwaardenwijzigingen",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("versie", sa.String(length=20), nullable=False),
        sa.Column("ingangsdatum", sa.Date(), nullable=False),
        sa.Column("samenvatting", sa.Text(), nullable=False),
        sa.Column("aangekondigd_op", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_voorwaardenwijzigingen"),
        sa.UniqueConstraint("versie", name="uq_voorwaardenwijzigingen_versie"),
    )
    op.create_table(
        "voorwaardenkennisgevingen",
        sa.Column("wijziging_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("afnemer_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("verzonden_op", sa.BigInteger(), nullable=False),
        sa.Column("antwoord", sa.String(length=10), nullable=True),
        sa.Column("beantwoord_op", sa.BigInteger(), nullable=True),
        sa.Column("beeindigd_op", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["wijziging_id"], ["voorwaardenwijzigingen.id"], name="fk_voorwaardenkennisgevingen_wijziging_id",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["afnemer_id"], ["afnemers.id"], name="fk_voorwaardenkennisgevingen_afnemer_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("wijziging_id", "afnemer_id", name="pk_voorwaardenkennisgevingen"),
    )  # fmt: skip
    op.create_index(
        "ix_voorwaardenkennisgevingen_afnemer_id", "voorwaardenkennisgevingen", ["afnemer_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_voorwaardenkennisgevingen_afnemer_id", "voorwaardenkennisgevingen")
    op.drop_table("voorwaardenkennisgevingen")
    op.drop_table("voorwaardenwijzigingen")
    op.drop_index("ix_overlegbesluiten_soort_id", "overlegbesluiten")
    op.drop_table("overlegbesluiten")
    op.drop_table("afnemersoverleggen")
