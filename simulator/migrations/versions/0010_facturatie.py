"""Facturatie: invoices as they were issued, with their lines."""

import sqlalchemy as sa
from alembic import op

revision = "0010_facturatie"
down_revision = "0009_aansluitingen"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "facturen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nummer", sa.String(length=20), nullable=False),
        sa.Column("afnemer_id", sa.Integer(), nullable=False),
        sa.Column("soort", sa.String(length=10), nullable=False),
        sa.Column("periode", sa.String(length=7), nullable=False),
        sa.Column("volgnummer", sa.SmallInteger(), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("oin", sa.String(length=20), nullable=False),
        sa.Column("naam", sa.String(length=200), nullable=False),
        sa.Column("sector", sa.String(length=15), nullable=False),
        sa.Column("totaal_excl", sa.BigInteger(), nullable=False),
        sa.Column("totaal_btw", sa.BigInteger(), nullable=False),
        sa.Column("toelichting", sa.Text(), nullable=False),
        sa.Column("verwijst_naar", sa.String(length=20), nullable=True),
        sa.Column("uitgereikt_op", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["afnemer_id"], ["afnemers.id"], name="fk_facturen_afnemer_id", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name="pk_facturen"),
        sa.UniqueConstraint("nummer", name="uq_facturen_nummer"),
        sa.UniqueConstraint(
            "afnemer_id", "soort", "periode", "volgnummer", name="uq_facturen_afnemer_id_soort_periode_volgnummer"
        ),
    )
    op.create_table(
        "factuurregels",
        sa.Column("factuur_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("volgnummer", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("post", sa.String(length=12), nullable=False),
        sa.Column("omschrijving", sa.String(length=200), nullable=False),
        sa.Column("van", sa.Date(), nullable=False),
        sa.Column("tot", sa.Date(), nullable=False),
        sa.Column("aantal", sa.BigInteger(), nullable=False),
        sa.Column("eenheid", sa.String(length=12), nullable=False),
        sa.Column("prijs", sa.BigInteger(), nullable=False),
        sa.Column("bedrag", sa.BigInteger(), nullable=False),
        sa.Column("btw_percentage", sa.SmallInteger(), nullable=False),
        sa.Column("dienst", sa.String(length=25), nullable=True),
        sa.Column("tariefregel", sa.String(length=40), nullable=False),
        sa.Column("toelichting", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["factuur_id"], ["facturen.id"], name="fk_factuurregels_factuur_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("factuur_id", "volgnummer", name="pk_factuurregels"),
    )


def downgrade() -> None:
    op.drop_table("factuurregels")
    op.drop_table("facturen")
