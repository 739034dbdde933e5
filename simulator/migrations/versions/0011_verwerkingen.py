"""The processing log: what others did, beside any number of lines about the person's own reading."""

import sqlalchemy as sa
from alembic import op

revision = "0011_verwerkingen"
down_revision = "0010_facturatie"
branch_labels = None
depends_on = None

_VAN_ANDEREN = sa.text("verantwoordelijke <> '00000099000000000001'")


def upgrade() -> None:
    op.create_index(
        "ix_verwerkingen_van_anderen",
        "verwerkingen",
        ["bsn", "begin", "id"],
        sqlite_where=_VAN_ANDEREN,
        postgresql_where=_VAN_ANDEREN,
    )


def downgrade() -> None:
    op.drop_index("ix_verwerkingen_van_anderen", "verwerkingen")
