"""results_told"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Without a batch: that would copy the table and drop it, and attempts refer to its rows.
    op.add_column("contest", sa.Column("results_told_up_to", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("contest", sa.Column("results_told_at", sa.DateTime(timezone=True), nullable=True))
    # Nobody hears now how they did in what was over before results were told at all.
    op.execute("UPDATE contest SET results_told_at = closes_at WHERE closes_at <= CURRENT_TIMESTAMP")


def downgrade() -> None:
    op.drop_column("contest", "results_told_at")
    op.drop_column("contest", "results_told_up_to")
