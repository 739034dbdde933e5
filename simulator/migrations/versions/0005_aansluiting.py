"""Aansluiting: the sector of an Afnemer, and since when a dienst is in production or why it is closed."""

import sqlalchemy as sa
from alembic import op

revision = "0005_aansluiting"
down_revision = "0004_persoonlijke_gegevens"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Without a batch: that would drop the table, which other rows point at, and make it anew.
    op.add_column("afnemers", sa.Column("sector", sa.String(length=12), nullable=False, server_default="medeoverheid"))
    op.execute("UPDATE afnemers SET sector = 'privaat' WHERE privaat")
    op.drop_column("afnemers", "privaat")
    op.add_column("afnemer_diensten", sa.Column("sinds", sa.Date(), nullable=True))
    op.add_column("afnemer_diensten", sa.Column("sluiting", sa.String(length=25), nullable=True))
    op.execute("UPDATE afnemer_diensten SET sinds = '2016-01-01'")


def downgrade() -> None:
    op.drop_column("afnemer_diensten", "sluiting")
    op.drop_column("afnemer_diensten", "sinds")
    op.add_column("afnemers", sa.Column("privaat", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE afnemers SET privaat = (sector = 'privaat')")
    op.drop_column("afnemers", "sector")
