"""The house: every table of the first version."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "aanleveringen",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("afnemer_id", sa.BigInteger(), nullable=False),
        sa.Column("namens_id", sa.BigInteger(), nullable=True),
        sa.Column("soort", sa.String(length=4), nullable=False),
        sa.Column("sleutel", sa.BigInteger(), nullable=False),
        sa.Column("extern_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("inhoud_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("ontvangen_op", sa.BigInteger(), nullable=False),
        sa.Column("verwerkt_op", sa.BigInteger(), nullable=False),
        sa.Column("resultaat", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_aanleveringen"),
        sa.UniqueConstraint("sleutel", name="uq_aanleveringen_sleutel"),
    )
    op.create_index(
        "ix_aanleveringen_batch",
        "aanleveringen",
        ["extern_id"],
        unique=False,
        sqlite_where=sa.text("soort = 'xml'"),
        postgresql_where=sa.text("soort = 'xml'"),
    )

    op.create_table(
        "afnemers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("oin", sa.String(length=20), nullable=False),
        sa.Column("naam", sa.String(length=200), nullable=False),
        sa.Column("privaat", sa.Boolean(), nullable=False),
        sa.Column("actief", sa.Boolean(), nullable=False),
        sa.Column("aangemaakt_op", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_afnemers"),
        sa.UniqueConstraint("oin", name="uq_afnemers_oin"),
    )
    op.create_table(
        "agenda",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("soort", sa.String(length=60), nullable=False),
        sa.Column("moment", sa.BigInteger(), nullable=False),
        sa.Column("gegevens", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("pogingen", sa.SmallInteger(), nullable=False),
        sa.Column("fout", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_agenda"),
    )
    op.create_index("ix_agenda_status_moment_id", "agenda", ["status", "moment", "id"], unique=False)

    op.create_table(
        "berichten",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("bsn", sa.BigInteger(), nullable=False),
        sa.Column("zichtbaar_vanaf", sa.BigInteger(), nullable=False),
        sa.Column("afnemer_id", sa.BigInteger(), nullable=False),
        sa.Column("aanlevering_id", sa.BigInteger(), nullable=False),
        sa.Column("bericht_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("dedupe", sa.BigInteger(), nullable=False),
        sa.Column("berichttype", sa.String(length=8), nullable=False),
        sa.Column("onderwerp", sa.String(length=50), nullable=False),
        sa.Column("tekst", sa.Text(), nullable=True),
        sa.Column("referentie", sa.String(length=25), nullable=True),
        sa.Column("einddatum_handelingstermijn", sa.BigInteger(), nullable=True),
        sa.Column("aantal_bijlagen", sa.SmallInteger(), nullable=False),
        sa.Column("gewist", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_berichten"),
        sa.UniqueConstraint("dedupe", name="uq_berichten_dedupe"),
    )
    op.create_index("ix_berichten_bsn_zichtbaar_vanaf", "berichten", ["bsn", "zichtbaar_vanaf"], unique=False)

    op.create_table(
        "berichtstanden",
        sa.Column(
            "bericht_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("bsn", sa.BigInteger(), nullable=False),
        sa.Column("zichtbaar_vanaf", sa.BigInteger(), nullable=False),
        sa.Column("map", sa.String(length=12), nullable=False),
        sa.Column("gelezen_op", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("bericht_id", name="pk_berichtstanden"),
    )
    op.create_index(
        "ix_berichtstanden_bsn_map_zichtbaar_vanaf", "berichtstanden", ["bsn", "map", "zichtbaar_vanaf"], unique=False
    )

    op.create_table(
        "bijlagen",
        sa.Column(
            "bericht_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("volgorde", sa.SmallInteger(), nullable=False),
        sa.Column("omschrijving", sa.String(length=128), nullable=False),
        sa.Column("inhoud", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("bericht_id", "volgorde", name="pk_bijlagen"),
    )
    op.create_table(
        "digid_blokkades",
        sa.Column("account", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("mislukkingen", sa.String(length=200), nullable=False),
        sa.Column("geblokkeerd_tot", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("account", name="pk_digid_blokkades"),
    )
    op.create_table(
        "digid_inlogpogingen",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("bsn", sa.BigInteger(), nullable=True),
        sa.Column("volgnummer", sa.BigInteger(), nullable=False),
        sa.Column("niveau", sa.SmallInteger(), nullable=False),
        sa.Column("naar", sa.String(length=2000), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("begonnen_op", sa.BigInteger(), nullable=False),
        sa.Column("sms_verzonden_op", sa.BigInteger(), nullable=True),
        sa.Column("sms_nummer", sa.BigInteger(), nullable=True),
        sa.Column("sms_fouten", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_digid_inlogpogingen"),
        sa.UniqueConstraint("token_hash", name="uq_digid_inlogpogingen_token_hash"),
    )
    op.create_index("ix_digid_inlogpogingen_bsn_volgnummer", "digid_inlogpogingen", ["bsn", "volgnummer"], unique=False)

    op.create_table(
        "digid_sessies",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("bsn", sa.BigInteger(), nullable=False),
        sa.Column("niveau", sa.SmallInteger(), nullable=False),
        sa.Column("aangemaakt_op", sa.BigInteger(), nullable=False),
        sa.Column("laatst_gebruikt_op", sa.BigInteger(), nullable=False),
        sa.Column("beeindigd_op", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_digid_sessies"),
        sa.UniqueConstraint("token_hash", name="uq_digid_sessies_token_hash"),
    )
    op.create_table(
        "digid_zekerheidsniveaus",
        sa.Column("vanaf", sa.BigInteger(), nullable=False),
        sa.Column("niveau", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("vanaf", name="pk_digid_zekerheidsniveaus"),
    )
    op.create_table(
        "gebruiker_wijzigingen",
        sa.Column("bsn", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("box_actief", sa.Boolean(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("email_uit", sa.Boolean(), nullable=False),
        sa.Column("kennisgeving", sa.Boolean(), nullable=True),
        sa.Column("herhaling", sa.Boolean(), nullable=True),
        sa.Column("contact_verloren", sa.Boolean(), nullable=False),
        sa.Column("gewijzigd_op", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("bsn", name="pk_gebruiker_wijzigingen"),
    )
    op.create_table(
        "kennisgevingen",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("bericht_id", sa.BigInteger(), nullable=False),
        sa.Column("bsn", sa.BigInteger(), nullable=False),
        sa.Column("soort", sa.String(length=12), nullable=False),
        sa.Column("adres", sa.String(length=254), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("poging", sa.SmallInteger(), nullable=False),
        sa.Column("moment", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_kennisgevingen"),
    )
    op.create_index("ix_kennisgevingen_bericht_id", "kennisgevingen", ["bericht_id"], unique=False)

    op.create_table(
        "regel_tellingen",
        sa.Column("regel_id", sa.String(length=60), nullable=False),
        sa.Column("uitkomst", sa.String(length=10), nullable=False),
        sa.Column("slot", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("aantal", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("regel_id", "uitkomst", "slot", name="pk_regel_tellingen"),
    )
    op.create_table(
        "simulation_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("generation", sa.BigInteger(), nullable=False),
        sa.Column("modus", sa.String(length=10), nullable=False),
        sa.Column("anker_echt", sa.BigInteger(), nullable=False),
        sa.Column("anker", sa.BigInteger(), nullable=False),
        sa.Column("factor", sa.Float(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("instellingen", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_simulation_state"),
    )
    op.create_table(
        "verbruik",
        sa.Column(
            "aanlevering_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("afnemer_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("berichttype", sa.String(length=8), nullable=False),
        sa.Column("dienst", sa.String(length=25), nullable=False),
        sa.Column("intermediair_id", sa.Integer(), nullable=True),
        sa.Column("dag", sa.Integer(), nullable=False),
        sa.Column("aantal", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("aanlevering_id", "afnemer_id", "berichttype", name="pk_verbruik"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "verbruik_dagtotalen",
        sa.Column("afnemer_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("dag", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("dienst", sa.String(length=25), nullable=False),
        sa.Column("berichttype", sa.String(length=8), nullable=False),
        sa.Column("slot", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("aantal", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("afnemer_id", "dag", "dienst", "berichttype", "slot", name="pk_verbruik_dagtotalen"),
    )
    op.create_table(
        "afnemer_diensten",
        sa.Column("afnemer_id", sa.Integer(), nullable=False),
        sa.Column("dienst", sa.String(length=25), nullable=False),
        sa.ForeignKeyConstraint(
            ["afnemer_id"], ["afnemers.id"], name="fk_afnemer_diensten_afnemer_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("afnemer_id", "dienst", name="pk_afnemer_diensten"),
    )
    op.create_table(
        "api_sleutels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("afnemer_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hint", sa.String(length=4), nullable=False),
        sa.Column("aangemaakt_op", sa.BigInteger(), nullable=False),
        sa.Column("ingetrokken_op", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["afnemer_id"], ["afnemers.id"], name="fk_api_sleutels_afnemer_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_api_sleutels"),
        sa.UniqueConstraint("hash", name="uq_api_sleutels_hash"),
    )
    op.create_index("ix_api_sleutels_afnemer_id", "api_sleutels", ["afnemer_id"], unique=False)

    op.create_table(
        "berichttypes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("afnemer_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("omschrijving", sa.String(length=100), nullable=False),
        sa.Column("actief", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["afnemer_id"], ["afnemers.id"], name="fk_berichttypes_afnemer_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_berichttypes"),
        sa.UniqueConstraint("afnemer_id", "code", name="uq_berichttypes_afnemer_id_code"),
    )
    op.create_table(
        "mandaten",
        sa.Column("intermediair_id", sa.Integer(), nullable=False),
        sa.Column("namens_id", sa.Integer(), nullable=False),
        sa.Column("verleend_op", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["intermediair_id"], ["afnemers.id"], name="fk_mandaten_intermediair_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["namens_id"], ["afnemers.id"], name="fk_mandaten_namens_id", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("intermediair_id", "namens_id", name="pk_mandaten"),
    )
    op.create_index("ix_mandaten_namens_id", "mandaten", ["namens_id"], unique=False)

    op.create_table(
        "voorkeuren",
        sa.Column("bsn", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("afnemer_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("aan", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["afnemer_id"], ["afnemers.id"], name="fk_voorkeuren_afnemer_id", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("bsn", "afnemer_id", name="pk_voorkeuren"),
    )


def downgrade() -> None:
    op.drop_table("voorkeuren")
    op.drop_index("ix_mandaten_namens_id", "mandaten")

    op.drop_table("mandaten")
    op.drop_table("berichttypes")
    op.drop_index("ix_api_sleutels_afnemer_id", "api_sleutels")

    op.drop_table("api_sleutels")
    op.drop_table("afnemer_diensten")
    op.drop_table("verbruik_dagtotalen")
    op.drop_table("verbruik")
    op.drop_table("simulation_state")
    op.drop_table("regel_tellingen")
    op.drop_index("ix_kennisgevingen_bericht_id", "kennisgevingen")

    op.drop_table("kennisgevingen")
    op.drop_table("gebruiker_wijzigingen")
    op.drop_table("digid_zekerheidsniveaus")
    op.drop_table("digid_sessies")
    op.drop_index("ix_digid_inlogpogingen_bsn_volgnummer", "digid_inlogpogingen")

    op.drop_table("digid_inlogpogingen")
    op.drop_table("digid_blokkades")
    op.drop_table("bijlagen")
    op.drop_index("ix_berichtstanden_bsn_map_zichtbaar_vanaf", "berichtstanden")

    op.drop_table("berichtstanden")
    op.drop_index("ix_berichten_bsn_zichtbaar_vanaf", "berichten")

    op.drop_table("berichten")
    op.drop_index("ix_agenda_status_moment_id", "agenda")

    op.drop_table("agenda")
    op.drop_table("afnemers")
    op.drop_index(
        "ix_aanleveringen_batch",
        "aanleveringen",
        sqlite_where=sa.text("soort = 'xml'"),
        postgresql_where=sa.text("soort = 'xml'"),
    )

    op.drop_table("aanleveringen")
