"""Persoonlijke Gegevens: delivered data, live sources and their answers, and the processing log."""

import sqlalchemy as sa
from alembic import op

revision = "0004_persoonlijke_gegevens"
down_revision = "0003_lopende_zaken"
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
    op.create_table(
        "aangeleverde_gegevens",
        sa.Column("bsn", _ID, autoincrement=False, nullable=False),
        sa.Column("afnemer_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("categorie", sa.String(length=30), nullable=False),
        sa.Column("peildatum", sa.String(length=10), nullable=False),
        sa.Column("aangeleverd_op", sa.BigInteger(), nullable=False),
        sa.Column("groepen", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["afnemer_id"], ["afnemers.id"], name="fk_aangeleverde_gegevens_afnemer_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("bsn", "afnemer_id", "categorie", name="pk_aangeleverde_gegevens"),
    )
    op.create_table(
        "gegevensbronnen",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("afnemer_id", sa.Integer(), nullable=False),
        sa.Column("naam", sa.String(length=60), nullable=False),
        sa.Column("titel", sa.String(length=100), nullable=False),
        sa.Column("categorie", sa.String(length=30), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("sleutel", sa.String(length=200), nullable=True),
        sa.Column("tijdslimiet_ms", sa.Integer(), nullable=False),
        sa.Column("bewaren_s", sa.Integer(), nullable=False),
        sa.Column("fouten", sa.Integer(), nullable=False),
        sa.Column("laatste_fout", sa.String(length=30), nullable=True),
        sa.Column("laatste_fout_op", sa.BigInteger(), nullable=True),
        sa.Column("laatste_antwoord_op", sa.BigInteger(), nullable=True),
        sa.Column("dicht_tot", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["afnemer_id"], ["afnemers.id"], name="fk_gegevensbronnen_afnemer_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_gegevensbronnen"),
        sa.UniqueConstraint("afnemer_id", "naam", name="uq_gegevensbronnen_afnemer_id_naam"),
    )
    op.create_table(
        "bronantwoorden",
        sa.Column("bsn", _ID, autoincrement=False, nullable=False),
        sa.Column("bron_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("opgehaald_op", sa.BigInteger(), nullable=False),
        sa.Column("inhoud", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bron_id"], ["gegevensbronnen.id"], name="fk_bronantwoorden_bron_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("bsn", "bron_id", name="pk_bronantwoorden"),
    )


def downgrade() -> None:
    op.drop_table("bronantwoorden")
    op.drop_table("gegevensbronnen")
    op.drop_table("aangeleverde_gegevens")
    op.drop_index("ix_verwerkingen_bsn_begin_id", "verwerkingen")
    op.drop_table("verwerkingen")
