"""Weblinks to dossiers: domains, links, their history, alerts."""

import sqlalchemy as sa
from alembic import op

revision = "0002_weblinks"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "weblinkdomeinen",
        sa.Column("afnemer_id", sa.Integer(), nullable=False),
        sa.Column("domein", sa.String(length=253), nullable=False),
        sa.Column("geregistreerd_op", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["afnemer_id"], ["afnemers.id"], name="fk_weblinkdomeinen_afnemer_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("afnemer_id", "domein", name="pk_weblinkdomeinen"),
    )
    op.create_table(
        "weblinkcontacten",
        sa.Column("afnemer_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("gepland", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["afnemer_id"], ["afnemers.id"], name="fk_weblinkcontacten_afnemer_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("afnemer_id", name="pk_weblinkcontacten"),
    )
    op.create_table(
        "weblinks",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("afnemer_id", sa.Integer(), nullable=False),
        sa.Column("url_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("host", sa.String(length=253), nullable=False),
        sa.Column("bezwaren", sa.Text(), nullable=False),
        sa.Column("stand", sa.String(length=20), nullable=False),
        sa.Column("sinds", sa.BigInteger(), nullable=False),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.Column("aangemaakt_op", sa.BigInteger(), nullable=False),
        sa.Column("gecontroleerd_op", sa.BigInteger(), nullable=True),
        sa.Column("volgende_controle", sa.BigInteger(), nullable=True),
        sa.Column("partij", sa.BigInteger(), nullable=True),
        sa.Column("mislukt", sa.SmallInteger(), nullable=False),
        sa.Column("http_status", sa.SmallInteger(), nullable=True),
        sa.Column("duur_ms", sa.Integer(), nullable=True),
        sa.Column("omleidingen", sa.SmallInteger(), nullable=False),
        sa.Column("eind_url", sa.Text(), nullable=True),
        sa.Column("certificaat_tot", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["afnemer_id"], ["afnemers.id"], name="fk_weblinks_afnemer_id", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name="pk_weblinks"),
        sa.UniqueConstraint("afnemer_id", "url_hash", name="uq_weblinks_afnemer_id_url_hash"),
    )
    op.create_index("ix_weblinks_afnemer_id_stand_id", "weblinks", ["afnemer_id", "stand", "id"])
    op.create_index("ix_weblinks_partij", "weblinks", ["partij"])
    op.create_index("ix_weblinks_volgende_controle", "weblinks", ["volgende_controle"])
    op.create_index("ix_weblinks_afnemer_id_volgende_controle", "weblinks", ["afnemer_id", "volgende_controle"])
    op.create_table(
        "weblinkperioden",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("weblink_id", sa.BigInteger(), nullable=False),
        sa.Column("afnemer_id", sa.Integer(), nullable=False),
        sa.Column("stand", sa.String(length=20), nullable=False),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.Column("http_status", sa.SmallInteger(), nullable=True),
        sa.Column("van", sa.BigInteger(), nullable=False),
        sa.Column("laatst", sa.BigInteger(), nullable=False),
        sa.Column("tot", sa.BigInteger(), nullable=True),
        sa.Column("controles", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_weblinkperioden"),
    )
    op.create_index("ix_weblinkperioden_weblink_id_van", "weblinkperioden", ["weblink_id", "van"])
    op.create_index("ix_weblinkperioden_afnemer_id_van", "weblinkperioden", ["afnemer_id", "van"])
    op.create_table(
        "weblinkmeldingen",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("afnemer_id", sa.Integer(), nullable=False),
        sa.Column("weblink_id", sa.BigInteger(), nullable=False),
        sa.Column("soort", sa.String(length=12), nullable=False),
        sa.Column("stand", sa.String(length=20), nullable=False),
        sa.Column("vorige_stand", sa.String(length=20), nullable=False),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.Column("moment", sa.BigInteger(), nullable=False),
        sa.Column("gemaild_op", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_weblinkmeldingen"),
    )
    op.create_index("ix_weblinkmeldingen_afnemer_id_moment_id", "weblinkmeldingen", ["afnemer_id", "moment", "id"])


def downgrade() -> None:
    for table in ("weblinkmeldingen", "weblinkperioden", "weblinks", "weblinkcontacten", "weblinkdomeinen"):
        op.drop_table(table)
