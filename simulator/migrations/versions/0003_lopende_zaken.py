"""Lopende Zaken: zaaktypen, zaken with their history, deliveries, e-mails, ZGW koppelingen."""

import sqlalchemy as sa
from alembic import op

revision = "0003_lopende_zaken"
down_revision = "0002_weblinks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "zaakberichten",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("afnemer_id", sa.BigInteger(), nullable=False),
        sa.Column("zaak_id", sa.BigInteger(), nullable=False),
        sa.Column("kanaal", sa.String(length=4), nullable=False),
        sa.Column("sleutel", sa.BigInteger(), nullable=False),
        sa.Column("inhoud_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("ontvangen_op", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_zaakberichten"),
        sa.UniqueConstraint("sleutel", name="uq_zaakberichten_sleutel"),
    )
    op.create_table(
        "zaakkennisgevingen",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("bsn", sa.BigInteger(), nullable=False),
        sa.Column("eerste_id", sa.BigInteger(), nullable=False),
        sa.Column("adres", sa.String(length=254), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("poging", sa.SmallInteger(), nullable=False),
        sa.Column("moment", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_zaakkennisgevingen"),
    )
    op.create_index("ix_zaakkennisgevingen_bsn_moment", "zaakkennisgevingen", ["bsn", "moment"], unique=False)

    op.create_table(
        "zaakstatussen",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("zaak_id", sa.BigInteger(), nullable=False),
        sa.Column("bsn", sa.BigInteger(), nullable=False),
        sa.Column("datum_status_gezet", sa.BigInteger(), nullable=False),
        sa.Column("tekst", sa.String(length=1000), nullable=False),
        sa.Column("toelichting", sa.String(length=1000), nullable=False),
        sa.Column("volgnummer", sa.SmallInteger(), nullable=True),
        sa.Column("informeren", sa.Boolean(), nullable=False),
        sa.Column("is_eindstatus", sa.Boolean(), nullable=False),
        sa.Column("actie_vereist", sa.Boolean(), nullable=False),
        sa.Column("kennisgeving_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_zaakstatussen"),
    )
    op.create_index(
        "ix_zaakstatussen_ongemeld",
        "zaakstatussen",
        ["bsn"],
        unique=False,
        sqlite_where=sa.text("kennisgeving_id IS NULL"),
        postgresql_where=sa.text("kennisgeving_id IS NULL"),
    )
    op.create_index("ix_zaakstatussen_zaak_id_datum", "zaakstatussen", ["zaak_id", "datum_status_gezet"], unique=False)

    op.create_table(
        "zaken",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("bsn", sa.BigInteger(), nullable=False),
        sa.Column("afnemer_id", sa.BigInteger(), nullable=False),
        sa.Column("identificatie", sa.String(length=40), nullable=False),
        sa.Column("zaaktype", sa.String(length=50), nullable=False),
        sa.Column("omschrijving", sa.String(length=80), nullable=False),
        sa.Column("toelichting", sa.String(length=1000), nullable=False),
        sa.Column("resultaat", sa.String(length=1000), nullable=False),
        sa.Column("startdatum", sa.Date(), nullable=False),
        sa.Column("einddatum", sa.Date(), nullable=True),
        sa.Column("einddatum_gepland", sa.Date(), nullable=True),
        sa.Column("uiterlijke_einddatum", sa.Date(), nullable=True),
        sa.Column("weblink_id", sa.BigInteger(), nullable=True),
        sa.Column("peilmoment", sa.BigInteger(), nullable=False),
        sa.Column("laatste_wijziging", sa.BigInteger(), nullable=False),
        sa.Column("gewijzigd_op", sa.BigInteger(), nullable=False),
        sa.Column("bekeken_op", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_zaken"),
        sa.UniqueConstraint("afnemer_id", "identificatie", name="uq_zaken_afnemer_id_identificatie"),
    )
    op.create_index("ix_zaken_bsn_laatste_wijziging", "zaken", ["bsn", "laatste_wijziging"], unique=False)

    op.create_table(
        "zgw_notificaties",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("afnemer_id", sa.BigInteger(), nullable=False),
        sa.Column("zaak_url", sa.String(length=1000), nullable=False),
        sa.Column("status_url", sa.String(length=1000), nullable=False),
        sa.Column("ontvangen_op", sa.BigInteger(), nullable=False),
        sa.Column("stand", sa.String(length=12), nullable=False),
        sa.Column("regel", sa.String(length=60), nullable=True),
        sa.Column("toelichting", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_zgw_notificaties"),
    )
    op.create_index("ix_zgw_notificaties_afnemer_id_id", "zgw_notificaties", ["afnemer_id", "id"], unique=False)

    op.create_table(
        "zaaktypen",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("afnemer_id", sa.Integer(), nullable=False),
        sa.Column("identificatie", sa.String(length=50), nullable=False),
        sa.Column("omschrijving", sa.String(length=80), nullable=False),
        sa.Column("actief", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["afnemer_id"], ["afnemers.id"], name="fk_zaaktypen_afnemer_id", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name="pk_zaaktypen"),
        sa.UniqueConstraint("afnemer_id", "identificatie", name="uq_zaaktypen_afnemer_id_identificatie"),
    )
    op.create_table(
        "zgw_koppelingen",
        sa.Column("afnemer_id", sa.Integer(), nullable=False),
        sa.Column("zaken_api", sa.String(length=1000), nullable=False),
        sa.Column("catalogi_api", sa.String(length=1000), nullable=False),
        sa.Column("client_id", sa.String(length=100), nullable=False),
        sa.Column("secret", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["afnemer_id"], ["afnemers.id"], name="fk_zgw_koppelingen_afnemer_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("afnemer_id", name="pk_zgw_koppelingen"),
    )
    op.create_table(
        "statustypen",
        sa.Column("zaaktype_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("volgnummer", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("omschrijving", sa.String(length=80), nullable=False),
        sa.Column("statustekst", sa.String(length=1000), nullable=False),
        sa.Column("informeren", sa.Boolean(), nullable=False),
        sa.Column("is_eindstatus", sa.Boolean(), nullable=False),
        sa.Column("actie_vereist", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["zaaktype_id"], ["zaaktypen.id"], name="fk_statustypen_zaaktype_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("zaaktype_id", "volgnummer", name="pk_statustypen"),
    )


def downgrade() -> None:
    for table in (
        "statustypen", "zgw_koppelingen", "zaaktypen", "zgw_notificaties", "zaken", "zaakstatussen",
        "zaakkennisgevingen", "zaakberichten",
    ):  # fmt: skip
        op.drop_table(table)
