"""Aansluitingen: the road of each connection, its history, contacts, documents and certificates."""

import sqlalchemy as sa
from alembic import op

revision = "0009_aansluitingen"
down_revision = "0008_voorwaarden"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _afnemer_of(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["afnemer_id"], ["afnemers.id"], name=f"fk_{table}_afnemer_id", ondelete="RESTRICT")


def upgrade() -> None:
    op.create_table(
        "aansluitingen",
        sa.Column("afnemer_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("dienst", sa.String(length=25), nullable=False),
        sa.Column("fase", sa.String(length=15), nullable=False),
        sa.Column("formulier", sa.Text(), nullable=True),
        sa.Column("ondertekend_op", sa.Date(), nullable=True),
        sa.Column("ondertekend_door", sa.String(length=100), nullable=True),
        sa.Column("testrapport_op", sa.Date(), nullable=True),
        sa.Column("testrapport_door", sa.String(length=100), nullable=True),
        sa.Column("startdatum", sa.Date(), nullable=True),
        sa.Column("einddatum", sa.Date(), nullable=True),
        _afnemer_of("aansluitingen"),
        sa.PrimaryKeyConstraint("afnemer_id", "dienst", name="pk_aansluitingen"),
    )
    op.create_table(
        "aansluitstappen",
        sa.Column("afnemer_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("dienst", sa.String(length=25), nullable=False),
        sa.Column("nummer", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("op", sa.BigInteger(), nullable=False),
        sa.Column("partij", sa.String(length=10), nullable=False),
        sa.Column("door", sa.String(length=100), nullable=False),
        sa.Column("van", sa.String(length=15), nullable=True),
        sa.Column("naar", sa.String(length=15), nullable=False),
        sa.Column("ingang", sa.Date(), nullable=False),
        sa.Column("toelichting", sa.String(length=300), nullable=False),
        _afnemer_of("aansluitstappen"),
        sa.PrimaryKeyConstraint("afnemer_id", "dienst", "nummer", name="pk_aansluitstappen"),
    )
    op.create_table(
        "aansluitcontacten",
        sa.Column("afnemer_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("dienst", sa.String(length=25), nullable=False),
        sa.Column("rol", sa.String(length=15), nullable=False),
        sa.Column("naam", sa.String(length=100), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("telefoon", sa.String(length=20), nullable=False),
        _afnemer_of("aansluitcontacten"),
        sa.PrimaryKeyConstraint("afnemer_id", "dienst", "rol", name="pk_aansluitcontacten"),
    )
    op.create_table(
        "aansluitdocumenten",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("afnemer_id", sa.Integer(), nullable=False),
        sa.Column("soort", sa.String(length=25), nullable=False),
        sa.Column("versie", sa.String(length=20), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("ondertekend_door", sa.String(length=100), nullable=False),
        sa.Column("vastgelegd_op", sa.BigInteger(), nullable=False),
        _afnemer_of("aansluitdocumenten"),
        sa.PrimaryKeyConstraint("id", name="pk_aansluitdocumenten"),
    )
    op.create_index("ix_aansluitdocumenten_afnemer_id", "aansluitdocumenten", ["afnemer_id"], unique=False)
    op.create_table(
        "aansluitcertificaten",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("afnemer_id", sa.Integer(), nullable=False),
        sa.Column("vingerafdruk", sa.String(length=64), nullable=False),
        sa.Column("onderwerp", sa.String(length=400), nullable=False),
        sa.Column("oin", sa.String(length=64), nullable=False),
        sa.Column("geldig_van", sa.BigInteger(), nullable=False),
        sa.Column("geldig_tot", sa.BigInteger(), nullable=False),
        sa.Column("pem", sa.Text(), nullable=False),
        sa.Column("vastgelegd_op", sa.BigInteger(), nullable=False),
        _afnemer_of("aansluitcertificaten"),
        sa.PrimaryKeyConstraint("id", name="pk_aansluitcertificaten"),
        sa.UniqueConstraint("afnemer_id", "vingerafdruk", name="uq_aansluitcertificaten_afnemer_id_vingerafdruk"),
    )


def downgrade() -> None:
    op.drop_table("aansluitcertificaten")
    op.drop_index("ix_aansluitdocumenten_afnemer_id", "aansluitdocumenten")
    op.drop_table("aansluitdocumenten")
    op.drop_table("aansluitcontacten")
    op.drop_table("aansluitstappen")
    op.drop_table("aansluitingen")
